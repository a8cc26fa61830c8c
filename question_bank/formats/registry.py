"""The formats by name. A new format is one more module, one more entry here and a line in ``detect``."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

from question_bank.formats import (
    aiken,
    anki,
    blackboard,
    cloze_file,
    csv_file,
    csv_rows,
    docx,
    docx_write,
    embedded_answers,
    gift,
    gift_write,
    h5p,
    h5p_write,
    json_file,
    kahoot,
    moodle_xml,
    moodle_xml_write,
    plain_text,
    qti,
    qti12,
    qti12_write,
    qti_write,
    xlsx,
)
from question_bank.formats.archive import DAMAGED, BadFile
from question_bank.formats.encoding import decoded
from question_bank.model import Question, ReadResult, Written

Read = Callable[[bytes], ReadResult]
Write = Callable[[Sequence[Question]], Written]


class Format(NamedTuple):
    """``looks_like`` tells a text of this format from others; formats told by their first bytes need none."""

    read: Read
    write: Write | None
    extensions: tuple[str, ...]
    looks_like: Callable[[str], bool] | None = None


def _is_plain_table(text: str) -> bool:
    """A table nobody else knows better."""
    return csv_rows.looks_like_csv(text) and not kahoot.looks_like(text)


FORMATS: dict[str, Format] = {
    "xlsx": Format(xlsx.read, xlsx.write, (".xlsx", ".xlsm")),
    "docx": Format(docx.read, docx_write.write, (".docx", ".docm")),
    "json": Format(json_file.read, json_file.write, (".json",)),
    "qti12": Format(qti12.read, qti12_write.write, (".zip", ".imscc")),
    "blackboard": Format(blackboard.read, None, (".dat",)),
    "h5p": Format(h5p.read, h5p_write.write, (".h5p",)),
    "qti21": Format(qti.read, qti_write.write21, ()),
    "qti30": Format(qti.read, qti_write.write30, ()),
    "text": Format(plain_text.read, plain_text.write, (".txt",)),
    "gift": Format(gift.read, gift_write.write, (".gift",), gift.looks_like),
    "aiken": Format(aiken.read, aiken.write, (".aiken",), aiken.looks_like),
    "cloze": Format(cloze_file.read, None, (".cloze",), embedded_answers.is_embedded),
    "kahoot": Format(kahoot.read, None, (), kahoot.looks_like),
    "anki": Format(anki.read, None, (), anki.looks_like),
    "csv": Format(csv_file.read, None, (".csv", ".tsv"), _is_plain_table),
    "moodle_xml": Format(moodle_xml.read, moodle_xml_write.write, (".xml",)),
}
ALIASES = {
    "excel": "xlsx", "word": "docx", "txt": "text", "moodle": "moodle_xml", "moodlexml": "moodle_xml",
    "canvas": "qti12", "qti": "qti21", "qti2": "qti21", "qti22": "qti21", "qti3": "qti30",
}  # fmt: skip
# The document element decides which XML it is.
_ROOTS = {
    "quiz": "moodle_xml",
    "question": "moodle_xml",
    "questestinterop": "qti12",
    "item": "qti12",
    "assessment": "qti12",
    "POOL": "blackboard",
    "assessmentItem": "qti21",
    "assessmentTest": "qti21",
    "qti-assessment-item": "qti30",
    "qti-assessment-test": "qti30",
}
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_ZIPS = {"xl": "xlsx", "word": "docx", "h5p.json": "h5p"}  # what stands at the top of each
_PACKAGED = {"qti12", "qti21", "qti30", "blackboard"}  # Canvas puts a <quiz> of its own beside the questions
_GIFT_FORMAT = re.compile(r"\[(?:html|moodle|plain|markdown)\]")
_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_EXTENSIONS = {".xls": "xlsx", ".doc": "docx"}
_SNIFFED = 200_000  # characters looked at to tell texts apart


def named(name: str) -> str:
    """The format people mean by a name: "QTI 2.1", "moodle-xml", "excel"; the name itself when it is none."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    known = {re.sub(r"[^a-z0-9]", "", each): each for each in FORMATS}
    return known.get(plain) or ALIASES.get(plain, name)


def detect(data: bytes, filename: str) -> str:
    """The format by what the file holds; its name decides only where the content leaves a choice.

    :raises BadFile: unknown_format.
    """
    by_name = _by_extension(filename)
    if data.startswith(_OLE_SIGNATURE):
        return by_name if by_name in {"xlsx", "docx"} else "xlsx"  # their guard says what is wrong
    if data.startswith(b"PK"):
        return _kind_of_zip(data) or by_name or _unknown(filename)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unknown(filename)
    return _kind_of_text(decoded(data).text[:_SNIFFED].lstrip("\ufeff \t\r\n"), filename)


def _kind_of_text(text: str, filename: str) -> str:
    if text.startswith(("{", "[")) and not _GIFT_FORMAT.match(text):
        return "json"
    if text.startswith("<") and (root := _ROOT.match(text)):
        known = _ROOTS.get(root[1])
        return known if known in FORMATS else _unknown(filename)
    by_name = _by_extension(filename)
    told_apart = [name for name, known in FORMATS.items() if known.looks_like is not None and known.looks_like(text)]
    if by_name in told_apart:
        return by_name
    named = FORMATS.get(by_name or "")
    by_default = by_name if by_name and named and named.looks_like else "text"
    return next(iter(told_apart), by_default)


def _by_extension(filename: str) -> str | None:
    extension = "." + filename.lower().rpartition(".")[2]
    by_extension = {each: name for name, known in FORMATS.items() for each in known.extensions}
    return (by_extension | _OLD_EXTENSIONS).get(extension)


def _kind_of_zip(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            folders = {name.partition("/")[0] for name in names}
            by_folder = (kind for folder, kind in _ZIPS.items() if folder in folders)
            by_member = (kind for name in names[:500] if (kind := _kind_of_member(archive, name)))
            return next((kind for kind in chain(by_folder, by_member) if kind in FORMATS), None)
    except DAMAGED:
        return None


def _kind_of_member(archive: zipfile.ZipFile, name: str) -> str | None:
    if not name.lower().endswith((".xml", ".qti", ".dat")):
        return None
    with archive.open(name) as part:
        root = _ROOT.match(part.read(4096).decode("utf-8", "replace").lstrip("\ufeff"))
    kind = _ROOTS.get(root[1]) if root else None
    return kind if kind in _PACKAGED else None


def _unknown(filename: str) -> str:
    raise BadFile("unknown_format", name=filename[-100:])
