"""Question banks. A version is never changed: an edit writes the next one, and papers point to versions."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import Unit, User, stored_enum
from contest_app.db_types import Json, JsonList, code, name, primary_key, prose, reference
from contest_app.extensions import db
from contest_app.law.models import LegalDocument
from question_bank.model import Markup


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


class MediaFile(db.Model):
    """A picture, a sound or a film, kept once however many questions show it."""

    __tablename__ = "media_file"
    __table_args__ = (UniqueConstraint("sha256"),)
    id: Mapped[primary_key]
    sha256: Mapped[code]
    name: Mapped[name]
    media_type: Mapped[code]
    data: Mapped[bytes]


class BankQuestion(db.Model):
    """A question's identity in its bank, and where it stands in review."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("bank_id", "code"),
        Index("ix_question_bank_status", "bank_id", "status"),
        {"sqlite_autoincrement": True},  # the log knows a question by its number
    )
    id: Mapped[primary_key]
    bank_id: Mapped[int] = reference("question_bank.id", index=False)
    code: Mapped[code]
    status: Mapped[Status] = mapped_column(stored_enum(Status), default=Status.DRAFT)
    author_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    reviewer_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    current_number: Mapped[int] = mapped_column(default=1)  # number of the version in use
    import_id: Mapped[int | None] = reference("import_batch.id", nullable=True)
    assigned_to_id: Mapped[int | None] = reference("user_account.id", nullable=True)  # who is asked to review it

    bank: Mapped[QuestionBank] = relationship()
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    reviewer: Mapped[User | None] = relationship(foreign_keys=[reviewer_id])
    assigned_to: Mapped[User | None] = relationship(foreign_keys=[assigned_to_id])
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
        {"sqlite_autoincrement": True},  # papers know a version by its number
    )
    id: Mapped[primary_key]
    question_id: Mapped[int] = reference("question.id", index=False)
    number: Mapped[int]
    kind: Mapped[code]
    stem: Mapped[prose]
    options: Mapped[JsonList]  # in the order written, each in the shape of our JSON
    details: Mapped[Json] = mapped_column(default=dict)  # what only some kinds have: gaps, credit, rules, situation, …
    media: Mapped[JsonList] = mapped_column(default=list)  # [{"sha256", "name", "media_type", "place", "alt"}]
    explanation: Mapped[prose]
    topic_id: Mapped[int | None] = reference("topic.id", nullable=True)
    level: Mapped[code]
    legal_basis: Mapped[JsonList]
    tags: Mapped[JsonList]
    folded: Mapped[prose]  # stem, options, law and tags without accents, for searching
    wording_key: Mapped[prose]  # equal for questions that read the same
    created_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    created_at: Mapped[datetime]

    question: Mapped[BankQuestion] = relationship(back_populates="versions")
    topic: Mapped[Topic | None] = relationship()
    created_by: Mapped[User | None] = relationship()
    citations: Mapped[list["Citation"]] = relationship(back_populates="version", order_by="Citation.place")

    @property
    def markup(self) -> Markup:
        return Markup(self.details.get("markup", Markup.TEXT))


class Citation(db.Model):
    """One legal basis of a version, tied to the register: act, article, clause."""

    __tablename__ = "citation"
    __table_args__ = (UniqueConstraint("version_id", "place"),)
    id: Mapped[primary_key]
    version_id: Mapped[int] = reference("question_version.id", index=False)
    place: Mapped[int]  # position in the version's legal_basis
    document_id: Mapped[int] = reference("legal_document.id")
    article: Mapped[code]
    clause: Mapped[code]

    version: Mapped[QuestionVersion] = relationship(back_populates="citations")
    document: Mapped[LegalDocument] = relationship()


class CitationDecision(db.Model):
    """Somebody looked at a question whose act has ended and found it still right, with a reason."""

    __tablename__ = "citation_decision"
    __table_args__ = (UniqueConstraint("version_id", "document_id"),)
    id: Mapped[primary_key]
    version_id: Mapped[int] = reference("question_version.id", index=False)
    document_id: Mapped[int] = reference("legal_document.id")
    reason: Mapped[prose]
    decided_by_id: Mapped[int] = reference("user_account.id")
    decided_at: Mapped[datetime]

    decided_by: Mapped[User] = relationship()


class QuestionComment(db.Model):
    """What a setter and a reviewer say to each other about one question."""

    __tablename__ = "question_comment"
    id: Mapped[primary_key]
    question_id: Mapped[int] = reference("question.id")
    version_number: Mapped[int]  # the version it was said of
    author_id: Mapped[int] = reference("user_account.id")
    text: Mapped[prose]
    written_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]

    author: Mapped[User] = relationship()


class ImportBatch(db.Model):
    """One accepted import: who brought which file, who is to review it, and whether it was taken back."""

    __tablename__ = "import_batch"
    id: Mapped[primary_key]
    bank_id: Mapped[int] = reference("question_bank.id")
    filename: Mapped[name]
    question_count: Mapped[int]
    imported_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    imported_at: Mapped[datetime]
    reviewer_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)

    bank: Mapped[QuestionBank] = relationship()
    imported_by: Mapped[User | None] = relationship(foreign_keys=[imported_by_id])
    reviewer: Mapped[User | None] = relationship(foreign_keys=[reviewer_id])


class KnownLayout(db.Model):
    """How a unit's spreadsheets of a foreign layout are read, remembered by their headings."""

    __tablename__ = "known_layout"
    __table_args__ = (UniqueConstraint("unit_id", "signature"),)
    id: Mapped[primary_key]
    unit_id: Mapped[int] = reference("unit.id", index=False)
    signature: Mapped[code]
    mapping: Mapped[Json]
    used_at: Mapped[datetime]


class QuestionUse(db.Model):
    """How one version did in one contest whose results are final."""

    __tablename__ = "question_use"
    __table_args__ = (UniqueConstraint("contest_id", "version_id"),)
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    version_id: Mapped[int] = reference("question_version.id")
    question_id: Mapped[int] = reference("question.id")
    drawn: Mapped[int]
    answered: Mapped[int]
    earned: Mapped[Decimal]  # mean share of the points, 0 to 1
    discrimination: Mapped[Decimal | None]  # item-rest correlation, -1 to 1; None when it cannot be computed
    doubt: Mapped[code] = mapped_column(default="")  # why the key looks wrong; empty when it does not
    last_used_at: Mapped[datetime]


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
    skipped: Mapped[JsonList] = mapped_column(default=list)  # places (from 0) of questions set aside
    source: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # a spreadsheet still to be mapped
    created_at: Mapped[datetime]
