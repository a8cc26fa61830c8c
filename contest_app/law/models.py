"""Legal documents as the register keeps them."""

from datetime import date, datetime, timedelta
from typing import Optional

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.db_types import code, name, primary_key, prose, reference
from contest_app.extensions import db


class LegalDocument(db.Model):
    """One act, known by its number. Questions bring new ones in; somebody completes and checks them."""

    __tablename__ = "legal_document"
    __table_args__ = (
        UniqueConstraint("folded_number"),
        CheckConstraint(
            "in_force_to IS NULL OR in_force_from IS NULL OR in_force_to >= in_force_from", "ends_after_start"
        ),
        {"sqlite_autoincrement": True},  # the log knows a document by its number
    )
    id: Mapped[primary_key]
    number: Mapped[code]  # as printed: "26/2023/QH15"
    folded_number: Mapped[code]  # the same for "168/2024/NĐ-CP" and "168/2024/nd-cp"
    title: Mapped[name]
    issued_on: Mapped[date | None]
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]  # the last day it binds; None while it does
    replaced_by_id: Mapped[int | None] = reference("legal_document.id", nullable=True)
    note: Mapped[prose] = mapped_column(default="")
    checked_at: Mapped[datetime | None]  # when somebody last confirmed these dates; None: only taken from a question
    checked_by_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    created_at: Mapped[datetime]

    replaced_by: Mapped[Optional["LegalDocument"]] = relationship(remote_side="LegalDocument.id")

    @property
    def void_from(self) -> date | None:
        """The first day it no longer binds, as notices put it."""
        return self.in_force_to and self.in_force_to + timedelta(days=1)

    def has_ended(self, on: date) -> bool:
        """Whether it no longer binds on that day."""
        return self.in_force_to is not None and on > self.in_force_to
