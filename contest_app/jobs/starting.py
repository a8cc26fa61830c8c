"""Beginning a job from a view of any feature."""

from typing import Any

from flask import redirect, url_for

from contest_app import clock
from contest_app.extensions import db
from contest_app.jobs import queue, services
from contest_app.jobs.models import Job


def start(job: Job) -> Any:
    """Store a job, hand it to the worker and show its page: what the view returns."""
    return handed_over(services.ask_for(db.session(), job, clock.now()))


def handed_over(job: Job) -> Any:
    job_id = job.id
    db.session.commit()  # first: the worker must find the row
    queue.put(job_id)
    return redirect(url_for("jobs.show", job_id=job_id))
