"""What of a question a format cannot hold: named for each question, so that nothing is lost in silence."""

from collections.abc import Callable, Collection, Iterator, Sequence

from question_bank.kinds import KINDS
from question_bank.model import Credit, Markup, Problem, Question, Severity, TextRules, WordLimit


def losses(
    questions: Sequence[Question],
    *,
    kinds: Collection[str] = tuple(KINDS),
    media: bool = True,
    markup: bool = True,
    weights: bool = True,
    feedback: bool = True,
    fields: Collection[str] = (),
) -> Iterator[Problem]:
    """One warning for each thing lost of each question; its row is the question's number from 1.

    ``fields`` names those of ``FIELDS`` the format has no place for. A question of a kind that is not among ``kinds``
    is not written at all: an error.
    """
    for number, question in enumerate(questions, start=1):
        if question.kind not in kinds:
            yield Problem("kind_not_in_format", Severity.ERROR, number, "kind", {"kind": question.kind})
            continue
        options = [*question.options, *(option for gap in question.gaps for option in gap.options)]
        lost = {
            "media": not media and bool(question.media),
            "markup": not markup and question.markup is Markup.HTML,
            "weights": not weights and any(option.weight not in (None, 0, 1) for option in options),
            "feedback": not feedback and any(option.feedback for option in options),
            **{name: FIELDS[name](question) for name in fields},
        }
        for name in (name for name, is_lost in lost.items() if is_lost):
            yield Problem("not_in_format", Severity.WARNING, number, name)


FIELDS: dict[str, Callable[[Question], bool]] = {
    "code": lambda q: bool(q.code),
    "title": lambda q: bool(q.title),
    "topic": lambda q: bool(q.topic),
    "level": lambda _q: True,
    "legal_basis": lambda q: bool(q.legal_basis),
    "explanation": lambda q: bool(q.explanation),
    "tags": lambda q: bool(q.tags),
    "situation": lambda q: bool(q.situation),
    "credit": lambda q: q.credit is not Credit.ALL_OR_NOTHING,
    "shows_count": lambda q: q.shows_count,
    "text_rules": lambda q: q.text_rules != TextRules(),
    "words": lambda q: q.words != WordLimit(),
    "points": lambda q: q.points is not None,
    "fixed": lambda q: any(option.fixed for option in q.options),
}
