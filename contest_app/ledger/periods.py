"""Report periods. Their days are what a circular says at the time, so whoever asks may set other days."""

from dataclasses import dataclass
from datetime import date

KINDS = ("first_half", "second_half", "year", "other")
_DAYS = {"first_half": ((1, 1), (6, 30)), "second_half": ((7, 1), (12, 31)), "year": ((1, 1), (12, 31))}
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    kind: str
    year: int
    first: date
    last: date

    @property
    def is_usual(self) -> bool:
        """Whether its days are those of the calendar."""
        return (self.first, self.last) == usual_days(self.kind, self.year)


def usual_days(kind: str, year: int) -> tuple[date, date] | None:
    if kind not in _DAYS:
        return None
    first, last = _DAYS[kind]
    return date(year, *first), date(year, *last)


def period(kind: str, year: int, first: date | None = None, last: date | None = None) -> Period | None:
    """The period of that kind; days that are given stand in for the calendar's. None when that makes no period."""
    if kind not in KINDS or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    usual = usual_days(kind, year) or (None, None)
    first, last = first or usual[0], last or usual[1]
    if first is None or last is None or first > last:
        return None
    return Period(kind, year, first, last)
