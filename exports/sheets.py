"""The one place of spreadsheet safety and styling: every cell of every workbook is written here.

Sheets are written from the top down and go to disk as they grow (openpyxl's write-only mode), so a workbook of any size
needs little memory. What stands above the last row sent cannot be changed any more.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.sheet_looks import FORMATS, GREY, Look, named_style
from exports.sheet_values import clean_text, storable

LINE_POINTS, TALLEST_ROW_POINTS = 13, 409  # one line of Arial 10; Excel's highest row
MEASURED_ROWS = 1_000  # of a table, by which its columns get their widths
NO_DATA = "Chưa có dữ liệu"

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    look: Look | None = Look.TEXT  # None: what suits each value
    widest: int = 30  # characters from which the text wraps


@dataclass(frozen=True, slots=True)
class Area:
    """Where a table stands: its heading row and its data rows (last < first when there are none)."""

    heading: int
    first: int
    last: int
    columns: int

    @property
    def rows(self) -> int:
        return self.last - self.first + 1


class Sheet:
    """One sheet of a `Book`; ``page`` is openpyxl's, for what surrounds the cells."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self.sent = 0  # rows on disk already
        self._waiting: dict[int, dict[int, Cell]] = {}

    def cell(self, row: int, column: int) -> Cell:
        """The cell there, empty if it is new; rows may come in any order until they are sent."""
        if row <= self.sent:
            raise ValueError(f"row {row} has been written")
        cells = self._waiting.setdefault(row, {})
        if column not in cells:
            cells[column] = WriteOnlyCell(self.page)
        return cells[column]

    def merge(self, row: int, columns: int) -> None:
        """Make the first so many cells of a row one."""
        self.page.merged_cells.add(f"A{row}:{get_column_letter(columns)}{row}")

    def send(self) -> None:
        """Everything waiting goes to disk, empty rows between included."""
        for row in range(self.sent + 1, max(self._waiting, default=self.sent) + 1):
            cells = self._waiting.pop(row, {})
            self.page.append([cells.get(column) for column in range(1, max(cells, default=0) + 1)])
            self.page.row_dimensions.pop(row, None)
            self.sent = row


class Book:
    """A workbook being written."""

    def __init__(self) -> None:
        self.workbook = Workbook(write_only=True)
        self.sheets: list[Sheet] = []
        for look in Look:
            self.workbook.add_named_style(named_style(look))

    def save(self, out: BinaryIO) -> None:
        for sheet in self.sheets:
            sheet.send()
        self.workbook.save(out)

    def discard(self) -> None:
        """Remove what went to disk of a workbook that will not be saved."""
        for sheet in self.sheets:
            page: Any = sheet.page
            writer = page._writer  # noqa: SLF001 - openpyxl removes its files only when it saves
            if writer is not None and Path(writer.out).exists():
                if not page.closed:
                    page.close()
                writer.cleanup()


def simple_sheet(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet, headings in the first row: for templates and plain lists."""
    book = new_workbook()
    sheet = add_sheet(book, title)
    for column in range(1, len(headings) + 1):  # what people type below keeps its leading zeros, too
        sheet.page.column_dimensions[get_column_letter(column)].number_format = FORMATS[Look.TEXT]
    write_table(sheet, [Column(heading, look=None, widest=60) for heading in headings], rows, top=1)
    return as_bytes(book)


def new_workbook() -> Book:
    """A workbook without sheets that knows every `Look`."""
    return Book()


def as_bytes(book: Book) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def add_sheet(book: Book, title: str, footer: str = "") -> Sheet:
    """A sheet set up for print: A4 landscape, as wide as the page, pages numbered."""
    page: Worksheet = book.workbook.create_sheet(_sheet_name(title))
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0  # as many pages as it takes
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.25, right=0.25, top=0.6, bottom=0.7, header=0.3, footer=0.3)
    page.print_options.horizontalCentered = True
    left = clean_text(footer)[:100].replace("&", "&&") or None  # both parts share 255 characters
    page.HeaderFooter.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(left), right=_HeaderFooterPart("Trang &P/&N"))
    book.sheets.append(Sheet(page))
    return book.sheets[-1]


def write_heading(sheet: Sheet, title: str, *notes: str) -> int:
    """The sheet's title and the notes below it; returns the next free row."""
    put(sheet, 1, 1, title, Look.TITLE)
    for row, note in enumerate(notes, start=2):
        put(sheet, row, 1, note, Look.NOTE)
    return len(notes) + 2


def write_table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    top: int,
    frozen_columns: int = 0,
    after_each_row: Callable[[], None] = lambda: None,
) -> Area:
    """A table with frozen and filtered headings, which every printed page repeats; rows are written as they come."""
    for index, column in enumerate(columns, start=1):
        put(sheet, top, index, column.heading, Look.HEADING)
    coming = iter(rows)
    first = [[storable(value) for value in row] for row in islice(coming, MEASURED_ROWS)]
    widths = _set_widths(sheet, columns, first)
    _freeze(sheet, top, frozen_columns)
    row = top
    for row, values in enumerate(chain(first, coming), start=top + 1):
        cells = [put(sheet, row, index, value, column.look) for index, column, value in _numbered(columns, values)]
        fit_height(sheet, row, [cell.value for cell in cells], widths)
        sheet.send()
        after_each_row()
    area = Area(top, top + 1, row, len(columns))
    _make_browsable(sheet, area)
    return area


def fit_height(sheet: Sheet, row: int, values: Sequence[object], widths: Sequence[float]) -> None:
    """Make room for wrapped text, which LibreOffice does not do by itself when it opens the file."""
    lines = max(map(_lines, values, widths), default=1)
    if lines > 1:
        sheet.page.row_dimensions[row].height = min(LINE_POINTS * lines + 3, TALLEST_ROW_POINTS)


def put(sheet: Sheet, row: int, column: int, value: object, look: Look | None = None) -> Cell:
    """Write one value so that text stays text, whatever it begins with."""
    cell: Any = sheet.cell(row, column)  # openpyxl's stubs mix merged and plain cells
    cell.value = safe = storable(value)
    if isinstance(safe, str):
        cell.data_type = "s"  # openpyxl makes a formula of "=..." and an error of "#N/A"
    cell.style = look or _suitable_look(safe)  # after the value, as openpyxl gives dates a format of its own
    return cell  # type: ignore[no-any-return]


def strike_rows(sheet: Sheet, area: Area, reason_column: int) -> None:
    """Grey and strike through what stands before a filled reason; the mark follows when somebody sorts."""
    if area.rows:
        cells = f"A{area.first}:{get_column_letter(reason_column - 1)}{area.last}"
        condition = f'${get_column_letter(reason_column)}{area.first}<>""'
        struck = DifferentialStyle(font=Font(strike=True, color=GREY))
        sheet.page.conditional_formatting.add(cells, Rule(type="expression", formula=[condition], dxf=struck))


def _suitable_look(value: str | float | date | None) -> Look:
    if isinstance(value, datetime):
        return Look.MOMENT
    if isinstance(value, date):
        return Look.DATE
    if isinstance(value, int):
        return Look.INTEGER
    return Look.DECIMAL if isinstance(value, float) else Look.TEXT


def _numbered(columns: Sequence[Column], row: Sequence[object]) -> Iterable[tuple[int, Column, object]]:
    return zip(range(1, len(columns) + 1), columns, row, strict=True)


def _set_widths(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> list[float]:
    """Columns as wide as their content asks, by the first rows, and allows."""
    widths = []
    for index, column in enumerate(columns):
        shown = max((_shown_width(row[index]) for row in rows), default=0)
        widths.append(float(max(_heading_width(column), min(shown, column.widest))))
        sheet.page.column_dimensions[get_column_letter(index + 1)].width = widths[index] + 1.5
    return widths


def _lines(value: object, width: float) -> int:
    """Lines a text takes in a cell so many digits wide: letters are narrower, words that do not fit cost some room."""
    if not isinstance(value, str) or (len(value) <= width and "\n" not in value):
        return 1
    return sum(1 + int(0.9 * len(line) / width) for line in value.split("\n"))


def _freeze(sheet: Sheet, heading: int, frozen_columns: int) -> None:
    sheet.page.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{heading + 1}"
    sheet.page.row_dimensions[heading].height = 30


def _make_browsable(sheet: Sheet, area: Area) -> None:
    last_column = get_column_letter(area.columns)
    sheet.page.auto_filter.ref = f"A{area.heading}:{last_column}{max(area.last, area.heading)}"
    sheet.page.print_title_rows = f"{area.heading}:{area.heading}"


def _heading_width(column: Column) -> int:
    """Room for the heading in two lines, its longest word and the filter's button."""
    longest_word = max(map(len, column.heading.split()), default=0)
    return max(longest_word + 2, (len(column.heading) + 5) // 2, 5)


def _shown_width(value: object) -> int:
    match value:
        case str():
            return max(map(len, value.split("\n")))
        case datetime():
            return len("31/12/2026 23:59")  # five of its signs are thinner than a digit
        case date():
            return len("31/12/2026")
        case float():
            return len(f"{value:.2f}")
    return 0 if value is None else len(str(value))


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters, some signs not, no apostrophe at the ends."""
    return _NOT_IN_SHEET_NAMES.sub(" ", clean_text(title))[:31].strip().strip("'") or "Danh sách"
