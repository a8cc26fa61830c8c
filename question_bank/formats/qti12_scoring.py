"""How an item of QTI 1.2 is marked: its response conditions, and the feedback they lead to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from question_bank.answers import number_in
from question_bank.formats.qti12_parts import material
from question_bank.formats.safe_xml import Element, child, children, tag, text_of
from question_bank.markup import stacked

FULL = Decimal(100)
# A feedback common to all right, or all wrong answers is repeated with each: it may be neither long nor had by many.
LONGEST_COMMON = 4000
MOST_ANSWERS = 10
_TESTS = {"varequal", "vargte", "vargt", "varlte", "varlt", "varsubstring", "varsubset"}
_GENERAL = re.compile(r"general_fb|solution|.*_ALL", re.IGNORECASE)
_WHEN_RIGHT = re.compile(r"correct(_fb)?|.*_C", re.IGNORECASE)
_WHEN_WRONG = re.compile(r"(general_)?incorrect(_fb)?|.*_IC", re.IGNORECASE)
_COMMON = (_GENERAL, _WHEN_RIGHT, _WHEN_WRONG)
_SAYS_RIGHT = re.compile(r"correct|.*_A?C", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Test:
    name: str  # the element: varequal, vargte, …
    respident: str
    value: str
    negated: bool = False
    case: bool = False
    margin: Decimal | None = None
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    tests: tuple[Test, ...]
    score: Decimal | None  # None: it only leads to feedback
    links: tuple[str, ...]

    @property
    def positive(self) -> tuple[Test, ...]:
        return tuple(test for test in self.tests if not test.negated)

    @property
    def is_right(self) -> bool:
        return self.score is not None and self.score > 0


def conditions(item: Element) -> tuple[Condition, ...]:
    """All of them; where none gives points, those count as right that lead to the feedback of a right answer."""
    highest = next((number_in(one.get("maxvalue", "")) for one in item.iter() if tag(one) == "decvar"), None)
    found = [_condition(one, highest or FULL) for one in item.iter() if tag(one) == "respcondition"]
    if any(condition.is_right for condition in found):
        return tuple(found)
    return tuple(_right_by_link(condition) for condition in found)


def _right_by_link(condition: Condition) -> Condition:
    says_right = any(_SAYS_RIGHT.fullmatch(link) for link in condition.links)
    return replace(condition, score=FULL) if says_right and condition.tests else condition


def _condition(element: Element, highest: Decimal) -> Condition:
    told = child(element, "conditionvar")
    tests = [] if told is None else [_test(one) for one in told.iter() if tag(one) in _TESTS]
    links = tuple(one.get("linkrefid", "") for one in children(element, "displayfeedback"))
    scores = [score for one in children(element, "setvar") if (score := _score(one, highest)) is not None]
    return Condition(tuple(tests), scores[-1] if scores else None, links)


def _score(setvar: Element, highest: Decimal) -> Decimal | None:
    name = setvar.get("varname") or setvar.get("variablename") or ""
    action = setvar.get("action", "Set").lower()
    if "incorrect" in name.lower() or action not in {"set", "add", "subtract"}:
        return None
    text = text_of(setvar).strip()
    value = highest if text == "SCORE.max" else number_in(text)
    return -value if value is not None and action == "subtract" else value


def _test(element: Element) -> Test:
    value, respident = text_of(element).strip(), element.get("respident", "")
    return Test(
        name=tag(element),
        respident=respident,
        value=value or respident,  # Blackboard names the chosen label itself
        negated=next(element.iterancestors("{*}not"), None) is not None,
        case=element.get("case", "No").lower() == "yes",
        margin=number_in(element.get("margin", "")),
        is_percent=element.get("margintype", "") == "percent",
    )


def scores(found: Iterable[Condition]) -> dict[str, dict[str, Decimal]]:
    """By response, then by answer: the best score it leads to. Conditions that only give feedback have no say."""
    best: dict[str, dict[str, Decimal]] = {}
    for condition in found:
        for test in condition.positive:
            if test.name == "varequal" and condition.score is not None:
                answers = best.setdefault(test.respident, {})
                answers[test.value] = max(condition.score, answers.get(test.value, condition.score))
    return best


class Feedback:
    """The feedback of an item: what was not asked for in the end has found no place."""

    def __init__(self, item: Element, found: Iterable[Condition]) -> None:
        shown = (one for one in item.iter() if tag(one) == "itemfeedback")
        self._texts = {one.get("ident", ""): material(one) for one in shown}
        self._used: set[str] = set()
        self._when = {
            when_right: [
                ident for ident, text in self._texts.items() if common.fullmatch(ident) and len(text) <= LONGEST_COMMON
            ]
            for when_right, common in ((True, _WHEN_RIGHT), (False, _WHEN_WRONG))
        }
        self._links: dict[tuple[str, str], list[str]] = {}
        for condition in found:
            for test in condition.tests if condition.score is None else condition.positive:
                self._links.setdefault((test.respident, test.value), []).extend(condition.links)

    def general(self) -> str:
        return self._joined(ident for ident in self._texts if _GENERAL.fullmatch(ident))

    def of(self, respident: str, value: str, *, when_right: bool | None = None) -> str:
        """What one answer leads to; with ``when_right`` also what every right, or every wrong one does."""
        links = self._links.get((respident, value), []) + self._links.get((value, value), [])
        return self.linked(links, when_right=when_right)

    def linked(self, links: Iterable[str], *, when_right: bool | None = None) -> str:
        idents = [link for link in links if not any(one.fullmatch(link) for one in _COMMON)]
        if when_right is not None:
            idents += self._when[when_right]
        return self._joined(idents)

    def unplaced(self) -> int:
        return sum(bool(text.strip()) and ident not in self._used for ident, text in self._texts.items())

    def _joined(self, idents: Iterable[str]) -> str:
        asked = list(dict.fromkeys(ident for ident in idents if ident in self._texts))
        self._used.update(asked)
        texts = (self._texts[ident].strip() for ident in asked)
        return stacked(texts)
