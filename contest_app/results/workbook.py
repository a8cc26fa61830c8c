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
from contest_app.results.digest import standings_digest
from contest_app.results.report import contest_report
from exports.workbook import write_results_workbook


def write_workbook(
    session: Session,
    contest: Contest,
    out: BinaryIO,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """Into ``out``, in Vietnamese whoever asks; ``progress`` gets rows written and rows in all.

    :param session: of one moment (``snapshot``), where the standings may still change.
    :returns: the digest of the standings the file was made from, which goes on record with every download.
    """
    said = progress or (lambda _done, _all: None)
    with force_locale("vi"):
        evaluation = worded(current_evaluation(session, contest, now, lambda: said(0, 0)))
        report = contest_report(session, contest, now)
        write_results_workbook(replace(report, evaluation=evaluation), out, progress)
    return contest.results_digest or standings_digest(session, contest)
