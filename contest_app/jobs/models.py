"""A job, and its result in pieces."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import Unit, stored_enum
from contest_app.db_types import Json, code, name, primary_key, prose, reference
from contest_app.extensions import db

MOST_TRIES = 3  # a job that brings its worker down each time must not do so for ever


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self not in (State.QUEUED, State.RUNNING)


class Job(db.Model):
    """Work somebody asked for that takes longer than they would wait for a page."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("done >= 0 AND total >= 0", "progress_not_negative"),
        Index("ix_job_state", "state"),
        {"sqlite_autoincrement": True},  # the queue knows a job by its number
    )
    id: Mapped[primary_key]
    kind: Mapped[code]  # a key of ``kinds.KINDS``
    subject: Mapped[code]  # what it is about, as the log writes it: "contest:12"
    title: Mapped[name]
    unit_id: Mapped[int] = reference("unit.id")  # when it was asked for; whose rights count: ``queries.unit_of``
    made_by_id: Mapped[int] = reference("user_account.id")
    parameters: Mapped[Json]
    state: Mapped[State] = mapped_column(stored_enum(State), default=State.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)  # 0 while nobody can say
    runs: Mapped[int] = mapped_column(default=0)  # how often it was begun: only the last run may write
    tries_left: Mapped[int] = mapped_column(default=MOST_TRIES)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    problem: Mapped[prose] = mapped_column(default="")  # what a person is told when it failed
    facts: Mapped[Json] = mapped_column(default=dict)  # what the work found out and others need ("digest")
    filename: Mapped[name] = mapped_column(default="")  # empty: a kind without a file
    media_type: Mapped[str] = mapped_column(String(128), default="")
    size: Mapped[int] = mapped_column(default=0)  # bytes
    target: Mapped[name] = mapped_column(default="")  # the page that shows the outcome, a path on this site

    unit: Mapped[Unit] = relationship()


class JobPiece(db.Model):
    """A part of a job's file: any node can send it, and nobody holds the whole in memory."""

    __tablename__ = "job_piece"
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    data: Mapped[bytes] = mapped_column(LargeBinary)
