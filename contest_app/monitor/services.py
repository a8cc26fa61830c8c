"""The contest as it runs, in numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.attempts.models import Attempt
from contest_app.attempts.queries import late_sheet_count, started_by_unit
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest, Round
from contest_app.contests.queries import participants

HOURS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class HourCount:
    hour: datetime  # its beginning, Vietnam time
    started: int


@dataclass(frozen=True, slots=True)
class Live:
    """One look at a running contest: official rounds only."""

    at: datetime
    joined: int
    started: int
    answering: int
    silent: int  # answering, but nothing saved for five minutes
    submitted: int
    closed_by_deadline: int
    voided: int
    late: int
    hours: Sequence[HourCount]
    units: Sequence[tuple[Unit, int, int]]

    @property
    def busiest_hour(self) -> int:
        return max((one.started for one in self.hours), default=0)


SILENCE = timedelta(minutes=5)


def live(session: Session, contest: Contest, now: datetime) -> Live:
    is_open = Attempt.closed_at.is_(None) & (Attempt.deadline > now)
    last_sign = func.coalesce(Attempt.saved_at, Attempt.started_at)
    counts = session.execute(
        select(
            func.count(Attempt.id),
            func.count(Attempt.id).filter(is_open),
            func.count(Attempt.id).filter(is_open & (last_sign < now - SILENCE)),
            func.count(Attempt.id).filter(Attempt.closed_by == "contestant"),
            func.count(Attempt.id).filter(Attempt.voided_at.is_not(None)),
        )
        .join(Round, Attempt.round_id == Round.id)
        .where(Round.contest_id == contest.id, Round.is_mock.is_(False))
    ).one()
    started, answering, silent, submitted, voided = counts
    return Live(
        at=now, joined=participants(session, contest.id), started=started, answering=answering, silent=silent,
        submitted=submitted, closed_by_deadline=started - answering - submitted, voided=voided,
        late=late_sheet_count(session, contest), hours=_hours(session, contest, now),
        units=started_by_unit(session, contest),
    )  # fmt: skip


def _hours(session: Session, contest: Contest, now: datetime) -> list[HourCount]:
    """Starts in each of the last hours, oldest first; hours without any included."""
    this_hour = in_vietnam(now).replace(minute=0, second=0, microsecond=0)
    since = this_hour - timedelta(hours=HOURS_SHOWN - 1)
    moments = session.scalars(
        select(Attempt.started_at)
        .join(Round, Attempt.round_id == Round.id)
        .where(Round.contest_id == contest.id, Round.is_mock.is_(False), Attempt.started_at >= since)
    )
    counts = Counter(in_vietnam(moment).replace(minute=0, second=0, microsecond=0) for moment in moments)
    return [HourCount(hour, counts[hour]) for hour in (since + timedelta(hours=n) for n in range(HOURS_SHOWN))]
