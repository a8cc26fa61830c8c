"""Passwords and second factors: argon2id, TOTP (RFC 6238), recovery codes."""

import secrets
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# RFC 9106's second recommended option, scaled to a commune's small computer: 19 MiB, 2 passes, 1 lane (OWASP's floor).
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
UNUSABLE = "!"
# Without letters and digits that look alike when printed: 0/O, 1/l/I.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
STEP_SECONDS = 30


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def password_matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


# Checked when no account exists, so that the answer takes as long as for one that does.
DUMMY_HASH = hash_password(secrets.token_hex(8))


def one_time_password() -> str:
    """Three groups of four readable characters: about 59 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(3))


def new_totp_secret() -> str:
    return pyotp.random_base32()


def totp_uri(secret: str, login: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Thi phap luat")


def current_code(secret: str, now: datetime) -> str:
    return pyotp.TOTP(secret).at(now)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step a code belongs to, one step of clock drift allowed either way; None when it fits none."""
    if not code.isascii():
        return None  # which ``compare_digest`` refuses
    totp = pyotp.TOTP(secret)
    step = int(now.timestamp()) // STEP_SECONDS
    tried = (step, step - 1, step + 1)
    return next((one for one in tried if secrets.compare_digest(totp.at(one * STEP_SECONDS), code)), None)


def new_recovery_codes() -> list[str]:
    return ["-".join(secrets.token_hex(2) for _ in range(3)) for _ in range(8)]
