"""When a sitting may start, and when it ends. All times are aware datetimes of the server's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class RoundPhase(StrEnum):
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


class SittingPhase(StrEnum):
    ANSWERING = "answering"
    OVERDUE = "overdue"  # the deadline has passed and nobody has closed it yet
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """A round's window: opens at its first instant, closed from ``closes_at`` on."""

    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise ValueError("a window must close after it opens")

    def phase(self, now: datetime) -> RoundPhase:
        if now < self.opens_at:
            return RoundPhase.UPCOMING
        return RoundPhase.OPEN if now < self.closes_at else RoundPhase.CLOSED


def deadline(started_at: datetime, limit: timedelta, closes_at: datetime) -> datetime:
    """The earlier of start + limit and the round's close, fixed at the moment of starting."""
    return min(started_at + limit, closes_at)


def sitting_phase(deadline_at: datetime, closed_at: datetime | None, now: datetime) -> SittingPhase:
    """``deadline_at`` already holds any extra time granted."""
    if closed_at is not None:
        return SittingPhase.CLOSED
    return SittingPhase.ANSWERING if now < deadline_at else SittingPhase.OVERDUE


def seconds_left(deadline_at: datetime, now: datetime) -> float:
    return max(0.0, (deadline_at - now).total_seconds())
