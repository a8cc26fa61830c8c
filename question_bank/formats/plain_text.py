"""Plain text (.txt) in the layouts of ``lines``."""

from collections.abc import Sequence
from dataclasses import replace

from question_bank.formats.archive import refuse_large
from question_bank.formats.collect import never_raises
from question_bank.formats.docx_tables import lines_of
from question_bank.formats.encoding import decoded
from question_bank.formats.line import Line
from question_bank.formats.line_write import Block, written_blocks
from question_bank.formats.lines import parse
from question_bank.formats.spelling import in_nfc
from question_bank.markup import in_plain_text
from question_bank.model import Question, ReadResult, Written


@never_raises
def read(data: bytes) -> ReadResult:
    refuse_large(data)
    text, problems = decoded(data)
    return parse((Line(in_nfc(line)) for line in text.splitlines()), problems=problems)


def write(questions: Sequence[Question]) -> Written:
    """The questions without pictures and formatting; these and whatever else is lost is named."""
    bare = [replace(in_plain_text(question), media=()) for question in questions]
    blocks, problems = written_blocks(questions, bare, _read_back)
    return Written("".join(f"{line.text}\n" for line in lines_of(blocks)).encode(), tuple(problems))


def _read_back(blocks: list[Block]) -> ReadResult:
    return parse(lines_of(blocks))
