"""What units are called in a contest's results: once these are final, as on the day they were frozen."""

from collections.abc import Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.contests.models import Contest, Participation

NAMES = "names"  # among the frozen units


def unit_names(session: Session, contest: Contest) -> Mapping[int | None, str]:
    """By id: the organiser's and those anybody belongs to; ``None``, who named no unit, has an empty name."""
    frozen = contest.frozen_units
    if isinstance(frozen, dict) and NAMES in frozen:
        return {None: "", **{int(number): name for number, name in frozen[NAMES].items()}}
    named = select(Participation.unit_id).where(Participation.contest_id == contest.id)
    units = select(Unit.id, Unit.name).where(or_(Unit.id == contest.unit_id, Unit.id.in_(named))).order_by(Unit.id)
    return {None: "", **dict(session.execute(units).all())}


def names_to_freeze(session: Session, contest: Contest) -> dict[str, dict[str, str]]:
    """As plain values, beside the frozen tables."""
    return {NAMES: {str(number): name for number, name in unit_names(session, contest).items() if number is not None}}
