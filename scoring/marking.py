"""Marking: a pure function of paper, key and sheet. No partial credit yet: all-or-nothing for every kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Key = frozenset[int]  # right options, by their position in the bank
Answer = frozenset[int]  # chosen options, by their position in the bank


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a paper as marking sees it."""

    kind: str
    key: Key
    option_order: tuple[int, ...]  # bank positions in displayed order
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


def _all_or_nothing(key: Key, answer: Answer) -> Decimal:
    return Decimal(int(answer == key))


# Share of the points an answer earns, 0 to 1, by kind of question.
MARKERS: dict[str, Callable[[Key, Answer], Decimal]] = {
    "single": _all_or_nothing,
    "multiple": _all_or_nothing,
    "true_false": _all_or_nothing,
}


def chosen_options(option_order: Sequence[int], displayed: Sequence[int]) -> Answer:
    """Translate displayed positions to bank positions; positions outside the question are ignored."""
    return frozenset(option_order[place] for place in displayed if 0 <= place < len(option_order))


def mark_item(item: Item, displayed: Sequence[int]) -> ItemMark:
    answer = chosen_options(item.option_order, displayed)
    if item.credit_everyone:
        return ItemMark(bool(answer), True, item.points)
    share = MARKERS[item.kind](item.key, answer) if answer else Decimal(0)
    return ItemMark(bool(answer), share == 1, share * item.points)


def mark_paper(items: Sequence[Item], answers: Mapping[int, Sequence[int]]) -> PaperMark:
    """Mark a sheet: ``answers`` maps the place in the paper (from 1) to displayed positions chosen (from 0)."""
    return PaperMark(tuple(mark_item(item, answers.get(place, ())) for place, item in enumerate(items, start=1)))
