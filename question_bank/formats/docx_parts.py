"""What a Word document holds, in reading order: paragraphs as marked lines, and tables."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document

from question_bank.formats.docx_numbering import Numbering, value_of
from question_bank.formats.docx_pictures import Shown, shown_in
from question_bank.formats.docx_tables import Cell, Table
from question_bank.formats.line import PICTURE, Line
from question_bank.formats.omml import MATH, linear
from question_bank.formats.scripts import lowered, raised
from question_bank.formats.spelling import in_nfc
from question_bank.model import Media

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_HIDDEN_FROM_READING = {_W + "txbxContent", _W + "del", _W + "moveFrom", _W + "instrText"}
_SHOWN = {_W + "drawing", _W + "pict", _W + "object"}
_OFF = {"0", "false", "off", "none"}
_DARK = {"", "auto", "000000"}
_DEEPEST = 60
_NO_MARKS: frozenset[str] = frozenset()

Element = Any  # an lxml element; lxml ships no types


class Reader:
    """Walks the body of one document."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._body: Element = document.element.body
        self._styles: dict[str, Element] = {
            style.element.get(_W + "styleId"): style.element for style in document.styles
        }
        self._numbering = Numbering(document)

    def blocks(self) -> Iterator[Line | Table]:
        return self._blocks(self._body)

    def unread(self) -> dict[str, int]:
        """How often something stands in the document that is passed over as a whole, by problem code."""
        boxes = self._body.iter(_W + "txbxContent")
        return {
            "textbox_ignored": sum(1 for box in boxes if "".join(box.itertext()).strip()),
            "tracked_change_ignored": sum(1 for _ in self._body.iter(_W + "ins", _W + "del")),
        }

    def _blocks(self, parent: Element) -> Iterator[Line | Table]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield self._table(child)
            elif child.tag in {_W + "sdt", _W + "sdtContent", _W + "customXml", _W + "ins"}:
                yield from self._blocks(child)

    def _table(self, table: Element) -> Table:
        rows = [row for row in table.iter(_W + "tr") if next(row.iterancestors(_W + "tbl")) is table]
        return Table(tuple(tuple(self._cell(cell) for cell in row.iterchildren(_W + "tc")) for row in _merged(rows)))

    def _cell(self, cell: Element) -> Cell:
        paragraphs = (paragraph for paragraph in cell.iter(_W + "p"))
        lines = tuple(line for paragraph in paragraphs for line in self._paragraph(paragraph))
        across = value_of(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        return Cell(lines, int(across) if across.isdecimal() else 1, int(cell.get("rows", "1")))

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        """The paragraph's lines: a line break inside it (Shift+Enter) begins a new one."""
        content = Content()
        content.add_text(self._numbering.label(paragraph, self._styles))
        for run in self._runs(paragraph):
            if run.tag == MATH:
                content.add_formula(linear(run))
            else:
                self._add_run(content, run, self._marks(run, paragraph), 0)
        yield from content.lines()

    def _runs(self, parent: Element, depth: int = 0) -> Iterator[Element]:
        for child in parent:
            if child.tag in {_W + "r", MATH}:
                yield child
            elif child.tag not in _HIDDEN_FROM_READING and child.tag != _W + "pPr" and depth < _DEEPEST:
                yield from self._runs(child, depth + 1)

    def _add_run(self, content: "Content", run: Element, marks: frozenset[str], depth: int) -> None:
        placed = value_of(run.find(f"{_W}rPr/{_W}vertAlign"))
        for child in run:
            if child.tag in _SHOWN:
                content.add_shown(shown_in(child, self._part))
            elif child.tag == _W + "sym":
                content.lost.append("symbol_ignored")
            elif child.tag == _ALTERNATIVE and depth < _DEEPEST:  # the same twice, for new and for old programs
                for choice in child.iterchildren(_CHOICE):
                    self._add_run(content, choice, marks, depth + 1)
            else:
                change = {"superscript": raised, "subscript": lowered}.get(placed, str)
                content.add_text(change(_text_of(child)), marks)

    def _marks(self, run: Element, paragraph: Element) -> frozenset[str]:
        sources = [run.find(_W + "rPr"), self._style(run, "rPr", "rStyle"), self._style(paragraph, "pPr", "pStyle")]
        found = {
            "bold": _on(_first(sources, "b")),
            "underline": _on(_first(sources, "u")),
            "italic": _on(_first(sources, "i")),
            "highlight": _on(_first(sources, "highlight")),
            "colour": value_of(_first(sources[:2], "color")).lower() not in _DARK,
        }
        return frozenset(mark for mark, on in found.items() if on)

    def _style(self, element: Element, properties: str, kind: str) -> Element | None:
        """The character settings of the element's style (its own, not those it is based on)."""
        named = element.find(f"{_W}{properties}/{_W}{kind}")
        style = self._styles.get(value_of(named)) if named is not None else None
        return style.find(_W + "rPr") if style is not None else None


class Content:
    """The characters of one paragraph while they are gathered."""

    def __init__(self) -> None:
        self._characters: list[tuple[str, frozenset[str]]] = []
        self._pictures: list[Media] = []
        self._floating: list[Media] = []
        self.lost: list[str] = []

    def add_text(self, text: str, marks: frozenset[str] = _NO_MARKS) -> None:
        self._characters += [(character, marks) for character in text]

    def add_formula(self, text: str) -> None:
        self.lost.append("formula_as_text" if text.strip() else "formula_ignored")
        self.add_text(in_nfc(text))

    def add_shown(self, shown: Shown) -> None:
        self.lost += shown.lost
        if shown.floats:
            self._floating += shown.pictures
            return
        for picture in shown.pictures:
            self.add_text(f" {PICTURE} ")
            self._pictures.append(picture)

    def lines(self) -> Iterator[Line]:
        whole = Line("".join(one for one, _ in self._characters), tuple(marks for _, marks in self._characters))
        whole = Line(whole.text, whole.marks, tuple(self._pictures))
        begin = 0
        for number, piece in enumerate(whole.text.split("\n")):
            line = _pictures_last(whole.cut(begin, begin + len(piece)))
            yield Line(line.text, line.marks, line.pictures, tuple(self.lost) if number == 0 else ())
            begin += len(piece) + 1
        # Where a floating picture stands in the paragraph says nothing: it belongs to all of it.
        if self._floating:
            yield Line(PICTURE * len(self._floating), (), tuple(self._floating))


def _pictures_last(line: Line) -> Line:
    """Pictures before the first word behind the last: the line must begin with its label."""
    begin = len(line.text) - len(line.text.lstrip(f"{PICTURE} "))
    if PICTURE not in line.text[:begin] or begin == len(line.text):
        return line
    head, rest = line.cut(0, begin), line.cut(begin)
    return Line(f"{rest.text} {head.text}", (*rest.marks, _NO_MARKS, *head.marks), (*rest.pictures, *head.pictures))


def _merged(rows: list[Element]) -> list[Element]:
    """The rows, every cell told in an attribute ``rows`` how many of them it covers (0: one above covers it)."""
    above: dict[int, tuple[Element, int]] = {}
    for row in rows:
        column = 0
        for cell in row.iterchildren(_W + "tc"):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and value_of(merge) != "restart" and column in above:
                first, count = above[column]
                above[column] = first, count + 1
                first.set("rows", str(count + 1))
                cell.set("rows", "0")
            else:
                above[column] = cell, 1
            across = value_of(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            column += int(across) if across.isdecimal() else 1
    return rows


def _text_of(element: Element) -> str:
    if element.tag == _W + "t":
        return in_nfc(element.text or "")
    if element.tag in {_W + "tab", _W + "ptab"}:
        return "\t"
    if element.tag in {_W + "br", _W + "cr"}:
        return "\n"
    return "-" if element.tag == _W + "noBreakHyphen" else ""


def _first(sources: list[Element | None], name: str) -> Element | None:
    found = (source.find(_W + name) for source in sources if source is not None)
    return next((element for element in found if element is not None), None)


def _on(element: Element | None) -> bool:
    return element is not None and (element.get(_W + "val") or "1").lower() not in _OFF
