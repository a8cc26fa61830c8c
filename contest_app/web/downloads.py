"""Sending bytes that ``exports`` made."""

import io
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, send_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def send_bytes(data: bytes, filename: str, media_type: str) -> Response:
    return send_file(io.BytesIO(data), mimetype=media_type, as_attachment=True, download_name=filename)


def send_workbook(data: bytes, filename: str) -> Response:
    return send_bytes(data, filename, XLSX)


def send_document(data: bytes, filename: str) -> Response:
    return send_bytes(data, filename, DOCX)


def send_pieces(pieces: Iterable[bytes], size: int, filename: str, media_type: str) -> Response:
    """A file that is never whole in memory; ``size`` in bytes, so that a browser sees when it was cut off."""
    response = Response(pieces, mimetype=media_type)
    response.content_length = size
    name = {"filename": filename} if filename.isascii() else {"filename*": f"UTF-8''{quote(filename, safe='')}"}
    response.headers.set("Content-Disposition", "attachment", **name)
    return response
