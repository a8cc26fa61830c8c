"""Reads about jobs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, and_, or_, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.contests.models import Contest
from contest_app.jobs.models import Job, JobPiece, State

KEPT = timedelta(days=7)
LOST_AFTER = timedelta(minutes=1)  # a running job beats every second: whoever ran it is gone
_SOON = timedelta(seconds=20)  # an idle worker looks into the queue every second


def own_jobs(user_id: int, now: datetime) -> Select[tuple[Job]]:
    """The person's jobs of the last days, newest first."""
    return select(Job).where(Job.made_by_id == user_id, Job.created_at > now - KEPT).order_by(Job.id.desc())


def unit_of(session: Session, job: Job) -> Unit:
    """Whose rights count for the job: of a contest those of the unit that holds it today."""
    is_about, _colon, number = job.subject.partition(":")
    contest = session.get(Contest, int(number)) if is_about == "contest" else None
    return contest.unit if contest else job.unit


def unfinished_like(session: Session, job: Job) -> Job | None:
    """The same work, asked for by the same person and not over yet."""
    same = select(Job).where(
        Job.kind == job.kind, Job.subject == job.subject, Job.made_by_id == job.made_by_id,
        Job.state.in_([State.QUEUED, State.RUNNING]), Job.cancel_requested.is_(False),
    ).order_by(Job.id)  # fmt: skip
    return next((one for one in session.scalars(same) if one.parameters == job.parameters), None)


def is_lost(now: datetime) -> ColumnElement[bool]:
    return and_(Job.state == State.RUNNING, Job.heartbeat_at < now - LOST_AFTER)


def runnable(now: datetime) -> ColumnElement[bool]:
    """Waiting, or begun by somebody who is gone."""
    return or_(Job.state == State.QUEUED, is_lost(now))


def is_worker_missing(session: Session, job: Job, now: datetime) -> bool:
    """Whether nobody seems to do what this job waits for."""
    if job.state is State.RUNNING:
        return now - (job.heartbeat_at or job.queued_at) > LOST_AFTER
    if job.state is not State.QUEUED or now - job.queued_at < _SOON:
        return False
    at_work = select(Job.id).where(Job.state == State.RUNNING, Job.heartbeat_at >= now - LOST_AFTER)
    return session.scalar(at_work.limit(1)) is None


def pieces(engine: Engine, job_id: int) -> Iterator[bytes]:
    """The file, piece by piece, each read in a transaction of its own: a slow connection must not keep one open."""
    engine, number = engine.execution_options(writes=False), 0
    while (data := _piece(engine, job_id, number)) is not None:
        yield data
        number += 1


def _piece(engine: Engine, job_id: int, number: int) -> bytes | None:
    with Session(engine) as session:
        return session.scalar(select(JobPiece.data).where(JobPiece.job_id == job_id, JobPiece.number == number))
