"""What can be done with accounts. Every verb takes the session, values and ``now``."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest_app.accounts import passwords
from contest_app.accounts.consents import Purpose, consent_text
from contest_app.accounts.models import Consent, RecoveryCode, Role, RoleGrant, Unit, User
from contest_app.audit.services import Event, record
from contest_app.web.refusal import Refusal
from question_bank.text import fold

FAILURES_BEFORE_LOCK = 5
LOCK_TIME = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NewAccount:
    login: str
    full_name: str
    password: str
    birth_year: int | None = None
    phone: str | None = None
    email: str | None = None
    unit_id: int | None = None
    password_hash: str = ""  # made beforehand, where many are: hashing takes longer than a lock should be held
    is_self_registered: bool = False


def _nothing() -> None:
    """What most callers have to do before writing."""


def create_account(session: Session, new: NewAccount, now: datetime, *, one_time: bool = False) -> User:
    """:raises Refusal: login_taken."""
    login = new.login.strip().lower()
    if session.scalar(select(User.id).where(User.login == login)) is not None:
        raise Refusal("login_taken")
    user = User(
        login=login,
        full_name=new.full_name,
        folded_name=fold(new.full_name),
        birth_year=new.birth_year,
        phone=new.phone or None,
        email=new.email or None,
        unit_id=new.unit_id,
        password_hash=new.password_hash or _hash_or_unusable(new.password),
        is_self_registered=new.is_self_registered,
        must_change_password=one_time,
        session_key=secrets.token_hex(8),
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:  # taken since we looked: a form sent twice
        raise Refusal("login_taken") from error
    return user


def _hash_or_unusable(password: str) -> str:
    return passwords.hash_password(password) if password else passwords.UNUSABLE


def log_in(
    session: Session, login: str, password: str, now: datetime, *, before_writing: Callable[[], None] = _nothing
) -> User:
    """The account whose password this is. Failures are counted; the caller commits them.

    :raises Refusal: login_failed, locked.
    """
    user = session.scalar(select(User).where(User.login == login.strip().lower()))
    usable = user if user is not None and user.is_active else None
    matches = passwords.password_matches(usable.password_hash if usable else passwords.DUMMY_HASH, password)
    before_writing()
    if usable is None:
        raise Refusal("login_failed", 401)
    _refuse_locked(usable, now)
    if not matches:
        _count_failure(session, usable, now)
        raise Refusal("login_failed", 401)
    # With a second factor to come, only passing that one clears the count.
    if not usable.totp_confirmed_at:
        usable.failed_logins, usable.locked_until = 0, None
    return usable


def _refuse_locked(user: User, now: datetime) -> None:
    if user.locked_until and now < user.locked_until:
        raise Refusal("locked", 429, minutes=ceil((user.locked_until - now) / timedelta(minutes=1)))


def _count_failure(session: Session, user: User, now: datetime) -> None:
    user.failed_logins += 1
    if user.failed_logins >= FAILURES_BEFORE_LOCK:
        user.failed_logins, user.locked_until = 0, now + LOCK_TIME
        until = user.locked_until.isoformat()
        record(session, Event.ACCOUNT_LOCKED, f"user:{user.id}", actor_id=None, now=now, until=until)


def check_second_factor(session: Session, user: User, code: str, now: datetime) -> None:
    """Accept a current code (each once) or an unused recovery code.

    :raises Refusal: code_failed, locked.
    """
    _refuse_locked(user, now)
    step = passwords.matching_step(user.totp_secret or "", code.replace(" ", ""), now) if user.totp_secret else None
    if step is not None and step > (user.totp_last_step or 0):
        user.totp_last_step = step
    elif not _use_recovery_code(session, user, code, now):
        _count_failure(session, user, now)
        raise Refusal("code_failed", 401)
    user.failed_logins, user.locked_until = 0, None


def _use_recovery_code(session: Session, user: User, code: str, now: datetime) -> bool:
    unused = select(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    if code.count("-") != 2:
        return False
    for recovery in session.scalars(unused):
        if passwords.password_matches(recovery.code_hash, code.strip().lower()):
            recovery.used_at = now
            return True
    return False


def confirm_second_factor(
    session: Session, user: User, code: str, now: datetime, *, before_writing: Callable[[], None] = _nothing
) -> list[str]:
    """Switch the second factor on with a first code; returns the recovery codes, shown once.

    :raises Refusal: code_failed.
    """
    step = passwords.matching_step(user.totp_secret or "", code.replace(" ", ""), now)
    if step is None:
        raise Refusal("code_failed", 422)
    codes = passwords.new_recovery_codes()
    hashes = [passwords.hash_password(code) for code in codes]
    before_writing()
    user.totp_confirmed_at, user.totp_last_step = now, step
    for old in session.scalars(select(RecoveryCode).where(RecoveryCode.user_id == user.id)):
        session.delete(old)
    session.add_all(RecoveryCode(user_id=user.id, code_hash=code_hash) for code_hash in hashes)
    return codes


def change_password(
    session: Session, user: User, password: str, *, before_writing: Callable[[], None] = _nothing
) -> None:
    """Also logs out every other device."""
    password_hash = passwords.hash_password(password)
    before_writing()
    user.password_hash = password_hash
    user.must_change_password = False
    user.failed_logins, user.locked_until = 0, None
    user.session_key = secrets.token_hex(8)
    session.flush()


def reset_password(session: Session, user: User, *, actor_id: int, remove_second_factor: bool, now: datetime) -> str:
    """A new one-time password for somebody who forgot theirs; logs them out everywhere."""
    password = passwords.one_time_password()
    change_password(session, user, password)
    user.must_change_password = True
    if remove_second_factor:
        user.totp_secret = user.totp_confirmed_at = user.totp_last_step = None
    record(
        session, Event.PASSWORD_RESET, f"user:{user.id}", actor_id=actor_id, now=now,
        second_factor_removed=remove_second_factor,
    )  # fmt: skip
    return password


def grant_role(session: Session, user: User, role: Role, unit: Unit, *, actor_id: int | None, now: datetime) -> None:
    """Doing it twice changes nothing."""
    if any(grant.role is role and grant.unit_id == unit.id for grant in user.grants):
        return
    user.grants.append(RoleGrant(role=role, unit=unit))
    record(session, Event.ROLE_GRANTED, f"user:{user.id}", actor_id=actor_id, now=now, role=role.value, unit=unit.code)


def revoke_role(session: Session, user: User, grant_id: int, *, actor_id: int, now: datetime) -> None:
    """:raises NotYours: when the grant is not this user's."""
    grant = next((one for one in user.grants if one.id == grant_id), None)
    if grant is None:
        raise Refusal("not_found", 404)
    record(
        session, Event.ROLE_REVOKED, f"user:{user.id}", actor_id=actor_id, now=now,
        role=grant.role.value, unit=grant.unit.code,
    )  # fmt: skip
    user.grants.remove(grant)


def give_consent(
    session: Session, user_id: int, purpose: Purpose, now: datetime, *, contest_id: int | None = None
) -> None:
    """Store the consent with the very words shown; one already standing is left alone."""
    if standing_consent(session, user_id, purpose, contest_id) is None:
        version, text = consent_text(purpose)
        session.add(
            Consent(
                user_id=user_id,
                contest_id=contest_id,
                purpose=purpose.value,
                text_version=version,
                text=text,
                given_at=now,
            )
        )


def withdraw_consent(
    session: Session, user_id: int, purpose: Purpose, now: datetime, *, contest_id: int | None = None
) -> None:
    consent = standing_consent(session, user_id, purpose, contest_id)
    if consent is not None:
        consent.withdrawn_at = now


def standing_consent(session: Session, user_id: int, purpose: Purpose, contest_id: int | None) -> Consent | None:
    return session.scalar(
        select(Consent).where(
            Consent.user_id == user_id,
            Consent.purpose == purpose.value,
            Consent.contest_id == contest_id if contest_id is not None else Consent.contest_id.is_(None),
            Consent.withdrawn_at.is_(None),
        )
    )
