"""Units and class lists from Excel: every problem by row and column, nothing stored while one is left."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts import passwords, services
from contest_app.accounts.models import Unit, UnitKind, User
from contest_app.accounts.services import NewAccount
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
PEOPLE_COLUMNS = (
    Column("full_name", "Họ và tên", required=True),
    Column("login", "Tên đăng nhập"),
    Column("birth_year", "Năm sinh"),
    Column("unit", "Mã đơn vị"),
    Column("phone", "Số điện thoại"),
)


MOST_DIGITS = 9  # what a database's integer holds
WHOLE_NUMBER = r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+"  # "1.068" is a thousand, "20.5" is none
YEAR = r"(?:19|20)[0-9]{2}"
LOGIN_PATTERN = r"[a-z0-9._@+-]{3,64}"  # as on the registration form
PHONE_PATTERN = r"(?:\+84|0)[0-9]{9,10}"  # as on the form of a contest
LONGEST_CODE, LONGEST_UNIT_NAME, LONGEST_NAME = 64, 255, 120  # the columns' widths; a name as on the registration form
LONGEST_LOGIN_STEM = 58  # leaves room for a number


@dataclass(frozen=True, slots=True)
class IssuedPassword:
    """A line of the printable sheet."""

    full_name: str
    unit: str
    login: str
    password: str


SAMPLE = "VD-"  # rows of the template whose code or log-in begins so are examples


def without_samples(rows: Sequence[Row], key: str) -> list[Row]:
    """A template sent back with its examples still in it must not make them real."""
    return [row for row in rows if not row.values.get(key, "").upper().startswith(SAMPLE)]


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
        problems += _length_problem(row, "code", "Mã đơn vị", LONGEST_CODE)
        problems += _length_problem(row, "name", "Tên đơn vị", LONGEST_UNIT_NAME)
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


def _length_problem(row: Row, key: str, heading: str, most: int) -> list[Problem]:
    text = row.values.get(key, "")
    if len(text) <= most:
        return []
    params: dict[str, str | int] = {"found": f"{text[:60]}…", "accepted": _("nhiều nhất %(most)s ký tự", most=most)}
    return [Problem("unknown_value", row=row.number, column=heading, params=params)]


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


def check_people(session: Session, rows: Sequence[Row], units: dict[str, Unit], home: Unit | None) -> list[Problem]:
    """Problems of a class list; ``units`` are those within reach by code, ``home`` where a row without a code goes."""
    problems: list[Problem] = []
    taken = set(session.scalars(select(User.login)))
    phones = set(session.scalars(select(User.phone).where(User.phone.is_not(None))))
    first_row: dict[str, int] = {}
    first_phone: dict[str, int] = {}
    there = _people_there(session, units)
    for row in rows:
        values = row.values
        if not values["full_name"]:
            problems.append(Problem("empty_cell", row=row.number, column="Họ và tên"))
        problems += _twin_problems(row, units, home, there)
        problems += _length_problem(row, "full_name", "Họ và tên", LONGEST_NAME)
        if (year := values.get("birth_year", "")) and not re.fullmatch(YEAR, year):
            params: dict[str, str | int] = {"found": year, "accepted": "1900–2099"}
            problems.append(Problem("unknown_value", row=row.number, column="Năm sinh", params=params))
        problems += _phone_problems(row, phones, first_phone)
        login = values.get("login", "").lower()
        if login in taken:
            problems.append(Problem("login_taken", row=row.number, column="Tên đăng nhập", params={"found": login}))
        if login and login in first_row:
            params = {"found": login, "first": first_row[login]}
            problems.append(Problem("repeated_value", row=row.number, column="Tên đăng nhập", params=params))
        if login and not re.fullmatch(LOGIN_PATTERN, login):
            params = {"found": login, "accepted": "a-z 0-9 . _ - @ +"}
            problems.append(Problem("unknown_value", row=row.number, column="Tên đăng nhập", params=params))
        first_row.setdefault(login, row.number)
        code = values.get("unit", "")
        if not code and home is None:
            problems.append(Problem("empty_cell", row=row.number, column="Mã đơn vị"))
        elif code and code not in units:
            problems.append(Problem("unknown_unit", row=row.number, column="Mã đơn vị", params={"found": code}))
    return problems


Person = tuple[str, int | None, str]  # folded name, unit, year of birth: enough to suspect the same person


def _people_there(session: Session, units: dict[str, Unit]) -> dict[Person, str]:
    """Everybody in the units the list may concern, with where they were met."""
    ids = [unit.id for unit in units.values()]
    found = session.execute(
        select(User.folded_name, User.unit_id, User.birth_year, User.login).where(User.unit_id.in_(ids))
    )
    return {(name, unit_id, str(year or "")): login for name, unit_id, year, login in found}


def _twin_problems(row: Row, units: dict[str, Unit], home: Unit | None, there: dict[Person, str]) -> list[Problem]:
    """The same name, unit and year again: a list sent twice. Two different people get log-ins of their own."""
    values = row.values
    unit = units.get(values.get("unit", "")) or home
    person = (fold(values["full_name"]), unit.id if unit else None, values.get("birth_year", ""))
    known = there.setdefault(person, f"dòng {row.number}")
    if values.get("login") or not values["full_name"] or known == f"dòng {row.number}":
        return []
    return [Problem("person_there", row=row.number, column="Họ và tên", params={"found": known})]


def _phone_problems(row: Row, known: set[str | None], first: dict[str, int]) -> list[Problem]:
    """An account's phone is its own: a list entered twice shows here."""
    phone = _phone(row)
    if not phone:
        return []
    if not re.fullmatch(PHONE_PATTERN, phone):
        params: dict[str, str | int] = {"found": row.values["phone"][:60], "accepted": "0912345678"}
        return [Problem("unknown_value", row=row.number, column="Số điện thoại", params=params)]
    if phone in known:
        return [Problem("phone_taken", row=row.number, column="Số điện thoại", params={"found": phone})]
    if phone in first:
        params = {"found": phone, "first": first[phone]}
        return [Problem("repeated_value", row=row.number, column="Số điện thoại", params=params)]
    first[phone] = row.number
    return []


def _phone(row: Row) -> str:
    """Without what separates its digits, and with the zero that Excel takes from a number."""
    digits = re.sub(r"[ .()-]", "", row.values.get("phone", ""))
    return f"0{digits}" if re.fullmatch(r"[1-9][0-9]{8}", digits) else digits


def one_time_passwords(count: int) -> list[tuple[str, str]]:
    """Passwords with their hashes: slow on purpose, so made before anything is locked."""
    made = (passwords.one_time_password() for _ in range(count))
    return [(password, passwords.hash_password(password)) for password in made]


def store_people(
    session: Session,
    rows: Sequence[Row],
    made: Sequence[tuple[str, str]],
    units: dict[str, Unit],
    home: Unit | None,
    *,
    actor_id: int,
    now: datetime,
) -> list[IssuedPassword]:
    """Make an account for each row of a checked list, with the passwords ``made`` for them."""
    issued = []
    given = {row.values.get("login", "").lower() for row in rows}
    for row, (password, password_hash) in zip(rows, made, strict=True):
        values = row.values
        unit = units.get(values.get("unit", "")) or home
        login = values.get("login", "").lower() or _free_login(session, values["full_name"], given)
        year = values.get("birth_year", "")
        new = NewAccount(
            login,
            values["full_name"],
            "",
            int(year) if year else None,
            phone=_phone(row) or None,
            unit_id=unit.id if unit else None,
            password_hash=password_hash,
        )
        services.create_account(session, new, now, one_time=True)
        issued.append(IssuedPassword(values["full_name"], _full_unit_name(unit), login, password))
    record(session, Event.PEOPLE_IMPORTED, "people", actor_id=actor_id, now=now, created=len(issued))
    return issued


def _full_unit_name(unit: Unit | None) -> str:
    """ "Lớp 10A, Trường THPT An Trường": every school has a 10A."""
    if unit is None:
        return ""
    return f"{unit.name}, {unit.parent.name}" if unit.kind is UnitKind.CLASS and unit.parent else unit.name


def _free_login(session: Session, full_name: str, given: Container[str]) -> str:
    """ "Nguyễn Văn An" becomes "annv", "annv2" …: the way Vietnamese schools make them; ``given`` are spoken for."""
    words = fold(full_name).split()
    spelled = words[-1] + "".join(word[0] for word in words[:-1])
    stem = "".join(ch for ch in spelled if ch.isascii() and ch.isalnum())[:LONGEST_LOGIN_STEM] or "ts"
    login, number = stem, 1
    while len(login) < 3 or login in given or session.scalar(select(User.id).where(User.login == login)) is not None:
        number += 1
        login = f"{stem}{number:02}" if len(stem) < 2 else f"{stem}{number}"
    return login
