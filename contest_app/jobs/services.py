"""Asking for a job, cancelling it, asking again."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from contest_app.extensions import separate_transaction
from contest_app.jobs.models import MOST_TRIES, Job, JobPiece, State
from contest_app.jobs.queries import KEPT, LOST_AFTER, unfinished_like
from contest_app.web.refusal import Refusal


def ask_for(session: Session, job: Job, now: datetime) -> Job:
    """Put a new job down, or find the same one not over yet.

    The caller commits, then hands the number to the queue (``queue.put``).
    """
    known = unfinished_like(session, job)
    if known is not None:
        return known
    job.created_at = job.queued_at = now
    session.add(job)
    session.flush()
    return job


def delete_old(now: datetime) -> None:
    """What was over before the days it is kept goes, with its file."""
    with separate_transaction() as session:
        session.execute(delete(Job).where(Job.finished_at < now - KEPT))


def cancel(session: Session, job: Job, now: datetime) -> None:
    """Stop a job: at once when nobody works at it, otherwise as soon as the work looks up.

    :raises Refusal: job_over.
    """
    job = _locked(session, job)
    if job.state.is_over:
        raise Refusal("job_over")
    job.cancel_requested = True
    if job.state is State.QUEUED or now - (job.heartbeat_at or job.queued_at) > LOST_AFTER:
        job.state, job.finished_at = State.CANCELLED, now


def ask_again(session: Session, job: Job, now: datetime) -> Job:
    """Begin anew what failed or was cancelled.

    :raises Refusal: job_not_stopped.
    """
    job = _locked(session, job)
    if job.state not in (State.FAILED, State.CANCELLED):
        raise Refusal("job_not_stopped")
    session.execute(delete(JobPiece).where(JobPiece.job_id == job.id))
    job.state, job.queued_at, job.cancel_requested, job.problem = State.QUEUED, now, False, ""
    job.tries_left, job.done, job.total = MOST_TRIES, 0, 0
    job.started_at = job.heartbeat_at = job.finished_at = None
    return job


def _locked(session: Session, job: Job) -> Job:
    return session.get_one(Job, job.id, with_for_update=True, populate_existing=True)
