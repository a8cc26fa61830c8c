"""Plain text (.txt) in the layouts of ``lines``."""

from question_bank.formats.archive import refuse_large
from question_bank.formats.collect import never_raises
from question_bank.formats.encoding import decoded
from question_bank.formats.line import Line
from question_bank.formats.lines import parse
from question_bank.formats.spelling import in_nfc
from question_bank.model import ReadResult


@never_raises
def read(data: bytes) -> ReadResult:
    refuse_large(data)
    text, problems = decoded(data)
    return parse((Line(in_nfc(line)) for line in text.splitlines()), problems=problems)
