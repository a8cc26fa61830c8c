"""Reads about the ledger: stored records, and contests that are over but not final yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session, joinedload

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import within
from contest_app.attempts.models import Attempt
from contest_app.audit.models import AuditEntry
from contest_app.contests.models import Contest, Round
from contest_app.ledger.forms_of_dissemination import CONTEST
from contest_app.ledger.models import Activity, StatisticsTemplate
from contest_app.ledger.periods import Period
from question_bank.text import fold


@dataclass(frozen=True, slots=True)
class Line:
    """One activity as the ledger shows it. Without an id it is computed now, and counts in no report yet."""

    id: int | None
    unit: Unit
    contest: Contest | None
    title: str
    began_on: date
    ended_on: date
    form: str
    topic: str
    audience: str
    people: int
    attempts: int
    cost: int | None
    evidence: str
    note: str

    @property
    def is_final(self) -> bool:
        return self.id is not None

    @property
    def topics(self) -> list[str]:
        return [part.strip() for part in self.topic.split(";") if part.strip()]


def attendance(session: Session, contest_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """(people, attempts) of each contest: official attempts that are not voided, and who sat them."""
    query = (
        select(Round.contest_id, func.count(distinct(Attempt.participation_id)), func.count(Attempt.id))
        .join(Attempt, Attempt.round_id == Round.id)
        .where(Round.contest_id.in_(contest_ids), Round.is_mock.is_(False), Attempt.voided_at.is_(None))
        .group_by(Round.contest_id)
    )
    return {contest: (people, attempts) for contest, people, attempts in session.execute(query)}


def contests_without_record(session: Session, units: Sequence[Unit] = ()) -> list[Contest]:
    """Opened contests (of these units and below) that the ledger has no record of."""
    recorded = select(Activity.id).where(Activity.contest_id == Contest.id).exists()
    query = select(Contest).where(~recorded, Contest.opened_at.is_not(None)).options(joinedload(Contest.unit))
    if units:
        query = query.join(Unit, Contest.unit_id == Unit.id).where(within(units))
    return list(session.scalars(query.order_by(Contest.id)))


def lines(
    session: Session, units: Sequence[Unit], now: datetime, *, period: Period | None = None, form: str = "",
    search: str = "",
) -> list[Line]:  # fmt: skip
    """The ledger of these units and all below, what ended last first.

    An activity belongs to the period in which it ended; every word searched for must occur, accents or not.
    """
    if not units:
        return []
    found = [*_stored(session, units), *_not_final(session, units, now)]
    words = fold(search).split()
    kept = [
        one for one in found
        if (period is None or period.first <= one.ended_on <= period.last)
        and form in ("", one.form)
        and _has(one, words)
    ]  # fmt: skip
    return sorted(kept, key=lambda one: (one.ended_on, one.began_on, one.title), reverse=True)


def _has(line: Line, words: Iterable[str]) -> bool:
    # Not stored without accents: a unit has some hundreds of activities in many years, so they are folded here.
    text = fold(f"{line.title} {line.topic} {line.audience} {line.evidence} {line.note} {line.unit.name}")
    return all(word in text for word in words)


def _stored(session: Session, units: Sequence[Unit]) -> list[Line]:
    query = select(Activity).join(Activity.unit).where(within(units))
    found = session.scalars(query.options(joinedload(Activity.unit), joinedload(Activity.contest)))
    return [
        Line(
            one.id, one.unit, one.contest, one.title, one.began_on, one.ended_on, one.form, one.topic, one.audience,
            one.people, one.attempts, one.cost, one.evidence, one.note,
        )
        for one in found
    ]  # fmt: skip


def _not_final(session: Session, units: Sequence[Unit], now: datetime) -> list[Line]:
    over = [one for one in contests_without_record(session, units) if one.rules.closes_at <= now]
    counts = attendance(session, [one.id for one in over])
    return [
        Line(
            None, one.unit, one, one.title, one.rules.opens_at.date(), one.rules.closing_day, CONTEST, "",
            one.rules.audience.description, *counts.get(one.id, (0, 0)), None, "", "",
        )
        for one in over
    ]  # fmt: skip


def history(session: Session, activity: Activity) -> list[AuditEntry]:
    """Who changed the record, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject == f"activity:{activity.id}").order_by(AuditEntry.id.desc())
    return list(session.scalars(query.options(joinedload(AuditEntry.actor))))


def templates(session: Session, units: Sequence[Unit]) -> list[StatisticsTemplate]:
    if not units:
        return []
    query = select(StatisticsTemplate).join(StatisticsTemplate.unit).where(within(units))
    return list(session.scalars(query.order_by(Unit.path, StatisticsTemplate.name)))
