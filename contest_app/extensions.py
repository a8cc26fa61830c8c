"""The Flask extensions, made once, and how the program talks to its database."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import current_app, g, has_request_context, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Session, registry

from contest_app.db_types import type_annotation_map

_metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


View = TypeVar("View", bound=Callable[..., Any])


class Base(DeclarativeBase):
    # Flask-SQLAlchemy copies the class, which SQLAlchemy 2.1 allows only with the map given to the registry.
    registry = registry(metadata=_metadata, type_annotation_map=type_annotation_map)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
bootstrap = Bootstrap5()
babel = Babel()
limiter = Limiter(get_remote_address, default_limits=[])

# Reads that need no write lock; everything else takes SQLite's lock at once, so that
# a transaction that read first can never find the database changed under it (SQLITE_BUSY_SNAPSHOT).
_READING = {"GET", "HEAD", "OPTIONS"}


PATIENCE = 15_000  # milliseconds a writer waits for SQLite's lock


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE}"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    options = connection.get_execution_options()
    wants_lock, patience = options.get("writes", not _is_only_reading()), options.get("patience", PATIENCE)
    if patience != PATIENCE:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if wants_lock else "BEGIN")
    finally:
        if patience != PATIENCE:  # who gets the connection next is as patient as ever
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")


def _is_only_reading() -> bool:
    if not has_request_context():
        return False
    if request.method in _READING:
        return True
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "reads_first", False) and not g.get("is_writing", False)


def reads_first(view: View) -> View:
    """For a view that works long before it writes (parsing, hashing, building a workbook): no lock until it asks.

    SQLite has one writer; a roster of 800 passwords must not keep every contestant's save waiting.
    """
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def begin_writing() -> None:
    """End the reading part of a ``reads_first`` view: what was read is read anew, under the lock."""
    g.is_writing = True
    db.session.commit()


@contextmanager
def separate_transaction(patience: int = PATIENCE) -> Iterator[Session]:
    """A short transaction of its own, for a write that a page view sets off (closing what is overdue).

    :raises OperationalError: SQLite's lock was not free within ``patience`` milliseconds.
    """
    with Session(db.engine.execution_options(writes=True, patience=patience)) as session, session.begin():
        yield session


@contextmanager
def snapshot() -> Iterator[Session]:
    """A session that only reads, everything as it was at the first query: long work must not keep savers waiting."""
    engine = db.engine.execution_options(writes=False)
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as session:
        yield session
