"""What the pages before and after submission may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import ShownQuestion, shown_questions, versions_by_id
from contest_app.attempts.sheets import Sheet, from_text
from contest_app.contests.models import Contest
from contest_app.contests.rules_in_words import prediction_question
from contest_app.results.marking import answer_keys
from contest_app.web.words import legal_basis
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


@dataclass(frozen=True, slots=True)
class ReviewedOption:
    text: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    place: int
    kind: str
    stem: str
    picture: str
    options: Sequence[ReviewedOption]
    was_answered: bool
    was_right: bool
    explanation: str
    legal_basis: str
    credits_everyone: bool


def reviewed_questions(session: Session, attempt: Attempt, contest: Contest) -> list[ReviewedQuestion]:
    """The paper with its key and explanations; only to be called once the key is released."""
    versions = versions_by_id(session, attempt.version_ids)
    keys = answer_keys(session, contest.id, attempt.version_ids)
    answers = from_text(attempt.sheet).answers
    reviewed = []
    for place, ((number, order), marks) in enumerate(zip(attempt.paper, attempt.marks or [], strict=True), start=1):
        version, key = versions[number], keys[number]
        chosen = set(answers.get(place, ()))
        reviewed.append(
            ReviewedQuestion(
                place=place,
                kind=version.kind,
                stem=version.stem,
                picture=version.picture.sha256 if version.picture else "",
                options=[
                    ReviewedOption(
                        version.options[bank_place]["text"], shown_place in chosen, bank_place in key.correct
                    )
                    for shown_place, bank_place in enumerate(order)
                ],
                was_answered=marks[0],
                was_right=marks[1],
                explanation=version.explanation,
                legal_basis=legal_basis(version.legal_basis),
                credits_everyone=key.credits_everyone,
            )
        )
    return reviewed
