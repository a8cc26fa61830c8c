"""What evaluating needs to keep: counts of visits and ratings that name nobody, and evaluations once computed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contest_app.db_types import Json, primary_key, reference
from contest_app.extensions import db


class VisitCount(db.Model):
    """How often a contest's page was opened in one hour; nothing about who did."""

    __tablename__ = "visit_count"
    __table_args__ = (UniqueConstraint("contest_id", "hour"),)
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    hour: Mapped[datetime]  # its beginning
    visits: Mapped[int]


class RatingCount(db.Model):
    """How many gave a contest so many points. A rating is added here and kept nowhere else.

    ``waiting`` ones are told only when five have come together: who looks before and after one rating learns nothing.
    """

    __tablename__ = "rating_count"
    __table_args__ = (
        UniqueConstraint("contest_id", "score"),
        CheckConstraint("score BETWEEN 1 AND 5", "one_to_five"),
    )
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    score: Mapped[int]
    ratings: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)


class StoredEvaluation(db.Model):
    """The last evaluation of a contest, ready to be shown."""

    __tablename__ = "evaluation"
    __table_args__ = (UniqueConstraint("contest_id"),)
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    made_at: Mapped[datetime]
    document: Mapped[Json]  # exports.evaluation.Evaluation, without words
