"""QTI 2.0 to 3.0: one item, one test, or a whole package."""

from question_bank.formats.archive import BadFile, open_package
from question_bank.formats.collect import never_raises, result
from question_bank.formats.qti_item import read_item
from question_bank.formats.qti_package import found_in
from question_bank.formats.qti_tree import normalised
from question_bank.formats.safe_xml import line_of, parsed, tag
from question_bank.model import Found, ReadResult


@never_raises
def read(data: bytes) -> ReadResult:
    if data.startswith(b"PK"):
        return result(*found_in(open_package(data)))
    return _read_alone(data)


def _read_alone(data: bytes) -> ReadResult:
    """One item, without the files it shows."""
    root = normalised(parsed(data))
    if tag(root) == "assessmentTest":
        raise BadFile("qti_test_alone")
    if tag(root) != "assessmentItem":
        raise BadFile("not_qti", found=tag(root)[:60])
    row = line_of(root) or 1
    item = read_item(root, lambda _name: None, row)
    found = [] if item.question is None else [Found(item.question, row)]
    return result(found, item.problems)
