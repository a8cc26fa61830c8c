"""A contest whose papers may hold questions on acts ended by its closing day: which, and who decided so and why.

Only confirmed questions get that far (``bank.queries.approved_versions``); asking them is a decision of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.accounts.models import User
from contest_app.audit.services import Event, reason_given, record
from contest_app.bank.ended_acts import ended_in_bank
from contest_app.contests.models import Contest
from contest_app.contests.pools import pool_of
from contest_app.web.refusal import Refusal
from question_bank.draw import Pool
from scoring.timing import RoundPhase


@dataclass(frozen=True, slots=True)
class EndedActs:
    """The numbers of the acts, and how many questions that may be drawn cite one."""

    numbers: tuple[str, ...]
    questions: int


def ended_acts(session: Session, contest: Contest, pools: Iterable[Pool]) -> EndedActs:
    """What these pools hold that has ended on the contest's closing day."""
    drawable = {candidate.id for pool in pools for _cell, candidates in pool.cells for candidate in candidates}
    if not drawable:
        return EndedActs((), 0)
    ended = ended_in_bank(session, contest.bank_id, contest.rules.closing_day)
    found = [(version_id, number) for version_id, number in ended if version_id in drawable]
    return EndedActs(tuple(sorted({number for _, number in found})), len({version_id for version_id, _ in found}))


def pools_to_come(contest: Contest, now: datetime) -> list[Pool]:
    """The fixed pools somebody may still be given a paper from."""
    return [pool_of(one) for one in contest.rounds if one.pool_digest and one.phase(now) is not RoundPhase.CLOSED]


def undecided(contest: Contest, found: EndedActs) -> tuple[str, ...]:
    """The acts nobody has decided about in this contest."""
    decided = (contest.ended_acts or {}).get("acts", [])
    return tuple(number for number in found.numbers if number not in decided)


def awaiting_decision(session: Session, contests: Iterable[Contest], now: datetime) -> set[int]:
    """The opened contests some act has ended in, or will by the closing day, that nobody has decided about."""
    return {
        contest.id
        for contest in contests
        if contest.opened_at and undecided(contest, ended_acts(session, contest, pools_to_come(contest, now)))
    }


def decided_by(session: Session, contest: Contest) -> User | None:
    """Who decided; nobody when it was the operator at the console."""
    number = (contest.ended_acts or {}).get("by")
    return session.get(User, number) if number else None


def decide(session: Session, contest: Contest, reason: str, *, actor_id: int | None, now: datetime) -> None:
    """The contest is held with these questions, for a reason that goes on record; without one it is not.

    :raises Refusal: ended_acts when no reason is given, reason_needed when it says nothing.
    """
    found = ended_acts(session, contest, pools_to_come(contest, now))
    if not undecided(contest, found):
        return
    if not reason:
        raise Refusal("ended_acts", 409, acts=", ".join(found.numbers), count=found.questions)
    reason = reason_given(reason)
    contest.ended_acts = {
        "acts": sorted({*found.numbers, *(contest.ended_acts or {}).get("acts", [])}),
        "questions": found.questions, "reason": reason, "by": actor_id, "at": now.isoformat(),
    }  # fmt: skip
    record(
        session, Event.ENDED_ACTS_ACCEPTED, f"contest:{contest.id}", actor_id=actor_id, now=now,
        acts=list(found.numbers), count=found.questions, reason=reason,
    )  # fmt: skip
