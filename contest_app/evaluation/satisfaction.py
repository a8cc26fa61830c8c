"""One tap after submitting. Only counts are kept, so nobody can learn who said what (Decree 224, art. 10)."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from contest_app.contests.models import Participation
from contest_app.evaluation.counts import add_to
from contest_app.evaluation.models import RatingCount
from contest_app.web.refusal import Refusal
from exports.evaluation import FEWEST, Satisfaction

SCORES = (1, 2, 3, 4, 5)


def rate(session: Session, person: Participation, score: int) -> None:
    """Add a rating, once for each contestant and contest.

    :raises Refusal: bad_rating, already_rated.
    """
    if score not in SCORES:
        raise Refusal("bad_rating", 422)
    first = update(Participation).where(Participation.id == person.id, Participation.has_rated.is_(False))
    done = session.execute(first.values(has_rated=True).returning(Participation.id)).first()
    if done is None:
        raise Refusal("already_rated", 409)
    add_to(session, RatingCount.waiting, 1, contest_id=person.contest_id, score=score)
    _tell_five(session, person.contest_id)


def _tell_five(session: Session, contest_id: int) -> None:
    """What waits is told together as soon as it is five ratings."""
    of_contest = RatingCount.contest_id == contest_id
    waiting = session.scalar(select(func.sum(RatingCount.waiting)).where(of_contest)) or 0
    if waiting >= FEWEST:
        told = {"ratings": RatingCount.ratings + RatingCount.waiting, "waiting": 0}
        session.execute(update(RatingCount).where(of_contest).values(told))


def satisfaction(session: Session, contest_id: int) -> Satisfaction:
    rows = session.execute(select(RatingCount.score, RatingCount.ratings).where(RatingCount.contest_id == contest_id))
    counts = dict(rows.all())
    total = sum(counts.values())
    return Satisfaction(total, tuple(counts.get(score, 0) for score in SCORES) if total else ())
