"""Sending bytes that ``exports`` made."""

import io

from flask import Response, send_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_bytes(data: bytes, filename: str, media_type: str) -> Response:
    return send_file(io.BytesIO(data), mimetype=media_type, as_attachment=True, download_name=filename)


def send_workbook(data: bytes, filename: str) -> Response:
    return send_bytes(data, filename, XLSX)
