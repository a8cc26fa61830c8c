"""Reads about questions."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import within
from contest_app.audit.models import AuditEntry
from contest_app.audit.services import Event
from contest_app.bank.ended_acts import awaits_decision, cites_ended
from contest_app.bank.models import BankQuestion, QuestionBank, QuestionVersion, Status, Topic
from question_bank.text import fold


def banks(session: Session, units: Sequence[Unit]) -> list[QuestionBank]:
    """The banks of these units and below."""
    if not units:
        return []
    query = select(QuestionBank).join(Unit).where(within(units)).order_by(QuestionBank.name)
    return list(session.scalars(query))


def topics(session: Session, bank_id: int) -> list[Topic]:
    return list(session.scalars(select(Topic).where(Topic.bank_id == bank_id).order_by(Topic.path)))


def questions(
    bank_id: int,
    *,
    search: str = "",
    status: str = "",
    level: str = "",
    topic: str = "",
    kind: str = "",
    batch: str = "",
    assigned_to: int | None = None,
    ended_on: date | None = None,
) -> Select[tuple[BankQuestion]]:
    """Questions of a bank; every word of the search must occur, accents or not.

    ``ended_on``: only those that cite an act ended by that day.
    """
    wanted = [QuestionVersion.folded.contains(word, autoescape=True) for word in fold(search).split()]
    if status:
        wanted.append(BankQuestion.status == Status(status))
    if level:
        wanted.append(QuestionVersion.level == level)
    if kind:
        wanted.append(QuestionVersion.kind == kind)
    if batch:
        wanted.append(BankQuestion.import_id == (int(batch) if batch.isdecimal() else 0))
    if assigned_to:
        wanted.append(BankQuestion.assigned_to_id == assigned_to)
    if topic:
        wanted.append((Topic.path == topic) | Topic.path.startswith(f"{topic} > ", autoescape=True))
    if ended_on:
        wanted.append(cites_ended(ended_on))
    return _current(bank_id).where(*wanted)


def _current(bank_id: int) -> Select[tuple[BankQuestion]]:
    """Every question of a bank with the version in use and its topic, by code."""
    is_in_use = QuestionVersion.number == BankQuestion.current_number
    return (
        select(BankQuestion)
        .join(QuestionVersion, (QuestionVersion.question_id == BankQuestion.id) & is_in_use)
        .outerjoin(Topic, QuestionVersion.topic_id == Topic.id)
        .where(BankQuestion.bank_id == bank_id)
        .order_by(BankQuestion.code)
        .options(joinedload(BankQuestion.current).joinedload(QuestionVersion.topic))
    )


def by_id(session: Session, bank: QuestionBank, ids: Collection[int]) -> dict[int, BankQuestion]:
    """These questions of the bank with their version in use."""
    query = select(BankQuestion).where(BankQuestion.id.in_(ids), BankQuestion.bank_id == bank.id)
    return {row.id: row for row in session.scalars(query.options(joinedload(BankQuestion.current)))}


def decisions(session: Session, question_id: int) -> list[AuditEntry]:
    """The steps of a question's review, newest first, with the notes reviewers left."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject == f"question:{question_id}", AuditEntry.event == Event.QUESTION_STATUS.value)
        .options(joinedload(AuditEntry.actor))
        .order_by(AuditEntry.id.desc())
    )
    return list(session.scalars(query))


def approved_versions(session: Session, bank_id: int, on: date) -> list[QuestionVersion]:
    """The current version of every approved question that may be asked on that day: what a pool is prepared from.

    One that cites an act ended by then stays out until somebody confirms that it is still right.
    """
    query = _approved(bank_id).where(~awaits_decision(on))
    return list(session.scalars(query.options(joinedload(QuestionVersion.topic)).order_by(QuestionVersion.id)))


def left_out(session: Session, bank_id: int, on: date) -> int:
    """How many approved questions stay out of that day's pools because of an ended act."""
    query = _approved(bank_id).where(awaits_decision(on))
    return session.scalar(select(func.count()).select_from(query.with_only_columns(QuestionVersion.id).subquery())) or 0


def _approved(bank_id: int) -> Select[tuple[QuestionVersion]]:
    return (
        select(QuestionVersion)
        .join(BankQuestion, QuestionVersion.question_id == BankQuestion.id)
        .where(
            BankQuestion.bank_id == bank_id,
            BankQuestion.status == Status.APPROVED,
            QuestionVersion.number == BankQuestion.current_number,
            QuestionVersion.kind != "prediction",
        )
    )
