"""Workbooks opened with care: Excel's, and CSV files as workbooks of one sheet."""

import io
import re
import warnings
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.formats.archive import CONFUSED, BadFile, open_office_file
from question_bank.formats.csv_rows import csv_rows

MOST_CELLS = 400_000
MOST_COLUMNS = 60
_UNREADABLE = (*CONFUSED, InvalidFileException)
_ZIP, _OLE = b"PK", bytes.fromhex("D0CF11E0")


def opened(data: bytes) -> Workbook:
    """The workbook of an Excel or a CSV file."""
    return opened_excel(data) if data.startswith((_ZIP, _OLE)) else opened_csv(data)


def opened_csv(data: bytes) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    for row, values in enumerate(csv_rows(data), start=1):
        for column, value in enumerate(values[:MOST_COLUMNS], start=1):
            if value:
                cell = sheet.cell(row, column, value)
                cell.data_type = "s"  # never a formula, whatever the text begins with
    return book


def opened_excel(data: bytes) -> Workbook:
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


def texts_of(sheet: Worksheet, row: int) -> list[str]:
    last = min(sheet.max_column, MOST_COLUMNS)
    values = (sheet.cell(row, column).value for column in range(1, last + 1))
    return ["" if value is None else str(value) for value in values]


def used_rows(sheet: Worksheet) -> list[int]:
    """Rows that hold anything; a sheet formatted down to its last row costs nothing here."""
    cells = sheet._cells.items()  # noqa: SLF001 - the public ways create a cell for every empty place
    return sorted({row for (row, _), cell in cells if cell.value not in (None, "")})
