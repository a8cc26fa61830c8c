"""Key tables: "1-A 2-B", columns of number and letter, and rows of numbers over rows of letters."""

import itertools
import re
from collections.abc import Iterator, Sequence

from question_bank.formats.words import bare, key_letters
from question_bank.model import Problem, Severity
from question_bank.text import clean, fold

Pair = tuple[int, tuple[str, ...]]
Grid = Sequence[Sequence[str]]

_PAIR = re.compile(
    r"(?:cau\s*(?:hoi\s*|so\s*)?)?(?P<number>\d{1,4})\s*[-–—.:)/=>→]*\s*"
    r"(?P<key>[a-j](?:\s*[,;&+]\s*[a-j](?![a-z0-9])|[a-j])*)(?![^\W_])"
)
_BETWEEN_PAIRS = re.compile(r"[\s,;|./–—-]*")
_HEADING = re.compile(
    r"(?:(?:bang|phan|huong dan|goi y)\s+)*(?:dap an|key)(?:\s+(?:trac nghiem|tham khao|chi tiet|de thi|cau hoi))*"
    r"\s*(?:\(.*\))?\s*[:.]?"
)
_LONGEST_LIST = 5_000
_TABLE_WORDS = {"", "cau", "cau hoi", "cau so", "stt", "tt", "so", "dap an", "dap an dung", "da", "d/a", "key"}


def is_heading(text: str) -> bool:
    return _HEADING.fullmatch(fold(text).strip("-–—=_* ")) is not None


def pairs_in(text: str, *, uppercase_only: bool = False) -> list[Pair]:
    """The pairs of a line made of nothing else; no pair at all when it holds other words."""
    text = clean(text[:_LONGEST_LIST])
    flat = bare(text)
    found: list[Pair] = []
    end = 0
    for match in _PAIR.finditer(flat):
        letters = text[match.start("key") : match.end("key")]
        if not _BETWEEN_PAIRS.fullmatch(flat, end, match.start()) or (uppercase_only and letters != letters.upper()):
            return []
        found.append((int(match["number"]), key_letters(letters) or ()))
        end = match.end()
    return found if _BETWEEN_PAIRS.fullmatch(flat, end) else []


def pairs_of_table(grid: Grid) -> list[Pair] | None:
    """The pairs of a key table, or nothing when the table is something else."""
    cells = [[clean(cell) for cell in row] for row in grid]
    if not all(_belongs_to_key(cell) for row in cells for cell in row):
        return None
    found = [*_pairs_across(cells), *_pairs_down(cells), *_pairs_in_cells(cells)]
    return found or None


def _belongs_to_key(cell: str) -> bool:
    return fold(cell) in _TABLE_WORDS or is_heading(cell) or _number(cell) > 0 or _is_key(cell) or bool(pairs_in(cell))


def _number(cell: str) -> int:
    match = re.fullmatch(r"(?:cau\s*)?(\d{1,4})\s*[.:)]?", fold(cell))
    return int(match[1]) if match else 0


def _is_key(cell: str) -> bool:
    letters = key_letters(cell)
    return letters is not None and letters[-1] <= "J"


def _pairs_across(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for row in cells:
        for left, right in itertools.pairwise(row):
            if _number(left) and _is_key(right):
                yield _number(left), key_letters(right) or ()


def _pairs_down(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for upper, lower in itertools.pairwise(cells):
        for above, below in zip(upper, lower, strict=False):
            if sum(_number(cell) > 0 for cell in upper) > 1 and _number(above) and _is_key(below):
                yield _number(above), key_letters(below) or ()


def _pairs_in_cells(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for row in cells:
        for cell in row:
            if not _number(cell) and not _is_key(cell):
                yield from pairs_in(cell)


class KeyList:
    """Keys gathered from tables and lists, by question number."""

    def __init__(self) -> None:
        self.keys: dict[int, tuple[str, ...]] = {}
        self.problems: list[Problem] = []

    def add(self, pairs: Sequence[Pair]) -> None:
        for number, letters in pairs:
            known = self.keys.setdefault(number, letters)
            if known != letters:
                params: dict[str, str | int] = {"first": ", ".join(known), "second": ", ".join(letters)}
                self.problems.append(Problem("key_list_disagrees", row=number, column="key", params=params))

    def unused(self, numbers: set[int]) -> Iterator[Problem]:
        for number in sorted(set(self.keys) - numbers):
            yield Problem("key_without_question", Severity.WARNING, row=number, column="key")
