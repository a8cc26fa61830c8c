"""Whose a question is: everybody who wrote a version of it since somebody last approved it."""

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from contest_app.audit.models import AuditEntry
from contest_app.audit.services import Event
from contest_app.bank.models import BankQuestion, QuestionVersion, Status

_approved_since = exists().where(
    AuditEntry.subject == literal("question:") + cast(QuestionVersion.question_id, String),
    AuditEntry.event == Event.QUESTION_STATUS.value,
    AuditEntry.details["after"].as_string() == Status.APPROVED.value,
    AuditEntry.at > QuestionVersion.created_at,
)


def is_own(user_id: int | None) -> ColumnElement[bool]:
    """Whether a question holds words of this person that nobody else has approved."""
    wrote = exists().where(
        QuestionVersion.question_id == BankQuestion.id, QuestionVersion.created_by_id == user_id, ~_approved_since
    )
    return or_(BankQuestion.author_id.is_not_distinct_from(user_id) & BankQuestion.author_id.is_not(None), wrote)


def writers(session: Session, row: BankQuestion) -> set[int | None]:
    """Everybody who may not approve the question as it stands."""
    query = select(QuestionVersion.created_by_id).where(QuestionVersion.question_id == row.id, ~_approved_since)
    return {row.author_id, *session.scalars(query)} - {None}
