"""Joining a contest: who may, and what they declare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest_app.accounts.consents import Purpose
from contest_app.accounts.models import Unit, User
from contest_app.accounts.queries import all_units, units_below
from contest_app.accounts.services import give_consent, withdraw_consent
from contest_app.attempts.models import Attempt
from contest_app.contests.models import Contest, Participation, Round
from contest_app.contests.queries import participation
from contest_app.rules.model import Rules
from contest_app.web.refusal import Refusal

_OWN_COLUMNS = {"full_name", "birth_year", "unit"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a person says about themselves for one contest."""

    full_name: str
    birth_year: int | None
    unit: Unit | None
    others: Mapping[str, str]
    shows_name: bool


def join(session: Session, contest: Contest, user: User, said: Declaration, now: datetime) -> Participation:
    """Register, or correct what was declared before the first paper.

    :raises Refusal: an audience rule that excludes the person; details_locked.
    """
    rules = contest.rules
    if contest.results_frozen_at:
        raise Refusal("results_final")
    group = check_eligible(session, rules, user, said)
    row = participation(session, contest.id, user.id)
    if row is None:
        row = _new_row(session, contest, user, said, now)
    elif is_locked(session, rules, row):
        raise Refusal("details_locked", 409)
    row.full_name, row.birth_year, row.group_code = said.full_name, said.birth_year, group
    row.unit_id = said.unit.id if said.unit else None
    row.fields, row.shows_name = dict(said.others), said.shows_name
    give_consent(session, user.id, Purpose.TAKE_PART, now, contest_id=contest.id)
    choose = give_consent if said.shows_name else withdraw_consent
    choose(session, user.id, Purpose.PUBLISH_NAME, now, contest_id=contest.id)
    _remember(user, said)
    session.flush()
    return row


def _new_row(session: Session, contest: Contest, user: User, said: Declaration, now: datetime) -> Participation:
    """The row of somebody who joins, or the one that a second click has just made."""
    row = Participation(contest_id=contest.id, user_id=user.id, joined_at=now, full_name=said.full_name, fields={})
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return session.scalars(
            select(Participation).where(Participation.contest_id == contest.id, Participation.user_id == user.id)
        ).one()
    return row


def _remember(user: User, said: Declaration) -> None:
    """So that nobody types the same thing for the next contest."""
    user.birth_year = user.birth_year or said.birth_year
    user.unit_id = user.unit_id or (said.unit.id if said.unit else None)


def is_locked(session: Session, rules: Rules, row: Participation) -> bool:
    """Whether what was declared can no longer be corrected by the contestant."""
    return rules.registration.locked_after_first_paper and has_sat(session, row)


def has_sat(session: Session, row: Participation) -> bool:
    official = select(Round.id).where(Round.contest_id == row.contest_id, Round.is_mock.is_(False))
    query = exists().where(Attempt.participation_id == row.id, Attempt.round_id.in_(official))
    return bool(session.scalar(select(query)))


def check_eligible(session: Session, rules: Rules, user: User, said: Declaration) -> str:
    """The contestant's group.

    :raises Refusal: excluded, too_young, too_old, unit_not_invited, no_group_fits.
    """
    audience = rules.audience
    if rules.excludes(user.login):
        raise Refusal("excluded", 403)
    if user.is_self_registered and not rules.registration.self_registration:
        raise Refusal("roster_only", 403)
    _check_unit(session, rules, said.unit)
    age = rules.reference_year - said.birth_year if said.birth_year else None
    _check_age(age, audience.min_age, audience.max_age)
    return _group(rules, age)


def _check_unit(session: Session, rules: Rules, unit: Unit | None) -> None:
    audience = rules.audience
    if audience.units and (unit is None or not _within(session, unit, audience.units)):
        raise Refusal("unit_not_invited", 403)
    if unit is not None and _within(session, unit, audience.excluded_units):
        raise Refusal("excluded", 403)


def _within(session: Session, unit: Unit, codes: list[str]) -> bool:
    tops = session.scalars(select(Unit).where(Unit.code.in_(codes))) if codes else ()
    return any(unit.lies_within(top) for top in tops)


def _check_age(age: int | None, low: int | None, high: int | None) -> None:
    if age is None:
        return
    if low is not None and age < low:
        raise Refusal("too_young", 403, age=low)
    if high is not None and age > high:
        raise Refusal("too_old", 403, age=high)


def _group(rules: Rules, age: int | None) -> str:
    groups = rules.audience.groups
    if not groups:
        return ""
    for group in groups:
        low = group.min_age if group.min_age is not None else 0
        high = group.max_age if group.max_age is not None else 200
        if age is None or low <= age <= high:
            return group.code
    raise Refusal("no_group_fits", 422)


def invited_units(session: Session, rules: Rules) -> list[Unit]:
    """The units a contestant may choose from, in tree order."""
    codes = rules.audience.units
    if not codes:
        return all_units(session)
    return units_below(session, list(session.scalars(select(Unit).where(Unit.code.in_(codes)))))


def declaration(contest: Contest, unit: Unit | None, values: Mapping[str, Any]) -> Declaration:
    """From the values of the joining form; only the fields this contest asks for are kept."""
    asked = {one.name for one in contest.rules.registration.fields}
    others = {name: str(values.get(name) or "") for name in asked - _OWN_COLUMNS}
    return Declaration(
        full_name=values["full_name"], birth_year=values.get("birth_year") if "birth_year" in asked else None,
        unit=unit if "unit" in asked else None, others=others, shows_name=bool(values.get("publish_name")),
    )  # fmt: skip
