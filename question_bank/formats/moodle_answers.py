"""Answers as Moodle keeps them, a text with a fraction, and the options they make.

Which fractions Moodle takes: docs.moodle.org, "Multiple Choice question type", "Grade".
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from question_bank.answers import number_in
from question_bank.formats.words import TRUE_FALSE, fixed_positions, is_true_false
from question_bank.markup import as_text
from question_bank.model import Credit, Option, Problem, Question, Severity
from question_bank.text import fold

ZERO, ONE = Decimal(0), Decimal(1)
_PARTS = [Fraction(n, 20) for n in (0, 1, 2, 4, 5, 6, 8, 10, 12, 14, 15, 16, 18, 20)]
_PARTS += [
    Fraction(1, 3),
    Fraction(2, 3),
    Fraction(1, 6),
    Fraction(5, 6),
    Fraction(1, 7),
    Fraction(1, 8),
    Fraction(1, 9),
]
_LEGAL = [sign * Decimal(part.numerator) / part.denominator for part in _PARTS for sign in (1, -1)]
_ROUNDING = Decimal("0.00001")
_SMALLEST = -30  # a power of ten
_MOST_PERCENT = 1000
_TRUE, _FALSE = {"dung", "true"}, {"sai", "false"}


class Answer(NamedTuple):
    text: str
    share: Decimal
    feedback: str = ""
    tolerance: Decimal | None = None


class Choice(NamedTuple):
    """What a multiple choice question of Moodle becomes."""

    kind: str
    options: tuple[Option, ...]
    credit: Credit = Credit.ALL_OR_NOTHING
    problems: tuple[Problem, ...] = ()


def share_of(percent: str) -> Decimal | None:
    """33.33333 as 0.3333333; None for what is no share."""
    value = number_in(percent)
    if value is None or abs(value) > _MOST_PERCENT:
        return None
    return round(value / 100, 7).normalize() + ZERO


def percent_of(share: Decimal) -> str:
    return number_text(round(share * 100, 5))


def number_text(value: Decimal) -> str:
    """Without exponent and zeros at the end; what is smaller than anybody measures is nothing."""
    return format((value if value.adjusted() > _SMALLEST else ZERO).normalize() + ZERO, "f")


def nearest_legal(share: Decimal) -> Decimal:
    return min(_LEGAL, key=lambda legal: abs(legal - share))


def is_legal(share: Decimal) -> bool:
    return abs(nearest_legal(share) - share) < _ROUNDING


def choice(answers: Sequence[Answer], *, single: bool) -> Choice:
    full = sum(answer.share == ONE for answer in answers)
    if single and full > 1:
        options = tuple(Option(a.text, a.share == ONE, feedback=a.feedback) for a in answers)
        problem = Problem("several_full_answers", Severity.WARNING, column="key", params={"found": full})
        return Choice("multiple", in_place(options), problems=(problem,))
    if single:
        options = tuple(
            Option(a.text, a.share == ONE, weight=_own_weight(a.share), feedback=a.feedback) for a in answers
        )
        return Choice("single", in_place(options))
    partial = any(answer.share not in (ZERO, ONE) for answer in answers)
    options = tuple(
        Option(a.text, a.share > 0, weight=a.share if partial and a.share else None, feedback=a.feedback)
        for a in answers
    )
    return Choice("multiple", in_place(options), Credit.PARTIAL if partial else Credit.ALL_OR_NOTHING)


def in_place(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Those that speak of others ("Tất cả các phương án trên") keep their place."""
    fixed = fixed_positions([as_text(option.text) if "<" in option.text else option.text for option in options])
    return tuple(replace(option, fixed=place in fixed) for place, option in enumerate(options))


def accepted(answers: Iterable[Answer]) -> tuple[Option, ...]:
    """Typed answers, full ones and those that earn a part."""
    return tuple(Option(a.text, a.share > 0, False, _own_weight(a.share), a.feedback, "", a.tolerance) for a in answers)


def _own_weight(share: Decimal) -> Decimal | None:
    return None if share in (ZERO, ONE) else share


def matching(pairs: Sequence[Option]) -> tuple[str, tuple[Option, ...]]:
    """The kind and options of pairs; all matched to "Đúng" or "Sai" they are statements."""
    called = {fold(pair.match) for pair in pairs}
    if not (called <= _TRUE | _FALSE and called & _TRUE and called & _FALSE):
        return "matching", tuple(pairs)
    prompts = (pair for pair in pairs if pair.text)
    return "statements", tuple(replace(pair, correct=fold(pair.match) in _TRUE, match="") for pair in prompts)


def says_true(question: Question) -> int | None:
    """The position of the option that says "Đúng"; None when the two options say something else."""
    texts = [fold(option.text) for option in question.options]
    if not (is_true_false([option.text for option in question.options]) or sorted(texts) == ["false", "true"]):
        return None
    return next(place for place, text in enumerate(texts) if text.rstrip(". ") in _TRUE)


def shares(question: Question) -> list[Decimal]:
    """What each option of a choice earns, as marking sees it.

    Moodle cannot ask for all or nothing: there a wrong option takes everything, but some of the right ones earn a part.
    """
    has_weights = any(option.weight for option in question.options)
    part = ONE / max(len(question.key), 1)
    wrong = -part if question.credit is Credit.PARTIAL else -ONE
    if has_weights or question.kind != "multiple":
        wrong = ZERO
    return [_share(option, part if option.correct else wrong) for option in question.options]


def _share(option: Option, usual: Decimal) -> Decimal:
    return usual if option.weight is None else option.weight


def typed_share(option: Option) -> Decimal:
    """What an accepted answer earns."""
    return _share(option, ONE if option.correct else ZERO)


def pairs_of(question: Question) -> list[Option]:
    """What is matched with what; statements are matched with "Đúng" or "Sai", and both words are offered."""
    if question.kind == "matching":
        return list(question.options)
    true, false = TRUE_FALSE
    pairs = [replace(option, correct=False, match=true if option.correct else false) for option in question.options]
    used = {pair.match for pair in pairs}
    return pairs + [Option("", match=word) for word in TRUE_FALSE if word not in used]
