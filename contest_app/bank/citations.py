"""Questions tied to the register: which version cites which act, and that one is still right though its act ended."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.audit.services import Event, reason_given, record
from contest_app.bank.models import BankQuestion, Citation, CitationDecision, QuestionVersion
from contest_app.law.models import LegalDocument
from contest_app.law.services import documents_of, folded_number
from contest_app.web.refusal import NotYours, Refusal
from question_bank.formats.json_file import from_json


def cite(session: Session, version: QuestionVersion, now: datetime) -> None:
    """Write the citations of a new version; a basis without a number cannot be tied to anything."""
    bases = from_json({"legal_basis": version.legal_basis}).legal_basis
    documents = documents_of(session, bases, now)
    session.add_all(
        Citation(
            version_id=version.id, place=place, document_id=documents[folded_number(basis.act)].id,
            article=basis.article[:64], clause=basis.clause[:64],
        )
        for place, basis in enumerate(bases)
        if folded_number(basis.act)
    )  # fmt: skip


def confirm(
    session: Session, questions: Iterable[BankQuestion], document: LegalDocument, *, reason: str, actor_id: int,
    now: datetime,
) -> int:  # fmt: skip
    """The current version of each question is still right although that act has ended. Returns how many were new.

    It holds for that version and that act: an edit has to be looked at anew.

    :raises Refusal: reason_needed, act_in_force. :raises NotYours: a question does not cite the document.
    """
    reason = reason_given(reason)
    if document.in_force_to is None:
        raise Refusal("act_in_force", 409, number=document.number)
    new = [row for row in questions if _decision(session, row.current, document) is None]
    for row in new:
        if all(citation.document_id != document.id for citation in row.current.citations):
            raise NotYours
        session.add(
            CitationDecision(
                version_id=row.current.id,
                document_id=document.id,
                reason=reason,
                decided_by_id=actor_id,
                decided_at=now,
            )
        )
        record(
            session, Event.CITATION_CONFIRMED, f"question:{row.id}", actor_id=actor_id, now=now,
            number=document.number, version=row.current.number, reason=reason,
        )  # fmt: skip
    return len(new)


def _decision(session: Session, version: QuestionVersion, document: LegalDocument) -> CitationDecision | None:
    known = select(CitationDecision).where(
        CitationDecision.version_id == version.id, CitationDecision.document_id == document.id
    )
    return session.scalar(known)


def withdraw(session: Session, row: BankQuestion, document: LegalDocument, *, actor_id: int, now: datetime) -> None:
    """Take a confirmation of the current version back; doing it twice changes nothing."""
    decision = _decision(session, row.current, document)
    if decision is None:
        return
    session.delete(decision)
    record(
        session, Event.CITATION_WITHDRAWN, f"question:{row.id}", actor_id=actor_id, now=now,
        number=document.number, version=row.current.number,
    )  # fmt: skip
