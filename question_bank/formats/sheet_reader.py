"""The rows under the headings of one sheet, cell by cell, and what Excel made of what people typed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.formats.archive import BadFile
from question_bank.formats.fields import Value
from question_bank.formats.table import DATES, Columns, RowReader
from question_bank.formats.workbook import used_rows
from question_bank.formats.xlsx_guide import EXAMPLE_CODE
from question_bank.model import Found, Problem, Severity
from question_bank.text import clean, fold

MOST_ROWS = 5_000
LARGEST_NUMBER = 1e15  # Excel keeps fifteen digits: a larger number is not what its author typed
_MOST_NAMED = 20


def merged_cells(sheet: Worksheet, heading: int) -> list[Problem]:
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
        self._rows = [row for row in used_rows(sheet) if row > heading]
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
