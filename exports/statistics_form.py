"""Looking into an office's own Excel form and writing numbers into its cells; all else in it stays as it is.

The bytes have passed the guards for office files before they come here.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from xml.parsers import expat

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from exports.sheet_values import clean_text

SHOWN_ROWS, SHOWN_COLUMNS = 60, 20
UNCHECKED = "Biểu và cách điền cần đối chiếu"
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
MOST_ROWS, MOST_COLUMNS = 10_000, 256  # writing far out would make a sheet of empty rows
MOST_CELLS_IN_RANGES = 50_000  # merged or linked; each becomes an object, and a few bytes can name millions
_SPREADING = ("mergeCell", "hyperlink", "comment", "table")  # elements whose range openpyxl writes out cell by cell
# What is left out when the file is written anew: a pattern of part names, a pattern in the part, what people call it.
_LOST_PARTS = (
    (r"xl/drawings/drawing\d+\.xml", rb"<xdr:(?:sp|cxnSp|grpSp)\b", "hình vẽ, hộp chữ"),
    (r"xl/media/.*\.(?:emf|wmf|svg)", b"", "hình ảnh dạng EMF, WMF, SVG"),
    (r"xl/(?:activeX|ctrlProps)/.*", b"", "nút bấm, ô đánh dấu"),
    (r"xl/embeddings/.*", b"", "tệp nhúng"),
    (r"xl/(?:slicers|timelines)/.*", b"", "bộ lọc trực quan"),
    (r"xl/threadedComments/.*", b"", "hội thoại góp ý"),
    (r"_xmlsignatures/.*", b"", "chữ ký số"),
    (r"xl/worksheets/sheet\d+\.xml", b"<extLst", "định dạng có điều kiện hoặc danh sách chọn kiểu mới"),
    (r"xl/worksheets/sheet\d+\.xml", b"legacyDrawingHF", "hình trong đầu trang, chân trang"),
)


@dataclass(frozen=True, slots=True)
class Filling:
    sheet: str
    cell: str
    value: str | int | date | None  # None leaves the cell alone


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell holds in the form as uploaded."""

    text: str = ""
    is_formula: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class GridCell:
    address: str
    held: Held
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[GridCell, ...]], ...]  # (number, cells that begin in it)
    is_cut: bool  # the sheet goes on beyond what is shown


class StatisticsForm:
    """A form opened for looking and filling.

    :raises Exception: openpyxl raises many kinds on a damaged file.
    """

    def __init__(self, data: bytes) -> None:
        self._workbook: Workbook = load_workbook(BytesIO(data), rich_text=True)
        self.sheets = [sheet.title for sheet in self._workbook.worksheets]

    def anchor(self, sheet: str, address: str) -> str | None:
        """The address to write to: a merged range is known by its first cell. None: no such cell."""
        address = address.strip().upper().replace("$", "")
        if sheet not in self.sheets or not _ADDRESS.fullmatch(address):
            return None
        row, column = coordinate_to_tuple(address)
        if row > MOST_ROWS or column > MOST_COLUMNS:
            return None
        for merged in self._workbook[sheet].merged_cells.ranges:
            if address in merged:
                return f"{get_column_letter(merged.min_col)}{merged.min_row}"
        return address

    def held(self, sheet: str, address: str) -> Held:
        return _held(self._workbook[sheet][address]) if self.anchor(sheet, address) else Held()

    def named_cells(self) -> list[tuple[str, str, str]]:
        """(name, sheet, address) of every defined name that means one cell."""
        found = []
        for name, defined in self._workbook.defined_names.items():
            for sheet, address in _destinations(defined):
                first, _colon, last = address.replace("$", "").partition(":")
                anchor = self.anchor(sheet, first)
                if anchor and (not last or self.anchor(sheet, last) == anchor):
                    found.append((name, sheet, anchor))
        return found

    def grid(self, sheet: str) -> Grid:
        """The upper left part of a sheet as a table; a merged range is one cell."""
        page = self._workbook[sheet]
        rows, columns = min(page.max_row, SHOWN_ROWS), min(page.max_column, SHOWN_COLUMNS)
        spans = _spans(page, rows, columns)
        return Grid(
            tuple(get_column_letter(column) for column in range(1, columns + 1)),
            tuple((row, tuple(_grid_row(page, row, columns, spans))) for row in range(1, rows + 1)),
            page.max_row > rows or page.max_column > columns,
        )

    def filled(self, fillings: Iterable[Filling], *, is_checked: bool) -> bytes:
        """The form with these cells written; an unchecked one says so at the foot of every printed page."""
        for one in fillings:
            anchor = self.anchor(one.sheet, one.cell)
            if anchor and one.value is not None:
                _write(self._workbook[one.sheet][anchor], one.value)
        if not is_checked:
            for page in self._workbook.worksheets:
                foot: Any = page.HeaderFooter.oddFooter.center  # type: ignore[union-attr]
                foot.text = f"{foot.text}\n{UNCHECKED}" if foot.text else UNCHECKED
        stream = BytesIO()
        self._workbook.save(stream)
        return stream.getvalue()


def spreads_too_far(archive: zipfile.ZipFile) -> bool:
    """Whether ranges of the workbook would become more cells than a form can have; asked before openpyxl opens it.

    Every part is read, whatever its name, in pieces: the workbook alone says which of them are sheets.

    :raises ValueError: a range that is none.
    """
    cells = 0
    for name in archive.namelist():
        for ref in _spreading_ranges(archive, name):
            left, top, right, bottom = range_boundaries(ref)
            if left is None or top is None or right is None or bottom is None:  # a whole row or column
                return True
            if max(left, right) > MOST_COLUMNS or max(top, bottom) > MOST_ROWS:
                return True
            cells += (abs(right - left) + 1) * (abs(bottom - top) + 1)
    return cells > MOST_CELLS_IN_RANGES


def _spreading_ranges(archive: zipfile.ZipFile, name: str) -> list[str]:
    """The ranges in one part, up to where it stops being XML; openpyxl understands no more of it."""
    found: list[str] = []

    def begun(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] in _SPREADING and "ref" in attributes:
            found.append(attributes["ref"])

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    with archive.open(name) as part, suppress(expat.ExpatError):
        parser.ParseFile(part)
    return found


def will_be_lost(data: bytes) -> list[str]:
    """What the form holds that a filled copy will not."""
    found: dict[str, None] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            for part, content, words in _LOST_PARTS:
                if re.fullmatch(part, name) and (not content or re.search(content, archive.read(name))):
                    found[words] = None
    return list(found)


def _destinations(defined: Any) -> list[tuple[str, str]]:
    try:
        return list(defined.destinations)
    except (ValueError, IndexError, TypeError):  # a name may hold any formula
        return []


def _held(cell: Any) -> Held:
    if cell.value is None:
        return Held()
    is_formula = cell.data_type == "f"
    value = getattr(cell.value, "text", cell.value) if is_formula else cell.value  # an array formula is an object
    return Held(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value), is_formula)


def _write(cell: Any, value: str | int | date) -> None:
    """The value only: the cell keeps its look. A day is a date where the form asks for one, else text."""
    look = cell.number_format
    if isinstance(value, date) and not is_date_format(look):
        value = f"{value:%d/%m/%Y}"
    cell.value = clean_text(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a unit's name may begin with "="
    cell.number_format = look  # openpyxl gives dates one of its own


def _spans(page: Worksheet, rows: int, columns: int) -> dict[str, tuple[int, int]]:
    """(columns, rows) of merged ranges by their first cell, cut at the edge of what is shown."""
    return {
        f"{get_column_letter(one.min_col)}{one.min_row}": (
            min(one.max_col, columns) - one.min_col + 1,
            min(one.max_row, rows) - one.min_row + 1,
        )
        for one in page.merged_cells.ranges
    }


def _grid_row(page: Worksheet, row: int, columns: int, spans: dict[str, tuple[int, int]]) -> Sequence[GridCell]:
    cells = (page.cell(row, column) for column in range(1, columns + 1))
    return [
        GridCell(cell.coordinate, _held(cell), *spans.get(cell.coordinate, (1, 1)))
        for cell in cells
        if not isinstance(cell, MergedCell)
    ]
