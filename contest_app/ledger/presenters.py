"""How periods, money and evidence are said."""

from typing import Protocol

from flask_babel import get_locale
from flask_babel import gettext as _

from contest_app.contests.models import Contest
from contest_app.ledger.periods import Period


class HasEvidence(Protocol):
    @property
    def evidence(self) -> str: ...

    @property
    def contest(self) -> Contest | None: ...


def period_name(period: Period) -> str:
    """ "6 tháng đầu năm 2026"; by its days where they are not the calendar's."""
    match period.kind if period.is_usual else "":
        case "first_half":
            return _("6 tháng đầu năm %(year)s", year=period.year)
        case "second_half":
            return _("6 tháng cuối năm %(year)s", year=period.year)
        case "year":
            return _("Năm %(year)s", year=period.year)
    return _(
        "Từ ngày %(first)s đến ngày %(last)s",
        first=period.first.strftime("%d/%m/%Y"),
        last=period.last.strftime("%d/%m/%Y"),
    )


def capital(text: object) -> str:
    """With a capital at its head; names and abbreviations in it stay."""
    said = str(text)
    return said[:1].upper() + said[1:]


def grouped(number: int | None) -> str:
    """ "1.500.000"; a dash where there is none."""
    if number is None:
        return "–"
    return f"{number:,}" if str(get_locale() or "vi") == "en" else f"{number:,}".replace(",", ".")


def evidence_text(line: HasEvidence, base_url: str) -> str:
    """What was written, else the address of the contest's public page."""
    if line.evidence or line.contest is None:
        return line.evidence
    return f"{base_url}/cuoc-thi/{line.contest.slug}"
