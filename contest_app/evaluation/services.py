"""The evaluation of a contest as far as its report tells it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest, Participation
from contest_app.results.report import contest_report
from contest_app.web.words import CLOSED_BY
from exports.evaluation import Evaluation, Integrity, Knowledge, Reach, UnitLine


def current_evaluation(session: Session, contest: Contest, now: datetime) -> Evaluation:
    report = contest_report(session, contest, now)
    joined = session.scalar(select(func.count()).where(Participation.contest_id == contest.id)) or 0
    closed = [one for one in report.attempts if one.closed_at]
    by_hand = [one for one in closed if one.closed_by == str(CLOSED_BY["contestant"])]
    reasons = [one.void_reason for one in report.attempts if one.void_reason]
    return Evaluation(
        contest_title=contest.title, organiser=contest.unit.name, made_at=in_vietnam(now),
        opens_on=in_vietnam(contest.rules.opens_at).date(), closes_on=in_vietnam(contest.rules.closes_at).date(),
        is_final=contest.results_frozen_at is not None,
        reach=Reach(
            visits=None, registered=joined, people=len({one.code for one in report.attempts}),
            attempts=len(report.attempts), submitted=len(by_hand), collected=len(closed) - len(by_hand),
            days=report.days,
        ),
        knowledge=Knowledge(scores=report.score_distribution),
        integrity=Integrity(voided=tuple((reason, reasons.count(reason)) for reason in dict.fromkeys(reasons))),
        units=tuple(
            UnitLine(
                one.rank, one.name, one.headcount, one.participants, one.participation_rate, one.average_score,
                one.award,
            )
            for one in report.units
        ),
    )  # fmt: skip
