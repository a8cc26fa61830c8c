"""What Moodle itself cannot hold, whichever of its formats is written."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from question_bank.formats.moodle_answers import in_place, is_legal, says_true, shares, typed_share
from question_bank.markup import needs_html
from question_bank.model import Credit, Markup, Problem, Question, Severity

_CHOICES = ("single", "multiple", "true_false")
_TYPED = ("short", "numerical")
_IN_PARTS = ("multiple", "matching", "statements", "cloze")  # Moodle always gives a part of the points


def moodle_losses(
    questions: Sequence[Question], kinds: Collection[str], *, keeps_order: bool = False
) -> Iterator[Problem]:
    """``keeps_order``: the format can say that the options are not shuffled."""
    for number, question in enumerate(questions, start=1):
        if question.kind in kinds:
            for name in _lost(question, keeps_order):
                yield Problem("not_in_format", Severity.WARNING, number, name)


def _lost(question: Question, keeps_order: bool) -> Iterator[str]:
    if question.kind in _IN_PARTS and question.credit is Credit.ALL_OR_NOTHING:
        yield "credit"
    if not all(is_legal(share) for share in _shares(question)):
        yield "weights"
    if question.kind == "true_false" and says_true(question) is None:
        yield "kind"
    if question.kind in _CHOICES and _loses_place(question, keeps_order):
        yield "fixed"
    if question.markup is Markup.HTML and any(needs_html(option.match) for option in question.options):
        yield "markup"


def _shares(question: Question) -> list[Decimal]:
    if question.kind in _CHOICES:
        return shares(question)
    typed = [*(question.options if question.kind in _TYPED else ()), *(o for gap in question.gaps for o in gap.options)]
    return [typed_share(option) for option in typed]


def _loses_place(question: Question, keeps_order: bool) -> bool:
    """Moodle shuffles all options or none; those that speak of others are known again by what they say."""
    fixed = [option.fixed for option in question.options]
    is_all = keeps_order and all(fixed)
    return not is_all and fixed != [option.fixed for option in in_place(question.options)]
