"""What organisers decide about sittings. Every verb takes a reason, and the reason goes on record."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt, AttemptEvent
from contest_app.audit.services import Event, reason_given, record
from contest_app.contests.models import Contest, Round
from contest_app.contests.queries import locked
from contest_app.results.models import StandingsRun
from contest_app.web.refusal import Refusal
from scoring.timing import RoundPhase


def _note(
    session: Session, attempt: Attempt, kind: str, reason: str, actor_id: int, now: datetime, **details: object
) -> None:
    session.add(AttemptEvent(attempt_id=attempt.id, at=now, kind=kind, details=details, actor_id=actor_id, note=reason))


def _hold(session: Session, contest: Contest) -> None:
    """Keep the results from being frozen meanwhile, and let the next page rank anew.

    :raises Refusal: results_final.
    """
    if locked(session, contest).results_frozen_at:
        raise Refusal("results_final")
    session.execute(delete(StandingsRun).where(StandingsRun.contest_id == contest.id))


def add_time(
    session: Session,
    attempts: Sequence[Attempt],
    minutes: int,
    *,
    subject: str,
    reason: str,
    actor_id: int,
    now: datetime,
) -> int:
    """Move the deadline of sittings that are still open. Returns how many; a page learns it at its next save.

    :raises Refusal: reason_needed; attempt_not_open when none is.
    """
    reason = reason_given(reason)
    open_ones = [one for one in attempts if one.closed_at is None and now < one.deadline]
    if not open_ones and len(attempts) == 1:
        raise Refusal("attempt_not_open")
    if not open_ones:
        raise Refusal("nobody_answering")
    for attempt in open_ones:
        attempt.deadline += timedelta(minutes=minutes)
        attempt.extra_seconds += minutes * 60
        _note(session, attempt, "extra_time", reason, actor_id, now, seconds=minutes * 60)
    record(
        session, Event.EXTRA_TIME, subject, actor_id=actor_id, now=now,
        seconds=minutes * 60, reason=reason, attempts=len(open_ones),
    )  # fmt: skip
    session.flush()
    return len(open_ones)


def open_attempts(session: Session, contest: Contest) -> list[Attempt]:
    """Every sitting of the contest that is not closed, locked against being closed meanwhile."""
    query = select(Attempt).join(Attempt.round).where(Round.contest_id == contest.id, Attempt.closed_at.is_(None))
    return list(session.scalars(query.with_for_update(of=Attempt)))


def reopen(session: Session, attempt: Attempt, minutes: int, *, reason: str, actor_id: int, now: datetime) -> None:
    """Let the contestant go on with the sheet as it was, for some minutes but not past the round's close.

    :raises Refusal: reason_needed, attempt_still_open, round_over, results_final.
    """
    reason = reason_given(reason)
    _hold(session, attempt.round.contest)
    if attempt.closed_at is None:
        raise Refusal("attempt_still_open")
    if attempt.voided_at:
        raise Refusal("already_voided")
    if attempt.round.phase(now) is not RoundPhase.OPEN:
        raise Refusal("round_over")
    before = {"closed_at": attempt.closed_at.isoformat(), "score": str(attempt.score)}
    attempt.milliseconds_away += int((now - attempt.closed_at).total_seconds() * 1000)
    attempt.deadline = min(now + timedelta(minutes=minutes), attempt.round.closes_at)
    attempt.closed_at = attempt.closed_by = None
    attempt.score = attempt.correct = attempt.marks = attempt.prediction = attempt.milliseconds_taken = None
    _note(session, attempt, "reopened", reason, actor_id, now, **before)
    record(
        session, Event.ATTEMPT_REOPENED, f"attempt:{attempt.id}", actor_id=actor_id, now=now,
        reason=reason, until=attempt.deadline.isoformat(),
    )  # fmt: skip


def void(session: Session, attempt: Attempt, *, reason: str, actor_id: int, now: datetime) -> None:
    """Take an attempt out of every ranking; it stays on record and can be restored.

    :raises Refusal: reason_needed, already_voided, results_final.
    """
    reason = reason_given(reason)
    _hold(session, attempt.round.contest)
    if attempt.voided_at:
        raise Refusal("already_voided")
    attempt.voided_at, attempt.void_reason = now, reason
    _note(session, attempt, "voided", reason, actor_id, now)
    record(session, Event.ATTEMPT_VOIDED, f"attempt:{attempt.id}", actor_id=actor_id, now=now, reason=reason)


def restore(session: Session, attempt: Attempt, *, reason: str, actor_id: int, now: datetime) -> None:
    """Undo a voiding.

    :raises Refusal: reason_needed, not_voided, results_final.
    """
    reason = reason_given(reason)
    _hold(session, attempt.round.contest)
    if not attempt.voided_at:
        raise Refusal("not_voided")
    attempt.voided_at, attempt.void_reason = None, ""
    _note(session, attempt, "restored", reason, actor_id, now)
    record(session, Event.ATTEMPT_RESTORED, f"attempt:{attempt.id}", actor_id=actor_id, now=now, reason=reason)
