"""Marking closed attempts: rows to plain values, the pure mark, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.bank.models import QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.models import KeyCorrection
from contest_app.rules.model import Rules
from scoring.marking import Item, PaperMark, mark_paper


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The key of one version as this contest marks it, corrections included."""

    kind: str
    correct: frozenset[int]
    credits_everyone: bool = False


def answer_keys(session: Session, contest_id: int, version_ids: Iterable[int]) -> dict[int, AnswerKey]:
    columns = select(QuestionVersion.id, QuestionVersion.kind, QuestionVersion.options)
    rows = session.execute(columns.where(QuestionVersion.id.in_(set(version_ids))))
    keys = {version_id: AnswerKey(kind, _written_key(options)) for version_id, kind, options in rows}
    corrections = select(KeyCorrection).where(KeyCorrection.contest_id == contest_id).order_by(KeyCorrection.id)
    for mended in session.scalars(corrections):  # the latest of a question wins
        known = keys.get(mended.question_version_id)
        if known is not None:
            keys[mended.question_version_id] = AnswerKey(known.kind, frozenset(mended.correct), mended.credits_everyone)
    return keys


def _written_key(options: Sequence[dict[str, Any]]) -> frozenset[int]:
    return frozenset(place for place, option in enumerate(options) if option["correct"])


def mark_attempts(session: Session, contest: Contest, attempts: Sequence[Attempt]) -> None:
    """Write score, marks and time of closed attempts. Doing it again gives the same."""
    with session.no_autoflush:
        keys = answer_keys(session, contest.id, (number for attempt in attempts for number in attempt.version_ids))
    for attempt in attempts:
        _write_mark(attempt, mark(attempt, keys, contest.rules.paper.points_per_question), contest.rules)
    session.flush()


def mark(attempt: Attempt, keys: dict[int, AnswerKey], points: Decimal) -> PaperMark:
    items = [
        Item(keys[number].kind, keys[number].correct, tuple(order), points, keys[number].credits_everyone)
        for number, order in attempt.paper
    ]
    return mark_paper(items, from_text(attempt.sheet).answers)


def _write_mark(attempt: Attempt, paper_mark: PaperMark, rules: Rules) -> None:
    attempt.score, attempt.correct = paper_mark.score, paper_mark.correct
    attempt.marks = [[one.answered, one.correct, int(one.points * 1000)] for one in paper_mark.items]
    attempt.prediction = from_text(attempt.sheet).prediction if rules.prediction else None
    attempt.milliseconds_taken = milliseconds_taken(attempt, rules)


def milliseconds_taken(attempt: Attempt, rules: Rules) -> int:
    """Start to submission, or to the server's receipt of the last sheet that changed: never by the device's clock."""
    end = attempt.closed_at
    if rules.ranking.time_measure == "last_change":
        end = attempt.saved_at or attempt.started_at
    if end is None:
        raise ValueError(f"attempt {attempt.id} is not closed")
    whole = int((end - attempt.started_at).total_seconds() * 1000)
    return max(0, whole - attempt.milliseconds_away)
