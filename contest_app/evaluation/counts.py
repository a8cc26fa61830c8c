"""Counters in the database that several may raise at the same time."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session


def add_to(session: Session, counter: InstrumentedAttribute[int], amount: int, **row: Any) -> None:
    """Raise ``counter`` in the row these columns name (they are unique together); it is made where it is missing."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    inserted = dialect.insert(counter.class_).values({**row, counter.key: amount})
    session.execute(inserted.on_conflict_do_update(index_elements=list(row), set_={counter.key: counter + amount}))
