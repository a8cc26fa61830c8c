"""Which of a contestant's attempts counts, and what they amount to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Counting(StrEnum):
    BEST = "best"  # highest score, then shortest time, then earliest
    BEST_EARLIEST = "best_earliest"  # highest score, then earliest
    LAST = "last"
    FIRST = "first"
    SUM = "sum"  # scores, times and attempts add up


class AcrossRounds(StrEnum):
    SUM = "sum"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A closed, valid attempt."""

    id: int
    score: Decimal
    seconds: Decimal
    submitted_at: datetime
    prediction: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a contestant's attempts amount to. ``attempts`` counts all valid ones, not only those that count."""

    sittings: tuple[int, ...]
    score: Decimal
    seconds: Decimal
    submitted_at: datetime
    prediction: int | None
    attempts: int


_CHOICES: dict[Counting, Callable[[Sitting], tuple[object, ...]]] = {
    Counting.BEST: lambda s: (-s.score, s.seconds, s.submitted_at, s.id),
    Counting.BEST_EARLIEST: lambda s: (-s.score, s.submitted_at, s.id),
    Counting.FIRST: lambda s: (s.submitted_at, s.id),
}


def count(sittings: Sequence[Sitting], counting: Counting) -> Counted | None:
    """Apply the policy; None without a valid attempt. The order of input does not matter.

    Where attempts add up, the prediction of the last one stands: it is the contestant's final word.
    """
    if not sittings:
        return None
    in_time_order = sorted(sittings, key=lambda s: (s.submitted_at, s.id))
    if counting is Counting.SUM:
        return _total(in_time_order, len(sittings))
    one = in_time_order[-1] if counting is Counting.LAST else min(in_time_order, key=_CHOICES[counting])
    return _total([one], len(sittings))


def _total(sittings: Sequence[Sitting], attempts: int) -> Counted:
    last = sittings[-1]
    return Counted(
        sittings=tuple(s.id for s in sittings),
        score=sum((s.score for s in sittings), Decimal(0)),
        seconds=sum((s.seconds for s in sittings), Decimal(0)),
        submitted_at=last.submitted_at,
        prediction=last.prediction,
        attempts=attempts,
    )


def combine(rounds: Iterable[Counted], across: AcrossRounds) -> Counted | None:
    """One contestant's rounds taken together for the contest's overall standing."""
    in_time_order = sorted(rounds, key=lambda c: (c.submitted_at, c.sittings))
    if not in_time_order:
        return None
    attempts = sum(c.attempts for c in in_time_order)
    if across is AcrossRounds.BEST:
        best = min(in_time_order, key=lambda c: (-c.score, c.seconds, c.submitted_at, c.sittings))
        in_time_order = [best]
    last = in_time_order[-1]
    return Counted(
        sittings=tuple(sitting for c in in_time_order for sitting in c.sittings),
        score=sum((c.score for c in in_time_order), Decimal(0)),
        seconds=sum((c.seconds for c in in_time_order), Decimal(0)),
        submitted_at=last.submitted_at,
        prediction=last.prediction,
        attempts=attempts,
    )
