"""Questions that cite an act which has ended: which they are, and which somebody found still right.

The day asked about is an argument: today in the bank, the closing day in a contest.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import within
from contest_app.bank.models import BankQuestion, Citation, CitationDecision, QuestionBank, QuestionVersion, Status
from contest_app.law.models import LegalDocument
from contest_app.law.queries import ended

_decided = exists().where(
    CitationDecision.version_id == Citation.version_id, CitationDecision.document_id == Citation.document_id
)


def _citation_of(on: date) -> ColumnElement[bool]:
    return (Citation.version_id == QuestionVersion.id) & (Citation.document_id == LegalDocument.id) & ended(on)


def cites_ended(on: date) -> ColumnElement[bool]:
    """Whether a version cites an act that has ended by that day."""
    return exists().where(_citation_of(on))


def awaits_decision(on: date) -> ColumnElement[bool]:
    """Whether it cites one for which nobody has confirmed that the question is still right."""
    return exists().where(_citation_of(on), ~_decided)


def _current(document_id: int | None = None) -> Select[tuple[int]]:
    """The ids of questions, once for each citation of their current version."""
    query = (
        select(BankQuestion.id)
        .join(QuestionVersion, QuestionVersion.question_id == BankQuestion.id)
        .join(Citation, Citation.version_id == QuestionVersion.id)
        .join(LegalDocument, Citation.document_id == LegalDocument.id)
        .join(QuestionBank, BankQuestion.bank_id == QuestionBank.id)
        .join(Unit, QuestionBank.unit_id == Unit.id)
        .where(QuestionVersion.number == BankQuestion.current_number)
    )
    return query if document_id is None else query.where(LegalDocument.id == document_id)


def _with_versions(ids: Select[tuple[int]]) -> Select[tuple[BankQuestion]]:
    loading = joinedload(BankQuestion.current).selectinload(QuestionVersion.citations)
    query = select(BankQuestion).where(BankQuestion.id.in_(ids)).options(loading, joinedload(BankQuestion.bank))
    return query.order_by(BankQuestion.bank_id, BankQuestion.code)


def citing(units: Sequence[Unit], document: LegalDocument) -> Select[tuple[BankQuestion]]:
    """Questions of these units, in use or on their way, whose current version cites the document."""
    return _with_versions(_current(document.id).where(within(units), BankQuestion.status != Status.RETIRED))


def citing_counts(session: Session, units: Sequence[Unit], document_ids: Collection[int]) -> dict[int, int]:
    """How many questions each document's page lists."""
    query = (
        _current()
        .with_only_columns(LegalDocument.id, func.count(BankQuestion.id.distinct()))
        .where(within(units), BankQuestion.status != Status.RETIRED, LegalDocument.id.in_(document_ids))
        .group_by(LegalDocument.id)
    )
    return dict(session.execute(query).all())


def _to_review(units: Sequence[Unit], on: date, bank_id: int | None) -> ColumnElement[bool]:
    waiting = within(units) & BankQuestion.status.in_((Status.APPROVED, Status.IN_REVIEW)) & ended(on) & ~_decided
    return waiting if bank_id is None else waiting & (BankQuestion.bank_id == bank_id)


def acts_to_review(
    session: Session, units: Sequence[Unit], on: date, bank_id: int | None = None
) -> list[tuple[LegalDocument, int]]:
    """The ended acts of the work list, each with how many questions wait for a decision."""
    query = (
        _current()
        .with_only_columns(LegalDocument, func.count(BankQuestion.id.distinct()))
        .where(_to_review(units, on, bank_id))
        .group_by(LegalDocument.id)
        .order_by(LegalDocument.in_force_to, LegalDocument.folded_number)
    )
    return list(session.execute(query))


def questions_to_review(
    units: Sequence[Unit], document: LegalDocument, on: date, bank_id: int | None = None
) -> Select[tuple[BankQuestion]]:
    """The questions of one act of the work list."""
    return _with_versions(_current(document.id).where(_to_review(units, on, bank_id)))


def without_number(units: Sequence[Unit], bank_id: int | None = None) -> Select[tuple[BankQuestion]]:
    """Questions in use or waiting with a basis that states no number: nobody can tell when its act ends."""
    tied = select(func.count(Citation.id)).where(Citation.version_id == QuestionVersion.id).scalar_subquery()
    ids = (
        select(BankQuestion.id)
        .join(QuestionVersion, QuestionVersion.question_id == BankQuestion.id)
        .join(QuestionBank, BankQuestion.bank_id == QuestionBank.id)
        .join(Unit, QuestionBank.unit_id == Unit.id)
        .where(QuestionVersion.number == BankQuestion.current_number, within(units))
        .where(BankQuestion.status.in_((Status.APPROVED, Status.IN_REVIEW)))
        .where(func.json_array_length(QuestionVersion.legal_basis) > tied)
    )
    return _with_versions(ids if bank_id is None else ids.where(BankQuestion.bank_id == bank_id))


Decisions = dict[LegalDocument, CitationDecision | None]


def ended_by_version(session: Session, versions: Collection[QuestionVersion], on: date) -> dict[int, Decisions]:
    """The ended acts each version cites, and what was decided about each."""
    found: dict[int, Decisions] = defaultdict(dict)
    query = (
        select(Citation.version_id, LegalDocument)
        .join(LegalDocument, Citation.document_id == LegalDocument.id)
        .where(Citation.version_id.in_([one.id for one in versions]), ended(on))
        .order_by(Citation.place)
    )
    rows = session.execute(query).all()
    made = decisions_on(session, {version_id for version_id, _document in rows})
    for version_id, document in rows:
        found[version_id][document] = made.get((version_id, document.id))
    return found


def decisions_on(session: Session, version_ids: Collection[int]) -> dict[tuple[int, int], CitationDecision]:
    """What was decided of these versions, by version and document."""
    query = select(CitationDecision).where(CitationDecision.version_id.in_(version_ids))
    found = session.scalars(query.options(joinedload(CitationDecision.decided_by)))
    return {(one.version_id, one.document_id): one for one in found}


def ended_in_bank(session: Session, bank_id: int, on: date) -> list[tuple[int, str]]:
    """Every version of the bank that cites an act ended by that day, confirmed or not, with the act's number."""
    query = (
        select(Citation.version_id, LegalDocument.number)
        .join(LegalDocument, Citation.document_id == LegalDocument.id)
        .join(QuestionVersion, Citation.version_id == QuestionVersion.id)
        .join(BankQuestion, QuestionVersion.question_id == BankQuestion.id)
        .where(BankQuestion.bank_id == bank_id, ended(on))
    )
    return list(session.execute(query))
