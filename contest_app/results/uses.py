"""What a contest taught about its questions, kept in the bank once the results are final."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.bank.models import QuestionUse, QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.marking import AnswerKey, answer_keys, bank_answer
from contest_app.results.queries import attempts_of
from question_bank.kinds import KINDS
from scoring.items import Response, discrimination, doubt, mean_share


def record_uses(session: Session, contest: Contest) -> int:
    """Write how every question drawn did, over attempts that are closed and not voided. Returns how many questions."""
    attempts = [one for one in session.scalars(attempts_of(contest.id)) if one.closed_at and not one.voided_at]
    numbers = {number for attempt in attempts for number in attempt.version_ids}
    keys = answer_keys(session, contest.id, numbers)
    questions = dict(
        session.execute(
            select(QuestionVersion.id, QuestionVersion.question_id).where(QuestionVersion.id.in_(numbers))
        ).all()
    )
    last_used: dict[int, datetime] = {}
    responses: dict[int, list[Response]] = defaultdict(list)
    for attempt in attempts:
        for number, response in _responses(attempt, contest, keys):
            responses[number].append(response)
            last_used[number] = max(attempt.started_at, last_used.get(number, attempt.started_at))
    session.execute(delete(QuestionUse).where(QuestionUse.contest_id == contest.id))
    session.add_all(
        QuestionUse(
            contest_id=contest.id, version_id=number, question_id=questions[number], last_used_at=last_used[number],
            **_statistics(keys[number], found),
        )
        for number, found in responses.items()
    )  # fmt: skip
    session.flush()
    return len(responses)


def _responses(attempt: Attempt, contest: Contest, keys: Mapping[int, AnswerKey]) -> list[tuple[int, Response]]:
    """Each question of the paper with what was made of it and of the rest."""
    most = [int(contest.rules.paper.points_of(keys[number].kind) * 1000) for number in attempt.version_ids]
    marks = attempt.marks or []
    whole, earned = sum(most), sum(points for _answered, _right, points in marks)
    given = from_text(attempt.sheet).answers
    found = []
    for place, ((number, order), (answered, _right, points), best) in enumerate(
        zip(attempt.paper, marks, most, strict=True), start=1
    ):
        chosen: Sequence[object] = ()
        if KINDS[keys[number].kind].is_choice:
            chosen = bank_answer(keys[number].question, order, given.get(place, ()))
        picked = frozenset(part for part in chosen if isinstance(part, int))
        rest = (earned - points) / (whole - best) if whole > best else 0.0
        found.append((number, Response(points / best if best else 0.0, rest, answered, picked)))
    return found


def _statistics(key: AnswerKey, found: Sequence[Response]) -> dict[str, object]:
    correlation = discrimination(found)
    is_choice = KINDS[key.kind].is_choice
    options = len(key.question.options) if is_choice else 0
    suspicion = None if key.credits_everyone else doubt(found, key.correct if is_choice else (), options)
    return {
        "drawn": len(found),
        "answered": sum(one.answered for one in found),
        "earned": Decimal(str(round(mean_share(found), 3))),
        "discrimination": None if correlation is None else Decimal(str(round(correlation, 3))),
        "doubt": f"{suspicion.code}:{suspicion.option}" if suspicion else "",
    }


def contests_to_catch_up(session: Session, bank_id: int) -> list[Contest]:
    """Contests of this bank whose results were final before uses were kept."""
    has_uses = select(QuestionUse.id).where(QuestionUse.contest_id == Contest.id).exists()
    query = select(Contest).where(Contest.bank_id == bank_id, Contest.results_frozen_at.is_not(None), ~has_uses)
    return list(session.scalars(query))
