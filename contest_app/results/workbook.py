"""The results workbook as it leaves the house: the report together with what the contest taught."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from flask_babel import force_locale
from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.evaluation.presenters import worded
from contest_app.evaluation.services import current_evaluation
from contest_app.results.report import contest_report
from exports.workbook import write_results_workbook


def write_workbook(
    session: Session,
    contest: Contest,
    out: BinaryIO,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Into ``out``, in Vietnamese whoever asks; ``progress`` gets rows written and rows in all."""
    said = progress or (lambda _done, _all: None)
    with force_locale("vi"):
        evaluation = worded(current_evaluation(session, contest, now, lambda: said(0, 0)))
        report = contest_report(session, contest, now)
        write_results_workbook(replace(report, evaluation=evaluation), out, progress)
