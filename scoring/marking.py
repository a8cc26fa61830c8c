"""Marking: a pure function of paper, key and sheet.

The caller makes typed answers comparable first (case, accents, decimal comma): here values meet values.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

NOTHING, ALL = Decimal(0), Decimal(1)

# Positions are those of the bank, from 0. None stands where a part was left open.
Part = int | str | Decimal | None
Answer = tuple[Part, ...]

# Decision 764/QĐ-BGDĐT (2024), the school examination from 2025: points for 0 to 4 right statements of four.
FOUR_STATEMENTS = (NOTHING, Decimal("0.1"), Decimal("0.25"), Decimal("0.5"), ALL)


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Options picked. ``weights``: shares by position, None where the option has none of its own."""

    correct: frozenset[int]
    weights: tuple[Decimal | None, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class StatementsKey:
    """Each statement called true (1) or false (0)."""

    truths: tuple[bool, ...]
    partial: bool = True


@dataclass(frozen=True, slots=True)
class TextKey:
    """Accepted texts and their shares; ``*`` stands for anything, ``\\*`` for a star."""

    accepted: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class NumberKey:
    """Accepted numbers: value (None: any), how far off still counts, share."""

    accepted: tuple[tuple[Decimal | None, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class MatchingKey:
    """For each prompt the position of its match, and its share of the points."""

    matches: tuple[int, ...]
    weights: tuple[Decimal, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class OrderingKey:
    """Steps whose right order is 0, 1, 2, …"""

    count: int
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ClozeKey:
    """The key of each gap with its relative weight."""

    gaps: tuple[tuple["Key", Decimal], ...]
    partial: bool = True


@dataclass(frozen=True, slots=True)
class PeopleKey:
    """Marked by people: the points they gave; None while nobody has."""

    points: Decimal | None = None


Key = ChoiceKey | StatementsKey | TextKey | NumberKey | MatchingKey | OrderingKey | ClozeKey | PeopleKey


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a paper as marking sees it."""

    key: Key
    points: Decimal = Decimal(1)
    credit_everyone: bool = False  # the question was thrown out: full points to all who had it


@dataclass(frozen=True, slots=True)
class ItemMark:
    answered: bool
    correct: bool
    points: Decimal


@dataclass(frozen=True, slots=True)
class PaperMark:
    items: tuple[ItemMark, ...]

    @property
    def score(self) -> Decimal:
        return sum((item.points for item in self.items), Decimal(0))

    @property
    def correct(self) -> int:
        return sum(item.correct for item in self.items)

    @property
    def is_perfect(self) -> bool:
        return all(item.correct for item in self.items)


def is_answered(answer: Answer) -> bool:
    return any(part not in (None, "") for part in answer)


@singledispatch
def share(key: Key, answer: Answer) -> Decimal:
    """What part of the points an answer earns, 0 to 1."""
    raise TypeError(key)


@share.register
def _(key: ChoiceKey, answer: Answer) -> Decimal:
    chosen = frozenset(part for part in answer if isinstance(part, int))
    if not key.partial and not any(key.weights):
        return Decimal(int(chosen == key.correct))
    return _between(sum((_option_share(key, position) for position in chosen), NOTHING))


def _option_share(key: ChoiceKey, position: int) -> Decimal:
    """Its own weight, else one part for a right option and one part less for a wrong one (as Canvas marks)."""
    weight = key.weights[position] if position < len(key.weights) else None
    if weight is not None:
        return weight
    part = ALL / max(len(key.correct), 1)
    if position in key.correct:
        return part
    return -part if not any(key.weights) else NOTHING


@share.register
def _(key: StatementsKey, answer: Answer) -> Decimal:
    right = sum(part == int(truth) for part, truth in zip(answer, key.truths, strict=False) if part is not None)
    if not key.partial:
        return Decimal(int(right == len(key.truths)))
    return FOUR_STATEMENTS[right] if len(key.truths) == 4 else Decimal(right) / len(key.truths)


@share.register
def _(key: TextKey, answer: Answer) -> Decimal:
    typed = answer[0] if answer else None
    if not isinstance(typed, str) or not typed:
        return NOTHING
    return max((worth for pattern, worth in key.accepted if _fits(pattern, typed)), default=NOTHING)


def _fits(pattern: str, typed: str) -> bool:
    """Whether the text fits, every ``*`` of the pattern standing for any characters (as in Moodle's short answer).

    The pieces between stars are sought from the left, each once, so the time is bounded whatever the pattern.
    """
    pieces = [piece.replace("\\*", "*") for piece in re.split(r"(?<!\\)\*", pattern)]
    if len(pieces) == 1:
        return typed == pieces[0]
    first, *middle, last = pieces
    if len(typed) < len(first) + len(last) or not (typed.startswith(first) and typed.endswith(last)):
        return False
    place, end = len(first), len(typed) - len(last)
    for piece in middle:
        found = typed.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


@share.register
def _(key: NumberKey, answer: Answer) -> Decimal:
    typed = answer[0] if answer else None
    if not isinstance(typed, Decimal):
        return NOTHING
    fits = (worth for value, off, worth in key.accepted if value is None or abs(typed - value) <= off)
    return max(fits, default=NOTHING)


@share.register
def _(key: MatchingKey, answer: Answer) -> Decimal:
    right = [place for place, match in enumerate(key.matches) if place < len(answer) and answer[place] == match]
    if not key.partial:
        return Decimal(int(len(right) == len(key.matches)))
    if len(right) == len(key.matches):
        return ALL
    return _between(sum((key.weights[place] for place in right), NOTHING))


@share.register
def _(key: OrderingKey, answer: Answer) -> Decimal:
    right = sum(part == place for place, part in enumerate(answer[: key.count]))
    return Decimal(right) / key.count if key.partial else Decimal(int(right == key.count))


@share.register
def _(key: ClozeKey, answer: Answer) -> Decimal:
    shares = [
        (share(gap, (answer[place],)) if place < len(answer) else NOTHING, weight)
        for place, (gap, weight) in enumerate(key.gaps)
    ]
    if all(one == ALL for one, _weight in shares):
        return ALL
    if not key.partial:
        return NOTHING
    whole = sum((weight for _one, weight in shares), NOTHING)
    return sum((one * weight for one, weight in shares), NOTHING) / whole if whole else NOTHING


def _between(value: Decimal) -> Decimal:
    """Never below nothing; a rounding remainder of thirds (0.33333 × 3) counts as all."""
    if value >= Decimal("0.9999"):
        return ALL
    return max(NOTHING, value)


def mark_item(item: Item, answer: Answer) -> ItemMark:
    """An empty answer earns nothing; full points alone call an item correct."""
    answered = is_answered(answer)
    if item.credit_everyone:
        return ItemMark(answered, True, item.points)
    if isinstance(item.key, PeopleKey):
        given = min(item.key.points or NOTHING, item.points) if answered else NOTHING
        return ItemMark(answered, given == item.points, given)
    earned = share(item.key, answer) if answered else NOTHING
    return ItemMark(answered, earned == ALL, earned * item.points)


def mark_paper(items: Sequence[Item], answers: Mapping[int, Answer]) -> PaperMark:
    """Mark a sheet: ``answers`` maps the place in the paper (from 1) to the answer given there."""
    return PaperMark(tuple(mark_item(item, answers.get(place, ())) for place, item in enumerate(items, start=1)))
