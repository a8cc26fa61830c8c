"""What the public contest pages may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest_app.attempts.models import Attempt
from contest_app.contests.models import Contest, Participation, Round
from scoring.timing import RoundPhase


class Action(StrEnum):
    """The one thing a visitor can do about a round now."""

    LOG_IN = "log_in"
    JOIN = "join"
    START = "start"
    CONTINUE = "continue"
    WAIT = "wait"
    USED_UP = "used_up"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RoundCard:
    round: Round
    phase: RoundPhase
    action: Action
    attempts: Sequence[Attempt]
    minutes_for_late_starter: int | None  # less than the usual limit when the round closes sooner


def round_card(
    of_round: Round, person: Participation | None, attempts: Sequence[Attempt], *, is_known: bool, now: datetime
) -> RoundCard:
    """``attempts`` are the visitor's own in this round; ``is_known`` says whether they are logged in."""
    phase = of_round.phase(now)
    open_one = any(one.closed_at is None and now < one.deadline for one in attempts)
    action = _action(of_round, phase, person, attempts, is_known, open_one)
    return RoundCard(of_round, phase, action, attempts, _late_minutes(of_round, now))


def _action(
    of_round: Round,
    phase: RoundPhase,
    person: Participation | None,
    attempts: Sequence[Attempt],
    is_known: bool,
    open_one: bool,
) -> Action:
    if open_one:
        return Action.CONTINUE
    if phase is RoundPhase.CLOSED:
        return Action.OVER
    if person is None:
        return Action.JOIN if is_known else Action.LOG_IN
    if phase is RoundPhase.UPCOMING:
        return Action.WAIT
    limit = of_round.contest.rules.attempts.per_round
    if not of_round.is_mock and limit is not None and len(attempts) >= limit:
        return Action.USED_UP
    return Action.START


def _late_minutes(of_round: Round, now: datetime) -> int | None:
    left = int((of_round.closes_at - now).total_seconds() // 60)
    return left if 0 <= left < of_round.contest.rules.paper.minutes else None


def contest_phase(contest: Contest, now: datetime) -> RoundPhase:
    """The contest as a whole, by its official rounds."""
    if now < contest.rules.opens_at:
        return RoundPhase.UPCOMING
    return RoundPhase.OPEN if now < contest.rules.closes_at else RoundPhase.CLOSED
