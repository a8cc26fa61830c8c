"""How people write the options and the key of each kind, in a row of a sheet as under the number of a question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from question_bank.answers import number_in
from question_bank.cloze import from_inline, inline
from question_bank.formats.truths import FALSE, TRUE, truths_in
from question_bank.formats.words import LETTERS, bare
from question_bank.model import Credit, Option, Question
from question_bank.text import clean

Report = Callable[..., None]  # (code, field, **params)
WITHOUT_LETTERS = ("statements", "short", "numerical", "matching", "ordering", "essay", "cloze")
HELD = ("single", "multiple", "true_false", "prediction", *WITHOUT_LETTERS)
TYPED = ("short", "numerical")
_BETWEEN_ANSWERS = re.compile(r"\s*[|\n]\s*")
_TOLERANCE = re.compile(r"\s*(?:±|\+/-|\(?\s*sai so(?: cho phep)?\s*:?)\s*(?P<size>[^\s)]+)\s*\)?\s*$")
_PAIR = re.compile(r"(?:^|\s+)=(?:\s+|$)")


def options_from(kind: str, texts: Sequence[str], key: str, report: Report) -> tuple[Option, ...]:
    """The options of a kind whose key is no letter; what cannot be understood is reported."""
    if kind == "statements":
        return _statements(texts, key, report)
    if kind in TYPED:
        return tuple(typed_answer(kind, text, report) for text in _BETWEEN_ANSWERS.split(key) if text)
    if kind == "matching":
        return tuple(_pair(text) for text in texts)
    return tuple(Option(text) for text in texts) if kind == "ordering" else ()


def option_texts(question: Question) -> list[str]:
    """The options as ``options_from`` and the readers of letters take them."""
    if question.kind in TYPED:
        return []
    if question.kind == "matching":
        return [f"{clean(option.text)} = {clean(option.match)}".strip() for option in question.options]
    return [clean(option.text) for option in question.options]


def key_text(question: Question) -> str:
    if question.kind == "statements":
        return ", ".join(TRUE if option.correct else FALSE for option in question.options)
    if question.kind in TYPED:
        return " | ".join(answer_text(option) for option in question.options)
    return ", ".join(LETTERS[position] for position in question.key)


def with_gaps(question: Question) -> Question:
    """A cloze as it was read: the answers written inside its stem become its gaps."""
    if question.kind != "cloze":
        return question
    stem, gaps = from_inline(question.stem)
    return replace(question, stem=stem, gaps=gaps)


def with_answers_inside(question: Question) -> Question:
    """A cloze as it is written: each gap's answers stand in its place."""
    return replace(question, stem=inline(question.stem, question.gaps)) if question.gaps else question


def usual_credit(kind: str) -> Credit:
    """The school form of 2025 gives statements part of the points for part of the answers."""
    return Credit.PARTIAL if kind == "statements" else Credit.ALL_OR_NOTHING


def _statements(texts: Sequence[str], key: str, report: Report) -> tuple[Option, ...]:
    truths = truths_in(key) if key else ()
    if truths is None:
        report("unreadable_truths", "key", found=key[:60])
    elif not truths and texts:
        report("no_key", "key", found=0, least=len(texts))
    elif len(truths) != len(texts):
        report("truths_differ", "key", found=len(truths), expected=len(texts))
    padded = [*(truths or ()), *[FALSE] * len(texts)]
    return tuple(Option(text, padded[place] == TRUE) for place, text in enumerate(texts))


def typed_answer(kind: str, text: str, report: Report) -> Option:
    match = _TOLERANCE.search(bare(text)) if kind == "numerical" else None
    if match is None:
        return Option(text, correct=True)
    size = number_in(text[match.start("size") : match.end("size")])
    if size is None:
        report("unreadable_tolerance", "key", found=text[:60])
    return Option(text[: match.start()].strip(), correct=True, tolerance=size)


def answer_text(option: Option) -> str:
    text = " ".join(option.text.split())
    return text if option.tolerance is None else f"{text} ± {decimal_text(option.tolerance)}"


def decimal_text(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _pair(text: str) -> Option:
    """ "Luật = Quốc hội"; "= Bộ trưởng" is a distractor."""
    match = _PAIR.search(text)
    return Option(text[: match.start()].strip(), match=text[match.end() :].strip()) if match else Option(text)
