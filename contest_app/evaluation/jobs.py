"""The evaluation of a contest too big to wait for."""

from typing import BinaryIO

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest_app import clock
from contest_app.contests.models import Contest
from contest_app.db_types import Json
from contest_app.evaluation.services import keep_up_to_date
from contest_app.extensions import separate_transaction
from contest_app.jobs.kinds import Progress, job_kind
from contest_app.jobs.models import Job
from contest_app.permissions import Permission
from contest_app.results.services import bring_up_to_date

EVALUATION = "evaluation"


def evaluation_job(contest: Contest, *, made_by_id: int) -> Job:
    return Job(
        kind=EVALUATION, subject=f"contest:{contest.id}", title=_("Đánh giá: %(title)s", title=contest.title)[:255],
        unit_id=contest.unit_id, made_by_id=made_by_id, parameters={"contest_id": contest.id},
        target=url_for("evaluation.show", slug=contest.slug),
    )  # fmt: skip


@job_kind(EVALUATION, Permission.SEE_RESULTS)
def make_evaluation(session: Session, parameters: Json, _out: BinaryIO, progress: Progress) -> None:
    now = clock.now()
    with separate_transaction() as writing:
        bring_up_to_date(writing, writing.get_one(Contest, parameters["contest_id"]), now)
    contest = session.get_one(Contest, parameters["contest_id"])
    keep_up_to_date(session, contest, now, lambda: progress(0, 0))
