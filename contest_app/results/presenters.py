"""What the results pages may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from contest_app.contests.models import Participation
from contest_app.results.models import Standing
from contest_app.results.report import award_words
from contest_app.web.words import SHORT_RANK_KEYS, initials
from scoring.ranking import RankKey


@dataclass(frozen=True, slots=True)
class StandingLine:
    rank: int
    number: str
    name: str
    unit: str
    group: str
    score: Decimal
    max_score: Decimal
    seconds: Decimal
    submitted_at: datetime
    attempts: int
    prediction_distance: int | None
    decided_by: str
    award: str
    is_mine: bool


def public_name(person: Participation) -> str:
    """In full only with the contestant's consent (Law 91/2025/QH15, art. 16), else initials and given name."""
    return person.full_name if person.shows_name else initials(person.full_name)


def standing_lines(
    rows: Sequence[Standing], *, in_full: bool, user_id: int | None, by_group: bool
) -> list[StandingLine]:
    return [_line(row, in_full=in_full, user_id=user_id, by_group=by_group) for row in rows]


def _line(row: Standing, *, in_full: bool, user_id: int | None, by_group: bool) -> StandingLine:
    person = row.participation
    is_mine = user_id is not None and person.user_id == user_id
    return StandingLine(
        rank=row.group_rank if by_group else row.rank, number=person.number,
        name=person.full_name if in_full or is_mine else public_name(person),
        unit=person.unit.name if person.unit else "", group=person.group_code, score=row.score, max_score=row.max_score,
        seconds=row.seconds, submitted_at=row.submitted_at, attempts=row.attempts,
        prediction_distance=row.prediction_distance,
        decided_by=str(SHORT_RANK_KEYS[RankKey(row.decided_by)]) if row.decided_by else "",
        award=award_words(row.award), is_mine=is_mine,
    )  # fmt: skip
