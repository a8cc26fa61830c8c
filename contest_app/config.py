"""Every setting the program reads from its environment, and nothing else reads the environment.

docs/operators.md describes each variable; a test keeps the two in step.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "chi-dung-khi-phat-trien"  # noqa: S105 - refused in production below


class SettingsError(Exception):
    """The environment cannot be used; the message says which variable and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    environment: str = "development"  # APP_ENV: development, test or production
    secret_key: str = DEVELOPMENT_SECRET  # SECRET_KEY
    database_url: str = ""  # DATABASE_URL
    pool_size: int = 8  # DATABASE_POOL_SIZE: connections a process keeps to PostgreSQL, one for each of its threads
    upload_limit_mb: int = 20  # UPLOAD_LIMIT_MB
    limiter_storage: str = "memory://"  # LIMITER_STORAGE_URL
    trusted_proxies: int = 0  # TRUSTED_PROXIES: how many hops of X-Forwarded-* to believe
    public_url: str = ""  # PUBLIC_URL: printed in links and QR codes when set
    job_queue_url: str = ""  # JOB_QUEUE_URL: sqlite:///path or redis://...; beside the database when empty

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read and validate.

        :raises SettingsError: a number that is none, or a production start with the development secret.
        """
        settings = cls(
            environment=environ.get("APP_ENV", "development"),
            secret_key=environ.get("SECRET_KEY", DEVELOPMENT_SECRET),
            database_url=environ.get("DATABASE_URL", f"sqlite:///{ROOT / 'instance' / 'contest.db'}"),
            pool_size=_number(environ, "DATABASE_POOL_SIZE", 8),
            upload_limit_mb=_number(environ, "UPLOAD_LIMIT_MB", 20),
            limiter_storage=environ.get("LIMITER_STORAGE_URL", "memory://"),
            trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0),
            public_url=environ.get("PUBLIC_URL", "").rstrip("/"),
            job_queue_url=environ.get("JOB_QUEUE_URL", ""),
        )
        settings.validate()
        return settings

    def validate(self) -> None:
        if self.environment not in ("development", "test", "production"):
            raise SettingsError(f"APP_ENV={self.environment!r}: expected development, test or production")
        if self.is_production and (self.secret_key == DEVELOPMENT_SECRET or len(self.secret_key) < 32):
            raise SettingsError("SECRET_KEY: production needs a secret of its own, at least 32 characters")

        if self.job_queue_url and not self.job_queue_url.startswith(("sqlite:///", "redis://", "rediss://")):
            raise SettingsError("JOB_QUEUE_URL: expected sqlite:///path or redis://host:port")

    @property
    def job_queue(self) -> str:
        """Where background jobs queue: as set, otherwise a file beside an SQLite database or in the instance folder."""
        if self.job_queue_url:
            return self.job_queue_url
        database = self.database_url.removeprefix("sqlite:///")
        is_file = database != self.database_url and database != ""
        instance = ROOT / "instance"  # where a relative path of the database begins, too
        return f"sqlite:///{(instance / database).with_suffix('.viec-nen.db') if is_file else instance / 'viec-nen.db'}"

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    def _engine_options(self) -> dict[str, object]:
        return {"pool_size": self.pool_size} if self.database_url.startswith("postgresql") else {}

    def flask_config(self) -> dict[str, object]:
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "TESTING": self.environment == "test",
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "SEND_FILE_MAX_AGE_DEFAULT": 3600,
            "MAX_CONTENT_LENGTH": self.upload_limit_mb * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session: nobody loses a paper to one hour
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.is_production,
            "PERMANENT_SESSION_LIFETIME": 12 * 3600,
            "BOOTSTRAP_SERVE_LOCAL": True,
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
            "RATELIMIT_STORAGE_URI": self.limiter_storage,
            "RATELIMIT_ENABLED": self.environment != "test",
            "RATELIMIT_HEADERS_ENABLED": False,
        }


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise SettingsError(f"{name}={text!r}: expected a whole number")
    return int(text)
