"""Reads about the register. What has ended depends on the day asked about, so every read takes it."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from contest_app.audit.models import AuditEntry
from contest_app.law.models import LegalDocument
from contest_app.law.services import folded_number
from question_bank.text import fold

SOON = timedelta(days=90)


def ended(on: date) -> ColumnElement[bool]:
    """``LegalDocument.has_ended`` for the database."""
    return LegalDocument.in_force_to < on


# What the list can be narrowed to; the words are in ``web.words.LAW_STANDINGS``.
_STANDINGS: dict[str, Callable[[date], ColumnElement[bool]]] = {
    "in_force": lambda on: or_(LegalDocument.in_force_to.is_(None), LegalDocument.in_force_to >= on),
    "ended": ended,
    "ending": lambda on: LegalDocument.in_force_to.between(on, on + SOON),
    "unchecked": lambda _on: LegalDocument.checked_at.is_(None),
}


def documents(session: Session, on: date, *, search: str = "", standing: str = "") -> Select[tuple[LegalDocument]]:
    """The register by number; every word of the search must occur in number or title, accents or not."""
    query = select(LegalDocument).options(joinedload(LegalDocument.replaced_by)).order_by(LegalDocument.folded_number)
    if words := fold(search).split():
        query = query.where(LegalDocument.id.in_(_matching(session, words)))
    return query.where(_STANDINGS[standing](on)) if standing in _STANDINGS else query


def _matching(session: Session, words: list[str]) -> list[int]:
    # Titles are not stored without accents: a register has hundreds of lines, so they are folded here.
    rows = session.execute(select(LegalDocument.id, LegalDocument.number, LegalDocument.title))
    texts = {number: fold(f"{act} {title}") for number, act, title in rows}
    return [number for number, text in texts.items() if all(word in text for word in words)]


def by_number(session: Session, number: str) -> LegalDocument | None:
    """The document of a number, however it is written."""
    return session.scalar(select(LegalDocument).where(LegalDocument.folded_number == folded_number(number)))


def predecessors(session: Session, document: LegalDocument) -> list[LegalDocument]:
    """What this document took the place of."""
    query = select(LegalDocument).where(LegalDocument.replaced_by_id == document.id)
    return list(session.scalars(query.order_by(LegalDocument.folded_number)))


def history(session: Session, document: LegalDocument) -> list[AuditEntry]:
    """Who changed or checked the document, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject == f"law:{document.id}").order_by(AuditEntry.id.desc())
    return list(session.scalars(query.options(joinedload(AuditEntry.actor))))
