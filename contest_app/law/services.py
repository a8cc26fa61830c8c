"""Registering legal documents, completing and checking what is said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest_app.audit.services import Event, record
from contest_app.bank.models import Citation, CitationDecision
from contest_app.law.models import LegalDocument
from contest_app.web.refusal import Refusal
from question_bank.model import LegalBasis
from question_bank.text import fold


@dataclass(frozen=True, slots=True)
class DocumentValues:
    """What somebody says of a document; ``replaced_by`` is a number."""

    number: str
    title: str = ""
    issued_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: str = ""
    note: str = ""


def values_of(document: LegalDocument) -> DocumentValues:
    return DocumentValues(
        document.number, document.title, document.issued_on, document.in_force_from, document.in_force_to,
        document.replaced_by.number if document.replaced_by else "", document.note,
    )  # fmt: skip


def folded_number(number: str) -> str:
    """Equal for the ways people write one number: "168/2024/NĐ-CP", "168/2024/ND-CP", "Số 168 /2024/nđ-cp"."""
    return "".join(fold(number).removeprefix("so ").split())[:64]


def documents_of(session: Session, bases: Iterable[LegalBasis], now: datetime) -> dict[str, LegalDocument]:
    """The document of each basis that states a number, by its folded number; new ones enter the register unchecked.

    Of a document it knows the register decides, whatever dates a question states.
    """
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


def save_document(
    session: Session, document: LegalDocument | None, values: DocumentValues, *,
    reason: str = "", actor_id: int | None, now: datetime,
) -> LegalDocument:  # fmt: skip
    """Enter a document (None) or change one. Dates that changed are unchecked until somebody checks them.

    :raises Refusal: number_missing, number_taken, unknown_document, circular_replacement or ends_before_start, each
        with the ``field`` it is about.
    """
    row = document or LegalDocument(number="", title="", created_at=now)
    before = _as_recorded(row)
    _refuse_number(session, row, values.number)
    successor = _successor(session, row, values)
    last_day = values.in_force_to or _day_before(successor)
    _refuse_last_day(values, last_day)
    row.number, row.folded_number, row.title = values.number, folded_number(values.number), values.title
    row.issued_on, row.in_force_from, row.in_force_to = values.issued_on, values.in_force_from, last_day
    row.replaced_by, row.note = successor, values.note
    session.add(row)
    session.flush()
    _record_change(session, row, before, reason, actor_id, now)
    _end_predecessors(session, row, reason, actor_id, now)
    return row


def _refuse_number(session: Session, row: LegalDocument, number: str) -> None:
    folded = folded_number(number)
    if not folded:
        raise Refusal("number_missing", 422, field="number")
    same = select(LegalDocument).where(LegalDocument.folded_number == folded)
    if (found := session.scalar(same)) is not None and found is not row:
        raise Refusal("number_taken", 409, field="number", number=found.number)


def _successor(session: Session, row: LegalDocument, values: DocumentValues) -> LegalDocument | None:
    """The document that takes this one's place: a known one, at the end of a line that does not lead back here."""
    folded = folded_number(values.replaced_by)
    if not folded:
        return None
    found = session.scalar(select(LegalDocument).where(LegalDocument.folded_number == folded))
    if folded == folded_number(values.number) or _leads_to(found, row):
        raise Refusal("circular_replacement", 422, field="replaced_by", number=values.replaced_by)
    if found is None:
        raise Refusal("unknown_document", 422, field="replaced_by", number=values.replaced_by)
    return found


def _leads_to(document: LegalDocument | None, target: LegalDocument) -> bool:
    seen: set[LegalDocument] = set()  # two people may have made a circle in the same second: do not follow it forever
    while document is not None and document is not target and document not in seen:
        seen.add(document)
        document = document.replaced_by
    return document is target


def _day_before(successor: LegalDocument | None) -> date | None:
    """An act that was replaced binds until its successor does, unless somebody knows better."""
    if successor is None or successor.in_force_from is None:
        return None
    return successor.in_force_from - timedelta(days=1)


def _refuse_last_day(values: DocumentValues, last_day: date | None) -> None:
    earliest = max((day for day in (values.issued_on, values.in_force_from) if day), default=None)
    if last_day and earliest and last_day < earliest:
        raise Refusal("ends_before_start", 422, field="in_force_to", last=last_day, first=earliest)


def _as_recorded(row: LegalDocument) -> dict[str, str]:
    names = ("number", "title", "issued_on", "in_force_from", "in_force_to", "note")
    known = {name: str(value) for name in names if (value := getattr(row, name))}
    return known | ({"replaced_by": row.replaced_by.number} if row.replaced_by else {})


def _record_change(
    session: Session, row: LegalDocument, before: dict[str, str], reason: str, actor_id: int | None, now: datetime
) -> None:
    after = _as_recorded(row)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if not changed:
        return
    if changed & {"issued_on", "in_force_from", "in_force_to", "replaced_by"}:
        row.checked_at = row.checked_by_id = None
    withdrawn = _withdraw_decisions(session, row) if changed & {"in_force_to", "replaced_by"} else 0
    record(
        session, Event.LAW_CHANGED, f"law:{row.id}", actor_id=actor_id, now=now, number=row.number, reason=reason,
        before={name: before.get(name, "") for name in sorted(changed)},
        after={name: after.get(name, "") for name in sorted(changed)}, confirmations_withdrawn=withdrawn,
    )  # fmt: skip


def _withdraw_decisions(session: Session, row: LegalDocument) -> int:
    """That a question is still right was said of another end of the act. Returns how many have to be looked at anew."""
    return session.execute(delete(CitationDecision).where(CitationDecision.document_id == row.id)).rowcount


def _end_predecessors(session: Session, row: LegalDocument, reason: str, actor_id: int | None, now: datetime) -> None:
    """What this document replaces ends once it is known when this one begins."""
    if row.in_force_from is None:
        return
    waiting = select(LegalDocument).where(
        LegalDocument.replaced_by_id == row.id, LegalDocument.in_force_to.is_(None),
        LegalDocument.in_force_from.is_(None) | (LegalDocument.in_force_from < row.in_force_from),
        LegalDocument.issued_on.is_(None) | (LegalDocument.issued_on < row.in_force_from),
    )  # fmt: skip
    for old in session.scalars(waiting).all():
        save_document(session, old, values_of(old), reason=reason, actor_id=actor_id, now=now)


def check_document(session: Session, document: LegalDocument, *, actor_id: int | None, now: datetime) -> None:
    """Somebody compared the dates with the document itself."""
    document.checked_at, document.checked_by_id = now, actor_id
    record(session, Event.LAW_CHECKED, f"law:{document.id}", actor_id=actor_id, now=now, number=document.number)


def delete_document(session: Session, document: LegalDocument, *, actor_id: int | None, now: datetime) -> None:
    """Take out what nothing names.

    :raises Refusal: document_cited, document_replaces.
    """
    if session.scalar(select(Citation.id).where(Citation.document_id == document.id).limit(1)) is not None:
        raise Refusal("document_cited", 409, number=document.number)
    replaced = session.scalar(select(LegalDocument.number).where(LegalDocument.replaced_by_id == document.id))
    if replaced is not None:
        raise Refusal("document_replaces", 409, number=document.number, replaced=replaced)
    record(
        session, Event.LAW_DELETED, f"law:{document.id}", actor_id=actor_id, now=now,
        number=document.number, title=document.title,
    )  # fmt: skip
    session.delete(document)
    session.flush()
