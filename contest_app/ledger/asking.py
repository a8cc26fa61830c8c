"""What somebody asks the ledger for in a page's address: unit, period, form, words."""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.accounts.queries import unit_choices, units_below
from contest_app.extensions import db
from contest_app.ledger.forms_of_dissemination import FORMS
from contest_app.ledger.periods import Period, period
from contest_app.permissions import Permission, units_of
from contest_app.web.refusal import NotYours
from question_bank.formats.words import read_date


@dataclass(frozen=True, slots=True)
class Asked:
    units: list[Unit]  # all within reach, in tree order
    unit: Unit | None  # None: everything within reach
    kind: str
    year: int
    typed_first: str
    typed_last: str
    period: Period | None
    is_bad_period: bool
    form: str
    search: str

    @property
    def reach(self) -> list[Unit]:
        return [self.unit] if self.unit else self.units

    @property
    def unit_choices(self) -> list[tuple[str, str]]:
        return [(one.code, label) for one, (_id, label) in zip(self.units, unit_choices(self.units), strict=True)]

    @property
    def address(self) -> dict[str, str]:
        """The same question as the arguments of an address."""
        asked = {
            "don-vi": self.unit.code if self.unit else "", "ky": self.kind, "nam": str(self.year) if self.kind else "",
            "tu": self.typed_first, "den": self.typed_last, "hinh-thuc": self.form, "tim": self.search,
        }  # fmt: skip
        return {name: text for name, text in asked.items() if text}


def asked(permission: Permission = Permission.SEE_RESULTS, *, usual_kind: str = "") -> Asked:
    """
    :param usual_kind: the period where none is asked for; "" asks for all times.
    :raises NotYours: a unit out of reach.
    """
    units = units_below(db.session(), units_of(current_user, permission))
    code = request.values.get("don-vi", "")
    unit = next((one for one in units if one.code == code), None)
    if code and unit is None:
        raise NotYours
    kind = request.values.get("ky", usual_kind)
    typed_year = request.values.get("nam", "").strip()
    year = int(typed_year) if typed_year.isdecimal() and len(typed_year) < 10 else None
    first, last = request.values.get("tu", "").strip(), request.values.get("den", "").strip()
    days = [_day(text) for text in (first, last)]
    is_readable = all(day is not None or not text for day, text in zip(days, (first, last), strict=True))
    is_readable = is_readable and (year is not None or not typed_year)
    year = clock.today().year if year is None else year
    found = period(kind, year, *days) if kind and is_readable else None
    form = request.values.get("hinh-thuc", "")
    return Asked(
        units, unit, kind, year, first, last, found, bool(kind) and found is None,
        form if form in FORMS else "", request.values.get("tim", "").strip(),
    )  # fmt: skip


def _day(text: str) -> date | None:
    found = read_date(text) if text else None
    return found if isinstance(found, date) else None
