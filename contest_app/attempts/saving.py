"""The path that must hold at eight o'clock: one guarded statement in one round trip, no ORM, no user.

The guard: highest revision wins, nothing after the deadline, nothing once closed, nothing from a device that has
been taken over.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, Row, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql import Executable

from contest_app.attempts.models import Attempt, LateSheet
from contest_app.extensions import db
from contest_app.web.refusal import NotYours, Refusal
from scoring.timing import seconds_left

_attempt: Table = Attempt.__table__  # type: ignore[assignment]
_late: Table = LateSheet.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the page is told: nothing is called saved without one."""

    revision: int
    saved_at: datetime
    seconds_left: float


_SAVE = (
    update(_attempt)
    .where(
        _attempt.c.id == bindparam("at"),
        _attempt.c.revision < bindparam("new_revision"),
        _attempt.c.seat == bindparam("held_seat"),
        _attempt.c.closed_at.is_(None),
        _attempt.c.deadline > bindparam("now", type_=_attempt.c.deadline.type),
    )
    .values(
        sheet=bindparam("new_sheet"),
        revision=bindparam("new_revision"),
        saved_at=bindparam("now", type_=_attempt.c.deadline.type),
    )
    .returning(_attempt.c.deadline)
)


def save_sheet(attempt_id: int, seat: int, revision: int, sheet: str, now: datetime) -> Receipt:
    """Keep the sheet if it is the newest, else say why not. Sending the same sheet twice is harmless.

    :raises Refusal: stale, taken_over, overdue, closed; the last three only after the sheet was kept apart.
    """
    values = {"at": attempt_id, "held_seat": seat, "new_revision": revision, "new_sheet": sheet, "now": now}
    saved = one_round_trip(_SAVE, values)
    if saved is not None:
        return Receipt(revision, now, seconds_left(saved.deadline, now))
    return _not_saved(attempt_id, seat, revision, sheet, now)


def one_round_trip(statement: Executable, values: dict[str, Any]) -> Row[Any] | None:
    """Run one statement in a transaction of its own: on PostgreSQL without BEGIN and COMMIT around it."""
    with _one_statement_engine(db.engine).connect() as connection:
        row = connection.execute(statement, values).one_or_none()
        connection.commit()
        return row


@lru_cache(maxsize=8)
def _one_statement_engine(engine: Engine) -> Engine:
    """The same engine and pool; made once, because making it costs as much as a tenth of a save."""
    is_postgresql = engine.dialect.name == "postgresql"
    return engine.execution_options(isolation_level="AUTOCOMMIT") if is_postgresql else engine


def _not_saved(attempt_id: int, seat: int, revision: int, sheet: str, now: datetime) -> Receipt:
    with Session(db.engine.execution_options(writes=True)) as session, session.begin():
        stored = session.get(Attempt, attempt_id, with_for_update=True)  # two copies of one sheet arrive in turn
        if stored is None:
            raise NotYours
        code, known = refusal_code(stored, seat, now), {"revision": stored.revision, "sheet": stored.sheet}
        if code is not None:
            is_apart = keep_apart(session, stored, seat, revision, sheet, code, now)
            known = {"revision": stored.revision, "apart": is_apart}
        elif (stored.revision, stored.sheet) == (revision, sheet) and stored.saved_at is not None:
            return Receipt(revision, stored.saved_at, seconds_left(stored.deadline, now))
    raise Refusal(code or "stale", 409, **known)


def refusal_code(attempt: Attempt, seat: int, now: datetime) -> str | None:
    """Why nothing can be written to this attempt from this device; None when it can."""
    if attempt.closed_at is not None:
        return "closed"
    if now >= attempt.deadline:
        return "overdue"
    return "taken_over" if attempt.seat != seat else None


def keep_apart(
    session: Session, attempt: Attempt, seat: int, revision: int, sheet: str, reason: str, now: datetime
) -> bool:
    """Keep a sheet that can no longer count; False when it says what is stored already. The newest of each device.

    A device may send one sheet twice, as overdue and again once closed: the organiser has to read it only once.
    """
    if sheet == attempt.sheet:
        return False
    already = select(_late.c.id).where(_late.c.attempt_id == attempt.id, _late.c.seat == seat, _late.c.sheet == sheet)
    if session.execute(already).first():
        return True
    values = {
        "attempt_id": attempt.id,
        "seat": seat,
        "reason": reason,
        "revision": revision,
        "sheet": sheet,
        "received_at": now,
    }
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[session.get_bind().dialect.name]
    new = dialect.insert(_late).values(values)
    session.execute(
        new.on_conflict_do_update(
            index_elements=["attempt_id", "seat", "reason"],
            set_={name: new.excluded[name] for name in ("revision", "sheet", "received_at")},
            where=_late.c.revision < new.excluded.revision,
        )
    )
    return True


_STATE = select(
    _attempt.c.deadline, _attempt.c.closed_at, _attempt.c.seat, _attempt.c.revision, _attempt.c.extra_seconds
).where(_attempt.c.id == bindparam("at"))


def state_of(attempt_id: int, seat: int, now: datetime) -> dict[str, Any]:
    """What a page asks for now and then: time left, and whether it may still write."""
    row = one_round_trip(_STATE, {"at": attempt_id})
    if row is None:
        raise NotYours
    open_state = "answering" if row.seat == seat else "taken_over"
    return {
        "state": open_state if row.closed_at is None else "closed",
        "seconds_left": seconds_left(row.deadline, now),
        "extra_seconds": row.extra_seconds,
        "revision": row.revision,
    }
