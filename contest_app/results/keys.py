"""From questions to what marking compares: the key of a question, and an answer in the same terms.

Pure, like marking: texts are made comparable and numbers are read here, so that there values meet values.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from question_bank.answers import comparable, number_in, readings
from question_bank.model import Credit, Gap, Option, Question
from scoring.marking import (
    ALL,
    NOTHING,
    Answer,
    ChoiceKey,
    ClozeKey,
    Key,
    MatchingKey,
    NumberKey,
    OrderingKey,
    Part,
    PeopleKey,
    StatementsKey,
    TextKey,
    share,
)

Given = int | str | None


def key_of(question: Question) -> Key:
    return _KEYS[question.kind](question)


def answer_of(question: Question, parts: Sequence[Given]) -> Answer:
    """The parts of a sheet, already in the bank's positions, as values of the key; what was left open stays open."""
    if question.kind == "cloze":
        gaps = zip(question.gaps, parts, strict=False)
        return tuple(_part(_alone(gap, question), given) for gap, given in gaps)
    return tuple(_part(question, given) for given in parts)


def _part(question: Question, given: Given) -> Part:
    if not isinstance(given, str):
        return given
    if question.kind == "numerical":
        key = key_of(question)
        # The reading that earns most counts. A text is an answer too, a wrong one.
        return max(readings(given), key=lambda number: share(key, (number,)), default=given.strip())
    return comparable(given, question.text_rules) if question.kind == "short" else given


def _choice(question: Question) -> Key:
    weights = tuple(option.weight for option in question.options)
    return ChoiceKey(frozenset(question.key), weights, _is_partial(question))


def _statements(question: Question) -> Key:
    return StatementsKey(tuple(option.correct for option in question.options), _is_partial(question))


def _short(question: Question) -> Key:
    accepted = ((comparable(option.text, question.text_rules), _worth(option)) for option in question.options)
    return TextKey(tuple(accepted))


def _numerical(question: Question) -> Key:
    accepted = (
        (number_in(option.text), option.tolerance or NOTHING, _worth(option))
        for option in question.options
        if option.text == "*" or number_in(option.text) is not None
    )
    return NumberKey(tuple(accepted))


def _matching(question: Question) -> Key:
    prompts, matches = question.prompts, question.matches
    even = ALL / max(len(prompts), 1)
    weights = tuple(even if option.weight is None else option.weight for option in prompts)
    return MatchingKey(tuple(matches.index(option.match) for option in prompts), weights, _is_partial(question))


def _ordering(question: Question) -> Key:
    return OrderingKey(len(question.options), _is_partial(question))


def _cloze(question: Question) -> Key:
    gaps = ((key_of(_alone(gap, question)), gap.weight) for gap in question.gaps)
    return ClozeKey(tuple(gaps), _is_partial(question))


def _by_people(_question: Question) -> Key:
    return PeopleKey()


def _alone(gap: Gap, question: Question) -> Question:
    """The gap as a question of its own."""
    return Question(gap.kind, "", gap.options, text_rules=question.text_rules)


def _worth(option: Option) -> Decimal:
    if option.weight is not None:
        return option.weight
    return ALL if option.correct else NOTHING


def _is_partial(question: Question) -> bool:
    return question.credit is Credit.PARTIAL


_KEYS: dict[str, Callable[[Question], Key]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _choice,
    "statements": _statements,
    "short": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "essay": _by_people,
    "prediction": _by_people,
}
