"""The rows of a CSV file, whichever of comma, semicolon and tab divides its columns."""

import csv
import io
from collections import Counter
from itertools import islice

from question_bank.formats import patterns
from question_bank.formats.archive import BadFile, refuse_large
from question_bank.formats.encoding import decoded
from question_bank.formats.spelling import in_nfc
from question_bank.formats.words import bare

_DELIMITERS = (";", ",", "\t", "|")
_LOOKED_AT = 20  # records
_FEWEST_COLUMNS = 3


def csv_rows(data: bytes) -> list[list[str]]:
    """
    :raises BadFile: not_csv when no sign divides the lines alike.
    """
    refuse_large(data)
    text = decoded(data).text
    delimiter = delimiter_of(text)
    if not delimiter:
        raise BadFile("not_csv")
    try:
        return [
            [_plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:  # a field of more than 128 KB
        raise BadFile("not_csv") from error


def delimiter_of(text: str) -> str:
    """The sign that cuts every one of the first records into as many columns; empty when there is none."""
    best, most = "", _FEWEST_COLUMNS - 1
    for delimiter in _DELIMITERS:
        counts = Counter(len(row) for row in _first_records(text, delimiter) if any(cell.strip() for cell in row))
        columns, times = counts.most_common(1)[0] if counts else (0, 0)
        if columns > most and times > 1 and times >= 0.9 * counts.total():
            best, most = delimiter, columns
    return best


def looks_like_csv(text: str) -> bool:
    """A table of text, and no exam paper whose lines happen to hold as many commas."""
    numbered = sum(patterns.NUMBERED_HEAD.match(bare(line[:40])) is not None for line in text.splitlines()[:50])
    return numbered < 2 and bool(delimiter_of(text))


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT))
    except csv.Error:
        return []


def _plain(cell: str) -> str:
    return "\n".join(in_nfc(line) for line in cell.splitlines())
