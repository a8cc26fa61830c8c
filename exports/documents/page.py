"""The sheet itself: paper, margins, font and page numbers, as Annex I of Decree 30/2020/NĐ-CP has them.

A4; top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20; Times New Roman, black, body 13 to 14; page number in
Arabic numerals, size 13 to 14, centred in the top margin and not shown on the first page. An annex counts its pages by
itself.
"""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt

FONT = "Times New Roman"
BODY = 14
WIDTH = 16.5  # cm between the margins, upright
WIDE = 25.2  # cm, on its side
_SHORT, _LONG = Mm(210), Mm(297)


def new_document(title: str, author: str, day: date | None) -> Any:
    """An empty upright document with its styles and page numbers."""
    document = docx.Document()
    _set_styles(document)
    _set_page(document.sections[0], on_its_side=False)
    _number_pages(document.sections[0])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:255], author[:255], ""
    properties.language = "vi-VN"
    if day is not None:
        set_moment(document, datetime.combine(day, time()))
    return document


def set_moment(document: Any, moment: datetime) -> None:
    """When the file says it was made: python-docx would leave its template's year."""
    properties = document.core_properties
    properties.created = properties.modified = moment


def new_section(document: Any, *, on_its_side: bool = False) -> Section:
    """A new sheet whose pages are counted from one again: for an annex."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, on_its_side=on_its_side)
    _number_pages(section)
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    properties: Any = section._sectPr  # noqa: SLF001 - python-docx has no call for it
    for old in properties.findall(qn("w:pgNumType")):  # the new section was copied from the one before
        properties.remove(old)
    properties.find(qn("w:pgMar")).addnext(count)  # the schema fixes the order
    return section


def as_bytes(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(section: Section, *, on_its_side: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if on_its_side else (_SHORT, _LONG)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _number_pages(section: Section) -> None:
    section.different_first_page_header_footer = True
    for header in (section.header, section.first_page_header):
        header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.tab_stops.clear_all()
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("number", "1"), ("end", "")):
        run._r.append(_field_part(kind, text))  # noqa: SLF001


def _field_part(kind: str, text: str) -> Any:
    if kind in ("", "number"):
        element = OxmlElement("w:instrText" if kind == "" else "w:t")
        element.text = text
        return element
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def column_widths(shares: tuple[float, ...], width: float) -> list[Cm]:
    """Column widths in proportion to these shares, together ``width`` cm."""
    return [Cm(width * share / sum(shares)) for share in shares]
