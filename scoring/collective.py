"""Collective tables: what a unit's people did together, rolled up the tree of units."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class UnitInfo:
    parent: int | None
    headcount: int | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One ranked contestant's part in the unit's result."""

    unit: int
    score: Decimal
    attempts: int


@dataclass(slots=True)
class UnitResult:
    unit: int
    headcount: int | None
    participants: int = 0
    attempts: int = 0
    total: Decimal = Decimal(0)

    @property
    def average(self) -> Decimal | None:
        """Mean score of participants to two decimals, halves up as people and their spreadsheets round."""
        return (self.total / self.participants).quantize(_HUNDREDTH, ROUND_HALF_UP) if self.participants else None

    @property
    def rate(self) -> float | None:
        """Participants over headcount; None without a headcount."""
        return self.participants / self.headcount if self.headcount else None


def collective_table(contributions: Iterable[Contribution], units: Mapping[int, UnitInfo]) -> dict[int, UnitResult]:
    """Every unit's result, its own people and those of all units below it.

    A unit without a headcount of its own takes the sum of its children's, when they all have one.
    """
    known = _headcounts(units)
    table = {unit: UnitResult(unit, known[unit]) for unit in units}
    for contribution in contributions:
        for unit in _upwards(contribution.unit, units):
            row = table[unit]
            row.participants += 1
            row.attempts += contribution.attempts
            row.total += contribution.score
    return table


def headcount(unit: int, units: Mapping[int, UnitInfo]) -> int | None:
    return _headcounts(units)[unit]


def _headcounts(units: Mapping[int, UnitInfo]) -> dict[int, int | None]:
    """Every unit's headcount, each looked at once: a province has thousands of classes."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for unit, info in units.items():
        below[info.parent].append(unit)
    found = {unit: info.headcount for unit, info in units.items()}
    for unit in _deepest_first(units):
        if found[unit] is None and below[unit]:
            counts = [count for child in below[unit] if (count := found[child]) is not None]
            found[unit] = sum(counts) if len(counts) == len(below[unit]) else None
    return found


def _deepest_first(units: Mapping[int, UnitInfo]) -> list[int]:
    return sorted(units, key=lambda unit: sum(1 for _ in _upwards(unit, units)), reverse=True)


def _upwards(unit: int | None, units: Mapping[int, UnitInfo]) -> Iterator[int]:
    """The unit and all above it.

    :raises ValueError: when a unit lies above itself, rather than climbing for ever.
    """
    for _ in range(len(units) + 1):
        if unit is None or unit not in units:
            return
        yield unit
        unit = units[unit].parent
    raise ValueError("a unit lies above itself")
