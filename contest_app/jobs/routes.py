"""A job's page: how far it is, stopping it, asking again, its file."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from flask_login import current_user

from contest_app import clock
from contest_app.extensions import db
from contest_app.jobs import queries, services
from contest_app.jobs.kinds import KINDS
from contest_app.jobs.models import Job, State
from contest_app.jobs.presenters import JobView, job_view
from contest_app.jobs.starting import handed_over
from contest_app.permissions import demand, signed_in
from contest_app.web.downloads import send_pieces
from contest_app.web.refusal import NotYours, Refusal

bp = Blueprint("jobs", __name__, url_prefix="/viec-nen")


def _load(job_id: int) -> Job:
    """A job the person made, or may see by the kind's permission."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotYours
    if job.made_by_id != current_user.id:
        _demand(job)
    return job


def _load_allowed(job_id: int) -> Job:
    """One whose outcome the person may have today, even if they made it when they had more rights."""
    job = _load(job_id)
    _demand(job)
    return job


def _demand(job: Job) -> None:
    demand(KINDS[job.kind].permission, queries.unit_of(db.session(), job))


def _view(job_id: int) -> JobView:
    return job_view(db.session(), _load(job_id), clock.now())


@bp.get("/")
@signed_in
def index() -> str:
    now = clock.now()
    jobs = [job_view(db.session(), one, now) for one in db.session.scalars(queries.own_jobs(current_user.id, now))]
    return render_template("jobs/index.html", jobs=jobs)


@bp.get("/<int:job_id>")
@signed_in
def show(job_id: int) -> str:
    return render_template("jobs/show.html", job=_view(job_id))


@bp.get("/<int:job_id>/so-lieu")
@signed_in
def numbers(job_id: int) -> str:
    """The part of the page that refreshes itself."""
    return render_template("jobs/_progress.html", job=_view(job_id))


@bp.post("/<int:job_id>/huy")
@signed_in
def cancel(job_id: int) -> Any:
    services.cancel(db.session(), _load(job_id), clock.now())
    return redirect(url_for(".show", job_id=job_id))


@bp.post("/<int:job_id>/lam-lai")
@signed_in
def ask_again(job_id: int) -> Any:
    return handed_over(services.ask_again(db.session(), _load_allowed(job_id), clock.now()))


@bp.post("/<int:job_id>/tep")
@signed_in
def download(job_id: int) -> Response:
    """The file. A POST: a download may go on record."""
    job, now = _load_allowed(job_id), clock.now()
    if job.state is not State.DONE or not job.filename:
        raise Refusal("job_no_file")
    if job.finished_at is not None and now - job.finished_at > queries.KEPT:  # no worker is there to delete it
        raise Refusal("job_too_old")
    on_download = KINDS[job.kind].on_download
    if on_download is not None:
        on_download(db.session(), job, current_user.id, now)
    return send_pieces(queries.pieces(db.engine, job.id), job.size, job.filename, job.media_type)
