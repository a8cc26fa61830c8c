"""Marking closed attempts: rows to plain values, the pure mark, and back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import Part, from_text
from contest_app.bank.convert import content_of
from contest_app.bank.models import QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.keys import answer_of, key_of
from contest_app.results.models import EssayMark, KeyCorrection
from contest_app.rules.model import Rules
from question_bank.formats.kind_text import TYPED, answer_text, typed_answer
from question_bank.kinds import KINDS
from question_bank.model import Option, Question
from scoring.marking import Answer, Item, Key, PaperMark, PeopleKey, mark_paper

Given = Mapping[int, Decimal]  # points judges gave, by place in the paper
CORRECTABLE = ("single", "multiple", "true_false", "statements", "short", "numerical")


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """A version as this contest marks it, corrections included."""

    question: Question
    key: Key
    credits_everyone: bool = False

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def correct(self) -> frozenset[int]:
        return frozenset(self.question.key)


def answer_keys(session: Session, contest_id: int, version_ids: Iterable[int]) -> dict[int, AnswerKey]:
    query = select(QuestionVersion).where(QuestionVersion.id.in_(set(version_ids)))
    questions = {version.id: content_of(version) for version in session.scalars(query)}
    thrown_out = set()
    corrections = select(KeyCorrection).where(KeyCorrection.contest_id == contest_id).order_by(KeyCorrection.id)
    for mended in session.scalars(corrections):  # the latest of a question wins
        number = mended.question_version_id
        if number in questions:
            questions[number] = corrected(questions[number], mended.correct)
            (thrown_out.add if mended.credits_everyone else thrown_out.discard)(number)
    return {number: AnswerKey(one, key_of(one), number in thrown_out) for number, one in questions.items()}


class KnownKeys:
    """The keys of a contest's versions, read as they are met."""

    def __init__(self, session: Session, contest_id: int) -> None:
        self._session, self._contest_id = session, contest_id
        self.found: dict[int, AnswerKey] = {}

    def of(self, numbers: Iterable[int]) -> Mapping[int, AnswerKey]:
        if missing := set(numbers) - self.found.keys():
            self.found.update(answer_keys(self._session, self._contest_id, missing))
        return self.found


def corrected(question: Question, correct: Sequence[int | str]) -> Question:
    """The question with another key: positions of what is right or true, or the texts that are accepted."""
    if question.kind in TYPED:
        options = [_accepted(question, str(text)) for text in correct]
    elif question.kind in CORRECTABLE:
        options = [replace(one, correct=n in correct, weight=None) for n, one in enumerate(question.options)]
    else:
        options = list(question.options)
    return replace(question, options=tuple(options))


def _accepted(question: Question, text: str) -> Option:
    """A line of a corrected key: an answer accepted before keeps its weight, and its tolerance unless one is given."""
    line = typed_answer(question.kind, text, lambda *_problem, **_params: None)
    known = next((option for option in question.options if option.text == line.text), line)
    tolerance = known.tolerance if line.tolerance is None else line.tolerance
    return replace(known, correct=True, weight=known.weight if known.correct else None, tolerance=tolerance)


def with_tolerances(question: Question, texts: Sequence[str]) -> list[int | str]:
    """The lines of a corrected key; a new number takes the tolerance of the answer that stood in its line."""
    if question.kind != "numerical":
        return list(texts)
    known = {option.text for option in question.options}
    before = [option.tolerance for option in question.options if option.correct]
    lines: list[int | str] = []
    for place, text in enumerate(texts):
        option = _accepted(question, text)
        if text not in known and option.text == text and place < len(before):
            option = replace(option, tolerance=before[place])
        lines.append(text if option.tolerance is None else answer_text(option))
    return lines


def mark_attempts(session: Session, contest: Contest, attempts: Sequence[Attempt]) -> None:
    """Write score, marks and time of closed attempts. Doing it again gives the same."""
    with session.no_autoflush:
        keys = answer_keys(session, contest.id, (number for attempt in attempts for number in attempt.version_ids))
        essays = essay_points(session, attempts, keys)
    for attempt in attempts:
        _write_mark(attempt, mark(attempt, keys, contest.rules, essays.get(attempt.id, {})), contest.rules)
    session.flush()


def essay_points(session: Session, attempts: Sequence[Attempt], keys: Mapping[int, AnswerKey]) -> dict[int, Given]:
    """What judges gave, by attempt and place; asks the database only when a paper holds an essay."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    if not any(KINDS[key.kind].is_marked_by_people for key in keys.values()):
        return {}
    ids = [attempt.id for attempt in attempts]
    for one in session.scalars(select(EssayMark).where(EssayMark.attempt_id.in_(ids))):
        found[one.attempt_id][one.place] = one.points
    return dict(found)


def mark(attempt: Attempt, keys: Mapping[int, AnswerKey], rules: Rules, essays: Given) -> PaperMark:
    items, answers = [], {}
    given = from_text(attempt.sheet).answers
    for place, (number, order) in enumerate(attempt.paper, start=1):
        known = keys[number]
        by_people = KINDS[known.kind].is_marked_by_people
        key = PeopleKey(essays.get(place)) if by_people else known.key
        items.append(Item(key, rules.paper.points_of(known.kind), known.credits_everyone))
        answers[place] = bank_answer(known.question, order, given.get(place, ()))
    return mark_paper(items, answers)


def bank_answer(question: Question, order: Sequence[int], parts: Sequence[Part]) -> Answer:
    """What stands on the sheet, by displayed positions, as an answer by the bank's positions."""
    return answer_of(question, in_bank_order(question, order, parts))


def in_bank_order(question: Question, order: Sequence[int], parts: Sequence[Part]) -> list[Part]:
    if KINDS[question.kind].is_choice:
        return [order[part] for part in parts if isinstance(part, int) and part < len(order)]
    if question.kind == "matching":
        return [order[part] if isinstance(part, int) and part < len(order) else None for part in parts]
    if question.kind == "ordering":  # each displayed step holds the rank it was given
        ranks = dict(zip(order, parts, strict=False))
        return [ranks.get(position) for position in range(len(order))]
    return list(parts)


def _write_mark(attempt: Attempt, paper_mark: PaperMark, rules: Rules) -> None:
    attempt.score, attempt.correct = paper_mark.score, paper_mark.correct
    attempt.marks = [[one.answered, one.correct, round(one.points * 1000)] for one in paper_mark.items]
    attempt.prediction = from_text(attempt.sheet).prediction if rules.prediction else None
    attempt.milliseconds_taken = milliseconds_taken(attempt, rules)


def milliseconds_taken(attempt: Attempt, rules: Rules) -> int:
    """Start to submission, or to the server's receipt of the last sheet that changed: never by the device's clock."""
    end = attempt.closed_at
    if rules.ranking.time_measure == "last_change":
        end = attempt.saved_at or attempt.started_at
    if end is None:
        raise ValueError(f"attempt {attempt.id} is not closed")
    whole = int((end - attempt.started_at).total_seconds() * 1000)
    return max(0, whole - attempt.milliseconds_away)
