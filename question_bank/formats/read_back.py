"""What a written question is when it is read again, held against the question: whatever differs is named."""

from collections.abc import Iterator, Sequence

from question_bank.markup import in_plain_text
from question_bank.model import Markup, Option, Problem, Question, Severity

_PLAIN = (
    "topic",
    "level",
    "legal_basis",
    "tags",
    "code",
    "title",
    "credit",
    "shows_count",
    "text_rules",
    "words",
    "points",
)


def lost_fields(question: Question, back: Question | None) -> list[str]:
    """The names of what did not come back; ``stem`` alone when nothing did."""
    if back is None:
        return ["stem"]
    lost = [name for name in _PLAIN if getattr(question, name) != getattr(back, name)]
    lost += [] if question.kind == back.kind else ["kind"]
    lost += [] if _pictures(question) == _pictures(back) else ["media"]
    texts = _lost_texts(in_plain_text(question), in_plain_text(back))
    is_plainer = question.markup is Markup.HTML and back != question and not texts and _texts(question) != _texts(back)
    return lost + texts + (["markup"] if is_plainer else []) + _lost_of_options(question.options, back.options)


def not_in_format(number: int, names: Sequence[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        yield Problem("not_in_format", Severity.WARNING, number, name)


def _pictures(question: Question) -> list[tuple[str, bytes, int | None, str]]:
    return [(media.name, media.data, media.place, media.alt) for media in question.media]


def _texts(question: Question) -> list[str]:
    return [question.stem, question.situation, question.explanation, *(option.text for option in question.options)]


def _lost_texts(question: Question, back: Question) -> list[str]:
    names = ("stem", "situation", "explanation")
    lost = [name for name in names if _lines(getattr(question, name)) != _lines(getattr(back, name))]
    options = [[(_words(o.text), _words(o.match)) for o in each.options] for each in (question, back)]
    return lost if options[0] == options[1] else [*lost, "options"]


def _lines(text: str) -> list[str]:
    """Blank lines say nothing."""
    return [_words(line) for line in text.split("\n") if line.strip()]


def _words(text: str) -> str:
    return " ".join(text.split())


def _lost_of_options(options: Sequence[Option], back: Sequence[Option]) -> list[str]:
    pairs = list(zip(options, back, strict=False))
    differing = {
        "key": [one.correct != other.correct or one.tolerance != other.tolerance for one, other in pairs],
        "fixed": [one.fixed != other.fixed for one, other in pairs],
        "weights": [(one.weight or int(one.correct)) != (other.weight or int(other.correct)) for one, other in pairs],
        "feedback": [one.feedback != other.feedback for one, other in pairs],
    }
    return [name for name, differs in differing.items() if any(differs)]
