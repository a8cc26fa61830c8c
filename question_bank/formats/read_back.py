"""What a written question is when it is read again, held against the question: whatever differs is named."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from question_bank.formats.kind_text import TYPED
from question_bank.markup import cleaned, in_plain_text
from question_bank.model import Markup, Option, Problem, Question, Severity

_TAG = re.compile(r"<([a-z][a-z0-9]*)")
_SAYING_NOTHING = {"p", "br", "div", "tbody"}
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


def lost_fields(question: Question, back: Question) -> list[str]:
    """The names of what did not come back."""
    lost = [name for name in _PLAIN if getattr(question, name) != getattr(back, name)]
    lost += [] if question.kind == back.kind else ["kind"]
    lost += [] if in_plain_text(question).gaps == in_plain_text(back).gaps else ["gaps"]
    lost += [] if _pictures(question) == _pictures(back) else ["media"]
    texts = _lost_texts(in_plain_text(question), in_plain_text(back))
    lost += [] if _formatting(question) == _formatting(back) else ["markup"]
    return lost + texts + _lost_of_options(question.options, back.options)


def not_in_format(number: int, names: Sequence[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        yield Problem("not_in_format", Severity.WARNING, number, name)


def _pictures(question: Question) -> list[tuple[str, bytes, int | None, str]]:
    return [(media.name, media.data, media.place, media.alt) for media in question.media]


def _formatting(question: Question) -> Counter[str]:
    """How often each tag that means something stands in the question."""
    if question.markup is Markup.TEXT:
        return Counter()
    typed = question.kind in TYPED  # what is typed into a box is no HTML
    options = [] if typed else [text for option in question.options for text in (option.text, option.match)]
    texts = [question.stem, question.situation, question.explanation, *options]
    return Counter(tag for text in texts for tag in _TAG.findall(cleaned(text)) if tag not in _SAYING_NOTHING)


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
