"""How a page for the staff of a contest begins, whichever feature it belongs to."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.contests.queries import by_slug
from contest_app.extensions import db, separate_transaction
from contest_app.permissions import Permission, demand
from contest_app.results import services

MOST_AT_ONCE = 2_000  # official attempts: what is made of more takes longer than people wait for a page


def for_staff(slug: str, permission: Permission = Permission.SEE_RESULTS) -> Contest:
    """:raises NotYours, NotFound: no such contest, or not within the visitor's reach."""
    contest = by_slug(db.session(), slug)
    demand(permission, contest.unit)
    return contest


def fresh(contest: Contest, now: datetime) -> None:
    """Rank again before showing, at most once a minute; load the contest anew afterwards."""
    if services.is_stale(db.session(), contest, now):
        _apart(contest, now, services.rank_if_stale)


def bring_up_to_date(contest: Contest, now: datetime) -> None:
    """Close what is overdue and rank, in a transaction of its own."""
    _apart(contest, now, services.bring_up_to_date)


def _apart(contest: Contest, now: datetime, rank: Callable[[Session, Contest, datetime], None]) -> None:
    contest_id = contest.id
    db.session.rollback()  # what this page read is about to be old
    with separate_transaction() as session:
        rank(session, session.get_one(Contest, contest_id), now)
