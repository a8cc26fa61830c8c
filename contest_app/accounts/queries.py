"""Reads about units and people."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit, User
from question_bank.text import fold


def within(units: Sequence[Unit]) -> ColumnElement[bool]:
    """Whether a unit lies in one of these or below."""
    return or_(*(Unit.path.startswith(unit.path, autoescape=True) for unit in units))


def units_below(session: Session, units: Sequence[Unit]) -> list[Unit]:
    """These units and all below, in tree order."""
    if not units:
        return []
    found = list(session.scalars(select(Unit).where(within(units))))
    names = {unit.id: unit for unit in found}

    def place(unit: Unit) -> tuple[str, ...]:
        return tuple(
            names[int(part)].folded_name + part for part in unit.path.strip("/").split("/") if int(part) in names
        )

    return sorted(found, key=place)


def all_units(session: Session) -> list[Unit]:
    return units_below(session, list(session.scalars(select(Unit).where(Unit.parent_id.is_(None)))))


def unit_choices(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """(id, indented name) pairs for a drop-down."""
    top = min((unit.depth for unit in units), default=0)
    return [(str(unit.id), "\u2003" * (unit.depth - top) + unit.name) for unit in units]


def people(units: Sequence[Unit], search: str = "", *, unplaced: bool = False) -> Select[tuple[User]]:
    """Accounts of these units and below; ``unplaced`` adds those of no unit. The search sees through accents."""
    reached = within(units) | User.unit_id.is_(None) if unplaced else within(units)
    query = select(User).outerjoin(Unit, User.unit_id == Unit.id).where(reached).order_by(User.folded_name, User.id)
    if search:
        wanted = (User.folded_name, User.login, User.phone)
        query = query.where(or_(*(column.contains(fold(search), autoescape=True) for column in wanted)))
    return query
