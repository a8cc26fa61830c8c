"""Keys told by emphasis: one option underlined, true statements underlined."""

from collections.abc import Iterator, Sequence

from question_bank.formats.line import Mark
from question_bank.formats.words import LETTERS

Marks = tuple[frozenset[Mark], frozenset[Mark]]  # of an option's label, of its text
_MOST_DELIBERATE_FIRST = ("asterisk", "highlight", "underline", "colour", "bold", "italic")
_NEVER_STYLE = {"asterisk", "highlight", "underline"}


def marked_options(options: Sequence[Marks]) -> tuple[str, ...]:
    """The options emphasised unlike the others, by the most deliberate emphasis that tells any apart."""
    telling = [letters for _, letters in _alike(options) if 0 < len(letters) < len(options)]
    if not telling:
        return ()
    rivals = [letters for letters in telling if len(letters) == 1]
    return tuple(sorted(set(telling[0]).union(*rivals)))


def marked_statements(options: Sequence[Marks]) -> frozenset[int]:
    """The true ones: of statements several may be, and even all, unless the emphasis may be mere style."""
    for mark, letters in _alike(options):
        if letters and (len(letters) < len(options) or mark in _NEVER_STYLE):
            return frozenset(LETTERS.index(letter) for letter in letters)
    return frozenset()


def _alike(options: Sequence[Marks]) -> Iterator[tuple[Mark, list[str]]]:
    for mark in _MOST_DELIBERATE_FIRST:
        for place in (0, 1):
            yield mark, [letter for letter, marks in zip(LETTERS, options, strict=False) if mark in marks[place]]
