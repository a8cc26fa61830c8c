"""How Alembic meets the application: its engine, its models, batch mode for SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

_migrate = current_app.extensions["migrate"]


def _keep_own_types(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as what the database stores, so that a migration never depends on today's code."""
    from contest_app.db_types import Points, UTCDateTime

    if kind == "type" and isinstance(item, Points):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


@contextmanager
def _tables_may_be_replaced(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: meanwhile nothing may watch what refers to the old one.

    :raises RuntimeError: when a reference leads nowhere afterwards.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # takes effect only outside a transaction
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"references lead nowhere: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    with _migrate.db.engine.connect() as connection, _tables_may_be_replaced(connection):
        context.configure(
            connection=connection,
            target_metadata=_migrate.db.metadata,
            render_item=_keep_own_types,
            **_migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
