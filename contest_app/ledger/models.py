"""What was done to spread the law, one row an activity; and the statistics forms an office fills from it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import Unit, User
from contest_app.contests.models import Contest
from contest_app.db_types import JsonList, code, name, primary_key, prose, reference
from contest_app.extensions import db


class Activity(db.Model):
    """One activity of a unit. A contest leaves its record when its results are frozen."""

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("contest_id"),
        CheckConstraint("ended_on >= began_on", "ends_after_it_begins"),
        CheckConstraint("cost IS NULL OR cost >= 0", "cost_not_negative"),
        CheckConstraint("people >= 0 AND attempts >= 0", "counts_not_negative"),
        Index("ix_activity_unit_ended_on", "unit_id", "ended_on"),
        {"sqlite_autoincrement": True},  # the log knows an activity by its number
    )
    id: Mapped[primary_key]
    unit_id: Mapped[int] = reference("unit.id", index=False)
    contest_id: Mapped[int | None] = reference("contest.id", index=False, nullable=True)
    title: Mapped[name]
    began_on: Mapped[date]
    ended_on: Mapped[date]  # the last day: the one that decides in which period it counts
    form: Mapped[code]  # a key of ``forms_of_dissemination.FORMS``
    topic: Mapped[prose] = mapped_column(default="")  # several are parted by semicolons
    audience: Mapped[prose] = mapped_column(default="")
    people: Mapped[int]
    attempts: Mapped[int]
    cost: Mapped[int | None] = mapped_column(BigInteger)  # VND; None: not stated
    evidence: Mapped[prose] = mapped_column(default="")  # a link or a document's number; "": the contest's public page
    note: Mapped[prose] = mapped_column(default="")
    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)

    unit: Mapped[Unit] = relationship()
    contest: Mapped[Contest | None] = relationship()
    updated_by: Mapped[User | None] = relationship()


class StatisticsTemplate(db.Model):
    """A form an office was given as an Excel file, and which number goes into which of its cells."""

    __tablename__ = "statistics_template"
    __table_args__ = (UniqueConstraint("unit_id", "name"), {"sqlite_autoincrement": True})
    id: Mapped[primary_key]
    unit_id: Mapped[int] = reference("unit.id", index=False)
    name: Mapped[name]
    period_kind: Mapped[code]  # the period it is usually filled for, a key of ``periods.KINDS``
    filename: Mapped[name]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    mapping: Mapped[JsonList]  # [{"sheet", "cell", "fact", "scope"}]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    checked_at: Mapped[datetime | None]  # when somebody confirmed form and mapping; None: "cần đối chiếu"
    checked_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)

    unit: Mapped[Unit] = relationship()
    uploaded_by: Mapped[User | None] = relationship(foreign_keys="StatisticsTemplate.uploaded_by_id")
    checked_by: Mapped[User | None] = relationship(foreign_keys="StatisticsTemplate.checked_by_id")

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None
