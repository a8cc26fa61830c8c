"""Question banks. A version is never changed: an edit writes the next one, and papers point to versions."""

from datetime import datetime
from enum import StrEnum
from typing import Optional

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import Unit, User, stored_enum
from contest_app.db_types import JsonList, code, name, primary_key, prose, reference
from contest_app.extensions import db


class Status(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class QuestionBank(db.Model):
    __tablename__ = "question_bank"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
    id: Mapped[primary_key]
    unit_id: Mapped[int] = reference("unit.id")
    name: Mapped[name]
    created_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship()


class Topic(db.Model):
    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("bank_id", "path"),)
    id: Mapped[primary_key]
    bank_id: Mapped[int] = reference("question_bank.id")
    parent_id: Mapped[int | None] = reference("topic.id", nullable=True)
    name: Mapped[name]
    path: Mapped[str] = mapped_column(String(500))  # names from the root, joined by " > "

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.path.split(" > "))


class Picture(db.Model):
    __tablename__ = "picture"
    __table_args__ = (UniqueConstraint("sha256"),)
    id: Mapped[primary_key]
    sha256: Mapped[code]
    name: Mapped[name]
    media_type: Mapped[code]
    data: Mapped[bytes]


class BankQuestion(db.Model):
    """A question's identity in its bank, and where it stands in review."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("bank_id", "code"), Index("ix_question_bank_status", "bank_id", "status"))
    id: Mapped[primary_key]
    bank_id: Mapped[int] = reference("question_bank.id", index=False)
    code: Mapped[code]
    status: Mapped[Status] = mapped_column(stored_enum(Status), default=Status.DRAFT)
    author_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    reviewer_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    current_number: Mapped[int] = mapped_column(default=1)  # number of the version in use

    bank: Mapped[QuestionBank] = relationship()
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    reviewer: Mapped[User | None] = relationship(foreign_keys=[reviewer_id])
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number"
    )
    current: Mapped["QuestionVersion"] = relationship(
        primaryjoin="and_(BankQuestion.id == QuestionVersion.question_id, "
        "BankQuestion.current_number == QuestionVersion.number)",
        viewonly=True,
        uselist=False,
    )


class QuestionVersion(db.Model):
    __tablename__ = "question_version"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("number >= 1", "number_positive"),
    )
    id: Mapped[primary_key]
    question_id: Mapped[int] = reference("question.id", index=False)
    number: Mapped[int]
    kind: Mapped[code]
    stem: Mapped[prose]
    options: Mapped[JsonList]  # [{"text", "correct", "fixed"}] in the order written
    explanation: Mapped[prose]
    topic_id: Mapped[int | None] = reference("topic.id", nullable=True)
    level: Mapped[code]
    legal_basis: Mapped[JsonList]
    tags: Mapped[JsonList]
    picture_id: Mapped[int | None] = reference("picture.id", nullable=True)
    folded: Mapped[prose]  # stem, options, law and tags without accents, for searching
    wording_key: Mapped[prose]  # equal for questions that read the same
    created_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    created_at: Mapped[datetime]

    question: Mapped[BankQuestion] = relationship(back_populates="versions")
    topic: Mapped[Topic | None] = relationship()
    picture: Mapped[Optional["Picture"]] = relationship()
    created_by: Mapped[User | None] = relationship()


class ImportDraft(db.Model):
    """An uploaded file as it was read, waiting for somebody to accept it. Not part of the bank."""

    __tablename__ = "import_draft"
    __table_args__ = {"sqlite_autoincrement": True}  # an old tab must not accept a newer draft under a reused number
    id: Mapped[primary_key]
    bank_id: Mapped[int] = reference("question_bank.id")
    user_id: Mapped[int] = reference("user_account.id")
    filename: Mapped[name]
    questions: Mapped[JsonList]  # our JSON, each with its row
    problems: Mapped[JsonList]
    created_at: Mapped[datetime]
