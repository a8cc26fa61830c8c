"""Reads about letterheads and the documents made."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from contest_app.contests.models import Contest
from contest_app.documents.kinds import Kind
from contest_app.documents.models import IssuedDocument, UnitLetterhead
from contest_app.law.models import LegalDocument
from contest_app.results.awards import UNDECIDED
from contest_app.results.collective import unit_table
from contest_app.results.models import Standing

_NEWEST_FIRST = (IssuedDocument.made_at.desc(), IssuedDocument.id.desc())


def letterhead_row(session: Session, unit_id: int) -> UnitLetterhead | None:
    return session.scalar(select(UnitLetterhead).where(UnitLetterhead.unit_id == unit_id))


def issued(session: Session, contest: Contest) -> list[IssuedDocument]:
    """What was made for the contest, newest first."""
    query = select(IssuedDocument).where(IssuedDocument.contest_id == contest.id)
    return list(session.scalars(query.options(joinedload(IssuedDocument.made_by)).order_by(*_NEWEST_FIRST)))


def issued_one(session: Session, contest: Contest, kind: Kind, document_id: int) -> IssuedDocument | None:
    return next((one for one in issued(session, contest) if (one.id, one.kind) == (document_id, kind.slug)), None)


def numbered(session: Session, unit_id: int, kind: str, year: int, number: int) -> IssuedDocument | None:
    """Whose number it is."""
    return session.scalar(
        select(IssuedDocument).where(
            IssuedDocument.unit_id == unit_id, IssuedDocument.kind == kind, IssuedDocument.year == year,
            IssuedDocument.number == number,
        )
    )  # fmt: skip


def numbers_given(session: Session, unit_id: int, kind: str, year: int) -> set[int]:
    query = select(IssuedDocument.number).where(
        IssuedDocument.unit_id == unit_id, IssuedDocument.kind == kind, IssuedDocument.year == year
    )
    return {number for number in session.scalars(query) if number is not None}


def last_of_kind(session: Session, unit_id: int, kind: str) -> IssuedDocument | None:
    query = select(IssuedDocument).where(IssuedDocument.unit_id == unit_id, IssuedDocument.kind == kind)
    return session.scalar(query.order_by(*_NEWEST_FIRST).limit(1))


def last_of_contest(session: Session, contest: Contest, kind: str) -> IssuedDocument | None:
    query = select(IssuedDocument).where(IssuedDocument.contest_id == contest.id, IssuedDocument.kind == kind)
    return session.scalar(query.order_by(*_NEWEST_FIRST).limit(1))


def acts(session: Session, ids: list[int]) -> list[LegalDocument]:
    """The acts of these ids that are still in the register."""
    return list(session.scalars(select(LegalDocument).where(LegalDocument.id.in_(ids))))


def open_prizes(session: Session, contest: Contest) -> int:
    """How many stand equal across the last prize of a kind and wait for the jury."""
    people = session.scalar(select(func.count()).where(Standing.contest_id == contest.id, Standing.award == UNDECIDED))
    if not contest.results_frozen_at:
        return people or 0
    tables = [None, *(one.id for one in contest.official_rounds)]
    units = [place for one in tables for place in unit_table(session, contest, one)]
    return (people or 0) + sum(place.award == UNDECIDED for place in units)
