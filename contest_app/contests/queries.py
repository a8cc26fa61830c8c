"""Reads about contests and who has joined."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import within
from contest_app.contests.models import Contest, ContestRulesVersion, Participation, Round
from contest_app.web.refusal import NotYours
from question_bank.pool_file import pool_from


def by_slug(session: Session, slug: str) -> Contest:
    """:raises NotYours: no such contest."""
    contest = session.scalar(select(Contest).where(Contest.slug == slug).options(joinedload(Contest.unit)))
    if contest is None:
        raise NotYours
    return contest


def locked(session: Session, contest: Contest) -> Contest:
    """The contest as it is now, held to the end of the transaction: decisions about its results queue here."""
    return session.get_one(Contest, contest.id, with_for_update=True, populate_existing=True)


def hold_contests(session: Session, bank_id: int) -> None:
    """Hold every contest that draws from the bank to the end of the transaction."""
    session.execute(select(Contest.id).where(Contest.bank_id == bank_id).with_for_update())


def versions_in_pools(session: Session, bank_id: int) -> set[int]:
    """The question versions in the pool of any round that draws from the bank: every paper is drawn from one."""
    query = select(Round.pool).join(Contest).where(Contest.bank_id == bank_id, Round.pool_digest.is_not(None))
    pools = (pool_from(document) for document in session.scalars(query) if document)
    return {candidate.id for pool in pools for _cell, candidates in pool.cells for candidate in candidates}


def round_of(contest: Contest, code: str) -> Round:
    """:raises NotYours: no such round."""
    found = next((one for one in contest.rounds if one.code == code), None)
    if found is None:
        raise NotYours
    return found


def opened(session: Session) -> list[Contest]:
    """Every contest the public may see, the one that closes last first."""
    found = session.scalars(select(Contest).where(Contest.opened_at.is_not(None)).options(joinedload(Contest.unit)))
    return sorted(found, key=lambda contest: contest.rules.closes_at, reverse=True)


def managed(session: Session, units: Sequence[Unit]) -> list[Contest]:
    """The contests of these units and below, newest first."""
    if not units:
        return []
    query = select(Contest).join(Unit, Contest.unit_id == Unit.id).where(within(units))
    return list(session.scalars(query.order_by(Contest.created_at.desc()).options(joinedload(Contest.unit))))


def participation(session: Session, contest_id: int, user_id: int) -> Participation | None:
    return session.scalar(
        select(Participation).where(Participation.contest_id == contest_id, Participation.user_id == user_id)
    )


def participants(session: Session, contest_id: int) -> int:
    return session.scalar(select(func.count()).where(Participation.contest_id == contest_id)) or 0


def versions(session: Session, contest_id: int) -> list[ContestRulesVersion]:
    query = select(ContestRulesVersion).where(ContestRulesVersion.contest_id == contest_id)
    return list(session.scalars(query.order_by(ContestRulesVersion.number.desc())))


def current_round(contest: Contest, now: datetime) -> Round | None:
    """The round a visitor cares about: one that is open, else the next to open, else the last."""
    official = contest.official_rounds
    running = [one for one in official if one.opens_at <= now < one.closes_at]
    coming = [one for one in official if now < one.opens_at]
    return (running or coming or official[-1:] or [None])[0]
