"""What unit sheets and class lists have in common."""

from collections.abc import Sequence

from flask_babel import gettext as _

from contest_app.web.tables import Row
from question_bank.model import Problem

SAMPLE = "VD-"  # rows of the template whose code or log-in begins so are examples


def without_samples(rows: Sequence[Row], key: str) -> list[Row]:
    """A template sent back with its examples still in it must not make them real."""
    return [row for row in rows if not row.values.get(key, "").upper().startswith(SAMPLE)]


def length_problem(row: Row, key: str, heading: str, most: int) -> list[Problem]:
    """The cell does not fit the database's column."""
    text = row.values.get(key, "")
    if len(text) <= most:
        return []
    params: dict[str, str | int] = {"found": f"{text[:60]}…", "accepted": _("nhiều nhất %(most)s ký tự", most=most)}
    return [Problem("unknown_value", row=row.number, column=heading, params=params)]
