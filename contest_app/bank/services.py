"""Banks, and the questions written into them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.bank.citations import cite
from contest_app.bank.convert import folded_text, wording_of
from contest_app.bank.media import store_media
from contest_app.bank.models import BankQuestion, QuestionBank, QuestionVersion, Status, Topic
from contest_app.web.refusal import Refusal
from question_bank.checks import check
from question_bank.formats.json_file import as_json, details_as_json
from question_bank.model import Problem, Question, Severity
from question_bank.text import clean


def create_bank(session: Session, unit_id: int, name: str, now: datetime) -> QuestionBank:
    """A new bank, or the unit's own of that name: doing it twice changes nothing."""
    same = select(QuestionBank).where(QuestionBank.unit_id == unit_id, QuestionBank.name == clean(name))
    if (known := session.scalar(same)) is not None:
        return known
    bank = QuestionBank(unit_id=unit_id, name=clean(name), created_at=now)
    session.add(bank)
    session.flush()
    return bank


def add_question(
    session: Session, bank: QuestionBank, question: Question, *, author_id: int | None, now: datetime
) -> BankQuestion:
    """Store a new question as a draft, under a code of its own or a new one.

    :raises Refusal: question_problems, with the problems as ``problems``.
    """
    _refuse_problems([*check(question), *_code_problems(session, bank, question.code)])
    code = question.code or next(new_codes(session, bank))
    row = BankQuestion(bank_id=bank.id, code=code, author_id=author_id, status=Status.DRAFT)
    session.add(row)
    session.flush()
    _write_version(session, row, question, author_id, now)
    return row


def new_codes(session: Session, bank: QuestionBank, reserved: Collection[str] = ()) -> Iterator[str]:
    """Codes no question of the bank has, none of them ``reserved``."""
    taken = set(session.scalars(select(BankQuestion.code).where(BankQuestion.bank_id == bank.id)))
    made = (f"C{number:04}" for number in count(len(taken) + 1))
    return (code for code in made if code not in taken and code not in reserved)


def _code_problems(session: Session, bank: QuestionBank, code: str) -> list[Problem]:
    taken = select(BankQuestion.id).where(BankQuestion.bank_id == bank.id, BankQuestion.code == code)
    if not code or session.scalar(taken) is None:
        return []
    return [Problem("repeated_code", column="code", params={"found": code})]


def edit_question(
    session: Session, row: BankQuestion, question: Question, *, author_id: int | None, now: datetime
) -> QuestionVersion:
    """Write the next version; the question goes back to draft, because nobody has reviewed the new words.

    :raises Refusal: question_problems.
    """
    question = replace(question, code=row.code)  # an identity, not part of the wording
    _refuse_problems(check(question))
    row.current_number = (
        session.scalar(select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == row.id)) or 0
    ) + 1
    row.status, row.author_id, row.reviewer_id = Status.DRAFT, author_id, None
    return _write_version(session, row, question, author_id, now)


def _refuse_problems(problems: Iterable[Problem]) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise Refusal("question_problems", 422, problems=errors)


def _write_version(
    session: Session, row: BankQuestion, question: Question, author_id: int | None, now: datetime
) -> QuestionVersion:
    topic = topic_at(session, row.bank_id, question.topic)
    stored = as_json(question, with_media=False)
    version = QuestionVersion(
        question_id=row.id,
        number=row.current_number,
        kind=question.kind,
        stem=question.stem,
        options=stored["options"],
        explanation=question.explanation,
        topic_id=topic.id if topic else None,
        level=question.level.value,
        legal_basis=stored["legal_basis"],
        tags=stored["tags"],
        details=details_as_json(question),
        media=[store_media(session, media) for media in question.media],
        folded=folded_text(replace(question, code=row.code)),
        wording_key=wording_of(question),
        created_by_id=author_id,
        created_at=now,
    )
    session.add(version)
    session.flush()
    cite(session, version, now)
    session.expire(row, ["current", "versions"])
    return version


def topic_at(session: Session, bank_id: int, names: Sequence[str]) -> Topic | None:
    """The topic at a path, made with all above it where it is missing."""
    parent: Topic | None = None
    for depth in range(1, len(names) + 1):
        path = " > ".join(names[:depth])
        topic = session.scalar(select(Topic).where(Topic.bank_id == bank_id, Topic.path == path))
        if topic is None:
            topic = Topic(bank_id=bank_id, parent_id=parent.id if parent else None, name=names[depth - 1], path=path)
            session.add(topic)
            session.flush()
        parent = topic
    return parent
