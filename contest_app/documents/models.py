"""How a unit's documents look, and which numbers it has given."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import Unit, User
from contest_app.contests.models import Contest
from contest_app.db_types import Json, JsonList, code, name, primary_key, reference
from contest_app.extensions import db

HIGHEST = 99_999  # of a document's number


class UnitLetterhead(db.Model):
    """What a unit set for its documents; without it all follows from its name and place in the tree."""

    __tablename__ = "unit_letterhead"
    __table_args__ = (UniqueConstraint("unit_id"),)
    id: Mapped[primary_key]
    unit_id: Mapped[int] = reference("unit.id", index=False)
    superior: Mapped[name]
    issuer: Mapped[name]  # may hold a line break
    place: Mapped[name]
    authority: Mapped[name]
    signer_lines: Mapped[JsonList]
    signer_name: Mapped[name]
    recipients: Mapped[JsonList]
    archive: Mapped[name]
    symbols: Mapped[Json]  # kind to symbol
    numbers: Mapped[Json]  # kind to [year, next number, numbers above it that were given before it was set]
    changed_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship()


class IssuedDocument(db.Model):
    """A document that was made. One number of a kind and year belongs to one contest's document."""

    __tablename__ = "issued_document"
    __table_args__ = (UniqueConstraint("unit_id", "kind", "year", "number"),)
    id: Mapped[primary_key]
    unit_id: Mapped[int] = reference("unit.id", index=False)
    contest_id: Mapped[int] = reference("contest.id")
    kind: Mapped[code]
    year: Mapped[int]
    number: Mapped[int | None]  # None: the number was left to be written in by hand
    symbol: Mapped[code] = mapped_column(default="")
    issued_on: Mapped[date]
    bases: Mapped[JsonList]  # ids of the acts cited, which the next document of the kind proposes again
    said: Mapped[Json] = mapped_column(default=dict)  # what the form said, by field, to make the document again
    made_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    made_at: Mapped[datetime]

    contest: Mapped[Contest] = relationship()
    made_by: Mapped[User | None] = relationship()
