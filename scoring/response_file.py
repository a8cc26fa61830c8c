"""The files of ``python -m scoring``: what each person chose, and the keys.

RESPONSES.csv: a header of item names, then one row per person. A cell is the option chosen, or, without a key, the mark
(0 to 1, or to the item's points). Empty: shown and left open. ``-``: never shown to this person (drawn papers).
KEY.csv: columns ``item`` and ``key``; ``points`` (default 1) and ``options`` (how many there were) may follow; an item
with an empty key has marks in its cells. Both UTF-8, separated by commas or semicolons.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

import numpy as np

from scoring.statistics.table import IntArray, MarkTable, from_entries

NOT_SHOWN, OMITTED = "-", ""


class BadFile(Exception):
    """A file that cannot be taken: a code, the line (from 1) and the column's name where they are known.

    ``file``: which one, set by whoever opened it.
    """

    def __init__(self, code: str, line: int = 0, column: str = "") -> None:
        super().__init__(code, line, column)
        self.code, self.line, self.column = code, line, column
        self.file = ""

    @property
    def message(self) -> str:
        """What was expected, in a sentence."""
        return _PROBLEMS[self.code]


_PROBLEMS = {
    "not_utf8": "the file is not UTF-8 text: save it as CSV UTF-8",
    "not_csv": "the line is no CSV: look for a quotation mark that is not closed",
    "no_items": "the file is empty: its first line must name the items",
    "no_name": "every column needs a name in the first line, every key an item",
    "item_twice": "the item is there twice",
    "column_twice": "the column is there twice",
    "no_persons": "no person follows the line of item names",
    "cells_missing": "the line has fewer cells than the first",
    "cells_too_many": "the line has more cells than the first",
    "no_key": "the key file does not name this item",
    "no_key_column": "the key file needs the columns item and key, and may have points and options",
    "not_a_key": "- stands for an item that was not shown and cannot be a key",
    "not_a_mark": "a mark must be a number up to the item's points; for options chosen, give the key with --key",
    "not_a_number": "this must be a number",
    "out_of_range": "points lie between 0 and 1,000,000, options are a whole number up to 1,000",
}


@dataclass(frozen=True, slots=True)
class ItemKey:
    """``option``: the right one, "" where cells are marks; ``option_count``: 0 where the file does not tell."""

    option: str = ""
    points: float = 1.0
    option_count: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ResponseFile:
    """``options[item]``: names of the options seen or keyed, sorted; ``chosen``: one of them per entry, -1 for none."""

    items: tuple[str, ...]
    keys: tuple[ItemKey, ...]
    options: tuple[tuple[str, ...], ...]
    table: MarkTable
    chosen: IntArray

    def option_count(self, item: int) -> int:
        """As the key file tells, never fewer than were seen; 0 where it does not, for nobody may have chosen some."""
        told = self.keys[item].option_count
        return max(told, len(self.options[item])) if told else 0


def read_responses(text: str, keys: Mapping[str, ItemKey] | None = None, *, is_ordered: bool = True) -> ResponseFile:
    """The table of marks with the options behind them.

    ``is_ordered``: the columns stand in the order in which everyone saw the items; it is not believed of drawn papers.
    BadFile: no_items, no_name, item_twice, no_persons, cells_missing, cells_too_many, not_csv, not_a_mark, and no_key
    of an item where there are keys.
    """
    header, rows = _rows(text)
    if not any(header):
        raise BadFile("no_items")
    _refuse_names(header, "item_twice")
    if not rows:
        raise BadFile("no_persons")
    return _response_file(header, rows, [_key_of(name, keys) for name in header], is_ordered)


def read_key(text: str) -> dict[str, ItemKey]:
    """Keys by item.

    BadFile: no_key_column, column_twice, item_twice, no_name, not_a_key, not_a_number, out_of_range, and as above.
    """
    header, rows = _rows(text)
    if not {"item", "key"} <= set(header) or set(header) - {"item", "key", *_FURTHER}:
        raise BadFile("no_key_column", 1)
    _refuse_names(header, "column_twice")
    found: dict[str, ItemKey] = {}
    for line, row in rows:
        cells = dict(zip(header, row, strict=True))
        name = cells["item"]
        if not name or name in found:
            raise BadFile("item_twice" if name else "no_name", line, name)
        if cells["key"] == NOT_SHOWN:
            raise BadFile("not_a_key", line, "key")
        points, count = (_further(cells, column, line) for column in _FURTHER)
        found[name] = ItemKey(cells["key"], points, int(count))
    return found


_FURTHER = {"points": ("1", 1e6), "options": ("0", 1e3)}  # column: what stands for an empty cell, the most


def _further(cells: Mapping[str, str], column: str, line: int) -> float:
    usual, most = _FURTHER[column]
    found = _number(cells.get(column) or usual, line, column)
    if not 0 <= found <= most or (column == "options" and found % 1):
        raise BadFile("out_of_range", line, column)
    return found


def _refuse_names(header: Sequence[str], twice: str) -> None:
    for place, name in enumerate(header):
        if not name or name in header[:place]:
            raise BadFile(twice if name else "no_name", 1, name)


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and numbered rows without blank lines, cells trimmed. BadFile: not_csv, cells_missing, cells_too_many."""
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if row]
    except csv.Error:
        raise BadFile("not_csv", reader.line_num) from None
    if not lines:
        return [], []
    header = lines[0][1]
    for line, row in lines:
        if len(row) != len(header):
            raise BadFile("cells_missing" if len(row) < len(header) else "cells_too_many", line)
    return header, lines[1:]


def _key_of(name: str, keys: Mapping[str, ItemKey] | None) -> ItemKey:
    if keys is None:
        return ItemKey()
    if name not in keys:
        raise BadFile("no_key", 1, name)
    return keys[name]


def _response_file(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]], keys: Sequence[ItemKey], is_ordered: bool
) -> ResponseFile:
    """Entries come item by item, then person by person: the order of the table."""
    found = [
        (person, item, row[item], line)
        for item in range(len(header))
        for person, (line, row) in enumerate(rows)
        if row[item] != NOT_SHOWN
    ]
    options = [_options(key, {row[item] for _line, row in rows}) for item, key in enumerate(keys)]
    chosen = np.array([_place(options[item], cell) for _person, item, cell, _line in found], dtype=np.intp)
    marks = [_mark(cell, keys[item], line, header[item]) for _person, item, cell, line in found]
    person, item = ([entry[side] for entry in found] for side in (0, 1))
    is_common = len(found) == len(rows) * len(header)
    table = from_entries(
        person, item, marks, [key.points for key in keys], len(rows), [cell == OMITTED for _p, _i, cell, _l in found],
        item if is_common and is_ordered else None,
    )  # fmt: skip
    return ResponseFile(tuple(header), tuple(keys), tuple(options), table, chosen)


def _options(key: ItemKey, cells: set[str]) -> tuple[str, ...]:
    return tuple(sorted({key.option, *cells} - {NOT_SHOWN, OMITTED})) if key.option else ()


def _place(options: Sequence[str], cell: str) -> int:
    return options.index(cell) if cell in options else -1


def _mark(cell: str, key: ItemKey, line: int, column: str) -> float:
    if cell == OMITTED:
        return 0.0
    if key.option:
        return key.points if cell == key.option else 0.0
    mark = _number(cell, line, column, "not_a_mark")
    if mark > key.points + 1e-9:
        raise BadFile("not_a_mark", line, column)
    return mark


def _number(cell: str, line: int, column: str, code: str = "not_a_number") -> float:
    try:
        number = float(cell)
    except ValueError:
        raise BadFile(code, line, column) from None
    if not np.isfinite(number):
        raise BadFile(code, line, column)
    return number
