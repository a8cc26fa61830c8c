"""From uploaded bytes to questions and problems, whatever the format."""

from contest_app.web.refusal import Refusal
from contest_app.web.tables import bad_file
from question_bank.formats import docx
from question_bank.formats.archive import BadFile
from question_bank.formats.registry import FORMATS, detect
from question_bank.model import ReadResult


def read_upload(data: bytes, filename: str, key_data: bytes | None = None) -> ReadResult:
    """:raises Refusal: bad_file, saying what is wrong with the file and what to do."""
    try:
        name = detect(data, filename)
        if name == "docx":
            return docx.read(data, key_data)
        if key_data is not None:
            raise BadFile("key_file_needs_docx")
        return FORMATS[name].read(data)
    except BadFile as error:
        raise bad_file(error) from error
    except (KeyError, ValueError) as error:
        raise Refusal("bad_file", 422, reason=str(bad_file(BadFile("unreadable")).params["reason"])) from error
