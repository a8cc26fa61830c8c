"""What the page of the sitting may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import ShownQuestion, shown_questions
from contest_app.attempts.sheets import Sheet, from_text
from contest_app.contests.rules_in_words import prediction_question
from scoring.ranking import RankKey
from scoring.timing import seconds_left


@dataclass(frozen=True, slots=True)
class SittingPage:
    """Everything the sitting page shows: no key, no explanation, no field that could hold one."""

    attempt_id: int
    number: str
    contest_title: str
    contest_slug: str
    round_name: str
    is_mock: bool
    questions: Sequence[ShownQuestion]
    sheet: Sheet
    revision: int
    seconds_left: float
    seconds_total: float
    extra_seconds: int
    deadline: datetime
    saved_at: datetime | None
    prediction_question: str
    prediction_ranks: bool  # whether the guess breaks ties
    token: str


def sitting_page(session: Session, attempt: Attempt, token: str, now: datetime) -> SittingPage:
    contest = attempt.round.contest
    return SittingPage(
        attempt_id=attempt.id, number=attempt.number, contest_title=contest.title, contest_slug=contest.slug,
        round_name=attempt.round.name, is_mock=attempt.round.is_mock,
        questions=shown_questions(session, attempt.paper), sheet=from_text(attempt.sheet), revision=attempt.revision,
        seconds_left=seconds_left(attempt.deadline, now),
        seconds_total=(attempt.deadline - attempt.started_at).total_seconds(), extra_seconds=attempt.extra_seconds,
        deadline=attempt.deadline, saved_at=attempt.saved_at,
        prediction_question=prediction_question(contest.rules),
        prediction_ranks=RankKey.PREDICTION in contest.rules.ranking.chain, token=token,
    )  # fmt: skip
