"""Reads about standings."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from contest_app.accounts.models import Unit, User
from contest_app.attempts.models import Attempt
from contest_app.contests.models import Contest, Participation, Round
from contest_app.results.awards import Placed
from contest_app.results.models import Standing, StandingsRun
from question_bank.text import fold

AT_A_TIME = 1_000  # rows


def standings(
    contest_id: int,
    round_id: int | None = None,
    *,
    group: str = "",
    unit: Unit | None = None,
    search: str = "",
    in_full: bool = True,
) -> Select[tuple[Standing]]:
    """A table in order of rank; of one group, of a unit and all below, or of those whose name or number matches.

    Not ``in_full``: a name that is shown masked cannot be found by guessing it.
    """
    query = (
        select(Standing)
        .join(Standing.participation)
        .options(contains_eager(Standing.participation).joinedload(Participation.unit))
        .where(Standing.contest_id == contest_id, _round_is(round_id))
        .order_by(Standing.group_rank if group else Standing.rank, Standing.participation_id)
    )
    if group:
        query = query.where(Participation.group_code == group)
    if unit is not None:
        query = query.join(Unit, Participation.unit_id == Unit.id).where(Unit.path.startswith(unit.path))
    if search:
        query = query.join(User, Participation.user_id == User.id).where(_matches(search, in_full))
    return query


def _matches(search: str, in_full: bool) -> ColumnElement[bool]:
    number = search.strip().lstrip("0")
    by_number = Participation.id == int(number) if number.isdecimal() and len(number) < 10 else None
    by_name = User.folded_name.contains(fold(search), autoescape=True)
    if not in_full:
        by_name = by_name & Participation.shows_name
    return by_name if by_number is None else or_(by_name, by_number)


def _round_is(round_id: int | None) -> ColumnElement[bool]:
    return Standing.round_id == round_id if round_id is not None else Standing.round_id.is_(None)


def own_standing(session: Session, contest_id: int, participation_id: int) -> Standing | None:
    query = select(Standing).where(Standing.contest_id == contest_id, Standing.participation_id == participation_id)
    return session.scalar(query.where(_round_is(None)))


def places(session: Session, contest_id: int, round_id: int | None = None) -> list[Placed]:
    """Everybody's place in a table, in order of rank: what prizes are given by."""
    columns = select(Standing.participation_id, Standing.rank, Participation.group_code, Standing.group_rank)
    query = columns.join(Standing.participation).where(Standing.contest_id == contest_id, _round_is(round_id))
    return [Placed(*row) for row in session.execute(query.order_by(Standing.rank, Standing.participation_id))]


def last_run(session: Session, contest_id: int) -> StandingsRun | None:
    query = select(StandingsRun).where(StandingsRun.contest_id == contest_id, StandingsRun.round_id.is_(None))
    return session.scalar(query)


def closed_count(session: Session, contest_id: int) -> int:
    """How many attempts there are to rank. Compared with those a run ranked, as moments must not be: somebody may read
    the clock, then wait long for the lock.
    """
    query = valid(select(func.count(Attempt.id)), contest_id).where(Attempt.closed_at.is_not(None))
    return session.scalar(query) or 0


def is_anybody_answering(session: Session, contest: Contest, now: datetime) -> bool:
    query = (
        select(Attempt.id)
        .join(Round, Attempt.round_id == Round.id)
        .where(Round.contest_id == contest.id, Attempt.closed_at.is_(None), Attempt.deadline > now)
    )
    return session.scalar(query.limit(1)) is not None


def official(query: Select[Any], contest_id: int) -> Select[Any]:
    """A query about attempts, narrowed to the official rounds of a contest; voided attempts included."""
    return query.join(Round, Attempt.round_id == Round.id).where(
        Round.contest_id == contest_id, Round.is_mock.is_(False)
    )


def valid(query: Select[Any], contest_id: int) -> Select[Any]:
    """The same without what was voided: what reports count as taking part."""
    return official(query, contest_id).where(Attempt.voided_at.is_(None))


def in_parts(session: Session, query: Select[tuple[Attempt]], size: int = AT_A_TIME) -> Iterator[list[Attempt]]:
    """Attempts in the order of their numbers, ``size`` in memory at a time: a session lets go what nobody holds."""
    last = 0
    while part := list(session.scalars(query.where(Attempt.id > last).limit(size))):
        last = part[-1].id
        yield part


def attempt_count(session: Session, contest_id: int) -> int:
    """How many official attempts there are."""
    return session.scalar(official(select(func.count(Attempt.id)), contest_id)) or 0


def attempts_of(contest_id: int) -> Select[tuple[Attempt]]:
    """Every official attempt with who sat it, in order of starting."""
    return (
        select(Attempt)
        .join(Attempt.round)
        .join(Attempt.participation)
        .options(
            contains_eager(Attempt.round),
            contains_eager(Attempt.participation).options(
                joinedload(Participation.unit), joinedload(Participation.user)
            ),
        )
        .where(Round.contest_id == contest_id, Round.is_mock.is_(False))
        .order_by(Attempt.id)
    )


def attempts_by_id(session: Session, contest_id: int, ids: Sequence[int]) -> dict[int, Attempt]:
    """A few of them, with who sat them."""
    return {one.id: one for one in session.scalars(attempts_of(contest_id).where(Attempt.id.in_(ids)))}
