"""Earlier rounds and contests set beside this one, on the questions both asked and on nothing else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.bank.models import BankQuestion, QuestionVersion
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest
from contest_app.evaluation.answers import Answers, first_answers
from contest_app.results.queries import attempt_count
from exports.evaluation import FEWEST, Comparison
from scoring.statistics.linking import common_questions, rasch_shift
from scoring.statistics.response_models import ResponseModel, rasch
from scoring.statistics.table import Reason

MOST_CONTESTS = 5
MOST_PEOPLE = 5_000  # of each group: enough for an interval of a percentage point or two


@dataclass(frozen=True, slots=True, eq=False)
class Sat:
    """One group of people: those of a round, or of a contest."""

    title: str
    held_on: date
    answers: Answers
    model: ResponseModel | Reason


def comparisons(session: Session, contest: Contest, step: Callable[[], None]) -> tuple[Comparison, ...]:
    """Each round beside the one before it, then the whole contest beside earlier ones of the same unit and bank."""
    found = []
    for one in chain(_rounds(session, contest), _contests(session, contest)):
        found.append(one)
        step()
    return tuple(found)


def _rounds(session: Session, contest: Contest) -> Iterator[Comparison]:
    if len(contest.official_rounds) < 2:
        return
    sat = [
        _sat(one.name, one.opens_at, first_answers(session, contest, one, MOST_PEOPLE))
        for one in contest.official_rounds
    ]
    for before, now in pairwise(sat):
        yield replace(_compared(session, before, now), title=f"{before.title} → {now.title}")


def _contests(session: Session, contest: Contest) -> Iterator[Comparison]:
    earlier = _earlier(session, contest)
    if not earlier:
        return
    now = _sat(contest.title, contest.rules.opens_at, first_answers(session, contest, most=MOST_PEOPLE))
    for one in earlier:
        before = _sat(one.title, one.rules.opens_at, first_answers(session, one, most=MOST_PEOPLE))
        yield _compared(session, before, now)


def attempts_to_read(session: Session, contest: Contest) -> int:
    """Of the contest and of those it is set beside: whether somebody can wait for its evaluation."""
    return sum(attempt_count(session, one.id) for one in (contest, *_earlier(session, contest)))


def _earlier(session: Session, contest: Contest) -> list[Contest]:
    """Contests with final results that closed before this one opened, the latest first."""
    query = select(Contest).where(
        Contest.unit_id == contest.unit_id, Contest.bank_id == contest.bank_id, Contest.id != contest.id,
        Contest.results_frozen_at.is_not(None),
    )  # fmt: skip
    before = [one for one in session.scalars(query) if one.rules.closes_at <= contest.rules.opens_at]
    return sorted(before, key=lambda one: one.rules.closes_at, reverse=True)[:MOST_CONTESTS]


def _sat(title: str, opened: datetime, answers: Answers) -> Sat:
    return Sat(title, in_vietnam(opened).date(), answers, rasch(answers.table))


def _compared(session: Session, before: Sat, now: Sat) -> Comparison:
    """By the Rasch model where it holds on both sides, by common questions where it does not, else not at all.

    Where most common questions drifted, their plain shares would only tell of the drift: nothing is compared.
    """
    earlier, later = before.answers, now.answers
    pairs = [
        (earlier.item_of[number], later.item_of[number])
        for number in later.versions
        if number in earlier.item_of and earlier.keys[number].key == later.keys[number].key  # not one corrected since
    ]
    nothing = Comparison(before.title, before.held_on, "none", len(pairs), len(earlier.people), len(later.people))
    if min(len(earlier.people), len(later.people)) < FEWEST:
        return nothing
    found = common_questions(earlier.table, later.table, pairs)
    if isinstance(found, Reason):
        return nothing
    known = replace(
        nothing, basis="common", common=found.questions, before=found.before, now=found.now,
        difference=found.difference, low=found.low, high=found.high,
    )  # fmt: skip
    if isinstance(before.model, Reason) or isinstance(now.model, Reason):
        return known
    shift = rasch_shift(before.model, now.model, pairs)
    if isinstance(shift, Reason):
        return nothing if shift is Reason.ITEMS_DRIFT else known
    return replace(
        known, basis="rasch", shift=shift.shift, shift_low=shift.low, shift_high=shift.high, linked=shift.items,
        drifted=_codes(session, [later.versions[item] for _old, item in shift.drifted]),
    )  # fmt: skip


def _codes(session: Session, versions: Sequence[int]) -> tuple[str, ...]:
    query = select(BankQuestion.code).join(QuestionVersion, QuestionVersion.question_id == BankQuestion.id)
    return tuple(session.scalars(query.where(QuestionVersion.id.in_(versions)).order_by(BankQuestion.code)))
