"""From a contest's rows to the values its documents are made from; the only place here that asks for its evaluation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit, User
from contest_app.attempts.models import Attempt, ClosedBy
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest, Round
from contest_app.contests.rules_in_words import counting
from contest_app.documents.defaults import office, placed
from contest_app.evaluation.integrity import integrity
from contest_app.evaluation.presenters import worded
from contest_app.evaluation.services import current_evaluation, takes_long
from contest_app.results.awards import UNDECIDED, individual_prizes
from contest_app.results.collective import UnitPlace, unit_prizes, unit_table
from contest_app.results.models import EssayMark, Standing
from contest_app.results.queries import official, places, standings, valid
from contest_app.rules.model import Prize as PrizeRule
from contest_app.rules.model import Rules
from contest_app.web.refusal import Refusal
from exports.documents.values import Marking, Prize, Prizes, Scale
from exports.documents.written import percent, points
from exports.evaluation import Evaluation
from scoring.counting import Counting


def evaluation_of(session: Session, contest: Contest, now: datetime) -> Evaluation:
    """The evaluation in Vietnamese words, naming the organiser as documents do; times are Vietnam's.

    :raises Refusal: evaluation_needed, where the contest is too big to evaluate while somebody waits.
    """
    if takes_long(session, contest, now):
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
    round_id = of_round.id if of_round else None
    given = individual_prizes(places(session, contest.id, round_id), contest.rules, per_round=of_round is not None)
    for row in session.scalars(standings(contest.id, round_id).where(Standing.award != "")):
        person = row.participation
        rule = given.get(row.participation_id)
        part = [of_round.name] if of_round else []
        part += [groups.get(rule.group, rule.group)] if rule and rule.group else []
        yield Prize(
            award=row.award, name=person.full_name, unit=placed(person.unit) if person.unit else "", rank=row.rank,
            result=f"{points(float(row.score))}/{points(float(row.max_score))} điểm", money=_money(rule),
            part=", ".join(part), is_open=row.award == UNDECIDED,
        )  # fmt: skip


def _collective(session: Session, contest: Contest, of_round: Round | None) -> Iterator[Prize]:
    scale = scale_of(session, contest, of_round)
    table = unit_table(session, contest, of_round.id if of_round else None)
    given = unit_prizes(table, contest.rules, per_round=of_round is not None)
    for place in table:
        if place.award:
            rule = given.get(place.result.unit)
            yield Prize(
                award=place.award, name=_unit_name(session, place), rank=place.rank,
                result=_measure(place, contest.rules, scale), money=_money(rule),
                part=of_round.name if of_round else "", is_open=place.award == UNDECIDED,
            )  # fmt: skip


def _money(rule: PrizeRule | None) -> int | None:
    return rule.amount or None if rule else None


def _unit_name(session: Session, place: UnitPlace) -> str:
    unit = session.scalar(select(Unit).where(Unit.code == place.code))
    return placed(unit, place.name) if unit else place.name


def _measure(place: UnitPlace, rules: Rules, scale: Scale) -> str:
    """What the unit was ranked by, in words that say of what."""
    result = place.result
    match rules.collective.rank_by:
        case "participants":
            return f"{result.participants} người dự thi"
        case "rate":
            return f"{percent(result.rate)} quân số dự thi"
        case "total":
            return f"tổng {points(float(result.total))} điểm"
    out_of = f"/{scale.whole}" if scale.whole else ""
    return "" if result.average is None else f"trung bình {points(round(float(result.average), 2))}{out_of} điểm"


def scale_of(session: Session, contest: Contest, of_round: Round | None = None) -> Scale:
    """What points are out of, over the contest or in one of its rounds."""
    rules = contest.rules
    paper = points(float(rules.paper.max_score))
    if rules.attempts.counting is Counting.SUM:  # the more attempts, the higher one may come
        return Scale(paper, counting=" ".join(counting(rules)))
    own = Standing.round_id == of_round.id if of_round else Standing.round_id.is_(None)
    most = session.scalar(select(func.max(Standing.max_score)).where(Standing.contest_id == contest.id, own))
    return Scale(paper, points(float(most)) if most else "", " ".join(counting(rules)))


def marking_of(session: Session, contest: Contest) -> Marking:
    """What was marked and decided, over the official rounds."""
    decided = integrity(session, contest)
    closed_by = [
        func.count(Attempt.id).filter(Attempt.closed_by == who) for who in (ClosedBy.CONTESTANT, ClosedBy.DEADLINE)
    ]
    attempts, submitted, collected = session.execute(
        official(select(func.count(Attempt.id), *closed_by), contest.id)
    ).one()  # voided ones were marked, too
    judges = _essays_by_judge(session, contest)
    ranked, highest, total = session.execute(
        select(func.count(Standing.id), func.max(Standing.score), func.sum(Standing.score)).where(
            Standing.contest_id == contest.id, Standing.round_id.is_(None)
        )
    ).one()
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
        essays=sum(judges.values()),
        essay_markers=_names(session, set(judges)),
        ranked=ranked,
        highest=points(float(highest)) if ranked else "",
        average=points(round(float(total) / ranked, 2)) if ranked else "",
        scale=scale_of(session, contest),
        digest=contest.results_digest or "",
        frozen_at=in_vietnam(contest.results_frozen_at) if contest.results_frozen_at else None,
    )


def _essays_by_judge(session: Session, contest: Contest) -> dict[int, int]:
    """Answers marked in papers that count, by the judge's account."""
    marks = select(EssayMark.judge_id, func.count(EssayMark.id)).join(Attempt, EssayMark.attempt_id == Attempt.id)
    return dict(session.execute(valid(marks, contest.id).group_by(EssayMark.judge_id)).all())


def _names(session: Session, user_ids: set[int]) -> tuple[str, ...]:
    query = select(User.full_name).where(User.id.in_(user_ids)).order_by(User.folded_name)
    return tuple(session.scalars(query))
