"""What every document of an office has: the head, the title, the bases, the signature, the annex.

Sizes and order as Annex I of Decree 30/2020/NĐ-CP gives them; where it leaves a choice (13 or 14), the larger that
fits.
"""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from exports.documents.blocks import CENTRE, LEFT, marked, paragraph, rule, run, set_widths
from exports.documents.page import WIDE, WIDTH, new_document, new_section
from exports.documents.values import Accompanied, Heading, LegalBase, Letterhead
from exports.documents.written import day_in_words, number_and_symbol, slashed

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_LEFT, _RIGHT = 6.3, 10.2  # cm: the name of the state fits on one line at size 13
_MOTTO_LENGTH = 5.7  # cm, at size 14
_LETTER = 0.256  # cm, a bold capital at size 13, on the average
_SIGN_ROOM = Pt(72)


def begin(letterhead: Letterhead, heading: Heading) -> Any:
    """A document with everything above its text."""
    title = f"{heading.kind.capitalize()} {heading.subject}".replace("\n", " ")
    document = new_document(title, letterhead.issuer.replace("\n", " "), heading.day)
    _head(document, letterhead, heading)
    _title(document, heading)
    if heading.addressees:
        _addressees(document, heading.addressees)
    return document


def _borderless(document: Any, rows: int, widths: Sequence[float]) -> Any:
    made = document.add_table(rows=rows, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "0")
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001 - python-docx has no call for it
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    set_widths(made, [Cm(width) for width in widths])
    return made


def _line(cell: Any, text: str, *, align: Any = CENTRE, **look: Any) -> Any:
    """A line of a cell; the first takes the empty paragraph every cell begins with."""
    fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    made = cell.paragraphs[0] if fresh else cell.add_paragraph()
    made.alignment = align
    if text:
        run(made, text, **look)
    return made


def _head(document: Any, letterhead: Letterhead, heading: Heading) -> None:
    cells = _borderless(document, 2, (_LEFT, _RIGHT))
    left, right = cells.rows[0].cells
    if letterhead.superior:
        _line(left, letterhead.superior.upper(), size=13)
    for line in letterhead.issuer.split("\n"):
        _line(left, line.upper(), size=13, bold=True)
    longest = max(len(line) for line in letterhead.issuer.split("\n")) * _LETTER
    rule(left, 0.4 * min(longest, _LEFT), _LEFT)
    _line(right, NATION, size=13, bold=True)
    _line(right, MOTTO, size=14, bold=True)
    rule(right, _MOTTO_LENGTH, _RIGHT)
    left, right = cells.rows[1].cells
    _line(left, f"Số: {number_and_symbol(heading.number, heading.symbol)}" if heading.symbol else "", size=13)
    place = f"{letterhead.place}, " if letterhead.place else ""
    _line(right, place + day_in_words(heading.day, heading.year), size=14, italic=True)
    paragraph(document, first_line=False)


def _title(document: Any, heading: Heading) -> None:
    title = paragraph(document, heading.kind.upper(), align=CENTRE, first_line=False, bold=True)
    title.paragraph_format.space_after = Pt(0)
    subject = paragraph(document, heading.subject, align=CENTRE, first_line=False, bold=True)
    subject.paragraph_format.space_after = Pt(2)
    longest = max(len(line) for line in heading.subject.split("\n")) * 0.22
    rule(document, 0.4 * min(longest, WIDTH), WIDTH)
    paragraph(document, first_line=False).paragraph_format.space_after = Pt(0)


def _addressees(document: Any, names: Sequence[str]) -> None:
    if len(names) == 1:
        paragraph(document, f"Kính gửi: {names[0]}", align=CENTRE, first_line=False)
        return
    made = paragraph(document, "Kính gửi:", align=LEFT, first_line=False)
    made.paragraph_format.left_indent = Cm(3)
    for place, name in enumerate(names, start=1):
        line = paragraph(document, f"- {name}{'.' if place == len(names) else ';'}", align=LEFT, first_line=False)
        line.paragraph_format.left_indent = Cm(4.5)


def bases(document: Any, given: Sequence[LegalBase], *, closing: str = "") -> None:
    """The "Căn cứ" lines, each ending in a semicolon, the last in a full stop; an ended act is marked.

    :param closing: a last line of its own, "Theo đề nghị của …".
    """
    for place, base in enumerate(given, start=1):
        line = paragraph(document, f"Căn cứ {base.words}", italic=True)
        if base.ended_from:
            marked(line, f" (đã hết hiệu lực từ ngày {slashed(base.ended_from)})", italic=True)
        run(line, "." if place == len(given) and not closing else ";", italic=True)
    if closing:
        paragraph(document, f"{closing}.", italic=True)


def article(document: Any, number: int, text: str) -> None:
    """ "Điều 1. …" with its number in bold."""
    made = paragraph(document)
    run(made, f"Điều {number}. ", bold=True)
    run(made, text)


def sign(document: Any, letterhead: Letterhead, *, lists_recipients: bool = True) -> None:
    """Recipients on the left, the signature on the right; never on a page without any text above them."""
    _keep_with_text(document)
    left, right = _borderless(document, 1, (WIDTH / 2, WIDTH / 2)).rows[0].cells
    if lists_recipients:
        _recipients(left, letterhead)
    _signature(right, letterhead.signer_lines, letterhead.signer_name)


def _keep_with_text(document: Any) -> None:
    paragraph(document, first_line=False)
    for above in document.paragraphs[-3:]:
        above.paragraph_format.keep_with_next = True


def sign_side_by_side(document: Any, places: Sequence[tuple[Sequence[str], str]]) -> None:
    """Several signatures in one row: (lines, name) each."""
    _keep_with_text(document)
    row = _borderless(document, 1, [WIDTH / len(places)] * len(places)).rows[0]
    for cell, (lines, name) in zip(row.cells, places, strict=True):
        _signature(cell, lines, name)


def _recipients(cell: Any, letterhead: Letterhead) -> None:
    _line(cell, "Nơi nhận:", align=LEFT, size=12, bold=True, italic=True)
    for name in letterhead.recipients:
        _line(cell, f"- {name.rstrip(';.')};", align=LEFT, size=11)
    _line(cell, f"- Lưu: {letterhead.archive.rstrip('.') or 'VT'}.", align=LEFT, size=11)


def _signature(cell: Any, lines: Sequence[str], name: str) -> None:
    for line in lines:
        _line(cell, line.upper(), bold=True)
    last = _line(cell, name, bold=True)
    last.paragraph_format.space_before = _SIGN_ROOM


def begin_annex(
    document: Any, subject: str, goes_with: Accompanied, *, label: str = "Phụ lục", on_its_side: bool = False
) -> None:
    """A new sheet headed "Phụ lục", its title and the document it goes with."""
    new_section(document, on_its_side=on_its_side)
    annex_head(document, subject, goes_with, label=label, width=WIDE if on_its_side else WIDTH)


def annex_head(
    document: Any, subject: str, goes_with: Accompanied, *, label: str = "Phụ lục", width: float = WIDTH
) -> None:
    for text in (label, subject.upper()):
        made = paragraph(document, text, align=CENTRE, first_line=False, bold=True)
        made.paragraph_format.space_after = Pt(0)
    paragraph(document, f"({accompanied(goes_with)})", align=CENTRE, first_line=False, italic=True)
    rule(document, 4, width)
    paragraph(document, first_line=False).paragraph_format.space_after = Pt(0)


def accompanied(one: Accompanied) -> str:
    number = f" số {number_and_symbol(one.number, one.symbol)}" if one.symbol else ""
    issuer = f" của {one.issuer}" if one.issuer else ""
    return f"Kèm theo {one.kind}{number} {day_in_words(one.day)}{issuer}"


def points(document: Any, texts: Sequence[str]) -> None:
    """Paragraphs of plain sentences; empty ones are left out."""
    for text in filter(None, texts):
        paragraph(document, text)
