"""The three release switches, read in one place."""

from datetime import datetime

from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.contests.services import Switch, release_at
from contest_app.results.queries import is_anybody_answering


def is_released(session: Session, contest: Contest, switch: Switch, now: datetime) -> bool:
    """Whether everybody may see it now. A key stays hidden while anybody (with extra time, say) still answers."""
    moment = release_at(contest, switch)
    if moment is None or now < moment:
        return False
    return switch != "key" or (now >= contest.rules.closes_at and not is_anybody_answering(session, contest, now))
