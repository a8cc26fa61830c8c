"""Writing the ledger: the record a contest leaves, what people add to it, and activities that are no contest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.audit.services import Event, reason_given, record
from contest_app.bank.models import QuestionVersion, Topic
from contest_app.contests.models import Contest
from contest_app.ledger.forms_of_dissemination import CONTEST
from contest_app.ledger.models import Activity
from contest_app.ledger.queries import attendance, contests_without_record
from contest_app.results.queries import AT_A_TIME, valid
from contest_app.web.refusal import NotYours

MOST_TOPICS = 8


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """What people may write of a contest; dates and numbers come from the platform."""

    form: str
    topic: str
    audience: str
    cost: int | None  # VND
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnValues(ActivityValues):
    """An activity that is no contest: people write all of it."""

    unit_id: int
    title: str
    began_on: date
    ended_on: date
    people: int
    attempts: int  # attendances


def record_contest(session: Session, contest: Contest, now: datetime) -> Activity:
    """The ledger's record of a contest whose results are final; what people wrote into it stays."""
    activity = session.scalar(select(Activity).where(Activity.contest_id == contest.id))
    if activity is None:
        activity = Activity(
            contest_id=contest.id, form=CONTEST, topic="; ".join(topics_asked(session, contest.id)),
            audience=contest.rules.audience.description, evidence="", note="", updated_by_id=None,
        )  # fmt: skip
    people, attempts = attendance(session, [contest.id]).get(contest.id, (0, 0))
    activity.unit_id, activity.title = contest.unit_id, contest.title
    activity.began_on, activity.ended_on = contest.rules.opens_at.date(), contest.rules.closing_day
    activity.people, activity.attempts, activity.updated_at = people, attempts, now
    session.add(activity)
    session.flush()
    return activity


def topics_asked(session: Session, contest_id: int) -> list[str]:
    """Topics (else titles or numbers of the acts) of the questions that were in papers, those asked most first."""
    papers = valid(select(Attempt.paper), contest_id)
    read = session.scalars(papers.execution_options(yield_per=AT_A_TIME))
    asked = Counter(number for paper in read for number, _order in paper)
    query = (
        select(QuestionVersion.id, QuestionVersion.legal_basis, Topic.path)
        .outerjoin(Topic, QuestionVersion.topic_id == Topic.id)
        .where(QuestionVersion.id.in_(asked))
    )
    named: Counter[str] = Counter()
    for number, bases, path in session.execute(query):
        for topic in _topics(path, bases):
            named[topic] += asked[number]
    return sorted(named, key=lambda topic: (-named[topic], topic))[:MOST_TOPICS]


def _topics(path: str | None, bases: Sequence[dict[str, Any]]) -> set[str]:
    if path:
        return {path.split(" > ")[0].replace(";", ",")}
    return {text.replace(";", ",") for basis in bases if (text := basis.get("title") or basis.get("act") or "")}


def values_of(activity: Activity) -> ActivityValues:
    kind = ActivityValues if activity.contest_id else OwnValues
    return kind(**{field.name: getattr(activity, field.name) for field in fields(kind)})


def add_activity(session: Session, values: OwnValues, *, actor_id: int, now: datetime) -> Activity:
    """Enter an activity that is no contest; goes on record."""
    activity = Activity(**asdict(values), updated_at=now, updated_by_id=actor_id)
    session.add(activity)
    session.flush()
    record(
        session, Event.ACTIVITY_ADDED, f"activity:{activity.id}", actor_id=actor_id, now=now, after=_plain(values)
    )  # fmt: skip
    return activity


def delete_activity(session: Session, activity: Activity, *, reason: str, actor_id: int, now: datetime) -> None:
    """Strike an activity people entered; what it said stays on record.

    :raises Refusal: reason_needed. :raises NotYours: a contest's record, which follows its results.
    """
    if activity.contest_id is not None:
        raise NotYours
    record(
        session, Event.ACTIVITY_DELETED, f"activity:{activity.id}", actor_id=actor_id, now=now,
        before=_plain(values_of(activity)), reason=reason_given(reason),
    )  # fmt: skip
    session.delete(activity)


def _plain(values: ActivityValues) -> dict[str, Any]:
    """As the log keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(values).items()}


def edit_activity(
    session: Session, activity: Activity, values: ActivityValues, *, actor_id: int | None, now: datetime
) -> bool:
    """Write what people add; goes on record with what stood there before. False when nothing changed."""
    before, after = _plain(values_of(activity)), _plain(values)
    changed = [field for field in after if before[field] != after[field]]
    if not changed:
        return False
    for field in changed:
        setattr(activity, field, getattr(values, field))
    activity.updated_at, activity.updated_by_id = now, actor_id
    record(
        session, Event.ACTIVITY_EDITED, f"activity:{activity.id}", actor_id=actor_id, now=now,
        before={field: before[field] for field in changed}, after={field: after[field] for field in changed},
    )  # fmt: skip
    return True


def catch_up(session: Session, now: datetime) -> list[Activity]:
    """Records of contests whose results were final before there was a ledger."""
    contests = [one for one in contests_without_record(session) if one.results_frozen_at]
    return [record_contest(session, contest, now) for contest in contests]
