"""A sitting and what happened to it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import User, stored_enum
from contest_app.contests.models import Participation, Round
from contest_app.db_types import Json, JsonList, code, primary_key, prose, reference
from contest_app.extensions import db


class ClosedBy(StrEnum):
    CONTESTANT = "contestant"
    DEADLINE = "deadline"


class Attempt(db.Model):
    """One sitting of one paper. The answer sheet lies in the row: a save is one guarded UPDATE."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("round_id", "participation_id", "ordinal"),
        CheckConstraint("deadline > started_at", "deadline_after_start"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", "closed_by_somebody"),
        CheckConstraint("revision >= 0", "revision_not_negative"),
        Index("ix_attempt_participation", "participation_id"),
        Index(
            "ix_attempt_open_deadline",
            "deadline",
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
        # Room in the page keeps a save in place (HOT) on PostgreSQL; no index touches what a save changes.
        {"postgresql_with": {"fillfactor": 60}},
    )
    id: Mapped[primary_key]
    round_id: Mapped[int] = reference("round.id", index=False)
    participation_id: Mapped[int] = reference("participation.id", index=False)
    ordinal: Mapped[int]
    rules_version: Mapped[int]
    started_at: Mapped[datetime]
    deadline: Mapped[datetime]  # includes extra time granted
    extra_seconds: Mapped[int] = mapped_column(default=0)
    paper: Mapped[JsonList]  # [[question version id, [option order]], ...] as drawn, never changed
    seat: Mapped[int] = mapped_column(default=1)  # rises when another device takes the sitting over
    sheet: Mapped[prose] = mapped_column(default="")  # JSON text of the answer sheet with the highest revision
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[ClosedBy | None] = mapped_column(stored_enum(ClosedBy))
    # Written by marking, after closing.
    score: Mapped[Decimal | None]
    correct: Mapped[int | None]
    marks: Mapped[JsonList | None]  # [[answered, correct, points in thousandths], ...] by place in the paper
    prediction: Mapped[int | None]
    milliseconds_taken: Mapped[int | None]  # by the time measure the rules name
    milliseconds_away: Mapped[int] = mapped_column(default=0)  # between closing and being reopened: not time taken
    device: Mapped[str] = mapped_column(String(16), default="")  # it was begun on: "phone", "tablet", "computer"
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[prose] = mapped_column(default="")

    round: Mapped[Round] = relationship()
    participation: Mapped[Participation] = relationship()

    @property
    def number(self) -> str:
        """The attempt's public number, e.g. "L000123"."""
        return f"L{self.id:06}"

    @property
    def version_ids(self) -> list[int]:
        return [version_id for version_id, _order in self.paper]


class LateSheet(db.Model):
    """The newest sheet a device sent when it no longer could count: kept for the organiser, never dropped."""

    __tablename__ = "late_sheet"
    __table_args__ = (UniqueConstraint("attempt_id", "seat", "reason"),)
    id: Mapped[primary_key]
    attempt_id: Mapped[int] = reference("attempt.id", index=False)
    seat: Mapped[int]
    revision: Mapped[int]
    sheet: Mapped[prose]
    received_at: Mapped[datetime]
    reason: Mapped[code]  # why it was refused: "closed", "overdue", "taken_over", "stale"


class AttemptEvent(db.Model):
    """What else happened during a sitting: taken over by another device, extra time, reopened."""

    __tablename__ = "attempt_event"
    id: Mapped[primary_key]
    attempt_id: Mapped[int] = reference("attempt.id")
    at: Mapped[datetime]
    kind: Mapped[code]
    details: Mapped[Json]
    actor_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    note: Mapped[str] = mapped_column(String(500), default="")

    actor: Mapped[User | None] = relationship()
