"""From an item's scoring to our keys: every share is found by asking what an answer is worth."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple, TypeVar

from question_bank.formats.qti_declarations import digits, number
from question_bank.formats.qti_operators import bounds
from question_bank.formats.qti_tree import words
from question_bank.formats.safe_xml import Element, children, tag
from question_bank.model import Credit

ALL, NOTHING = Decimal(1), Decimal(0)
MOST_VERIFIED = 12  # options; beyond, too many subsets to ask about
MOST_CANDIDATES = 60
_INSIDE = Decimal("0.99")
_STEP = Decimal("0.00001")
_LARGEST = Decimal(10) ** 9
_ROUNDING = Decimal("0.0001")

Ask = Callable[[Sequence[str]], Decimal]  # the score of these values given to a response


_Answer = TypeVar("_Answer", str, "Span")


class Shares(NamedTuple):
    """What the parts of an answer are worth. ``is_exact``: our way of marking gives the same for every answer asked."""

    correct: frozenset[str]
    weights: Mapping[str, Decimal | None]
    credit: Credit = Credit.ALL_OR_NOTHING
    is_exact: bool = True


class Span(NamedTuple):
    """Numbers that count as one accepted answer."""

    text: str
    tolerance: Decimal

    @property
    def near_edge(self) -> str:
        """A number only this answer accepts, where a narrower one has the same middle."""
        return digits((number(self.text) or NOTHING) + self.tolerance * _INSIDE)

    def score(self, ask: Ask) -> Decimal:
        """What every number of the span earns at least."""
        below = digits((number(self.text) or NOTHING) - self.tolerance * _INSIDE)
        return min(ask((text,)) for text in (self.text, self.near_edge, below))


def tidy(value: Decimal) -> Decimal:
    """Five places are enough for a share, and thirds come out the same whoever divided them."""
    rounded = max(-_LARGEST, min(_LARGEST, value)).quantize(_STEP)
    return Decimal(int(rounded)) if rounded == int(rounded) else rounded.normalize()


def whole(value: Decimal) -> Decimal:
    """A maximum as its author meant it: thirds written with a few places add up to all."""
    nearest = Decimal(round(value))
    return nearest if abs(value - nearest) < Decimal("0.001") and nearest else tidy(value)


def of_one(ask: Ask, identifiers: Sequence[str]) -> Shares:
    """One choice: the best is right, the others may earn a part or cost one."""
    scores = {identifier: ask((identifier,)) for identifier in identifiers}
    most = max(scores.values(), default=NOTHING)
    if most <= 0:
        return Shares(frozenset(), {})
    shares = {identifier: _bounded(score / most) for identifier, score in scores.items()}
    correct = frozenset(identifier for identifier, share in shares.items() if share == ALL)
    weights = {identifier: None if share in (ALL, NOTHING) else share for identifier, share in shares.items()}
    return Shares(correct, weights, is_exact=min(scores.values()) >= 0)


def of_several(ask: Ask, identifiers: Sequence[str], best: Iterable[str]) -> Shares:
    """Several choices: what each adds to the right answer or takes from it."""
    right = frozenset(best) & set(identifiers)
    most = ask(tuple(right))
    if most <= 0:
        return Shares(right, {})
    changed = {one: ask(tuple(right ^ {one})) for one in identifiers}
    if not any(changed.values()):
        return Shares(right, {})
    costs = {one: most - score if one in right else score - most for one, score in changed.items()}
    weights: dict[str, Decimal | None] = {one: _bounded(cost / most) for one, cost in costs.items()}
    return Shares(right, weights, Credit.PARTIAL, _adds_up(ask, weights, most))


def _adds_up(ask: Ask, weights: Mapping[str, Decimal | None], most: Decimal) -> bool:
    if len(weights) > MOST_VERIFIED:
        return False
    answers = [answer for size in (1, 2) for answer in combinations(weights, size)]
    return all(
        abs(_limited(sum((weights[one] or NOTHING for one in answer), NOTHING)) - _limited(ask(answer) / most))
        <= _ROUNDING
        for answer in answers
    )


def of_parts(ask: Ask, right: Sequence[str], wrong: str | None = None) -> Shares:
    """Parts that earn on their own, as the pairs of a match do. ``wrong``: a part in place of the first right one."""
    most = ask(right)
    if most <= 0:
        return Shares(frozenset(right), {})
    without = {part: ask([one for one in right if one != part]) for part in right}
    costs_nothing = wrong is None or ask([wrong, *right[1:]]) == without[right[0]]
    if not any(without.values()):
        return Shares(frozenset(right), {}, is_exact=costs_nothing)
    weights: dict[str, Decimal | None] = {part: tidy((most - score) / most) for part, score in without.items()}
    even = ALL / len(right)
    if all(weight is not None and abs(weight - even) <= _ROUNDING for weight in weights.values()):
        weights = {}
    return Shares(frozenset(right), weights, Credit.PARTIAL, costs_nothing)


def of_order(ask: Ask, right: Sequence[str]) -> Shares:
    """All or nothing, or by the share of places that are right."""
    most = ask(right)
    swapped = ask([right[1], right[0], *right[2:]]) if len(right) > 1 else NOTHING
    if most <= 0 or not swapped:
        return Shares(frozenset(right), {})
    expected = Decimal(len(right) - 2) / len(right)
    return Shares(frozenset(right), {}, Credit.PARTIAL, abs(swapped / most - expected) <= _ROUNDING)


def of_texts(ask: Ask, candidates: Sequence[str]) -> dict[str, Decimal]:
    """The texts that earn something, with their shares of the most one of them earns."""
    return _earning({text: ask((text,)) for text in candidates[:MOST_CANDIDATES]}, ask(()))


def of_spans(ask: Ask, candidates: Sequence[Span]) -> dict[Span, Decimal]:
    """As ``of_texts``, for numbers."""
    return _earning({span: span.score(ask) for span in candidates[:MOST_CANDIDATES]}, ask(()))


def _earning(scores: Mapping[_Answer, Decimal], nothing: Decimal) -> dict[_Answer, Decimal]:
    most = max(scores.values(), default=NOTHING) - nothing
    if most <= 0:
        return {}
    shares = {answer: tidy((score - nothing) / most) for answer, score in scores.items()}
    return {answer: share for answer, share in shares.items() if share > 0}


def heeds_case(ask: Ask, accepted: Iterable[str]) -> bool | None:
    """Whether capitals matter; None when they do for some answers only."""
    lettered = [text for text in accepted if text.swapcase() != text]
    matters = {ask((text.swapcase(),)) != ask((text,)) for text in lettered}
    return matters.pop() if len(matters) == 1 else None if matters else False


def spans(rules: Sequence[Element], response: str, correct: Sequence[str]) -> list[Span]:
    """The numbers the rules accept for a response, each with how far off still counts."""
    found = []
    for rule in rules:
        for element in rule.iter("equal", "equalRounded", "and"):
            if any(one.get("identifier") == response for one in element.iter("variable")):
                found += _spans_of(element, correct)
    return list(dict.fromkeys(found))


def _spans_of(element: Element, correct: Sequence[str]) -> list[Span]:
    if tag(element) == "and":
        return _between(element)
    texts = [words(one) for one in children(element, "baseValue")]
    texts += [text for _ in children(element, "correct") for text in correct]
    known = [(text, value) for text in texts if (value := number(text)) is not None]
    if tag(element) == "equalRounded":
        places = number(element.get("figures") or "0") or NOTHING
        is_decimals = element.get("roundingMode") == "decimalPlaces" and abs(places) < 20
        half = Decimal(5).scaleb(-int(places) - 1) if is_decimals else NOTHING
        return [Span(text, half) for text, _value in known]
    return [_span(text, value, *bounds(element, value)) for text, value in known]


def _span(text: str, value: Decimal, lowest: Decimal, highest: Decimal) -> Span:
    middle, off = (lowest + highest) / 2, abs(highest - lowest) / 2
    return Span(text if middle == value else digits(tidy(middle)), off)


def _between(element: Element) -> list[Span]:
    """``and`` of one lower and one upper bound."""
    limits: dict[str, Decimal] = {}
    for one in element:
        value = next((number(words(constant)) for constant in children(one, "baseValue")), None)
        if value is not None and tag(one) in {"gt", "gte", "lt", "lte"}:
            limits[tag(one)[0]] = value
    if len(limits) < 2:
        return []
    middle = tidy((limits["g"] + limits["l"]) / 2)
    return [_span(digits(middle), middle, limits["g"], limits["l"])]


def _bounded(share: Decimal) -> Decimal:
    return tidy(max(-ALL, min(ALL, share)))


def _limited(share: Decimal) -> Decimal:
    return max(NOTHING, min(ALL, share))
