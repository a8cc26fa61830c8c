"""What must be left of a question that was written in another format and read again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from builders import questions_of_every_kind, rich_questions

from question_bank.answers import number_in
from question_bank.formats.moodle_answers import in_place, nearest_legal, number_text, shares, typed_share
from question_bank.formats.moodle_text import with_situation
from question_bank.kinds import KINDS
from question_bank.markup import in_plain_text
from question_bank.model import Credit, Level, Option, Question, ReadResult, Severity, TextRules, WordLimit, Written

LEFT_OUT = {
    "level": {"level": Level.RECOGNITION},
    "legal_basis": {"legal_basis": ()},
    "explanation": {"explanation": ""},
    "tags": {"tags": ()},
    "code": {"code": ""},
    "title": {"title": ""},
    "topic": {"topic": ()},
    "media": {"media": ()},
    "shows_count": {"shows_count": False},
    "words": {"words": WordLimit()},
    "points": {"points": None},
}


def every_question() -> list[Question]:
    return rich_questions() + questions_of_every_kind()


def assert_nothing_unnamed_is_lost(
    questions: Sequence[Question],
    write: Callable[[Sequence[Question]], Written],
    read: Callable[[bytes], ReadResult],
) -> ReadResult:
    written = write(questions)
    again = read(written.data)
    gone = {p.row for p in written.problems if p.severity is Severity.ERROR}
    named = [(p.row, p.column) for p in written.problems]
    expected = [
        equal_form(without(question, [column for row, column in named if row == number]))
        for number, question in enumerate(questions, start=1)
        if number not in gone
    ]
    assert [equal_form(found.question) for found in again.questions] == expected
    return again


def without(question: Question, lost: Sequence[str]) -> Question:
    """The question without what the writer named."""
    for name in lost:
        question = replace(question, **LEFT_OUT.get(name, {}))
    if "situation" in lost:
        question = with_situation(question)
    if "markup" in lost:
        question = in_plain_text(question)
    if "fixed" in lost:
        question = replace(question, options=in_place(question.options))
    if "lines" in lost:
        options = tuple(replace(o, text=" ".join(o.text.split())) for o in question.options)
        question = replace(question, stem=" ".join(question.stem.split()), options=options)
    if "text_rules" in lost:
        question = replace(question, text_rules=TextRules())
    if "kind" in lost:
        question = replace(question, kind="single")
    if "credit" in lost:
        question = replace(with_shares(question), credit=Credit.PARTIAL)
    return question


def with_shares(question: Question) -> Question:
    """What is understood, said: what each option earns."""
    if KINDS[question.kind].is_choice:
        earned = shares(question)
        options = tuple(replace(o, weight=rounded(share)) for o, share in zip(question.options, earned, strict=True))
        return replace(question, options=options)
    if question.kind in ("short", "numerical"):
        return replace(question, options=tuple(map(said, question.options)))
    gaps = tuple(replace(gap, options=tuple(map(said, gap.options))) for gap in question.gaps)
    return replace(question, gaps=gaps)


def said(option: Option) -> Option:
    return replace(option, weight=rounded(typed_share(option)))


def rounded(share: Decimal) -> Decimal:
    return round(nearest_legal(share), 5)


def equal_form(question: Question) -> Question:
    """Equal for questions that mean the same."""
    question = with_shares(question)
    options = question.options
    if question.kind == "numerical":
        options = tuple(replace(o, text=as_number(o.text)) for o in options)
    if question.kind == "true_false":
        options = tuple(sorted(options, key=lambda option: option.text))
    return replace(question, options=options)


def as_number(text: str) -> str:
    value = number_in(text)
    return text if value is None else number_text(value)
