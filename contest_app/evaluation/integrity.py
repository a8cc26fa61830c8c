"""What was decided about sittings and keys, in counts and with the reasons given."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt, AttemptEvent
from contest_app.attempts.queries import late_sheet_count
from contest_app.bank.models import BankQuestion, QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.models import KeyCorrection
from contest_app.results.queries import official
from exports.evaluation import Corrected, Integrity


def integrity(session: Session, contest: Contest) -> Integrity:
    voided = official(select(Attempt.void_reason, func.count(Attempt.id)), contest.id)
    voided = voided.where(Attempt.voided_at.is_not(None)).group_by(Attempt.void_reason)
    attempts = func.count(func.distinct(AttemptEvent.attempt_id))
    events = select(AttemptEvent.kind, attempts).join(Attempt, AttemptEvent.attempt_id == Attempt.id)
    counts = dict(session.execute(official(events, contest.id).group_by(AttemptEvent.kind)).all())
    return Integrity(
        voided=tuple(sorted(((reason, count) for reason, count in session.execute(voided)), key=lambda one: -one[1])),
        reopened=counts.get("reopened", 0), extra_time=counts.get("extra_time", 0),
        taken_over=counts.get("taken_over", 0), late=late_sheet_count(session, contest),
        corrections=_corrections(session, contest),
    )  # fmt: skip


def _corrections(session: Session, contest: Contest) -> tuple[Corrected, ...]:
    query = (
        select(BankQuestion.code, KeyCorrection.reason, KeyCorrection.changed_attempts, KeyCorrection.made_at)
        .join(QuestionVersion, KeyCorrection.question_version_id == QuestionVersion.id)
        .join(BankQuestion, QuestionVersion.question_id == BankQuestion.id)
        .where(KeyCorrection.contest_id == contest.id)
        .order_by(KeyCorrection.id)
    )
    return tuple(Corrected(*row) for row in session.execute(query))
