"""Reads about sittings."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from contest_app.accounts.models import Unit, User
from contest_app.attempts.models import Attempt, AttemptEvent, LateSheet
from contest_app.contests.models import Contest, Participation, Round
from question_bank.text import fold


def of_person(session: Session, participation_id: int) -> list[Attempt]:
    query = select(Attempt).where(Attempt.participation_id == participation_id)
    return list(session.scalars(query.options(joinedload(Attempt.round)).order_by(Attempt.id)))


def recent_of_user(session: Session, user_id: int, most: int = 20) -> list[Attempt]:
    """A person's attempts in all contests, newest first."""
    query = (
        select(Attempt)
        .join(Attempt.participation)
        .where(Participation.user_id == user_id)
        .options(joinedload(Attempt.round).joinedload(Round.contest))
        .order_by(Attempt.id.desc())
        .limit(most)
    )
    return list(session.scalars(query))


def search(contest: Contest, *, wanted: str = "", state: str = "") -> Select[tuple[Attempt]]:
    """The contest's attempts, newest first, by name, contestant's or attempt's number, and by state."""
    query = (
        select(Attempt)
        .join(Attempt.round)
        .join(Attempt.participation)
        .join(User, Participation.user_id == User.id)
        .options(contains_eager(Attempt.round), contains_eager(Attempt.participation).joinedload(Participation.unit))
        .where(Round.contest_id == contest.id)
        .order_by(Attempt.id.desc())
    )
    number = wanted.strip().upper().removeprefix("L").lstrip("0")
    if number.isdecimal() and len(number) < 10:
        query = query.where(or_(Attempt.id == int(number), Participation.id == int(number)))
    elif wanted.strip():
        query = query.where(User.folded_name.contains(fold(wanted), autoescape=True))
    states = {
        "answering": Attempt.closed_at.is_(None),
        "closed": Attempt.closed_at.is_not(None),
        "voided": Attempt.voided_at.is_not(None),
        "late": Attempt.id.in_(select(LateSheet.attempt_id)),
        "taken_over": Attempt.seat > 1,
    }
    return query.where(states[state]) if state in states else query


def events(session: Session, attempt_id: int) -> list[AttemptEvent]:
    query = select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id).order_by(AttemptEvent.id)
    return list(session.scalars(query.options(joinedload(AttemptEvent.actor))))


def late_sheets(session: Session, attempt_id: int) -> list[LateSheet]:
    return list(session.scalars(select(LateSheet).where(LateSheet.attempt_id == attempt_id).order_by(LateSheet.id)))


def late_sheet_count(session: Session, contest: Contest) -> int:
    query = (
        select(func.count(func.distinct(LateSheet.attempt_id)))
        .join(Attempt, LateSheet.attempt_id == Attempt.id)
        .join(Round, Attempt.round_id == Round.id)
        .where(Round.contest_id == contest.id)
    )
    return session.scalar(query) or 0


def started_by_unit(session: Session, contest: Contest) -> Sequence[tuple[Unit, int, int]]:
    """(unit declared, people who began, people who finished) of official rounds, most first."""
    people = func.count(func.distinct(Attempt.participation_id))
    finished = func.count(func.distinct(Attempt.participation_id)).filter(Attempt.closed_at.is_not(None))
    query = (
        select(Unit, people, finished)
        .join(Participation, Participation.unit_id == Unit.id)
        .join(Attempt, Attempt.participation_id == Participation.id)
        .join(Round, Attempt.round_id == Round.id)
        .where(Round.contest_id == contest.id, Round.is_mock.is_(False))
        .group_by(Unit.id)
        .order_by(people.desc(), Unit.folded_name)
    )
    return [(unit, begun, done) for unit, begun, done in session.execute(query)]
