"""The tree of units from Excel: every problem by row and column, nothing stored while one is left."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit, UnitKind
from contest_app.accounts.sheet_rows import length_problem
from contest_app.audit.services import Event, record
from contest_app.web.tables import Column, Row
from question_bank.model import Problem
from question_bank.text import fold

UNIT_COLUMNS = (
    Column("code", "Mã đơn vị", required=True),
    Column("name", "Tên đơn vị", required=True),
    Column("kind", "Loại đơn vị"),
    Column("parent", "Mã đơn vị cấp trên"),
    Column("headcount", "Quân số"),
)
MOST_DIGITS = 9  # what a database's integer holds
WHOLE_NUMBER = r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+"  # "1.068" is a thousand, "20.5" is none
LONGEST_CODE, LONGEST_NAME = 64, 255  # the columns' widths


def check_units(session: Session, rows: Sequence[Row], reach: Sequence[Unit]) -> list[Problem]:
    """Problems of a unit sheet; ``reach`` are the topmost units the importer may change."""
    problems: list[Problem] = []
    first_row: dict[str, int] = {}
    in_file = {row.values["code"] for row in rows}
    known = {unit.code: unit for unit in session.scalars(select(Unit))}
    for row in rows:
        code, values = row.values["code"], row.values
        problems += [
            Problem("empty_cell", row=row.number, column=c.heading) for c in UNIT_COLUMNS[:2] if not values[c.key]
        ]
        if code in first_row:
            params: dict[str, str | int] = {"found": code, "first": first_row[code]}
            problems.append(Problem("repeated_value", row=row.number, column="Mã đơn vị", params=params))
        first_row.setdefault(code, row.number)
        problems += length_problem(row, "code", "Mã đơn vị", LONGEST_CODE)
        problems += length_problem(row, "name", "Tên đơn vị", LONGEST_NAME)
        problems += _number_problem(row, "headcount", "Quân số")
        kind = values.get("kind", "")
        if kind and _kind(kind) is None:
            accepted = "; ".join(words[-1] for words in _KINDS.values())
            problems.append(
                Problem(
                    "unknown_value", row=row.number, column="Loại đơn vị", params={"found": kind, "accepted": accepted}
                )
            )
        parent = values.get("parent", "")
        if parent and parent not in in_file and parent not in known:
            problems.append(
                Problem("unknown_parent", row=row.number, column="Mã đơn vị cấp trên", params={"found": parent})
            )
        if not _may_place(code, parent, in_file, known, reach):
            problems.append(
                Problem("outside_your_units", row=row.number, column="Mã đơn vị", params={"found": parent or code})
            )
    return problems + _circles(rows, known.values())


def _may_place(code: str, parent: str, in_file: set[str], known: dict[str, Unit], reach: Sequence[Unit]) -> bool:
    """A known unit must lie within reach; a new one must hang below something within reach."""

    def reached(unit: Unit) -> bool:
        return any(unit.lies_within(top) for top in reach)

    if code in known and not reached(known[code]):
        return False
    if parent in known:
        stays = code in known and known[code].parent_id == known[parent].id  # as the exported list says
        return stays or reached(known[parent])
    return code in known or parent in in_file or not known


def _circles(rows: Sequence[Row], known: Iterable[Unit]) -> list[Problem]:
    parents = {unit.code: unit.parent.code if unit.parent else "" for unit in known}
    parents |= {row.values["code"]: parent for row in rows if (parent := row.values.get("parent", ""))}
    problems = []
    for row in rows:
        seen, code = set(), row.values["code"]
        while code in parents and code not in seen:
            seen.add(code)
            code = parents[code]
        if code in seen and code == row.values["code"]:
            problems.append(
                Problem("circular_parent", row=row.number, column="Mã đơn vị cấp trên", params={"found": code})
            )
    return problems


def _digits(text: str) -> str:
    """A number without what separates its thousands."""
    return text.replace(".", "").replace(" ", "")


def _number_problem(row: Row, key: str, heading: str) -> list[Problem]:
    text = row.values.get(key, "")
    if not text or (re.fullmatch(WHOLE_NUMBER, text) and len(_digits(text)) <= MOST_DIGITS):
        return []
    return [Problem("not_a_number", row=row.number, column=heading, params={"found": row.values[key]})]


# Sheets are Vietnamese whatever language their reader has chosen for the pages.
_KINDS = {
    UnitKind.PROVINCE: ("tỉnh", "thành phố", "tỉnh, thành phố"),
    UnitKind.COMMUNE: ("xã", "phường", "đặc khu", "xã, phường"),
    UnitKind.SCHOOL: ("trường học", "trường"),
    UnitKind.AGENCY: ("cơ quan",),
    UnitKind.CLASS: ("lớp",),
    UnitKind.BRANCH: ("chi đoàn", "thôn", "tổ", "ấp", "bản", "chi đoàn, thôn, tổ"),
}
_KIND_OF = {fold(word): kind for kind, words in _KINDS.items() for word in (kind.value, *words)}


def _kind(word: str) -> UnitKind | None:
    return _KIND_OF.get(fold(word))


def store_units(session: Session, rows: Sequence[Row], *, actor_id: int | None, now: datetime) -> tuple[int, int]:
    """Create or update checked units, parents before children. Returns how many of each."""
    known = {unit.code: unit for unit in session.scalars(select(Unit))}
    waiting = {row.values["code"]: row for row in rows}
    created = updated = 0
    while waiting:
        code = next(code for code, row in waiting.items() if row.values.get("parent", "") not in waiting)
        row = waiting.pop(code)
        if code in known:
            updated += 1
        else:
            created += 1
        known[code] = _store_unit(session, known.get(code), row, known.get(row.values.get("parent", "")))
    record(session, Event.UNITS_IMPORTED, "units", actor_id=actor_id, now=now, created=created, updated=updated)
    return created, updated


def _store_unit(session: Session, unit: Unit | None, row: Row, parent: Unit | None) -> Unit:
    values = row.values
    if unit is None:
        unit = Unit(code=values["code"], kind=UnitKind.AGENCY if parent else UnitKind.COMMUNE)
        session.add(unit)
    unit.name, unit.folded_name = values["name"], fold(values["name"])
    unit.kind = _kind(values.get("kind", "")) or unit.kind
    headcount = _digits(values.get("headcount", ""))
    unit.headcount = int(headcount) if headcount else unit.headcount
    if parent is not None:
        unit.parent_id = parent.id
    session.flush()
    parent = session.get(Unit, unit.parent_id) if unit.parent_id else None
    _move(session, unit, f"{parent.path if parent else '/'}{unit.id}/")
    session.flush()
    return unit


def _move(session: Session, unit: Unit, path: str) -> None:
    """Put a unit at its path, and all that lies below it with it."""
    before, unit.path = unit.path, path
    if before and before != path:
        for below in session.scalars(select(Unit).where(Unit.path.startswith(before, autoescape=True))):
            below.path = path + below.path.removeprefix(before)
