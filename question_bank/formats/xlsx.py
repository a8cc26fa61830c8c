"""Excel workbooks (.xlsx): reading ours and others like it, and writing ours."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.formats.archive import CONFUSED, BadFile, open_office_file
from question_bank.formats.collect import never_raises, result
from question_bank.formats.fields import Value
from question_bank.formats.table import DATES, Columns, RowReader, find_columns, looks_like_headings
from question_bank.formats.xlsx_write import EXAMPLE_CODE, GUIDE_SHEET, QUESTION_SHEET, template, write
from question_bank.model import Found, Problem, ReadResult, Severity
from question_bank.text import clean, fold

__all__ = ["read", "template", "write"]

MOST_ROWS = 5_000
MOST_CELLS = 400_000
LARGEST_NUMBER = 1e15  # Excel keeps fifteen digits: a larger number is not what its author typed
_HEADING_WITHIN = 10
_MOST_COLUMNS = 60
_MOST_NAMED = 20
_UNREADABLE = (*CONFUSED, InvalidFileException)


@never_raises
def read(data: bytes) -> ReadResult:
    book = _opened(data)
    sheet, problems = _question_sheet(book)
    heading = _heading_row(sheet)
    columns = find_columns(_texts(sheet, heading))
    merged = _merged(sheet, heading)
    problems += merged or columns.problems  # a merged heading also hides columns: one cause, one complaint
    if any(problem.severity is Severity.ERROR for problem in problems):
        return ReadResult(problems=tuple(problems))
    reader = SheetReader(sheet, heading, columns)
    found = list(reader.found())
    return result(found, [*problems, *reader.problems], columns.place_of)


def _opened(data: bytes) -> Workbook:
    with open_office_file(data, kind="xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        cells = sum(_cells_in(archive, name) for name in sheets)
    if cells > MOST_CELLS:
        raise BadFile("too_many_cells", found=cells, most=MOST_CELLS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of styles it does not keep
            return load_workbook(io.BytesIO(data), keep_links=False)
    except _UNREADABLE as error:
        raise BadFile("unreadable_file", reason=type(error).__name__) from error


def _cells_in(archive: zipfile.ZipFile, name: str) -> int:
    try:
        return len(re.findall(rb"<(?:\w+:)?c[\s/>]", archive.read(name)))
    except CONFUSED as error:  # a part that does not look like XML has not been read to its end yet
        raise BadFile("unreadable_file", reason=type(error).__name__) from error


def _question_sheet(book: Workbook) -> tuple[Worksheet, list[Problem]]:
    """The sheet to read, and a warning for every other that is left out."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    fitting = [sheet for sheet in visible if _heading_row_or_none(sheet) is not None]
    ours = [sheet for sheet in fitting if fold(sheet.title) == fold(QUESTION_SHEET)]
    if not fitting:
        raise BadFile("no_heading_row", within=_HEADING_WITHIN)
    chosen = (ours or fitting)[0]
    problems = [
        Problem("hidden_sheet", Severity.WARNING, params={"sheet": sheet.title})
        for sheet in book.worksheets
        if sheet not in visible and _used_rows(sheet)
    ]
    problems += [
        Problem("sheet_ignored", Severity.WARNING, params={"sheet": sheet.title, "read": chosen.title})
        for sheet in visible
        if sheet is not chosen and _used_rows(sheet) and fold(sheet.title) != fold(GUIDE_SHEET)
    ]
    return chosen, problems


def _heading_row(sheet: Worksheet) -> int:
    row = _heading_row_or_none(sheet)
    if row is None:
        raise BadFile("no_heading_row", within=_HEADING_WITHIN)
    return row


def _heading_row_or_none(sheet: Worksheet) -> int | None:
    return next((row for row in range(1, _HEADING_WITHIN + 1) if looks_like_headings(_texts(sheet, row))), None)


def _texts(sheet: Worksheet, row: int) -> list[str]:
    last = min(sheet.max_column, _MOST_COLUMNS)
    values = (sheet.cell(row, column).value for column in range(1, last + 1))
    return ["" if value is None else str(value) for value in values]


def _used_rows(sheet: Worksheet) -> list[int]:
    """Rows that hold anything; a sheet formatted down to its last row costs nothing here."""
    cells = sheet._cells.items()  # noqa: SLF001 - the public ways create a cell for every empty place
    return sorted({row for (row, _), cell in cells if cell.value not in (None, "")})


def _merged(sheet: Worksheet, heading: int) -> list[Problem]:
    return [
        Problem("merged_cells", row=area.min_row, params={"range": area.coord})
        for area in sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
        if area.max_row >= heading
    ][:_MOST_NAMED]


class SheetReader:
    """The rows under the headings of one sheet."""

    def __init__(self, sheet: Worksheet, heading: int, columns: Columns) -> None:
        self._sheet = sheet
        self._columns = columns
        self._rows = [row for row in _used_rows(sheet) if row > heading]
        self.problems: list[Problem] = []
        if len(self._rows) > MOST_ROWS:
            raise BadFile("too_many_rows", found=len(self._rows), most=MOST_ROWS)

    def found(self) -> Iterator[Found]:
        hidden = [row for row in self._rows if self._sheet.row_dimensions[row].hidden]
        self._list_rows("hidden_rows", hidden)
        self._warn_of_hidden_columns()
        examples: list[int] = []
        for row in self._rows:
            values = {} if row in hidden else self._values(row)
            if fold(str(values.get("code", ""))).startswith(fold(EXAMPLE_CODE)):
                examples.append(row)
            elif any(values.values()):
                yield self._question(values, row)
        self._list_rows("example_rows_skipped", examples)

    def _question(self, values: dict[str, Value], row: int) -> Found:
        reader = RowReader(values, row, self._columns)
        question = reader.question()
        self.problems += reader.problems
        return Found(question, row)

    def _list_rows(self, code: str, rows: Sequence[int]) -> None:
        if rows:
            named = ", ".join(str(row) for row in rows[:_MOST_NAMED])
            self.problems.append(Problem(code, Severity.WARNING, rows[0], params={"found": len(rows), "rows": named}))

    def _warn_of_hidden_columns(self) -> None:
        # Excel notes neighbouring columns as one range, under the letter of the first.
        hidden = [(area.min, area.max) for area in self._sheet.column_dimensions.values() if area.hidden]
        for field, position in self._columns.positions.items():
            if any((first or 0) <= position + 1 <= (last or 0) for first, last in hidden):
                self.problems.append(Problem("hidden_column", Severity.WARNING, column=self._columns.title(field)))

    def _values(self, row: int) -> dict[str, Value]:
        return {
            field: self._value(self._sheet.cell(row, position + 1), field)
            for field, position in self._columns.positions.items()
        }

    def _value(self, cell: Cell | MergedCell, field: str) -> Value:
        value = cell.value
        if cell.data_type == "f":
            return self._refused("formula_cell", cell, field)
        if cell.data_type == "e":
            return self._refused("error_cell", cell, field)
        if isinstance(value, datetime | date):
            return self._date(value, cell, field)
        if isinstance(value, time | float | int) and not isinstance(value, bool) and field in DATES:
            return self._refused("unreadable_date", cell, field)
        return self._text(value, cell, field)

    def _refused(self, code: str, cell: Cell | MergedCell, field: str) -> str:
        params: dict[str, str | int] = {"cell": cell.coordinate, "found": str(cell.value)[:60]}
        self.problems.append(Problem(code, row=cell.row, column=self._columns.title(field), params=params))
        return ""

    def _date(self, value: datetime | date, cell: Cell | MergedCell, field: str) -> Value:
        day = value.date() if isinstance(value, datetime) else value
        if field in DATES:
            return day
        self._warn_of_look(cell, field)
        return day.strftime("%d/%m/%Y")

    def _text(self, value: object, cell: Cell | MergedCell, field: str) -> str:
        if isinstance(value, bool):
            return "Đúng" if value else "Sai"
        if isinstance(value, int | float):
            if abs(value) > LARGEST_NUMBER:
                return self._refused("number_too_large", cell, field)
            if cell.number_format not in {"General", "@", "0"}:
                self._warn_of_look(cell, field)
            return _shown(value, percent=cell.number_format.endswith("%"))
        return "" if value is None else str(value)

    def _warn_of_look(self, cell: Cell | MergedCell, field: str) -> None:
        """Excel may have shown the author something else than what the cell holds."""
        title = self._columns.title(field)
        self.problems.append(Problem("not_typed_as_text", Severity.WARNING, cell.row, title, {"cell": cell.coordinate}))


def _shown(value: float, *, percent: bool) -> str:
    return _number(value * 100) + "%" if percent else _number(value)


def _number(value: float) -> str:
    """As a Vietnamese author writes it: no ".0", a comma before decimals."""
    rounded = round(value, 10)
    return str(int(rounded)) if rounded == int(rounded) else clean(str(rounded).replace(".", ","))
