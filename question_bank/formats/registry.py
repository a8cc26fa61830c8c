"""The formats by name. A new format is one more module and one more entry here."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

from question_bank.formats import docx, json_file, plain_text, xlsx
from question_bank.formats.archive import BadFile
from question_bank.model import Question, ReadResult

Read = Callable[[bytes], ReadResult]
Write = Callable[[Sequence[Question]], bytes]


class Format(NamedTuple):
    read: Read
    write: Write | None
    extensions: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "xlsx": Format(xlsx.read, xlsx.write, (".xlsx", ".xlsm")),
    "docx": Format(docx.read, None, (".docx", ".docm")),
    "json": Format(json_file.read, json_file.write, (".json",)),
    "text": Format(plain_text.read, None, (".txt",)),
}
_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_EXTENSIONS = {".xls": "xlsx", ".doc": "docx"}


def detect(data: bytes, filename: str) -> str:
    """The format by what the file holds; its name decides only where the content leaves a choice."""
    named = _named(filename)
    if data.startswith(_OLE_SIGNATURE):
        return named if named in {"xlsx", "docx"} else "xlsx"  # their guard says what is wrong
    if data.startswith(b"PK"):
        return _office_kind(data) or named or _unknown(filename)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return "json"
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unknown(filename)
    return "text"


def _named(filename: str) -> str | None:
    extension = "." + filename.lower().rpartition(".")[2]
    by_extension = {each: name for name, known in FORMATS.items() for each in known.extensions}
    return (by_extension | _OLD_EXTENSIONS).get(extension)


def _office_kind(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    folders = {name.partition("/")[0] for name in names}
    return next((kind for kind, folder in (("xlsx", "xl"), ("docx", "word")) if folder in folders), None)


def _unknown(filename: str) -> str:
    raise BadFile("unknown_format", name=filename[-100:])
