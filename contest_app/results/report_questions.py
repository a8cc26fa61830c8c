"""How each question did, and what stood in each paper, from one pass over the attempts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.bank.models import BankQuestion, QuestionVersion
from contest_app.contests.models import Contest
from contest_app.results.marking import AnswerKey, KnownKeys, bank_answer
from contest_app.results.queries import AT_A_TIME, valid
from contest_app.web.words import LEVELS, legal_basis, points
from exports.report import AttemptRow, PaperRow, QuestionRow
from question_bank.kinds import KINDS
from question_bank.markup import plain
from question_bank.model import Level


class _Counts:
    """Of one version: in how many papers it stood, how many answered, how many rightly, which options they chose."""

    def __init__(self) -> None:
        self.shown = self.answered = self.correct = 0
        self.chosen: Counter[int] = Counter()


def question_rows(session: Session, contest: Contest) -> list[QuestionRow]:
    """Every question that was drawn, over attempts that are closed and not voided, by its code."""
    keys = KnownKeys(session, contest.id)
    counts: dict[int, _Counts] = {}
    query = valid(select(Attempt.paper, Attempt.marks, Attempt.sheet), contest.id).where(Attempt.closed_at.is_not(None))
    for paper, marks, sheet in session.execute(query.execution_options(yield_per=AT_A_TIME)):
        known = keys.of(number for number, _order in paper)
        _count(counts, paper, marks or [], sheet, known)
    versions = session.scalars(
        select(QuestionVersion)
        .where(QuestionVersion.id.in_(counts))
        .options(joinedload(QuestionVersion.question), joinedload(QuestionVersion.topic))
    )
    ordered = sorted(versions, key=lambda version: (version.question.code, version.number))
    return [_question_row(version, counts[version.id], keys.found[version.id]) for version in ordered]


def _count(
    counts: dict[int, _Counts], paper: list[Any], marks: list[Any], sheet: str, keys: Mapping[int, AnswerKey]
) -> None:
    """Add one attempt."""
    given = from_text(sheet).answers
    for place, ((number, order), (answered, right, _points)) in enumerate(zip(paper, marks, strict=True), start=1):
        found = counts.setdefault(number, _Counts())
        found.shown += 1
        found.answered += answered
        found.correct += right
        if KINDS[keys[number].kind].is_choice:
            answer = bank_answer(keys[number].question, order, given.get(place, ()))
            found.chosen.update(part for part in answer if isinstance(part, int))


def _question_row(version: QuestionVersion, counts: _Counts, key: AnswerKey) -> QuestionRow:
    options = version.options if KINDS[version.kind].is_choice else []
    return QuestionRow(
        code=version.question.code, stem=plain(version.stem, version.markup),
        topic=version.topic.path if version.topic else "", level=str(LEVELS[Level(version.level)]),
        legal_basis=legal_basis(version.legal_basis), shown=counts.shown, answered=counts.answered,
        correct=counts.correct,
        option_counts=tuple(
            (plain(option["text"], version.markup), counts.chosen[place], place in key.correct)
            for place, option in enumerate(options)
        ),
        version_id=version.id,
    )  # fmt: skip


def paper_rows(
    session: Session, attempts: Iterable[Attempt], row_of: Callable[[Attempt], AttemptRow]
) -> Iterator[PaperRow]:
    """The questions of each paper and what they earned, in the contestant's order."""
    codes = dict(
        session.execute(
            select(QuestionVersion.id, BankQuestion.code).join(
                BankQuestion, QuestionVersion.question_id == BankQuestion.id
            )
        ).all()
    )
    for one in attempts:
        row = row_of(one)
        marks = one.marks or [(False, False, None)] * len(one.paper)
        cells = tuple(
            f"{codes[number]}: {_earned(answered, thousandths)}"
            for number, (answered, _right, thousandths) in zip(one.version_ids, marks, strict=True)
        )
        yield PaperRow(row.number, row.code, row.round_name, row.state, cells)


def _earned(answered: bool, thousandths: int | None) -> str:
    """Points; a dash for what was left open, unless it earned points all the same: its question was thrown out."""
    return points(thousandths / 1000) if thousandths is not None and (answered or thousandths) else "–"
