"""Questions as a Word document, laid out as people write them and as ``docx`` reads them."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace

import docx
from docx.document import Document
from docx.shared import Pt

from question_bank.formats.docx_images import Pictures, image_of
from question_bank.formats.docx_tables import Table, lines_of
from question_bank.formats.line import Line
from question_bank.formats.line_write import Block, media_of, written_blocks
from question_bank.formats.lines import parse
from question_bank.model import Media, Question, ReadResult, Written

_HEAD = re.compile(r"Câu \d+: ?")


def write(questions: Sequence[Question]) -> Written:
    """The document; whatever a Word file of this layout cannot hold is named."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    showable = [replace(question, media=_showable(question)) for question in questions]
    blocks, problems = written_blocks(questions, showable, _read_back)
    pictures = Pictures(document)
    for block in blocks:
        if isinstance(block, Table):
            _add_table(document, block)
        else:
            _add_line(document, block, pictures)
    stream = io.BytesIO()
    document.save(stream)
    return Written(stream.getvalue(), tuple(problems))


def _read_back(blocks: list[Block]) -> ReadResult:
    return parse(lines_of(blocks))


def _showable(question: Question) -> tuple[Media, ...]:
    return tuple(media for media in question.media if image_of(media) is not None)


def _add_line(document: Document, line: Line, pictures: Pictures) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    for place, part in enumerate(media_of(line)):
        if isinstance(part, Media):
            pictures.add(paragraph.add_run(), part)
            continue
        head = _HEAD.match(part) if place == 0 else None
        if head:
            paragraph.add_run(head[0]).bold = True
        paragraph.add_run(part[head.end() :] if head else part)


def _add_table(document: Document, table: Table) -> None:
    width = max((sum(cell.across for cell in row) for row in table.rows), default=0)
    if not width:
        return
    grid = document.add_table(len(table.rows), width, style="Table Grid")
    places = [row.cells for row in grid.rows]
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            if cell.down:
                first = places[number][column]
                last = places[min(number + cell.down, len(places)) - 1][min(column + cell.across, width) - 1]
                (first if last is first else first.merge(last)).text = "\n".join(line.text for line in cell.lines)
            column += cell.across
