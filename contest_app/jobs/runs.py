"""One run of a job as the database knows it: claimed once, beating, ended; every write asks whether it still holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from contest_app import clock
from contest_app.db_types import Json
from contest_app.extensions import separate_transaction
from contest_app.jobs.models import MOST_TRIES, Job, JobPiece, State
from contest_app.jobs.queries import is_lost, runnable

PIECE = 1024 * 1024  # bytes


class Stopped(Exception):
    """The work has no more reason to go on."""


class Cancelled(Stopped):
    """Somebody asked for that."""


class Lost(Stopped):
    """The job was given to another worker, or deleted."""


@dataclass(frozen=True, slots=True)
class Run:
    job_id: int
    number: int
    kind: str
    parameters: Json


def claim(job_id: int, now: datetime) -> Run | None:
    """Begin a job; None when another worker was first or there is nothing left to do.

    One guarded statement: of two workers at once, one changes the row and the other finds it changed.
    """
    with separate_transaction() as session:
        claimed = session.execute(
            update(Job)
            .where(Job.id == job_id, runnable(now), Job.tries_left > 0)
            .values(
                state=State.RUNNING, runs=Job.runs + 1, tries_left=Job.tries_left - 1, started_at=now,
                heartbeat_at=now, done=0, total=0,
            )
            .returning(Job.runs, Job.kind, Job.parameters)
        ).one_or_none()  # fmt: skip
        if claimed is None:
            return None
        session.execute(delete(JobPiece).where(JobPiece.job_id == job_id))  # what a run before left half stored
        return Run(job_id, *claimed)


@contextmanager
def held(run: Run, **changes: Any) -> Iterator[Session]:
    """A short transaction that beats, and writes only while the run holds the job.

    :raises Lost: the job belongs to a later run or is gone.
    :raises Cancelled: somebody asked for that.
    """
    with separate_transaction() as session:
        still = session.execute(
            _update(run).values(heartbeat_at=clock.now(), **changes).returning(Job.cancel_requested)
        )
        wants_to_stop = still.scalar_one_or_none()
        if wants_to_stop is None:
            raise Lost
        if wants_to_stop:
            raise Cancelled
        yield session


def _update(run: Run) -> Any:
    return update(Job).where(Job.id == run.job_id, Job.state == State.RUNNING, Job.runs == run.number)


def store(run: Run, out: BinaryIO) -> int:
    """Put the file away, a piece a transaction. Returns its size in bytes."""
    size = 0
    out.seek(0)
    for number, data in enumerate(iter(lambda: out.read(PIECE), b"")):
        with held(run) as session:
            session.execute(insert(JobPiece).values(job_id=run.job_id, number=number, data=data))
        size += len(data)
    return size


def finish(run: Run, size: int, facts: Json) -> None:
    with held(run, state=State.DONE, finished_at=clock.now(), size=size, facts=facts):
        pass


def end(run: Run, state: State, problem: str = "") -> None:
    """Failed or cancelled: no piece stays."""
    with separate_transaction() as session:
        ended = session.execute(_update(run).values(state=state, finished_at=clock.now(), problem=problem))
        if ended.rowcount:
            session.execute(delete(JobPiece).where(JobPiece.job_id == run.job_id))


def hand_back(job_id: int) -> None:
    """The worker is told to go: whoever comes next begins anew, and this run does not count."""
    with separate_transaction() as session:
        session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == State.RUNNING)
            .values(state=State.QUEUED, tries_left=Job.tries_left + 1)
        )


def unfinished(now: datetime) -> list[int]:
    """The numbers of all jobs somebody should begin. What was begun too often fails here."""
    too_often = _("Việc này đã %(count)s lần bị dừng giữa chừng (máy chủ tắt hoặc thiếu bộ nhớ).", count=MOST_TRIES)
    with separate_transaction() as session:
        session.execute(
            update(Job)
            .where(is_lost(now), Job.tries_left <= 0)
            .values(state=State.FAILED, finished_at=now, problem=too_often)
        )
        return list(session.scalars(select(Job.id).where(runnable(now)).order_by(Job.id)))
