"""What stands between the braces of GIFT, as the kind and the options it makes."""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from question_bank.answers import number_in
from question_bank.formats.gift_text import GiftTexts, shown, typed
from question_bank.formats.moodle_answers import (
    ONE,
    ZERO,
    Answer,
    accepted,
    choice,
    is_legal,
    matching,
    number_text,
    share_of,
)
from question_bank.formats.words import TRUE_FALSE
from question_bank.model import Credit, Option, Problem, Severity

_WEIGHT = re.compile(r"%(-?\d{1,3}(?:[.,]\d*)?)%")
_TRUE, _FALSE = {"T", "TRUE"}, {"F", "FALSE"}
_ORDERING_WORD = re.compile(
    r"\d*|ALL|EXACT|RANDOM|REL|CONTIG(?:UOUS)?|HORIZONTAL|HORI|H|VERTICAL|VERT|V|SHOW|TRUE|YES|HIDE|FALSE|NO"
    r"|none|abc|ABCD|123|iii|IIII|ALL_OR_NOTHING|(?:ABS|REL|LONGEST)[A-Z_]*"
)


class Marked(NamedTuple):
    """One answer: its mark (``=``, ``~``, or none), its text with weight and feedback."""

    mark: str
    text: str


Fields = dict[str, Any]  # fields of a Question
Made = tuple[Fields, list[Problem]]


def answers_in(inner: str, texts: GiftTexts) -> Made:
    """The fields of the question that the inside of the braces decides; the order of the questions is Moodle's."""
    if not inner:
        return {"kind": "essay"}, []
    if re.match(r">\s*\d", inner):
        return _ordering(inner[1:], texts), []
    if inner.startswith("#"):
        return _numerical(inner[1:], texts)
    if "~" in inner:
        return _choice(inner, texts)
    if "=" in inner and "->" in inner:
        return _matching(inner, texts), []
    if inner.partition("#")[0].strip() in _TRUE | _FALSE:
        return _true_false(inner, texts), []
    return _short(inner, texts)


def _marked(inner: str) -> list[Marked]:
    first, *rest = re.split(r"([=~])", inner)
    found = [Marked("", first)] if first.strip() else []
    return found + [Marked(mark, text) for mark, text in zip(rest[::2], rest[1::2], strict=True)]


def _unmarked(answers: list[Marked]) -> list[Problem]:
    """Moodle takes an answer without a mark; mostly it was forgotten, or a word misspelt."""
    found = [answer.text for answer in answers if not answer.mark]
    return [_warning("gift_answer_unmarked", found=shown(text).strip()[:60]) for text in found]


def _warning(code: str, **params: str | int) -> Problem:
    return Problem(code, Severity.WARNING, column="options", params=params)


def _weighted(text: str, usual: Decimal) -> tuple[Decimal, str]:
    match = _WEIGHT.match(text.strip())
    share = share_of(match[1]) if match else None
    return (usual, text) if match is None or share is None else (share, text.strip()[match.end() :])


def _illegal(answers: list[Answer]) -> list[Problem]:
    odd = [answer.share for answer in answers if not is_legal(answer.share)]
    return [_warning("odd_fraction", found=number_text(share * 100)) for share in odd]


def _choice(inner: str, texts: GiftTexts) -> Made:
    marked = _marked(inner)
    answers = []
    for mark, text in marked:
        share, text = _weighted(text, ONE if mark == "=" else ZERO)
        option, _, feedback = text.partition("#")
        answers.append(Answer(texts.of(option), share, texts.of(feedback)))
    kind, options, credit, problems = choice(answers, single="=" in inner)
    found = [*problems, *_unmarked(marked), *_illegal(answers)]
    return {"kind": kind, "options": options, "credit": credit}, found


def _short(inner: str, texts: GiftTexts) -> Made:
    marked = _marked(inner)
    answers = []
    for _mark, text in marked:
        share, text = _weighted(text, ONE)
        answer, _, feedback = text.partition("#")
        answers.append(Answer(typed(answer), share, texts.of(feedback)))
    return {"kind": "short", "options": accepted(answers)}, _unmarked(marked) + _illegal(answers)


def _numerical(inner: str, texts: GiftTexts) -> Made:
    answers = []
    for mark, text in _marked(inner):
        share, text = _weighted(text, ONE)
        number, _, feedback = text.partition("#")
        if mark == "~":  # what is said to every other answer
            answers.append(Answer("*", ZERO, texts.of(feedback)))
        else:
            value, tolerance = _number(typed(number))
            answers.append(Answer(value, share, texts.of(feedback), tolerance))
    return {"kind": "numerical", "options": accepted(answers)}, _illegal(answers)


def _number(text: str) -> tuple[str, Decimal | None]:
    """A number and how far off still counts, of "3.14", "3.14:0.01" or "3.13..3.15"; other texts as they are."""
    low, is_range, high = (part.strip() for part in text.partition(".."))
    least, most = number_in(low), number_in(high)
    if is_range and least is not None and most is not None:
        return number_text((least + most) / 2), (most - least) / 2
    number, has_tolerance, off = (part.strip() for part in text.partition(":"))
    tolerance = number_in(off)
    if not has_tolerance or tolerance is None:
        return text, None
    return number, tolerance


def _matching(inner: str, texts: GiftTexts) -> Fields:
    pairs = [pair.text.partition("->") for pair in _marked(inner)]
    kind, options = matching([Option(texts.of(left), match=texts.plain(right)) for left, _, right in pairs])
    return {"kind": kind, "options": options, "credit": Credit.PARTIAL}


def _true_false(inner: str, texts: GiftTexts) -> Fields:
    """The first feedback is for the wrong answer, the second for the right one, whichever that is."""
    said, wrong, right = (*(part.strip() for part in inner.split("#", 2)), "", "")[:3]
    is_true = said in _TRUE
    told = (right, wrong) if is_true else (wrong, right)
    options = tuple(
        Option(word, correct=is_true == (place == 0), feedback=texts.of(told[place]))
        for place, word in enumerate(TRUE_FALSE)
    )
    return {"kind": "true_false", "options": options}


def _ordering(inner: str, texts: GiftTexts) -> Fields:
    """An extension of Moodle: how it is shown and marked on the first line, then one step on each line."""
    first, *lines = inner.strip().split("\n")
    if not all(_ORDERING_WORD.fullmatch(word) for word in first.split()):
        lines.insert(0, re.sub(r"^\s*\d+\s*", "", first))
    credit = Credit.ALL_OR_NOTHING if "ALL_OR_NOTHING" in first.split() else Credit.PARTIAL
    steps = tuple(Option(texts.of(line)) for line in lines if line.strip())
    return {"kind": "ordering", "options": steps, "credit": credit}
