"""What the page of a job may know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.jobs.models import Job, State
from contest_app.jobs.queries import is_worker_missing


@dataclass(frozen=True, slots=True)
class JobView:
    id: int
    title: str
    state: State
    is_stopping: bool  # asked to stop, the work has not looked up yet
    done: int
    total: int  # 0 while nobody can say
    elapsed_seconds: float | None  # since the work began; None before
    created_at: datetime
    finished_at: datetime | None
    problem: str
    filename: str
    size: int  # bytes
    target: str
    is_worker_missing: bool

    @property
    def share(self) -> float | None:
        """0 to 1; None while nobody can say."""
        return min(self.done / self.total, 1.0) if self.total else None


def job_view(session: Session, job: Job, now: datetime) -> JobView:
    began, ended = job.started_at, job.finished_at or now
    return JobView(
        job.id, job.title, job.state, job.cancel_requested and not job.state.is_over, job.done, job.total,
        (ended - began).total_seconds() if began else None, job.created_at, job.finished_at, job.problem,
        job.filename, job.size, job.target, is_worker_missing(session, job, now),
    )  # fmt: skip
