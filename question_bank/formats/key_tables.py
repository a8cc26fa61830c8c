"""Key tables: columns of number and key, rows of numbers over rows of keys, statements by their letters."""

import itertools
import re
from collections.abc import Iterator, Sequence

from question_bank.formats.keys import LONGEST_ANSWER, Key, Pair, is_heading, pairs_in, truth_pairs_in
from question_bank.formats.truths import TRUE, truths_in
from question_bank.formats.words import key_letters
from question_bank.text import clean, fold

Grid = Sequence[Sequence[str]]

_NUMBER_WORDS = {"cau", "cau hoi", "cau so", "stt", "tt", "so"}
_KEY_WORDS = {"dap an", "dap an dung", "da", "d/a", "key", "dap so", "tra loi", "ket qua"}
_TABLE_WORDS = {"", "y", "menh de"} | _NUMBER_WORDS | _KEY_WORDS


def pairs_of_table(grid: Grid) -> list[Pair] | None:
    """The pairs of a key table, or nothing when the table is something else."""
    cells = [[clean(cell) for cell in row] for row in grid]
    if not all(_belongs_to_key(cell) for row in cells for cell in row):
        return list(_typed_answers(cells)) or None
    found = list(_statements(cells)) or [*_pairs_across(cells), *_pairs_down(cells), *_pairs_in_cells(cells)]
    return found or list(_typed_answers(cells)) or None


def _belongs_to_key(cell: str) -> bool:
    is_told = fold(cell) in _TABLE_WORDS or is_heading(cell) or _number(cell) > 0 or bool(_key(cell))
    return is_told or bool(_truth(cell)) or bool(pairs_in(cell) or truth_pairs_in(cell))


def _number(cell: str) -> int:
    match = re.fullmatch(r"(?:cau\s*)?(\d{1,4})\s*[.:)]?", fold(cell))
    return int(match[1]) if match else 0


def _key(cell: str) -> Key:
    letters = key_letters(cell) or ()
    return letters if letters and letters[-1] <= "J" else truths_in(cell) or ()


def _truth(cell: str) -> Key:
    """The one statement a cell speaks of: "Đ", "Sai"."""
    return (truths_in(f"{cell}, {TRUE}") or ())[:1] if fold(cell) in {"d", "s", "dung", "sai"} else ()


def _statements(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Statements by letter in the first row and questions down the table, or the other way round."""
    for rows in (cells, list(zip(*cells, strict=False))):
        columns = [column for column, cell in enumerate(rows[0]) if re.fullmatch(r"[a-j][.)]?", cell)] if rows else []
        for row in rows[1:] if len(columns) > 1 else ():
            numbers = [_number(cell) for cell in row[: columns[0]] if _number(cell)]
            truths = [_truth(row[column]) for column in columns if column < len(row)]
            if numbers and all(truths):
                yield numbers[0], tuple(truth for found in truths for truth in found)


def _pairs_across(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for row in cells:
        for left, right in itertools.pairwise(row):
            if _number(left) and _key(right):
                yield _number(left), _key(right)


def _pairs_down(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for upper, lower in itertools.pairwise(cells):
        for above, below in zip(upper, lower, strict=False):
            if sum(_number(cell) > 0 for cell in upper) > 1 and _number(above) and _key(below):
                yield _number(above), _key(below)


def _pairs_in_cells(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    for row in cells:
        for cell in row:
            if not _number(cell) and not _key(cell):
                yield from pairs_in(cell) or truth_pairs_in(cell)


def _typed_answers(cells: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Answers of any wording, where the table itself says "Câu" and "Đáp án"."""
    for rows in (cells, list(zip(*cells, strict=False))):
        for numbers, answers in itertools.pairwise(rows):
            said = [fold(row[0]) if row else "" for row in (numbers, answers)]
            fits = said[0] in _NUMBER_WORDS and said[1] in _KEY_WORDS
            pairs = list(zip(numbers[1:], answers[1:], strict=False)) if fits else []
            if all(_number(number) and len(answer) <= LONGEST_ANSWER for number, answer in pairs if number or answer):
                yield from ((_number(number), (answer,)) for number, answer in pairs if answer)
