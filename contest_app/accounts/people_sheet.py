"""Class lists from Excel: every problem by row and column, nothing stored while one is left."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.accounts import passwords, services
from contest_app.accounts.models import LOGIN_PATTERN, PHONE_PATTERN, Unit, UnitKind, User
from contest_app.accounts.services import NewAccount
from contest_app.accounts.sheet_rows import length_problem
from contest_app.audit.services import Event, record
from contest_app.web.tables import Column, Row
from question_bank.model import Problem
from question_bank.text import fold

PEOPLE_COLUMNS = (
    Column("full_name", "Họ và tên", required=True),
    Column("login", "Tên đăng nhập"),
    Column("birth_year", "Năm sinh"),
    Column("unit", "Mã đơn vị"),
    Column("phone", "Số điện thoại"),
)
YEAR = r"(?:19|20)[0-9]{2}"
LONGEST_NAME = 120  # as on the registration form
LONGEST_LOGIN_STEM = 58  # leaves room for a number


@dataclass(frozen=True, slots=True)
class IssuedPassword:
    """A line of the printable sheet."""

    full_name: str
    unit: str
    login: str
    password: str


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
        problems += length_problem(row, "full_name", "Họ và tên", LONGEST_NAME)
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
