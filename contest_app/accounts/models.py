"""Units, accounts and the roles that tie them together."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Optional

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, Enum, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from contest_app.db_types import code, name, primary_key, prose, reference
from contest_app.extensions import db, login_manager

if TYPE_CHECKING:
    from contest_app.contests.models import Contest


def stored_enum(values: type[StrEnum]) -> Enum:
    """An enum kept as its value in a plain text column."""
    return Enum(values, native_enum=False, length=32, values_callable=lambda kinds: [kind.value for kind in kinds])


class UnitKind(StrEnum):
    PROVINCE = "province"
    COMMUNE = "commune"
    SCHOOL = "school"
    AGENCY = "agency"
    CLASS = "class"
    BRANCH = "branch"


class Role(StrEnum):
    CONTESTANT = "contestant"
    SETTER = "setter"  # writes questions
    REVIEWER = "reviewer"  # approves questions others wrote
    JUDGE = "judge"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


class Unit(db.Model):
    """A place in the tree province > commune > school/agency > class/branch."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("headcount IS NULL OR headcount >= 0", "headcount_not_negative"),
        Index("ix_unit_path", "path"),
    )
    id: Mapped[primary_key]
    code: Mapped[code]
    name: Mapped[name]
    folded_name: Mapped[name]
    kind: Mapped[UnitKind] = mapped_column(stored_enum(UnitKind))
    parent_id: Mapped[int | None] = reference("unit.id", nullable=True)
    path: Mapped[str] = mapped_column(String(255), default="")  # "/1/5/9/": ids from the root down to this one
    headcount: Mapped[int | None]  # people who could take part: the denominator of participation

    parent: Mapped[Optional["Unit"]] = relationship(remote_side="Unit.id")

    def lies_within(self, other: "Unit") -> bool:
        return self.path.startswith(other.path)

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2


LOGIN_PATTERN = r"[a-z0-9._@+-]{3,64}"
PHONE_PATTERN = r"(?:\+84|0)[0-9]{9,10}"


class User(db.Model, UserMixin):
    """An account. Only what a rule needs: no address, no identity-card number."""

    __tablename__ = "user_account"
    __table_args__ = (
        UniqueConstraint("login"),
        UniqueConstraint("phone"),
        CheckConstraint("failed_logins >= 0", "failed_logins_not_negative"),
    )
    id: Mapped[primary_key]
    login: Mapped[code]
    full_name: Mapped[name]
    folded_name: Mapped[name]
    birth_year: Mapped[int | None]
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(255))
    unit_id: Mapped[int | None] = reference("unit.id", nullable=True)
    password_hash: Mapped[name]
    is_self_registered: Mapped[bool] = mapped_column(default=False)  # made by its owner, not from a roster
    must_change_password: Mapped[bool] = mapped_column(default=False)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]  # a code works once: RFC 6238, section 5.2
    session_key: Mapped[str] = mapped_column(String(32), default="")  # changing it logs every device out
    created_at: Mapped[datetime]

    unit: Mapped[Unit | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    def get_id(self) -> str:
        return f"{self.id}.{self.session_key}"

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    @property
    def is_staff(self) -> bool:
        return any(grant.role is not Role.CONTESTANT for grant in self.grants)

    @property
    def needs_second_factor(self) -> bool:
        """Whoever may see keys or change a contest; a judge only sees results."""
        return any(grant.role not in (Role.CONTESTANT, Role.JUDGE) for grant in self.grants)


class RoleGrant(db.Model):
    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "unit_id"),)
    id: Mapped[primary_key]
    user_id: Mapped[int] = reference("user_account.id", ondelete="CASCADE")
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    unit_id: Mapped[int] = reference("unit.id")

    user: Mapped[User] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship()


class RecoveryCode(db.Model):
    """A code that replaces the second factor once."""

    __tablename__ = "recovery_code"
    id: Mapped[primary_key]
    user_id: Mapped[int] = reference("user_account.id", ondelete="CASCADE")
    code_hash: Mapped[name]
    used_at: Mapped[datetime | None]


class Consent(db.Model):
    """One purpose agreed to, with the words that were agreed to (Law 91/2025/QH15, art. 9)."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_user_purpose", "user_id", "purpose", "contest_id"),)
    id: Mapped[primary_key]
    user_id: Mapped[int] = reference("user_account.id", index=False)
    contest_id: Mapped[int | None] = reference("contest.id", nullable=True)
    purpose: Mapped[code]
    text_version: Mapped[code]
    text: Mapped[prose]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    contest: Mapped[Optional["Contest"]] = relationship()


@login_manager.user_loader
def load_user(session_id: str) -> User | None:
    number, _, session_key = session_id.partition(".")
    roles = joinedload(User.grants).joinedload(RoleGrant.unit)  # every page asks for them: one query, not three
    user = db.session.get(User, int(number), options=[roles]) if number.isdigit() else None
    usable = user is not None and user.is_active and user.session_key == session_key
    return user if usable else None
