"""The sitting: starting, taking over, submitting, closing what is overdue."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, contains_eager

from contest_app.attempts.models import Attempt, AttemptEvent, ClosedBy
from contest_app.attempts.saving import keep_apart, refusal_code
from contest_app.contests.models import Contest, Participation, Round
from contest_app.contests.pools import pool_of
from contest_app.results.marking import mark_attempts
from contest_app.rules.model import Rules
from contest_app.web.refusal import NotYours, Refusal
from question_bank.draw import draw
from question_bank.seeded import seed_for
from scoring.timing import RoundPhase, deadline


def start_attempt(
    session: Session, of_round: Round, person: Participation, now: datetime, *, device: str = ""
) -> Attempt:
    """Begin a sitting, or return the one still open: pressing the button twice is harmless.

    :raises Refusal: contest_not_open, round_not_open, round_closed, no_attempts_left_round, no_attempts_left_contest.
    """
    contest = of_round.contest
    # One person's starts queue here, so that limits hold when two arrive at once.
    session.execute(select(Participation.id).where(Participation.id == person.id).with_for_update())
    still_open = open_attempt(session, of_round.id, person.id)
    if still_open is not None and now < still_open.deadline:
        return still_open
    if still_open is not None:
        close_at_deadline(session, [still_open])
    _check_round(contest, of_round, person, now)
    used = attempts_used(session, person.id, of_round.id)
    _check_limits(session, of_round, person, used)
    attempt = _new_attempt(session, of_round, person, used + 1, now)
    attempt.device = device
    if contest.rules_pinned_at is None and not of_round.is_mock:
        contest.rules_pinned_at = now
    return attempt


def open_attempt(session: Session, round_id: int, participation_id: int) -> Attempt | None:
    query = select(Attempt).where(
        Attempt.round_id == round_id, Attempt.participation_id == participation_id, Attempt.closed_at.is_(None)
    )
    return session.scalar(query.order_by(Attempt.id.desc()).limit(1))


def _check_round(contest: Contest, of_round: Round, person: Participation, now: datetime) -> None:
    if contest.opened_at is None:
        raise Refusal("contest_not_open")
    if contest.rules.excludes(person.user.login):
        raise Refusal("excluded", 403)  # also when the name was added after joining
    phase = of_round.phase(now)
    if phase is RoundPhase.UPCOMING:
        raise Refusal("round_not_open", opens=of_round.opens_at)
    if phase is RoundPhase.CLOSED:
        raise Refusal("round_closed", closes=of_round.closes_at)


def _check_limits(session: Session, of_round: Round, person: Participation, used: int) -> None:
    if of_round.is_mock:
        return
    limits = of_round.contest.rules.attempts
    if limits.per_round is not None and used >= limits.per_round:
        raise Refusal("no_attempts_left_round", limit=limits.per_round)
    if limits.per_contest is not None and attempts_used(session, person.id) >= limits.per_contest:
        raise Refusal("no_attempts_left_contest", limit=limits.per_contest)


def attempts_used(session: Session, participation_id: int, round_id: int | None = None) -> int:
    """Official attempts begun, in one round or in the whole contest. A voided one stays used."""
    query = select(func.count()).select_from(Attempt).where(Attempt.participation_id == participation_id)
    if round_id is not None:
        query = query.where(Attempt.round_id == round_id)
    else:
        query = query.join(Round).where(Round.is_mock.is_(False))
    return session.scalar(query) or 0


def _new_attempt(session: Session, of_round: Round, person: Participation, ordinal: int, now: datetime) -> Attempt:
    rules = of_round.contest.rules
    limit = timedelta(minutes=rules.paper.minutes)
    attempt = Attempt(
        round_id=of_round.id, participation_id=person.id, rules_version=of_round.contest.rules_version,
        ordinal=ordinal, started_at=now,
        deadline=deadline(now, limit, of_round.closes_at), paper=[],
    )  # fmt: skip
    session.add(attempt)
    session.flush()  # the seed is made from the attempt's id
    attempt.paper = drawn_paper(of_round, attempt.id, rules)
    session.flush()
    return attempt


def drawn_paper(of_round: Round, attempt_id: int, rules: Rules) -> list[list[object]]:
    """The paper of an attempt, which anybody can draw again once the round's secret is published."""
    items = draw(
        pool_of(of_round), seed_for(of_round.secret, attempt_id),
        shuffle_questions=rules.paper.shuffle_questions, shuffle_options=rules.paper.shuffle_options,
    )  # fmt: skip
    return [[item.question_id, list(item.option_order)] for item in items]


def take_over(session: Session, attempt: Attempt, *, actor_id: int, device: str, now: datetime) -> int:
    """Give the sitting to the device that asks now; the other one can no longer save. Returns the new seat."""
    raised = update(Attempt).where(Attempt.id == attempt.id).values(seat=Attempt.seat + 1)
    session.execute(raised, execution_options={"synchronize_session": False})
    session.refresh(attempt)  # two devices at once get two seats
    session.add(
        AttemptEvent(
            attempt_id=attempt.id,
            at=now,
            kind="taken_over",
            details={"seat": attempt.seat, "device": device},
            actor_id=actor_id,
        )
    )
    session.flush()
    return attempt.seat


def submit(
    session: Session,
    attempt_id: int,
    seat: int,
    revision: int,
    sheet: str,
    now: datetime,
    *,
    asks_again: bool = False,
) -> Attempt:
    """Close the sitting with its newest sheet and mark it. A second submit finds it closed and changes nothing.

    A sheet too late to count is kept apart, and a sitting past its deadline is closed at its deadline. ``asks_again``:
    where another tab saved something newer, the page wants to show it before anything is final.

    :raises Refusal: taken_over, stale.
    """
    attempt = session.get(Attempt, attempt_id, with_for_update=True, populate_existing=True)
    if attempt is None:
        raise NotYours
    contest = attempt.round.contest  # read before anything is written, so that all is written at once
    code = refusal_code(attempt, seat, now)
    if code is None and is_behind(attempt, revision, sheet):
        code = "stale"  # another tab of this device saved something newer: that stands
        if asks_again:
            raise Refusal("stale", 409, revision=attempt.revision, sheet=attempt.sheet)
    if code is not None:
        keep_apart(session, attempt, seat, revision, sheet, code, now)
    elif revision > attempt.revision:
        attempt.sheet, attempt.revision, attempt.saved_at = sheet, revision, now
    if code == "taken_over":
        session.commit()  # what was kept apart stays, although the answer is a refusal
        raise Refusal("taken_over", 409)
    if code == "overdue":
        close_at_deadline(session, [attempt])
    elif attempt.closed_at is None:
        attempt.closed_at, attempt.closed_by = now, ClosedBy.CONTESTANT
        mark_attempts(session, contest, [attempt])
    return attempt


def is_behind(attempt: Attempt, revision: int, sheet: str) -> bool:
    """Whether what is stored is newer, or the same number was given to something else."""
    return revision < attempt.revision or (revision == attempt.revision and sheet != attempt.sheet)


def close_overdue(session: Session, now: datetime, *, contest_id: int | None = None, waits: bool = False) -> int:
    """Close sittings past their deadline, as of it, with the last sheet they had. Returns how many: 0 when done.

    Safe to run twice at once: rows another run holds are left to it, unless ``waits`` says that none may be missed.
    """
    query = (
        select(Attempt)
        .join(Attempt.round)
        .options(contains_eager(Attempt.round))
        .where(Attempt.closed_at.is_(None), Attempt.deadline <= now)
        .order_by(Round.contest_id, Attempt.id)
        .limit(2_000)
        .with_for_update(skip_locked=not waits, of=Attempt)
        .execution_options(populate_existing=True)
    )
    if contest_id is not None:
        query = query.where(Round.contest_id == contest_id)
    overdue = list(session.scalars(query))
    for _contest, of_contest in groupby(overdue, key=lambda attempt: attempt.round.contest_id):
        close_at_deadline(session, list(of_contest))
    return len(overdue)


def close_at_deadline(session: Session, attempts: Sequence[Attempt]) -> None:
    """Sittings of one contest whose time is over: closed as of their deadline, without validation, and marked."""
    for attempt in attempts:
        attempt.closed_at, attempt.closed_by = attempt.deadline, ClosedBy.DEADLINE
    mark_attempts(session, attempts[0].round.contest, attempts)
