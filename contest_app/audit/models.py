"""The log: each line carries the hash of the one before, so that a line taken out or changed shows."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest_app.accounts.models import User
from contest_app.db_types import Json, code, primary_key, reference
from contest_app.extensions import db


class AuditEntry(db.Model):
    __tablename__ = "audit_entry"
    # One successor per line: two writers cannot both append to the same end.
    __table_args__ = (UniqueConstraint("previous_hash"),)
    id: Mapped[primary_key]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = reference("user_account.id", nullable=True)
    event: Mapped[code] = mapped_column(index=True)
    subject: Mapped[code] = mapped_column(index=True)  # "contest:5", "attempt:17"
    details: Mapped[Json]
    previous_hash: Mapped[code]
    hash: Mapped[code]

    actor: Mapped[User | None] = relationship()

    def computed_hash(self) -> str:
        content: list[Any] = [
            self.previous_hash, self.at.isoformat(), self.actor_id, self.event, self.subject, self.details,
        ]  # fmt: skip
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
