"""Counting how often a contest's page is opened, without a cookie and without writing at every visit."""

import atexit
from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from contest_app.evaluation.counts import add_to
from contest_app.evaluation.models import VisitCount
from contest_app.extensions import PATIENCE, separate_transaction

OFTEN = timedelta(seconds=15)
BRIEFLY = 50  # milliseconds: a visitor does not wait until others have written


class VisitCounter:
    """What this process has counted and not yet written. SQLite has one writer, and visits come in waves."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: Counter[tuple[int, datetime]] = Counter()
        self._waiting_since: datetime | None = None

    def count(self, contest_id: int, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            self._counted[contest_id, hour] += 1
            self._waiting_since = self._waiting_since or now
            is_due = now - self._waiting_since >= OFTEN
        if is_due:
            self.write()

    def write(self, patience: int = BRIEFLY) -> None:
        """Unless the database is busy: then the visits wait for the next time, and nobody else does."""
        with self._lock:
            counted, self._counted, self._waiting_since = self._counted, Counter(), None
        if not counted:
            return
        try:
            with separate_transaction(patience) as session:
                for (contest_id, hour), visits in counted.items():
                    add_to(session, VisitCount.visits, visits, contest_id=contest_id, hour=hour)
        except OperationalError:
            with self._lock:
                self._counted.update(counted)


counter = VisitCounter()


def visits_of(session: Session, contest_id: int) -> int | None:
    """All visits written so far; None where none were ever counted."""
    return session.scalar(select(func.sum(VisitCount.visits)).where(VisitCount.contest_id == contest_id))


def init_app(app: Flask) -> None:
    def write_the_last() -> None:
        with app.app_context():
            counter.write(PATIENCE)

    atexit.register(write_the_last)
