"""What a contest taught about its questions, kept in the bank once the results are final."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.bank.models import QuestionUse, QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.marking import AnswerKey, KnownKeys, bank_answer
from contest_app.results.option_bits import as_bits, places
from contest_app.results.queries import AT_A_TIME, valid
from contest_app.rules.model import Rules
from question_bank.kinds import KINDS
from scoring.items import Response, discrimination, mean_share
from scoring.statistics.suspects import Asked, suspected


class _Asked:
    """The responses to one version, packed: a large contest has millions, and as objects they would fill gigabytes."""

    def __init__(self) -> None:
        self.last_used_at: datetime | None = None
        self._shares, self._rests = array("d"), array("d")
        self._answered, self._chosen = array("b"), array("Q")  # options as bits

    def add(self, one: Response, at: datetime) -> None:
        self.last_used_at = max(at, self.last_used_at or at)
        self._shares.append(one.share)
        self._rests.append(one.rest)
        self._answered.append(one.answered)
        self._chosen.append(as_bits(one.chosen))

    def responses(self) -> list[Response]:
        rows = zip(self._shares, self._rests, self._answered, self._chosen, strict=True)
        return [Response(share, rest, bool(answered), places(bits)) for share, rest, answered, bits in rows]


Use = dict[str, object]  # the columns of a QuestionUse


def record_uses(session: Session, contest: Contest) -> int:
    """Write how every question drawn did. Returns how many questions."""
    return keep_uses(session, contest, uses_of(session, contest))


def keep_uses(session: Session, contest: Contest, uses: Sequence[Use]) -> int:
    """In the place of those before; how many."""
    session.execute(delete(QuestionUse).where(QuestionUse.contest_id == contest.id))
    session.add_all(QuestionUse(contest_id=contest.id, **use) for use in uses)
    session.flush()
    return len(uses)


def uses_of(session: Session, contest: Contest) -> list[Use]:
    """How every question drawn did, over attempts that are closed and not voided. Reads every paper."""
    known = KnownKeys(session, contest.id)
    asked: dict[int, _Asked] = defaultdict(_Asked)
    columns = select(Attempt.paper, Attempt.marks, Attempt.sheet, Attempt.started_at)
    query = valid(columns, contest.id).where(Attempt.closed_at.is_not(None))
    for row in session.execute(query.order_by(Attempt.id).execution_options(yield_per=AT_A_TIME)):
        keys = known.of(number for number, _order in row.paper)
        for number, response in _responses(row, contest.rules, keys):
            asked[number].add(response, row.started_at)
    versions = select(QuestionVersion.id, QuestionVersion.question_id).where(QuestionVersion.id.in_(asked))
    questions = dict(session.execute(versions).all())
    return [
        {
            "version_id": number, "question_id": questions[number], "last_used_at": found.last_used_at,
            **_statistics(known.found[number], found.responses()),
        }
        for number, found in asked.items()
    ]  # fmt: skip


def _responses(row: Any, rules: Rules, keys: Mapping[int, AnswerKey]) -> Iterator[tuple[int, Response]]:
    """Each question of an attempt's paper with what was made of it and of the rest."""
    most = [int(rules.paper.points_of(keys[number].kind) * 1000) for number, _order in row.paper]
    marks = row.marks or []
    whole, earned = sum(most), sum(points for _answered, _right, points in marks)
    given = from_text(row.sheet).answers
    for place, ((number, order), (answered, _right, points), best) in enumerate(
        zip(row.paper, marks, most, strict=True), start=1
    ):
        chosen = bank_answer(keys[number].question, order, given.get(place, ())) if _is_choice(keys[number]) else ()
        picked = frozenset(part for part in chosen if isinstance(part, int))
        rest = (earned - points) / (whole - best) if whole > best else 0.0
        yield number, Response(points / best if best else 0.0, rest, answered, picked)


def _is_choice(key: AnswerKey) -> bool:
    return KINDS[key.kind].is_choice


def _statistics(key: AnswerKey, found: Sequence[Response]) -> dict[str, object]:
    correlation = discrimination(found)
    is_choice = _is_choice(key)
    options = len(key.question.options) if is_choice else 0
    suspicion = None if key.credits_everyone else suspected(Asked(found, key.correct if is_choice else (), options))
    return {
        "drawn": len(found),
        "answered": sum(one.answered for one in found),
        "earned": Decimal(str(round(mean_share(found), 3))),
        "discrimination": None if correlation is None else Decimal(str(round(correlation, 3))),
        "doubt": f"{suspicion.code}:{suspicion.option}" if suspicion and suspicion.is_beyond_luck else "",
    }


def contests_to_catch_up(session: Session, bank_id: int) -> list[Contest]:
    """Contests of this bank whose results were final before uses were kept."""
    has_uses = select(QuestionUse.id).where(QuestionUse.contest_id == Contest.id).exists()
    query = select(Contest).where(Contest.bank_id == bank_id, Contest.results_frozen_at.is_not(None), ~has_uses)
    return list(session.scalars(query))
