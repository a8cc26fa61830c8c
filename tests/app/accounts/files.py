"""Files people upload, good ones and others."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 2048


def upload(data: bytes, name: str = "tep.xlsx") -> tuple[io.BytesIO, str]:
    """As a form field takes it."""
    return io.BytesIO(data), name


def workbook(*rows: Sequence[Any], merged: str = "") -> bytes:
    """One sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows_of(data: bytes) -> list[list[Any]]:
    """What the first sheet of a downloaded workbook holds."""
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same office file with one more part."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def macro_file() -> bytes:
    return with_part(workbook(["a"]), "xl/vbaProject.bin", b"macro")


def zip_bomb() -> bytes:
    return with_part(workbook(["a"]), "xl/media/anh.bin", b"\0" * 101 * 1024 * 1024)


def hostile_files() -> Iterable[tuple[bytes, str]]:
    """Each with what the page says of it."""
    yield macro_file(), "chứa macro"
    yield zip_bomb(), "giải nén ra quá lớn"
    yield OLD_OFFICE, "Office đời cũ (.xls, .doc)"
    yield workbook(["a"])[:-40], "đã hỏng"
