"""The pieces of a document's body: paragraphs, headings, lists, tables, pictures."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from exports.documents.page import BODY, WIDTH, column_widths
from exports.documents.written import NBSP

LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip
FIRST_LINE = Cm(1.27)
_SPACE = Pt(6)


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    share: float = 1.0  # of the width, beside the others
    align: WD_ALIGN_PARAGRAPH = LEFT


def run(paragraph: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> Any:
    """A piece of text in a paragraph; characters a Word file cannot hold are left out."""
    made = paragraph.add_run(_writable(text))
    made.font.size, made.font.bold, made.font.italic = Pt(size), bold, italic
    return made


def _writable(text: str) -> str:
    kept = (letter for letter in unicodedata.normalize("NFC", text) if letter == "\n" or not _is_unwritable(letter))
    return re.sub(r"(?<=\d) %", NBSP + "%", "".join(kept))  # a per cent sign stays on the line of its number


def _is_unwritable(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn")


def paragraph(target: Any, text: str = "", *, align: Any = BOTH, first_line: bool = True, **look: Any) -> Any:
    """A paragraph of the body: justified, first line set in, 6 pt to the next."""
    made = target.add_paragraph()
    made.alignment = align
    made.paragraph_format.space_after = _SPACE
    if first_line:
        made.paragraph_format.first_line_indent = FIRST_LINE
    if text:
        run(made, text, **look)
    return made


def heading(target: Any, text: str) -> Any:
    """A numbered heading of the body ("I. …"): bold, never the last line of a page."""
    made = paragraph(target, text, bold=True)
    made.paragraph_format.keep_with_next = True
    return made


def bullets(target: Any, texts: Sequence[str]) -> None:
    """Lines that begin with a dash, as offices list things."""
    for text in texts:
        paragraph(target, f"- {text}")


def marked(paragraph_: Any, text: str, **look: Any) -> Any:
    """Text on yellow: what somebody must look at before signing."""
    made = run(paragraph_, text, **look)
    made.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return made


def table(
    document: Any, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: float = WIDTH, size: float = 12
) -> Any:
    """A ruled table whose headings repeat on every page; a row is never torn in two."""
    made = document.add_table(rows=1, cols=len(columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = column_widths(tuple(column.share for column in columns), width)
    for column, cell in zip(columns, made.rows[0].cells, strict=True):
        _fill(cell, column.heading, CENTRE, size, bold=True)
    _mark_row(made.rows[0], "w:tblHeader")
    for row in rows:
        cells = made.add_row().cells
        for column, cell, text in zip(columns, cells, row, strict=True):
            _fill(cell, text, column.align, size)
    for row_ in made.rows:
        _mark_row(row_, "w:cantSplit")
    set_widths(made, widths)
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(8)
    return made


def set_widths(table_: Any, widths: Sequence[Length]) -> None:
    """Of the columns and of every cell: Word goes by the one, LibreOffice by the other."""
    for column, wide in zip(table_.columns, widths, strict=True):
        column.width = wide
    for row in table_.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide


def _fill(cell: Any, text: str, align: Any, size: float, **look: Any) -> None:
    paragraph_ = cell.paragraphs[0]
    paragraph_.alignment = align
    paragraph_.paragraph_format.space_before = paragraph_.paragraph_format.space_after = Pt(2)
    run(paragraph_, text, size=size, **look)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _mark_row(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no call for it
    mark = OxmlElement(name)
    if name == "w:cantSplit":
        properties.insert(0, mark)  # the schema wants it before tblHeader
    else:
        properties.append(mark)


def caption(document: Any, text: str) -> Any:
    """The title over a table, kept with it."""
    made = paragraph(document, text, align=CENTRE, first_line=False, italic=True, size=13)
    made.paragraph_format.keep_with_next = True
    made.paragraph_format.space_before = Pt(6)
    return made


def picture(document: Any, png: bytes, words: str, *, width: float = WIDTH - 0.5) -> None:
    """A picture in the middle with its caption below; the caption is also what a screen reader says."""
    made = paragraph(document, align=CENTRE, first_line=False)
    made.paragraph_format.keep_with_next = True
    shape = made.add_run().add_picture(BytesIO(png), width=Cm(width))
    shape._inline.docPr.set("descr", _writable(words))  # noqa: SLF001 - python-docx has no call for it
    paragraph(document, words, align=CENTRE, first_line=False, italic=True, size=13)


def rule(target: Any, length: float, room: float) -> Any:
    """A thin line of ``length`` cm in the middle of ``room`` cm, drawn: the decree forbids underlining."""
    made = target.add_paragraph()
    side = Cm(max(0.0, (room - length) / 2))
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = side
    made.paragraph_format.space_before, made.paragraph_format.line_spacing = Pt(2), Pt(5)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = made._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no call for it
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return made
