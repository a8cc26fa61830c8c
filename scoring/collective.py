"""Collective tables: what a unit's people did together, rolled up the tree of units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


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
        """Mean score of participants, to two decimals."""
        return round(self.total / self.participants, 2) if self.participants else None

    @property
    def rate(self) -> float | None:
        """Participants over headcount; None without a headcount."""
        return self.participants / self.headcount if self.headcount else None


def collective_table(contributions: Iterable[Contribution], units: Mapping[int, UnitInfo]) -> dict[int, UnitResult]:
    """Every unit's result, its own people and those of all units below it.

    A unit without a headcount of its own takes the sum of its children's, when they all have one.
    """
    table = {unit: UnitResult(unit, headcount(unit, units)) for unit in units}
    for contribution in contributions:
        for unit in _upwards(contribution.unit, units):
            row = table[unit]
            row.participants += 1
            row.attempts += contribution.attempts
            row.total += contribution.score
    return table


def headcount(unit: int, units: Mapping[int, UnitInfo]) -> int | None:
    own = units[unit].headcount
    if own is not None:
        return own
    below = [headcount(child, units) for child, info in units.items() if info.parent == unit]
    known = [count for count in below if count is not None]
    return sum(known) if below and len(known) == len(below) else None


def _upwards(unit: int | None, units: Mapping[int, UnitInfo]) -> Iterable[int]:
    while unit is not None and unit in units:
        yield unit
        unit = units[unit].parent
