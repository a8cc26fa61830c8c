"""A period report: from the ledger's lines to the plain values pages and files print. Only final records count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import units_below
from contest_app.clock import in_vietnam
from contest_app.ledger.forms_of_dissemination import CONTEST, DIRECT, FORMS
from contest_app.ledger.periods import Period
from contest_app.ledger.presenters import capital, evidence_text, period_name
from contest_app.ledger.queries import Line, lines
from contest_app.web.words import ACTIVITY_FORMS
from exports.ledger import ActivityLine, MinimumFields, PeriodReport, SumLine, Sums, add_up


def period_report(session: Session, unit: Unit, period: Period, now: datetime, base_url: str) -> PeriodReport:
    """What the unit and all below did in the period."""
    found = lines(session, [unit], now, period=period)
    final = [one for one in found if one.is_final]
    return PeriodReport(
        unit=unit.name, period=period_name(period), first=period.first, last=period.last,
        generated_at=in_vietnam(now), minimum=minimum_fields(final), total=sums(final),
        by_unit=tuple(_by_unit(units_below(session, [unit]), final)), by_form=tuple(_by_form(final)),
        by_topic=tuple(_by_topic(final)), activities=tuple(_activity(one, base_url) for one in reversed(final)),
        not_final=tuple(one.title for one in found if not one.is_final),
    )  # fmt: skip


def sums(found: Iterable[Line]) -> Sums:
    return add_up((one.people, one.attempts, one.cost) for one in found)


def minimum_fields(final: Sequence[Line]) -> MinimumFields:
    """Contests and entries are known; direct activities only where somebody entered one."""
    contests = sums(one for one in final if one.form == CONTEST)
    direct = sums(one for one in final if one.form == DIRECT)
    known = direct.activities > 0
    return MinimumFields(
        contests.activities, contests.attempts,
        direct_activities=direct.activities if known else None, direct_attendances=direct.attempts if known else None,
    )  # fmt: skip


def _by_unit(units: Sequence[Unit], final: Sequence[Line]) -> Iterable[SumLine]:
    """In tree order: a unit that has activities below it comes first with all of them, then by itself."""
    top = units[0].depth if units else 0
    for unit in units:
        own = [one for one in final if one.unit.id == unit.id]
        whole = [one for one in final if one.unit.lies_within(unit)]
        depth = unit.depth - top
        if len(whole) > len(own):
            yield SumLine(_("%(unit)s và các đơn vị trực thuộc", unit=unit.name), sums(whole), depth, is_subtotal=True)
        if own:
            yield SumLine(unit.name, sums(own), depth)


def _by_form(final: Sequence[Line]) -> Iterable[SumLine]:
    for form in FORMS:
        if own := [one for one in final if one.form == form]:
            yield SumLine(capital(ACTIVITY_FORMS[form]), sums(own))


def _by_topic(final: Sequence[Line]) -> Iterable[SumLine]:
    topics: dict[str, list[Line]] = defaultdict(list)
    for one in final:
        for topic in dict.fromkeys(one.topics or [_("(chưa ghi chủ đề)")]):
            topics[topic].append(one)
    for topic in sorted(topics, key=lambda topic: (-len(topics[topic]), topic)):
        yield SumLine(topic, sums(topics[topic]))


def _activity(one: Line, base_url: str) -> ActivityLine:
    return ActivityLine(
        one.unit.name, one.title, one.began_on, one.ended_on, capital(ACTIVITY_FORMS[one.form]), one.topic,
        one.audience, one.people, one.attempts, one.cost, evidence_text(one, base_url), one.note,
    )  # fmt: skip
