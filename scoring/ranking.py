"""Who stands before whom: a chain of keys in the order the rules name them, equal rank when none separates."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class RankKey(StrEnum):
    SCORE = "score"
    PREDICTION = "prediction"  # closest guess first; no guess last
    TIME = "time"  # shorter first
    EARLIER = "earlier"  # earlier submission first
    FEWER_ATTEMPTS = "fewer_attempts"
    LOT = "lot"  # drawn from the published secret


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    score: Decimal
    seconds: Decimal
    submitted_at: datetime
    attempts: int = 1
    prediction_distance: int | None = None
    lot: str = ""  # HMAC-SHA256(round secret, "lot:" + id) in hex


@dataclass(frozen=True, slots=True)
class Ranked:
    rank: int
    entry: Entry
    decided_by: RankKey | None  # the key that put it behind the one above; None when equal or first


def _prediction(entry: Entry) -> tuple[bool, int]:
    return (entry.prediction_distance is None, entry.prediction_distance or 0)


_VALUES: dict[RankKey, Callable[[Entry], object]] = {
    RankKey.SCORE: lambda entry: -entry.score,
    RankKey.PREDICTION: _prediction,
    RankKey.TIME: lambda entry: entry.seconds,
    RankKey.EARLIER: lambda entry: entry.submitted_at,
    RankKey.FEWER_ATTEMPTS: lambda entry: entry.attempts,
    RankKey.LOT: lambda entry: entry.lot,
}


def sort_value(entry: Entry, chain: Sequence[RankKey]) -> tuple[object, ...]:
    return tuple(_VALUES[key](entry) for key in chain)


def rank(entries: Iterable[Entry], chain: Sequence[RankKey]) -> list[Ranked]:
    """Standard competition ranking (1, 2, 2, 4). Does not depend on the order of input.

    Entries of equal rank come in order of id, which decides nothing but the place on the page.
    """
    ordered = sorted(entries, key=lambda entry: (*sort_value(entry, chain), entry.id))
    ranked: list[Ranked] = []
    for place, entry in enumerate(ordered, start=1):
        above = ranked[-1] if ranked else None
        key = _first_difference(above.entry, entry, chain) if above else None
        is_tied = above is not None and key is None
        ranked.append(Ranked(above.rank if is_tied and above else place, entry, key))
    return ranked


def _first_difference(above: Entry, below: Entry, chain: Sequence[RankKey]) -> RankKey | None:
    return next((key for key in chain if _VALUES[key](above) != _VALUES[key](below)), None)
