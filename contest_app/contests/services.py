"""Making a contest, changing its rules, opening it, releasing results."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.audit.services import Event, reason_given, record
from contest_app.contests import ended_acts
from contest_app.contests.checks import blueprint_problems, find_references, prepared_pool, reference_problems
from contest_app.contests.models import Contest, ContestRulesVersion, Participation, Round
from contest_app.contests.queries import locked
from contest_app.results.models import StandingsRun
from contest_app.rules.model import Rules, When
from contest_app.rules.parse import BadRules, RuleProblem
from contest_app.web.refusal import Refusal
from question_bank.pool_file import digest_of, pool_document
from scoring.timing import RoundPhase

Switch = Literal["mark", "key", "ranking"]
SWITCHES: tuple[Switch, ...] = ("mark", "key", "ranking")


def create_contest(
    session: Session, rules: Rules, *, actor_id: int | None, now: datetime, reach: Sequence[Unit] | None = None
) -> Contest:
    """Store a contest that nobody but its organisers can see yet.

    :raises BadRules: the rules name a unit or bank that is not there. :raises Refusal: duplicate_slug.
    """
    problems = reference_problems(session, rules, reach)
    if problems:
        raise BadRules(problems)
    _refuse_taken_slug(session, rules.slug)
    found = find_references(session, rules, reach)
    contest = Contest(
        slug=rules.slug, title=rules.title, unit=found.unit, bank=found.bank, rules_document=rules.document(),
        rules_version=1, created_at=now, created_by_id=actor_id,
    )  # fmt: skip
    session.add(contest)
    session.flush()
    _write_rules_version(session, contest, "", actor_id, now)
    _match_rounds(session, contest, rules)
    record(session, Event.CONTEST_CREATED, f"contest:{contest.id}", actor_id=actor_id, now=now, slug=rules.slug)
    return contest


def _refuse_taken_slug(session: Session, slug: str, but: Contest | None = None) -> None:
    others = select(Contest.id).where(Contest.slug == slug, Contest.id != (but.id if but else 0))
    if session.scalar(others) is not None:
        raise Refusal("duplicate_slug", 409, slug=slug)


def change_rules(
    session: Session,
    contest: Contest,
    rules: Rules,
    *,
    reason: str,
    actor_id: int | None,
    now: datetime,
    reach: Sequence[Unit] | None = None,
    keeps_ended_acts: bool = False,
) -> None:
    """A new version of the rules. Once the first attempt has pinned them, with a reason, and never the paper.

    ``keeps_ended_acts``: the reason is also that of asking questions on acts ended by the new closing day.

    :raises BadRules: with every problem. :raises Refusal: reason_needed, results_final, duplicate_slug, ended_acts.
    """
    locked(session, contest)
    if contest.results_frozen_at:
        raise Refusal("results_final")
    if contest.rules_pinned_at:
        reason = reason_given(reason)
    problems = [*reference_problems(session, rules, reach), *_pinned_problems(contest, rules, now)]
    if problems:
        raise BadRules(problems)
    _refuse_taken_slug(session, rules.slug, but=contest)
    before = contest.rules
    _take_over(session, contest, rules, reach)
    _write_rules_version(session, contest, reason, actor_id, now)
    _match_rounds(session, contest, rules)
    session.execute(delete(StandingsRun).where(StandingsRun.contest_id == contest.id))  # other rules, other standings
    if contest.opened_at:
        prepare_rounds(session, contest, now)
        ended_acts.decide(session, contest, reason if keeps_ended_acts else "", actor_id=actor_id, now=now)
        _reschedule_releases(contest, before, now)
    record(
        session, Event.RULES_CHANGED, f"contest:{contest.id}", actor_id=actor_id, now=now,
        version=contest.rules_version, reason=reason,
    )  # fmt: skip


def _take_over(session: Session, contest: Contest, rules: Rules, reach: Sequence[Unit] | None) -> None:
    found = find_references(session, rules, reach)
    contest.slug, contest.title, contest.unit, contest.bank = rules.slug, rules.title, found.unit, found.bank
    contest.rules_document, contest.rules_version = rules.document(), contest.rules_version + 1


def _pinned_problems(contest: Contest, rules: Rules, now: datetime) -> list[RuleProblem]:
    """What may not change any more: rounds that have begun, and the paper once somebody has sat it."""
    problems = []
    kept = {one.code: (place, one) for place, one in enumerate(rules.rounds)}
    for old in contest.rounds:
        place, new = kept.get(old.code, (0, None))
        if _has_begun(contest, old, now) and (new is None or new.opens_at != old.opens_at or new.mock != old.is_mock):
            problems.append(RuleProblem(("rounds", place), "round_started", {"name": old.name}))
        elif _has_begun(contest, old, now) and old.phase(now) is RoundPhase.CLOSED and new and new.closes_at > now:
            # Its secret is public, and so may be its keys: nobody may sit it any more.
            problems.append(RuleProblem(("rounds", place, "closes_at"), "round_over", {"name": old.name}))
    if contest.rules_pinned_at or any(_has_begun(contest, one, now) for one in contest.rounds):
        problems += _pinned_part_problems(contest.rules, rules)
    return problems


def _has_begun(contest: Contest, one: Round, now: datetime) -> bool:
    return contest.opened_at is not None and one.phase(now) is not RoundPhase.UPCOMING


def _pinned_part_problems(old: Rules, new: Rules) -> Iterator[RuleProblem]:
    """What everybody must have alike: the paper, its bank, and the clock by which they are compared."""
    if (old.paper, old.prediction, old.bank) != (new.paper, new.prediction, new.bank):
        yield RuleProblem(("paper",), "paper_pinned")
    if old.ranking.time_measure != new.ranking.time_measure:
        yield RuleProblem(("ranking", "time_measure"), "time_measure_pinned")


def _write_rules_version(session: Session, contest: Contest, reason: str, actor_id: int | None, now: datetime) -> None:
    session.add(
        ContestRulesVersion(
            contest_id=contest.id,
            number=contest.rules_version,
            document=contest.rules_document,
            reason=reason,
            author_id=actor_id,
            created_at=now,
        )
    )


def _match_rounds(session: Session, contest: Contest, rules: Rules) -> None:
    """Make the rows say what the rules say; a round keeps its secret for life."""
    rows = {row.code: row for row in contest.rounds}
    for one in rules.rounds:
        row = rows.pop(one.code, None)
        if row is None:
            secret = secrets.token_bytes(32)
            row = Round(code=one.code, secret=secret, commitment=hashlib.sha256(secret).hexdigest())
            contest.rounds.append(row)
        row.name, row.opens_at, row.closes_at, row.is_mock = one.name, one.opens_at, one.closes_at, one.mock
    for row in rows.values():
        contest.rounds.remove(row)
        session.delete(row)
    session.flush()
    session.expire(contest, ["rounds"])


def prepare_rounds(session: Session, contest: Contest, now: datetime) -> None:
    """Fix the pool of every round that has not begun, from the questions approved now.

    :raises BadRules: the bank cannot be sure to fill the blueprint.
    """
    waiting = [one for one in contest.rounds if one.pool_digest is None or one.phase(now) is RoundPhase.UPCOMING]
    if not waiting:
        return
    pool = prepared_pool(session, contest.rules, contest.bank_id)
    problems = blueprint_problems(pool, contest.rules)
    if problems:
        raise BadRules(problems)
    document = pool_document(pool)
    for one in waiting:
        one.pool, one.pool_digest = document, digest_of(document)


def open_contest(
    session: Session, contest: Contest, *, actor_id: int | None, now: datetime, ended_acts_reason: str = ""
) -> None:
    """Make the contest public and fix the pools. Every window stays as the rules say.

    ``ended_acts_reason``: why questions on acts ended by the closing day are asked all the same.

    :raises BadRules: a short bank. :raises Refusal: already_open, ended_acts, reason_needed.
    """
    if locked(session, contest).opened_at:
        raise Refusal("already_open")
    prepare_rounds(session, contest, now)
    ended_acts.decide(session, contest, ended_acts_reason, actor_id=actor_id, now=now)
    contest.opened_at = now
    for switch in SWITCHES:
        set_release(contest, switch, release_moment(getattr(contest.rules.release, switch), contest.rules, now))
    pools = {one.code: one.pool_digest for one in contest.rounds}
    record(session, Event.CONTEST_OPENED, f"contest:{contest.id}", actor_id=actor_id, now=now, pools=pools)


def release_moment(when: When, rules: Rules, now: datetime) -> datetime | None:
    """The moment a switch opens by itself; None waits for a hand."""
    if isinstance(when, datetime):
        return when
    return {"on_submit": now, "after_close": rules.closes_at, "by_hand": None}[when]


def release_at(contest: Contest, switch: Switch) -> datetime | None:
    moment: datetime | None = getattr(contest, f"{switch}_release_at")
    return moment


def set_release(contest: Contest, switch: Switch, moment: datetime | None) -> None:
    setattr(contest, f"{switch}_release_at", moment)


def _reschedule_releases(contest: Contest, before: Rules, now: datetime) -> None:
    """A switch whose rule changed, or that waits for a close that moved; one turned by hand stays as it was turned."""
    for switch in SWITCHES:
        wanted, was = getattr(contest.rules.release, switch), getattr(before.release, switch)
        waits_for_close = wanted == "after_close" and release_at(contest, switch) == before.closes_at
        if wanted != was or waits_for_close:
            set_release(contest, switch, release_moment(wanted, contest.rules, now))


def change_release(
    session: Session, contest: Contest, switch: Switch, moment: datetime | None, *, actor_id: int, now: datetime
) -> None:
    """Turn a switch: from a moment on, or off (None).

    :raises Refusal: key_too_early, when keys would show while somebody may still answer.
    """
    if switch == "key" and moment is not None and moment < contest.rules.closes_at:
        raise Refusal("key_too_early", 409, closes=contest.rules.closes_at)
    before = release_at(contest, switch)
    set_release(contest, switch, moment)
    record(
        session, Event.RELEASE_CHANGED, f"contest:{contest.id}", actor_id=actor_id, now=now, what=switch,
        before=before and before.isoformat(), after=moment and moment.isoformat(),
    )  # fmt: skip


def hide_name(session: Session, contest_id: int, user_id: int) -> None:
    """Consent to be named was withdrawn: from now on only initials."""
    query = select(Participation).where(Participation.contest_id == contest_id, Participation.user_id == user_id)
    for one in session.scalars(query):
        one.shows_name = False
