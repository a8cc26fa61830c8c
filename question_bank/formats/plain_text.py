"""Plain text (.txt) in the layouts of ``lines``."""

from question_bank.formats.archive import BadFile, refuse_large
from question_bank.formats.collect import never_raises
from question_bank.formats.draft import Line
from question_bank.formats.lines import parse
from question_bank.formats.spelling import in_nfc
from question_bank.model import ReadResult


@never_raises
def read(data: bytes) -> ReadResult:
    refuse_large(data)
    return parse(Line(in_nfc(line)) for line in decoded(data).splitlines())


def decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; old Vietnamese encodings are refused rather than guessed."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("not_utf8", position=error.start) from error
    if "\0" in text:
        raise BadFile("not_text")
    return text
