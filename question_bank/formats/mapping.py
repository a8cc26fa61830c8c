"""Tables in anybody's layout: which column holds what, said by a person or guessed and shown for approval."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.formats.archive import BadFile
from question_bank.formats.collect import never_raises, result
from question_bank.formats.mapping_guess import Guess, guessed
from question_bank.formats.sheet_reader import SheetReader, merged_cells
from question_bank.formats.table import KEY_STYLES, MOST_OPTIONS, Columns
from question_bank.formats.words import LETTERS
from question_bank.formats.workbook import MOST_COLUMNS, opened, texts_of, used_rows
from question_bank.model import ReadResult
from question_bank.text import clean, fold

_SHOWN_ROWS = 15
_MORE = ("topic", "level", "law", "explanation", "code", "kind", "tags", "situation")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns by their place from 0. One column of options holds them all, each on a line or after "A."."""

    stem: int
    options: tuple[int, ...]
    key: int | None = None
    key_style: str = "letter"  # one of KEY_STYLES
    heading_row: int = 1  # from 1; 0: the sheet has none
    sheet: str = ""  # its name; empty: the first
    topic: int | None = None
    level: int | None = None
    law: int | None = None
    explanation: int | None = None
    code: int | None = None
    kind: int | None = None
    tags: int | None = None
    situation: int | None = None

    def to_json(self) -> dict[str, object]:
        shape = {field.name: getattr(self, field.name) for field in fields(self)}
        return shape | {"options": list(self.options)}

    @classmethod
    def from_json(cls, shape: Mapping[str, object]) -> "ColumnMapping":
        """
        :raises ValueError: with the name of the first field that is wrong.
        """
        options = shape.get("options")
        if not isinstance(options, list) or len(options) > MOST_OPTIONS:
            raise ValueError("options")
        columns = [_column(option, "options") for option in options]
        more = {name: _column(shape[name], name) for name in (*_MORE, "key") if shape.get(name) is not None}
        style, row, sheet = shape.get("key_style", "letter"), shape.get("heading_row", 1), shape.get("sheet", "")
        if style not in KEY_STYLES:
            raise ValueError("key_style")
        if type(row) is not int or not 0 <= row <= 1_000:
            raise ValueError("heading_row")
        if not isinstance(sheet, str):
            raise ValueError("sheet")
        stem = _column(shape.get("stem"), "stem")
        return cls(stem, tuple(columns), key_style=str(style), heading_row=row, sheet=sheet, **more)

    def columns(self, headings: Sequence[str]) -> Columns:
        """The same as our own layout says it; a column without a heading goes by its letter."""
        named = {"stem": self.stem, "key": self.key} | {name: getattr(self, name) for name in _MORE}
        positions = {field: column for field, column in named.items() if column is not None}
        if len(self.options) == 1:
            positions["options"] = self.options[0]
        else:
            positions |= {f"option_{LETTERS[place]}": column for place, column in enumerate(self.options)}
        titles = {field: _title(headings, column) for field, column in positions.items()}
        return Columns(positions, titles, key_style=self.key_style)


class SheetRows(NamedTuple):
    name: str
    rows: tuple[tuple[str, ...], ...]


class SheetPreview(NamedTuple):
    """The beginning of every sheet, and what each column seems to hold with the reasons; None when nothing fits."""

    sheets: tuple[SheetRows, ...]
    guess: Guess | None
    mapping: ColumnMapping | None


def preview(data: bytes) -> SheetPreview:
    """
    :raises BadFile: a file that is no safe workbook and no CSV.
    """
    book = opened(data)
    visible = _visible(book)
    shown = tuple(SheetRows(sheet.title, tuple(tuple(row) for row in _rows(sheet, _SHOWN_ROWS))) for sheet in visible)
    guess = guess_in(book)
    return SheetPreview(shown, guess, mapping_of(guess) if guess else None)


@never_raises
def read_mapped(data: bytes, mapping: ColumnMapping) -> ReadResult:
    """The questions of the file, its columns taken as the mapping says."""
    return read_sheet(_sheet(opened(data), mapping.sheet), mapping)


def read_sheet(sheet: Worksheet, mapping: ColumnMapping) -> ReadResult:
    row = mapping.heading_row
    columns = mapping.columns(texts_of(sheet, row) if row else ())
    merged = merged_cells(sheet, row)
    if merged:
        return ReadResult(problems=tuple(merged))
    reader = SheetReader(sheet, row, columns)
    found = list(reader.found())
    return result(found, reader.problems, columns.place_of)


def guess_in(book: Workbook) -> Guess | None:
    """The best guess of any sheet, the first of equals."""
    guesses = (guessed(sheet.title, _rows(sheet, 60)) for sheet in _visible(book))
    return max((guess for guess in guesses if guess), key=lambda guess: guess.is_certain, default=None)


def mapping_of(guess: Guess) -> ColumnMapping:
    more = {name: column for name, column in guess.columns.items() if name in (*_MORE, "key")}
    return ColumnMapping(
        guess.columns["stem"], guess.options, key_style=guess.key_style, heading_row=guess.heading_row,
        sheet=guess.sheet, **more,
    )  # fmt: skip


def signature(headings: Sequence[str]) -> str:
    """The same for files whose headings read the same, whatever their accents, case and empty columns at the end."""
    folded = [fold(heading) for heading in headings]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("|".join(folded).encode()).hexdigest()


def _visible(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _sheet(book: Workbook, name: str) -> Worksheet:
    found = [sheet for sheet in _visible(book) if not name or sheet.title == name]
    if not found:
        raise BadFile("sheet_not_found", sheet=name[:60])
    return found[0]


def _rows(sheet: Worksheet, most: int) -> list[list[str]]:
    last = min(most, max(used_rows(sheet), default=0))
    return [texts_of(sheet, row) for row in range(1, last + 1)]


def _title(headings: Sequence[str], column: int) -> str:
    heading = clean(headings[column]) if column < len(headings) else ""
    return heading or get_column_letter(column + 1)


def _column(value: object, name: str) -> int:
    if type(value) is not int or not 0 <= value < MOST_COLUMNS:
        raise ValueError(name)
    return value
