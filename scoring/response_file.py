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
    """A file that cannot be taken: a code, the line (from 1) and the column's name where they are known."""

    def __init__(self, code: str, line: int = 0, column: str = "") -> None:
        super().__init__(code, line, column)
        self.code, self.line, self.column = code, line, column


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
    BadFile: no_items, item_twice, no_persons, cells_missing, no_key (of an item, where there are keys), not_a_mark.
    """
    header, rows = _rows(text)
    if not any(header):
        raise BadFile("no_items")
    twice = next((name for place, name in enumerate(header) if name in header[:place]), None)
    if twice is not None:
        raise BadFile("item_twice", 1, twice)
    if not rows:
        raise BadFile("no_persons")
    for line, row in rows:
        if len(row) != len(header):
            raise BadFile("cells_missing", line)
    return _response_file(header, rows, [_key_of(name, keys) for name in header], is_ordered)


def read_key(text: str) -> dict[str, ItemKey]:
    """Keys by item. BadFile: no_key_column, item_twice, not_a_number."""
    header, rows = _rows(text)
    if not {"item", "key"} <= set(header):
        raise BadFile("no_key_column", 1)
    found: dict[str, ItemKey] = {}
    for line, row in rows:
        cells = dict(zip(header, row, strict=False))
        name = cells.get("item", "")
        if name in found:
            raise BadFile("item_twice", line, name)
        points, count = (_number(cells.get(column) or usual, line, column) for column, usual in _FURTHER)
        found[name] = ItemKey(cells.get("key", ""), points, int(count))
    return found


_FURTHER = (("points", "1"), ("options", "0"))


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and numbered rows without blank lines, cells trimmed."""
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if row]
    return (lines[0][1], lines[1:]) if lines else ([], [])


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
