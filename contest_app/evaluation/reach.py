"""How far a contest reached: people, attempts, days, hours, devices; units, ages, groups."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.attempts.models import Attempt, ClosedBy
from contest_app.contests.models import Contest, Participation
from contest_app.contests.queries import participants
from contest_app.evaluation.answers import Answers
from contest_app.evaluation.small_groups import Group, shown
from contest_app.evaluation.visits import visits_of
from contest_app.results.collective import compared_units
from contest_app.results.models import Standing
from contest_app.results.queries import valid
from contest_app.results.report import by_time
from exports.evaluation import ELSEWHERE, UNKNOWN, Audience, Reach

AGE_BANDS = (
    (0, 15, "≤ 15"),
    (16, 17, "16–17"),
    (18, 25, "18–25"),
    (26, 35, "26–35"),
    (36, 50, "36–50"),
    (51, 130, "≥ 51"),
)


def reach(session: Session, contest: Contest) -> Reach:
    closed = select(
        func.count(func.distinct(Attempt.participation_id)),
        func.count(Attempt.id),
        func.count(Attempt.id).filter(Attempt.closed_by == ClosedBy.CONTESTANT),
        func.count(Attempt.id).filter(Attempt.closed_by == ClosedBy.DEADLINE),
    )
    people, attempts, submitted, collected = session.execute(valid(closed, contest.id)).one()
    hours, days = by_time(session, contest)
    return Reach(
        visits=visits_of(session, contest.id), registered=participants(session, contest.id), people=people,
        attempts=attempts, submitted=submitted, collected=collected, devices=shown(_devices(session, contest)),
        hours=hours, days=days,
    )  # fmt: skip


def most_points(session: Session, contest: Contest) -> Decimal | None:
    """The highest score anybody could have reached in the ranking; None before anybody is ranked."""
    of_contest = (Standing.contest_id == contest.id, Standing.round_id.is_(None))
    return session.scalar(select(func.max(Standing.max_score)).where(*of_contest))


def _devices(session: Session, contest: Contest) -> list[Group]:
    """People by the device of their first attempt, attempts by their own."""
    attempts = valid(select(Attempt.device, func.count(Attempt.id)), contest.id).group_by(Attempt.device)
    first = valid(select(func.min(Attempt.id)), contest.id).group_by(Attempt.participation_id)
    people = select(Attempt.device, func.count(Attempt.id)).where(Attempt.id.in_(first)).group_by(Attempt.device)
    of_people = dict(session.execute(people).all())
    of_attempts = dict(session.execute(attempts).all())
    order = ("phone", "tablet", "computer", "")
    return [
        Group(code or UNKNOWN, "", of_people.get(code, 0), of_attempts[code]) for code in order if code in of_attempts
    ]


@dataclass(frozen=True, slots=True)
class Person:
    """One contestant who began an official attempt, as far as groups care."""

    id: int
    unit_id: int | None
    birth_year: int | None
    group: str
    attempts: int


def people_of(session: Session, contest: Contest) -> list[Person]:
    columns = (Participation.id, Participation.unit_id, Participation.birth_year, Participation.group_code)
    counted = select(*columns, func.count(Attempt.id)).join(Attempt, Attempt.participation_id == Participation.id)
    query = valid(counted, contest.id)
    return [Person(*row) for row in session.execute(query.group_by(*columns))]


def audience(session: Session, contest: Contest, people: Sequence[Person], answers: Answers) -> Audience:
    shares = dict(zip(answers.people, answers.table.total_share.tolist(), strict=True))
    units = compared_units(session, contest)
    names = {unit.code: unit.name for unit in units}
    groups = {group.code: group.name for group in contest.rules.audience.groups}
    unit_of = _compared_unit(session, units)
    year = contest.rules.reference_year

    def counted(labels: Mapping[str, str], code: Callable[[Person], str]) -> tuple[Group, ...]:
        return _grouped(people, labels, code, shares)

    bands = {label: label for _low, _high, label in AGE_BANDS}
    topmost = [unit for unit in units if not any(unit is not one and unit.lies_within(one) for one in units)]
    headcounts = [unit.headcount for unit in topmost]
    return Audience(
        units=shown(counted(names, lambda one: unit_of[one.unit_id])),
        ages=shown(counted(bands, lambda one: age_band(one.birth_year, year))),
        groups=shown(counted(groups, lambda one: one.group or UNKNOWN)) if groups else (),
        headcount=sum(filter(None, headcounts)) if all(headcounts) else None,
        invited=sum(unit_of[one.unit_id] in names for one in people),
    )


def age_band(birth_year: int | None, year: int) -> str:
    """The band of the age reached in that calendar year."""
    if birth_year is None:
        return UNKNOWN
    age = year - birth_year
    return next((label for low, high, label in AGE_BANDS if low <= age <= high), UNKNOWN)


def _compared_unit(session: Session, units: Iterable[Unit]) -> Mapping[int | None, str]:
    """Each unit's id to the code of the compared unit it lies in."""
    compared = {str(unit.id): unit.code for unit in units}
    found: dict[int | None, str] = defaultdict(lambda: ELSEWHERE, {None: UNKNOWN})
    for number, path in session.execute(select(Unit.id, Unit.path)):
        codes = [compared[part] for part in path.strip("/").split("/") if part in compared]
        if codes:
            found[number] = codes[-1]
    return found


def _grouped(
    people: Sequence[Person], labels: Mapping[str, str], code: Callable[[Person], str], shares: Mapping[int, float]
) -> tuple[Group, ...]:
    """In the order of the labels, what has no label of its own after them."""
    by_code: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        by_code[code(one)].append(one)
    order: list[str] = [*labels, *sorted(by_code.keys() - labels.keys())]
    return tuple(_group(name, labels.get(name, ""), by_code[name], shares) for name in order)


def _group(code: str, label: str, people: Sequence[Person], shares: Mapping[int, float]) -> Group:
    scored = [shares[one.id] for one in people if one.id in shares]
    return Group(code, label, len(people), sum(one.attempts for one in people), sum(scored), len(scored))
