"""CSV files (.csv) with the columns of our Excel layout, or others that can be told with certainty."""

from dataclasses import replace

from question_bank.formats.collect import never_raises
from question_bank.formats.encoding import decoded
from question_bank.formats.workbook import opened_csv
from question_bank.formats.xlsx import read_book
from question_bank.model import ReadResult


@never_raises
def read(data: bytes) -> ReadResult:
    read_rows = read_book(opened_csv(data))
    return replace(read_rows, problems=(*decoded(data).problems, *read_rows.problems))
