"""Standings as computed: one owner writes them, pages read them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.contests.models import Participation
from contest_app.db_types import JsonList, primary_key, prose, reference
from contest_app.extensions import db


class Standing(db.Model):
    """A contestant's place in a round, or in the whole contest when ``round_id`` is empty."""

    __tablename__ = "standing"
    __table_args__ = (
        UniqueConstraint("contest_id", "round_id", "participation_id"),
        Index("ix_standing_rank", "contest_id", "round_id", "rank"),
    )
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    round_id: Mapped[int | None] = reference("round.id", index=False, nullable=True)
    participation_id: Mapped[int] = reference("participation.id", index=True)
    rank: Mapped[int]
    group_rank: Mapped[int]  # among the contestant's own group; equals rank where there are no groups
    decided_by: Mapped[str] = mapped_column(default="")  # the key that put it behind the one above
    score: Mapped[Decimal]
    max_score: Mapped[Decimal]
    seconds: Mapped[Decimal]
    prediction: Mapped[int | None]
    prediction_distance: Mapped[int | None]
    submitted_at: Mapped[datetime]
    attempts: Mapped[int]
    sittings: Mapped[JsonList]  # ids of the attempts that count
    award: Mapped[str] = mapped_column(String(255), default="")

    participation: Mapped[Participation] = relationship()


class StandingsRun(db.Model):
    """When the standings were last computed, and what the prediction question came to. Ranked anew, it is a new row."""

    __tablename__ = "standings_run"
    __table_args__ = (
        UniqueConstraint("contest_id", "round_id"),
        {"sqlite_autoincrement": True},  # an evaluation knows the ranking it was made from by its number
    )
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    round_id: Mapped[int | None] = reference("round.id", index=False, nullable=True)
    computed_at: Mapped[datetime]
    attempts: Mapped[int | None]  # how many were ranked; None in runs made before this was kept
    prediction_actual: Mapped[int | None]


class EssayMark(db.Model):
    """What a judge gave an answer that only people can mark."""

    __tablename__ = "essay_mark"
    __table_args__ = (UniqueConstraint("attempt_id", "place"),)
    id: Mapped[primary_key]
    attempt_id: Mapped[int] = reference("attempt.id", index=False)
    place: Mapped[int]  # in the paper, from 1
    points: Mapped[Decimal]  # as given: exact, where a share of thirds would not be
    note: Mapped[prose]
    judge_id: Mapped[int] = reference("user_account.id")
    marked_at: Mapped[datetime]


class KeyCorrection(db.Model):
    """A key mended for one contest after people answered; the version itself stays as it was sat."""

    __tablename__ = "key_correction"
    __table_args__ = (Index("ix_key_correction_contest", "contest_id", "question_version_id"),)
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    question_version_id: Mapped[int] = reference("question_version.id", index=False)
    correct: Mapped[JsonList]  # positions of the right options, in the order the bank has them
    credits_everyone: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[prose]
    author_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    made_at: Mapped[datetime]
    changed_attempts: Mapped[int] = mapped_column(default=0)
