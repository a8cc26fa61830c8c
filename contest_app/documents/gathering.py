"""From a contest's rows to the values its documents are made from; the only place here that asks for its evaluation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import User
from contest_app.attempts.models import Attempt, ClosedBy
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest, Round
from contest_app.documents.defaults import office
from contest_app.evaluation.integrity import integrity
from contest_app.evaluation.presenters import worded
from contest_app.evaluation.services import current_evaluation, is_outdated
from contest_app.results.awards import UNDECIDED
from contest_app.results.collective import UnitPlace, unit_table
from contest_app.results.essays import essay_answers
from contest_app.results.queries import attempt_count, official, standings
from contest_app.results.staff import MOST_AT_ONCE
from contest_app.rules.model import Prize as PrizeRule
from contest_app.rules.model import Rules
from contest_app.web.refusal import Refusal
from exports.documents.values import Marking, Prize, Prizes
from exports.documents.written import percent, points
from exports.evaluation import Evaluation


def evaluation_of(session: Session, contest: Contest, now: datetime) -> Evaluation:
    """The evaluation in Vietnamese words, naming the organiser as documents do; times are Vietnam's.

    :raises Refusal: evaluation_needed, where the contest is too big to evaluate while somebody waits.
    """
    if attempt_count(session, contest.id) > MOST_AT_ONCE and is_outdated(session, contest, now):
        raise Refusal("evaluation_needed", 409)
    with force_locale("vi"):
        found = worded(current_evaluation(session, contest, now))
    return replace(found, organiser=office(contest.unit), made_at=in_vietnam(found.made_at))


def prizes_of(session: Session, contest: Contest) -> Prizes:
    """Everybody with a prize, and those equals about whom the jury has still to decide."""
    tables: list[Round | None] = [None, *contest.official_rounds]
    individual = [one for table in tables for one in _individual(session, contest, table)]
    collective = [one for table in tables for one in _collective(session, contest, table)]
    return Prizes(tuple(individual), tuple(collective))


def _individual(session: Session, contest: Contest, of_round: Round | None) -> Iterator[Prize]:
    groups = {group.code: group.name for group in contest.rules.audience.groups}
    for row in session.scalars(standings(contest.id, of_round.id if of_round else None)):
        if not row.award:
            continue
        person = row.participation
        rule = _rule(contest.rules, "individual", row.award, of_round, person.group_code)
        part = [of_round.name] if of_round else []
        part += [groups.get(rule.group, rule.group)] if rule and rule.group else []
        yield Prize(
            award=row.award, name=person.full_name, unit=person.unit.name if person.unit else "", rank=row.rank,
            result=f"{points(float(row.score))} điểm", money=_money(rule), part=", ".join(part),
            is_open=row.award == UNDECIDED,
        )  # fmt: skip


def _collective(session: Session, contest: Contest, of_round: Round | None) -> Iterator[Prize]:
    for place in unit_table(session, contest, of_round.id if of_round else None):
        if place.award:
            rule = _rule(contest.rules, "collective", place.award, of_round)
            yield Prize(
                award=place.award, name=place.name, rank=place.rank, result=_measure(place, contest.rules),
                money=_money(rule), part=of_round.name if of_round else "", is_open=place.award == UNDECIDED,
            )  # fmt: skip


def _rule(rules: Rules, kind: str, award: str, of_round: Round | None, group: str = "") -> PrizeRule | None:
    scope = "round" if of_round else "contest"
    fitting = [
        one for one in rules.prizes
        if (one.kind, one.scope, one.name) == (kind, scope, award) and one.group in ("", group)
    ]  # fmt: skip
    return max(fitting, key=lambda one: bool(one.group), default=None)


def _money(rule: PrizeRule | None) -> int | None:
    return rule.amount or None if rule else None


def _measure(place: UnitPlace, rules: Rules) -> str:
    """What the unit was ranked by, in words."""
    result = place.result
    if rules.collective.rank_by == "participants":
        return f"{result.participants} người"
    if rules.collective.rank_by == "rate":
        return percent(result.rate)
    value = result.total if rules.collective.rank_by == "total" else result.average
    return "" if value is None else f"{points(float(value))} điểm"


def marking_of(session: Session, contest: Contest) -> Marking:
    """What was marked and decided, over the official rounds."""
    decided = integrity(session, contest)
    closed_by = [
        func.count(Attempt.id).filter(Attempt.closed_by == who) for who in (ClosedBy.CONTESTANT, ClosedBy.DEADLINE)
    ]
    attempts, submitted, collected = session.execute(
        official(select(func.count(Attempt.id), *closed_by), contest.id)
    ).one()  # voided ones were marked, too
    marks = [one.mark for one in essay_answers(session, contest) if one.mark]
    scores = [float(row.score) for row in session.scalars(standings(contest.id))]
    return Marking(
        contest_title=contest.title,
        organiser=office(contest.unit),
        rounds=tuple(
            (one.name, in_vietnam(one.opens_at), in_vietnam(one.closes_at)) for one in contest.official_rounds
        ),
        attempts=attempts,
        submitted=submitted,
        collected=collected,
        voided=decided.voided,
        corrections=tuple((one.code, one.reason, one.changed) for one in decided.corrections),
        reopened=decided.reopened,
        extra_time=decided.extra_time,
        essays=len(marks),
        essay_markers=_names(session, {one.judge_id for one in marks}),
        ranked=len(scores),
        highest=points(max(scores)) if scores else "",
        average=points(round(sum(scores) / len(scores), 2)) if scores else "",
        digest=contest.results_digest or "",
        frozen_at=in_vietnam(contest.results_frozen_at) if contest.results_frozen_at else None,
    )


def _names(session: Session, user_ids: set[int]) -> tuple[str, ...]:
    query = select(User.full_name).where(User.id.in_(user_ids)).order_by(User.folded_name)
    return tuple(session.scalars(query))
