"""Contests, their rules in versions, their rounds, and who has joined."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import Unit, User
from contest_app.bank.models import QuestionBank
from contest_app.db_types import Json, code, name, primary_key, prose, reference
from contest_app.extensions import db
from contest_app.rules.model import Rules
from scoring.timing import RoundPhase, Window


class Contest(db.Model):
    __tablename__ = "contest"
    __table_args__ = (UniqueConstraint("slug"),)
    id: Mapped[primary_key]
    slug: Mapped[code]
    title: Mapped[name]
    unit_id: Mapped[int] = reference("unit.id")
    bank_id: Mapped[int] = reference("question_bank.id")
    rules_document: Mapped[Json]  # the current version's document, as validated
    rules_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    opened_at: Mapped[datetime | None]  # when the organiser made it public and its pools were prepared
    rules_pinned_at: Mapped[datetime | None]  # first attempt: from here a change is a new version with a reason
    # The three release switches: shown from this moment on; None keeps it closed.
    mark_release_at: Mapped[datetime | None]
    key_release_at: Mapped[datetime | None]
    ranking_release_at: Mapped[datetime | None]
    results_digest: Mapped[str | None] = mapped_column(String(64))
    results_frozen_at: Mapped[datetime | None]
    # As frozen: the whole contest's collective table under "", those of rounds by id, units' names under "names".
    frozen_units: Mapped[Json | None] = mapped_column(deferred=True)
    ended_acts: Mapped[Json | None]  # opened although questions cite ended acts: {"acts", "reason", "by", "at"}

    unit: Mapped[Unit] = relationship()
    bank: Mapped[QuestionBank] = relationship()
    rounds: Mapped[list["Round"]] = relationship(back_populates="contest", order_by="Round.opens_at")

    @property
    def rules(self) -> Rules:
        """The current version, parsed once for as long as it is the current one."""
        known = self.__dict__.get("_parsed_rules")
        if known is None or known[0] != self.rules_version:
            known = self.__dict__["_parsed_rules"] = (self.rules_version, Rules.model_validate(self.rules_document))
        parsed: Rules = known[1]
        return parsed

    @property
    def official_rounds(self) -> list["Round"]:
        return [one for one in self.rounds if not one.is_mock]


class ContestRulesVersion(db.Model):
    __tablename__ = "contest_rules_version"
    __table_args__ = (UniqueConstraint("contest_id", "number"),)
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    number: Mapped[int]
    document: Mapped[Json]
    reason: Mapped[prose]
    author_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    created_at: Mapped[datetime]


class Round(db.Model):
    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("contest_id", "code"),
        CheckConstraint("closes_at > opens_at", "closes_after_it_opens"),
    )
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    code: Mapped[code]
    name: Mapped[name]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    is_mock: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # seeds every paper; published after the round closes
    commitment: Mapped[code]  # SHA-256 of the secret, published when the round opens
    # Prepared candidates per blueprint cell, fixed at opening; large, so loaded only when a process first draws.
    pool: Mapped[Json | None] = mapped_column(deferred=True)
    pool_digest: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the pool as published

    contest: Mapped[Contest] = relationship(back_populates="rounds")

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)

    def phase(self, now: datetime) -> RoundPhase:
        return self.window.phase(now)


class Participation(db.Model):
    """One person in one contest, with what they declared on joining."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("contest_id", "user_id"),)
    id: Mapped[primary_key]
    contest_id: Mapped[int] = reference("contest.id", index=False)
    user_id: Mapped[int] = reference("user_account.id")
    full_name: Mapped[name]
    birth_year: Mapped[int | None]
    unit_id: Mapped[int | None] = reference("unit.id", nullable=True)
    group_code: Mapped[str] = mapped_column(String(64), default="")
    fields: Mapped[Json]  # what else the contest asked for
    shows_name: Mapped[bool] = mapped_column(default=False)  # consent to be named in public
    has_rated: Mapped[bool] = mapped_column(default=False)  # that they rated the contest, not how
    joined_at: Mapped[datetime]

    contest: Mapped[Contest] = relationship()
    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()

    @property
    def number(self) -> str:
        """The contestant's number, e.g. "00017"."""
        return f"{self.id:05}"

    @property
    def declared(self) -> dict[str, Any]:
        return {
            "full_name": self.full_name,
            "birth_year": self.birth_year,
            "unit": str(self.unit_id or ""),
            **self.fields,
        }
