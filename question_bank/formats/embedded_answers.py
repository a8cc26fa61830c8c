"""Moodle's embedded answers: ``{2:MULTICHOICE:=right#well done~wrong}`` inside a text, as the gaps of a cloze.

Documented at docs.moodle.org, "Embedded Answers (Cloze) question type".
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from question_bank.answers import number_in
from question_bank.cloze import pieces
from question_bank.formats.moodle_answers import (
    ONE,
    ZERO,
    Answer,
    accepted,
    nearest_legal,
    number_text,
    percent_of,
    share_of,
    typed_share,
)
from question_bank.model import Gap, Option, Problem, Question, Severity, TextRules
from question_bank.text import clean

_SHORT = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_KINDS = dict.fromkeys(_SHORT, "short") | {"NUMERICAL": "numerical", "NM": "numerical"}
_TYPE = re.compile(r"(?:MULTICHOICE|MC)(?:_?V|_?H)?_?S?|(?:MULTIRESPONSE|MR)(?:_?H)?_?S?|" + "|".join(_KINDS))
# The next gap ends one that was never closed.
_GAP = re.compile(r"\{(\d{0,6}):([A-Z_]+):((?:\\.|[^\\{}]|\{(?!\d*:[A-Z]))+)\}", re.DOTALL)
_UNREAD = re.compile(r"\{\d*:[A-Za-z_]+:.{0,40}", re.DOTALL)
# An entity such as &#39; is no feedback and &~ no new answer.
_NEXT = re.compile(r"(?<![\\&])~")
_FEEDBACK = re.compile(r"(?<![\\&])#")
_WEIGHT = re.compile(r"=|%(-?\d+(?:[.,]\d*)?)%")
_ESCAPE = re.compile(r"\\([\\}#~\"/])")
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in '\\{}~#%="&<>'}


class Embedded(NamedTuple):
    """A text whose gaps were taken out: ``stem`` marks their places."""

    stem: str
    gaps: tuple[Gap, ...]
    text_rules: TextRules
    problems: tuple[Problem, ...]


def is_embedded(text: str) -> bool:
    return any(_TYPE.fullmatch(match[2]) for match in _GAP.finditer(text))


def gaps_in(text: str, shown: Callable[[str], str]) -> Embedded:
    """``shown`` brings a drop-down's option or a feedback into the markup of the question."""
    gaps: list[Gap] = []
    types: list[str] = []

    def taken(match: re.Match[str]) -> str:
        weight, name, alternatives = match.groups()
        if not _TYPE.fullmatch(name):
            return match[0]
        gaps.append(_gap(name, Decimal(weight or 1), _answers(alternatives), shown))
        types.append(name)
        return f"[[{len(gaps)}]]"

    stem = _GAP.sub(taken, text)
    unread = [Problem("gap_unreadable", column="gaps", params={"found": clean(part)}) for part in _UNREAD.findall(stem)]
    short = {name.endswith("C") for name in types if name in _SHORT}
    mixed = [Problem("gaps_differ_in_case", Severity.WARNING, column="gaps")] if len(short) > 1 else []
    return Embedded(stem, tuple(gaps), TextRules(case=short == {True}), (*unread, *mixed))


def _answers(alternatives: str) -> list[Answer]:
    return [_answer(part.strip()) for part in _NEXT.split(alternatives) if part.strip()]


def _answer(part: str) -> Answer:
    share = ZERO
    if weight := _WEIGHT.match(part):
        share = ONE if weight[0] == "=" else share_of(weight[1]) or ZERO
        part = part[weight.end() :]
    text, *feedback = (unescape(_ESCAPE.sub(r"\1", each)) for each in _FEEDBACK.split(part, maxsplit=1))
    return Answer(clean(text), share, "".join(feedback))


def _gap(name: str, weight: Decimal, answers: Sequence[Answer], shown: Callable[[str], str]) -> Gap:
    told = [answer._replace(feedback=shown(answer.feedback)) for answer in answers]
    if name in _KINDS:
        kind = _KINDS[name]
        return Gap(kind, accepted(map(_with_tolerance, told) if kind == "numerical" else told), weight)
    # A drop-down has one key; what else earns everything is told by its weight.
    key = next((place for place, answer in enumerate(told) if answer.share == ONE), None)
    options = tuple(
        Option(
            shown(a.text), place == key, weight=None if place == key or not a.share else a.share, feedback=a.feedback
        )
        for place, a in enumerate(told)
    )
    return Gap("multiple" if name.startswith(("MULTIR", "MR")) else "single", options, weight)


def _with_tolerance(answer: Answer) -> Answer:
    number, _, off = answer.text.partition(":")
    tolerance = number_in(off)
    return answer if tolerance is None else answer._replace(text=number.strip(), tolerance=tolerance)


def embedded(question: Question) -> str:
    """The stem with every gap written out."""
    return "".join(piece if isinstance(piece, str) else _written(question, piece) for piece in pieces(question.stem))


def _written(question: Question, number: int) -> str:
    if not 1 <= number <= len(question.gaps):
        return f"[[{number}]]"
    gap = question.gaps[number - 1]
    short = "SHORTANSWER_C" if question.text_rules.case else "SHORTANSWER"
    name = {"short": short, "numerical": "NUMERICAL"}.get(gap.kind, "MULTICHOICE")
    return f"{{{_whole(gap.weight, question.gaps)}:{name}:{'~'.join(map(_alternative, gap.options))}}}"


def _whole(weight: Decimal, gaps: Sequence[Gap]) -> str:
    """Moodle wants whole weights; they matter only beside each other."""
    digits = max(0, *(-int(gap.weight.normalize().as_tuple().exponent) for gap in gaps))
    return number_text(weight.scaleb(digits))


def _alternative(option: Option) -> str:
    share = nearest_legal(typed_share(option))
    sign = "=" if share == ONE else f"%{percent_of(share)}%" if share else ""
    tolerance = "" if option.tolerance is None else f":{number_text(option.tolerance)}"
    feedback = f"#{option.feedback.translate(_ENTITIES)}" if option.feedback else ""
    return sign + option.text.translate(_ENTITIES) + tolerance + feedback
