"""Guards for zip-based office files, applied before any office library sees them."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Literal
from xml.parsers import expat

from question_bank.model import Problem

OfficeKind = Literal["xlsx", "docx"]

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
LARGEST_XML_PART = 30 * MEGABYTE
MOST_ENTRIES = 5_000
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 10 * MEGABYTE

_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAIN_TYPES: dict[str, bytes] = {
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "docx": b"wordprocessingml.document.main+xml",
}
_MAIN_PARTS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml", "pptx": "ppt/presentation.xml"}
_CONTENT_TYPES = "[Content_Types].xml"
_XML_ENDINGS = (".xml", ".rels", ".vml")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]')
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    zipfile.LargeZipFile,
)


class BadFile(Exception):
    """A file no reader should look into any further; ``code`` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, str | int] = params

    @property
    def problem(self) -> Problem:
        return Problem(self.code, params=self.params)


class _RootReachedError(Exception):
    """The document element began without a document type before it."""


def refuse_large(data: bytes, largest: int = LARGEST_FILE) -> None:
    if len(data) > largest:
        raise BadFile("too_large", found=len(data), most=largest, megabytes=largest // MEGABYTE)


def open_office_file(data: bytes, *, kind: OfficeKind, largest: int = LARGEST_FILE) -> zipfile.ZipFile:
    """The opened archive, once nothing in it can hurt the reader; ``BadFile`` otherwise."""
    refuse_large(data, largest)
    if data.startswith(_OLE_SIGNATURE):
        raise BadFile("old_office_format", reason="password" if _ENCRYPTED_STREAM in data else "old")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _refuse_hostile_entries(archive)
        _refuse_wrong_type(archive, kind)
        for entry in archive.infolist():
            _refuse_unsafe_xml(archive, entry)
    except DAMAGED as error:
        raise BadFile("not_a_zip") from error
    return archive


def open_package(data: bytes, *, largest: int = 4 * LARGEST_FILE) -> zipfile.ZipFile:
    """The opened zip of a package (QTI, H5P), once its entries are known to be harmless; ``BadFile`` otherwise."""
    refuse_large(data, largest)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _refuse_hostile_entries(archive)
    except DAMAGED as error:
        raise BadFile("not_a_zip") from error
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One file of the package; None when it is not there or damaged."""
    try:
        return archive.read(name)
    except (KeyError, *DAMAGED):
        return None


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip; it holds no dates, so that equal banks make equal files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def safe_name(name: str) -> str:
    """A file name any archive can hold, and no way out of its folder."""
    return _NOT_IN_NAMES.sub("_", name).strip(". ") or "media"


def _refuse_hostile_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise BadFile("zip_bomb", entries=len(entries), most=MOST_ENTRIES)
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_UNPACKED:
        raise BadFile("zip_bomb", unpacked=total, most=LARGEST_UNPACKED)
    for entry in entries:
        _refuse_hostile_entry(entry)


def _refuse_hostile_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise BadFile("path_traversal", name=name[:100].replace("\0", ""))
    if entry.flag_bits & 0x1:
        raise BadFile("old_office_format", reason="password")
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > RATIO_MATTERS_FROM and ratio > HIGHEST_RATIO:
        raise BadFile("zip_bomb", name=name[:100], ratio=int(ratio))
    if name.lower().endswith(_XML_ENDINGS) and entry.file_size > LARGEST_XML_PART:
        raise BadFile("zip_bomb", name=name[:100], unpacked=entry.file_size, most=LARGEST_XML_PART)


def _refuse_wrong_type(archive: zipfile.ZipFile, kind: OfficeKind) -> None:
    names = set(archive.namelist())
    if _CONTENT_TYPES not in names:
        raise BadFile("wrong_office_type", expected=kind, found=_found_type(archive, names))
    types = archive.read(_CONTENT_TYPES)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadFile("macro_file")
    if _MAIN_TYPES[kind] not in types or _MAIN_PARTS[kind] not in names:
        raise BadFile("wrong_office_type", expected=kind, found=_found_type(archive, names))


def _found_type(archive: zipfile.ZipFile, names: set[str]) -> str:
    for kind, part in _MAIN_PARTS.items():
        if part in names:
            return kind
    if "mimetype" in names:
        return archive.read("mimetype")[:80].decode("ascii", "replace").rpartition(".")[2]
    return "zip"


def _refuse_unsafe_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        head = part.read(512)
        if not _looks_like_xml(entry.filename, head):
            return
        part.seek(0)
        try:
            _parse_up_to_root(part.read())
        except _RootReachedError:
            return
        except (expat.ExpatError, LookupError) as error:
            line, reason = getattr(error, "lineno", 0), str(error)[:200]
            raise BadFile("broken_xml", name=entry.filename[:100], line=line, reason=reason) from error


def _looks_like_xml(name: str, head: bytes) -> bool:
    if not head:
        return False
    bare = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return name.lower().endswith(_XML_ENDINGS) or bare.startswith(b"<")


def _parse_up_to_root(text: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _on_doctype
    parser.StartElementHandler = _on_root
    parser.Parse(text, True)


def _on_doctype(*_: object) -> None:
    raise BadFile("unsafe_xml")


def _on_root(*_: object) -> None:
    raise _RootReachedError


# What openpyxl and python-docx raise on archives that are sound but hold nonsense.
CONFUSED = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,  # openpyxl: "File contains no valid workbook part"
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
