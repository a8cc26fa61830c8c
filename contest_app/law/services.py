"""Registering legal documents."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.law.models import LegalDocument
from question_bank.model import LegalBasis
from question_bank.text import fold


def folded_number(number: str) -> str:
    """Equal for the ways people write one number: "168/2024/NĐ-CP", "168/2024/ND-CP", "Số 168 /2024/nđ-cp"."""
    return "".join(fold(number).removeprefix("so ").split())[:64]


def documents_of(session: Session, bases: Iterable[LegalBasis], now: datetime) -> dict[str, LegalDocument]:
    """The document of each basis that states a number, by its folded number; new ones enter the register unchecked."""
    stated = {folded_number(basis.act): basis for basis in bases if folded_number(basis.act)}
    known = session.scalars(select(LegalDocument).where(LegalDocument.folded_number.in_(stated)))
    documents = {one.folded_number: one for one in known}
    for number in stated.keys() - documents.keys():
        documents[number] = _registered(session, stated[number], now)
    session.flush()
    return documents


def _registered(session: Session, basis: LegalBasis, now: datetime) -> LegalDocument:
    begins, ends = basis.in_force_from, basis.in_force_to
    if begins and ends and ends < begins:
        ends = None
    document = LegalDocument(
        number=basis.act.strip()[:64], folded_number=folded_number(basis.act), title=basis.title[:255],
        in_force_from=begins, in_force_to=ends, created_at=now,
    )  # fmt: skip
    session.add(document)
    return document
