"""Reading small tables people upload (units, class lists): one heading row, then data."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from werkzeug.datastructures import FileStorage

from contest_app.web.messages.texts import file_problem_text
from contest_app.web.refusal import Refusal
from question_bank.formats.archive import BadFile, open_office_file
from question_bank.model import Problem
from question_bank.text import clean, fold

MOST_ROWS = 5_000
MOST_COLUMNS = 60  # one stray cell far to the right would make millions of empty ones


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    heading: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    number: int  # as the sheet shows it
    values: dict[str, str]


def uploaded_bytes(upload: FileStorage | None) -> bytes:
    """:raises Refusal: file_missing, empty_upload."""
    if not upload or not upload.filename:
        raise Refusal("file_missing", 422)
    data = upload.read()
    if not data:
        raise Refusal("empty_upload", 422)
    return data


def bad_file(error: BadFile) -> Refusal:
    return Refusal("bad_file", 422, reason=file_problem_text(error.code, dict(error.params)))


def read_table(data: bytes, columns: Sequence[Column]) -> tuple[list[Row], list[Problem]]:
    """The rows of the first sheet, and what is wrong with its shape.

    :raises Refusal: a file that is no safe .xlsx.
    """
    try:
        open_office_file(data, kind="xlsx")
        sheet = load_workbook(io.BytesIO(data), data_only=False).worksheets[0]
    except BadFile as error:
        raise bad_file(error) from error
    except Exception as error:  # openpyxl raises many kinds on a damaged file
        raise bad_file(BadFile("unreadable")) from error
    if sheet.merged_cells.ranges:
        return [], [Problem("merged_cells", params={"range": str(next(iter(sheet.merged_cells.ranges)))})]
    if sheet.max_row > MOST_ROWS:
        return [], [Problem("too_many_rows", params={"most": MOST_ROWS})]
    return _rows(list(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS))), columns)


def _rows(cells: list[Any], columns: Sequence[Column]) -> tuple[list[Row], list[Problem]]:
    wanted = {fold(column.heading): column for column in columns}
    for place, row in enumerate(cells[:10]):
        headings = [fold(str(cell.value or "")) for cell in row]
        if sum(heading in wanted for heading in headings) >= 2:
            problems = list(_heading_problems(headings, columns))
            rows = [] if problems else list(_data(cells[place + 1 :], headings, wanted))
            problems += _cell_problems(cells[place + 1 :], headings, wanted)
            return rows, problems if rows or problems else [Problem("empty_file")]
    return [], [Problem("header_not_found")]


def _heading_problems(headings: list[str], columns: Sequence[Column]) -> Iterator[Problem]:
    for column in columns:
        seen = headings.count(fold(column.heading))
        if seen == 0 and column.required:
            yield Problem("missing_column", params={"heading": column.heading})
        if seen > 1:
            yield Problem("repeated_column", params={"heading": column.heading})


def _cell_problems(rows: list[Any], headings: list[str], wanted: dict[str, Column]) -> Iterator[Problem]:
    for row in rows:
        for heading, cell in zip(headings, row, strict=False):
            if heading not in wanted:
                continue
            params: dict[str, str | int] = {"cell": cell.coordinate, "found": str(cell.value)}
            if cell.data_type == "f":
                yield Problem("formula_cell", row=cell.row, column=wanted[heading].heading, params=params)
            if cell.data_type == "e":
                yield Problem("error_cell", row=cell.row, column=wanted[heading].heading, params=params)


def _data(rows: list[Any], headings: list[str], wanted: dict[str, Column]) -> Iterator[Row]:
    for row in rows:
        values = {wanted[h].key: _text(cell.value) for h, cell in zip(headings, row, strict=False) if h in wanted}
        if any(values.values()):
            yield Row(row[0].row, values)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)) if value is not None else ""
