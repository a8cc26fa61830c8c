"""What a Word document holds, in reading order: paragraphs as marked lines, and tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document

from question_bank.formats.draft import Line
from question_bank.formats.media import media_or_none
from question_bank.formats.spelling import in_nfc
from question_bank.model import Media

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_HIDDEN_FROM_READING = {_W + "txbxContent", _W + "del", _W + "moveFrom", _W + "instrText"}
_OFF = {"0", "false", "off", "none"}
_DARK = {"", "auto", "000000"}
_DEEPEST = 60

Element = Any  # an lxml element; lxml ships no types


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells, each cell the lines in it."""

    rows: list[list[list[Line]]]

    @property
    def grid(self) -> list[list[str]]:
        return [["\n".join(line.text for line in cell) for cell in row] for row in self.rows]

    @property
    def lines(self) -> Iterator[Line]:
        return (line for row in self.rows for cell in row for line in cell)


class Reader:
    """Walks the body of one document; counts what it cannot take along."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._body: Element = document.element.body
        self._styles: dict[str, Element] = {
            style.element.get(_W + "styleId"): style.element for style in document.styles
        }
        self._numbering = Numbering(document)
        self.lost: dict[str, int] = defaultdict(int)  # problem code -> how many

    def blocks(self) -> Iterator[Line | Table]:
        yield from self._blocks(self._body)
        self.lost["formula_ignored"] = sum(1 for _ in self._body.iter(_MATH))
        self.lost["textbox_ignored"] = sum(
            1 for box in self._body.iter(_W + "txbxContent") if "".join(box.itertext()).strip()
        )
        self.lost["tracked_change_ignored"] = sum(1 for _ in self._body.iter(_W + "ins", _W + "del"))

    def _blocks(self, parent: Element) -> Iterator[Line | Table]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield self._table(child)
            elif child.tag in {_W + "sdt", _W + "sdtContent", _W + "customXml", _W + "ins"}:
                yield from self._blocks(child)

    def _table(self, table: Element) -> Table:
        rows = (row for row in table.iter(_W + "tr") if next(row.iterancestors(_W + "tbl")) is table)
        return Table([[list(self._cell(cell)) for cell in row.iterchildren(_W + "tc")] for row in rows])

    def _cell(self, cell: Element) -> Iterator[Line]:
        for paragraph in cell.iter(_W + "p"):
            yield from self._paragraph(paragraph)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        """The paragraph's lines: a line break inside it (Shift+Enter) begins a new one."""
        characters: list[tuple[str, frozenset[str]]] = [
            (character, frozenset()) for character in self._numbering.label(paragraph, self._styles)
        ]
        for run in self._runs(paragraph):
            marks = self._marks(run, paragraph)
            characters += [(character, marks) for character in _run_text(run)]
        pictures = tuple(self._pictures(paragraph))
        yield from _split_lines(characters, pictures)

    def _runs(self, parent: Element, depth: int = 0) -> Iterator[Element]:
        for child in parent:
            if child.tag == _W + "r":
                yield child
            elif child.tag not in _HIDDEN_FROM_READING and child.tag != _W + "pPr" and depth < _DEEPEST:
                yield from self._runs(child, depth + 1)

    def _marks(self, run: Element, paragraph: Element) -> frozenset[str]:
        sources = [run.find(_W + "rPr"), self._style(run, "rPr", "rStyle"), self._style(paragraph, "pPr", "pStyle")]
        found = {
            "bold": _on(_first(sources, "b")),
            "underline": _on(_first(sources, "u")),
            "italic": _on(_first(sources, "i")),
            "highlight": _on(_first(sources, "highlight")),
            "colour": _value(_first(sources[:2], "color")).lower() not in _DARK,
        }
        return frozenset(mark for mark, on in found.items() if on)

    def _style(self, element: Element, properties: str, kind: str) -> Element | None:
        """The character settings of the element's style (its own, not those it is based on)."""
        named = element.find(f"{_W}{properties}/{_W}{kind}")
        style = self._styles.get(_value(named)) if named is not None else None
        return style.find(_W + "rPr") if style is not None else None

    def _pictures(self, paragraph: Element) -> Iterator[Media]:
        for blip in paragraph.iter(_BLIP):
            part = self._document.part.related_parts.get(blip.get(_EMBED, ""))
            name = str(part.partname).rpartition("/")[2] if part is not None else ""
            picture = media_or_none(name, part.blob) if part is not None else None
            if picture is None:
                self.lost["picture_ignored"] += 1
            else:
                yield picture


class Numbering:
    """The labels Word puts before automatically numbered paragraphs, as far as they are simple."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._learn(part.element)

    def _learn(self, root: Element) -> None:
        abstract = {found.get(_W + "abstractNumId"): found for found in root.iter(_W + "abstractNum")}
        for number in root.iter(_W + "num"):
            definition = abstract.get(_value(number.find(_W + "abstractNumId")))
            for level in definition.iter(_W + "lvl") if definition is not None else ():
                key = (number.get(_W + "numId"), level.get(_W + "ilvl"))
                start = _value(level.find(_W + "start"))
                self._levels[key] = (
                    _value(level.find(_W + "numFmt")),
                    _value(level.find(_W + "lvlText")),
                    int(start) if start.isdecimal() else 1,
                )

    def label(self, paragraph: Element, styles: dict[str, Element]) -> str:
        key = self._key(paragraph, styles)
        if key is None or key not in self._levels:
            return ""
        form, pattern, start = self._levels[key]
        self._restart_deeper(key)
        self._counts[key] = self._counts.get(key, start - 1) + 1
        ordinal = _ordinal(self._counts[key], form)
        mark = f"%{int(key[1]) + 1}"
        return pattern.replace(mark, ordinal) + " " if ordinal and mark in pattern and pattern.count("%") == 1 else ""

    def _restart_deeper(self, key: tuple[str, str]) -> None:
        for other in [known for known in self._counts if known[0] == key[0] and known[1] > key[1]]:
            del self._counts[other]

    @staticmethod
    def _key(paragraph: Element, styles: dict[str, Element]) -> tuple[str, str] | None:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = styles.get(_value(named)) if own is None and named is not None else None
        found = own if own is not None else style.find(f"{_W}pPr/{_W}numPr") if style is not None else None
        number = _value(found.find(_W + "numId")) if found is not None else ""
        level = _value(found.find(_W + "ilvl")) if found is not None else ""
        return (number, level if level.isdecimal() else "0") if number else None


def _ordinal(count: int, form: str) -> str:
    if form == "decimal":
        return str(count)
    if form in {"upperLetter", "lowerLetter"} and 1 <= count <= 26:
        return chr((ord("A") if form == "upperLetter" else ord("a")) + count - 1)
    return ""


def _run_text(run: Element) -> Iterator[str]:
    for child in run:
        if child.tag == _W + "t":
            yield from in_nfc(child.text or "")
        elif child.tag in {_W + "tab", _W + "ptab"}:
            yield "\t"
        elif child.tag in {_W + "br", _W + "cr"}:
            yield "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "-"


def _split_lines(characters: list[tuple[str, frozenset[str]]], pictures: tuple[Media, ...]) -> Iterator[Line]:
    text = "".join(character for character, _ in characters)
    marks = tuple(marks for _, marks in characters)
    begin = 0
    for piece in text.split("\n"):
        yield Line(piece, marks[begin : begin + len(piece)], pictures if begin == 0 else ())
        begin += len(piece) + 1


def _first(sources: list[Element | None], name: str) -> Element | None:
    found = (source.find(_W + name) for source in sources if source is not None)
    return next((element for element in found if element is not None), None)


def _on(element: Element | None) -> bool:
    return element is not None and (element.get(_W + "val") or "1").lower() not in _OFF


def _value(element: Element | None) -> str:
    return (element.get(_W + "val") or "") if element is not None else ""
