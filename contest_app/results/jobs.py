"""The results workbook of a contest too big to wait for."""

from datetime import datetime
from typing import BinaryIO

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest_app import clock
from contest_app.audit.services import Event, record
from contest_app.contests.models import Contest
from contest_app.db_types import Json
from contest_app.extensions import separate_transaction
from contest_app.jobs.kinds import Progress, job_kind
from contest_app.jobs.models import Job
from contest_app.permissions import Permission
from contest_app.results import services
from contest_app.results.workbook import write_workbook
from contest_app.web.downloads import XLSX

WORKBOOK = "workbook"


def workbook_name(contest: Contest) -> str:
    return f"ket-qua-{contest.slug}.xlsx"


def workbook_job(contest: Contest, *, made_by_id: int) -> Job:
    return Job(
        kind=WORKBOOK, subject=f"contest:{contest.id}", title=_("Sổ kết quả: %(title)s", title=contest.title)[:255],
        unit_id=contest.unit_id, made_by_id=made_by_id, parameters={"contest_id": contest.id},
        filename=workbook_name(contest), media_type=XLSX,
    )  # fmt: skip


def record_download(session: Session, subject: str, digest: str, actor_id: int, now: datetime) -> None:
    record(session, Event.WORKBOOK_EXPORTED, subject, actor_id=actor_id, now=now, digest=digest)


def _on_download(session: Session, job: Job, actor_id: int, now: datetime) -> None:
    record_download(session, job.subject, job.facts["digest"], actor_id, now)


@job_kind(WORKBOOK, Permission.SEE_RESULTS, on_download=_on_download)
def make_workbook(session: Session, parameters: Json, out: BinaryIO, progress: Progress) -> Json:
    now = clock.now()
    with separate_transaction() as writing:
        services.bring_up_to_date(writing, writing.get_one(Contest, parameters["contest_id"]), now)
    contest = session.get_one(Contest, parameters["contest_id"])
    return {"digest": write_workbook(session, contest, out, now, progress)}
