"""How Alembic meets the application: its engine, its models, batch mode for SQLite."""

from alembic import context
from flask import current_app

_migrate = current_app.extensions["migrate"]


def _keep_own_types(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as what the database stores, so that a migration never depends on today's code."""
    from contest_app.db_types import Points, UTCDateTime

    if kind == "type" and isinstance(item, Points):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    with _migrate.db.engine.connect() as connection:
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
