"""Response processing: what an item itself says each answer is worth.

The rules are carried out, not guessed at: whoever wants to know the share of an answer asks for its score.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from question_bank.formats.qti_declarations import Declaration, Value, declared_in, in_container, number, typed
from question_bank.formats.qti_operators import PURE
from question_bank.formats.qti_tree import words
from question_bank.formats.safe_xml import Element, child, children, tag

Given = Mapping[str, Sequence[str]]  # the values answered, by the identifier of the response

DEEPEST_RULE = 60
MOST_STEPS = 200_000  # to ask once about everything the item offers
NOTHING = Decimal(0)
_MATCH_CORRECT = """<responseCondition><responseIf>
<match><variable identifier="{0}"/><correct identifier="{0}"/></match>
<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></sum>
</setOutcomeValue></responseIf></responseCondition>"""
_MAP_RESPONSE = """<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>
<mapResponse identifier="{0}"/></sum></setOutcomeValue>"""


class NotUnderstood(Exception):
    """A template or an operator that is not carried out here; its name is the argument."""


class _Exit(Exception):
    """``exitResponse``: the rest of the rules is left out."""


class Doubt(NamedTuple):
    """Why the declared key was taken instead of the item's own rules."""

    is_absent: bool  # there are none
    found: str = ""


@dataclass(frozen=True)
class Scoring:
    responses: Mapping[str, Declaration]
    outcomes: Mapping[str, Declaration]
    rules: Sequence[Element]
    doubt: Doubt | None = None

    def score(self, given: Given) -> Decimal:
        value = number(self.outcomes_of(given).get(self.score_name))
        return value if isinstance(value, Decimal) else NOTHING

    def outcomes_of(self, given: Given) -> dict[str, Value]:
        run = _Run(self, given)
        with suppress(_Exit):
            run.rules(self.rules)
        return run.outcomes

    @property
    def score_name(self) -> str:
        """SCORE, or the first number the rules set where nobody calls it so."""
        names = [one.get("identifier", "") for rule in self.rules for one in rule.iter("setOutcomeValue")]
        numbers = [name for name in names if name in self.outcomes and self.outcomes[name].is_number]
        return next(iter(numbers), "SCORE") if "SCORE" not in names else "SCORE"

    @property
    def best(self) -> dict[str, tuple[str, ...]]:
        """The right answer to each response: as declared, else the first value the rules compare it with."""
        return {name: one.best or tuple(self.constants(name)[:1]) for name, one in self.responses.items()}

    def constants(self, name: str) -> list[str]:
        """The values the rules name beside a response."""
        found = []
        for rule in self.rules:
            for variable in rule.iter("variable"):
                parent = variable.getparent()
                if variable.get("identifier") == name and parent is not None:
                    found += [words(value) for value in children(parent, "baseValue")]
        return list(dict.fromkeys(found))


def scoring_of(item: Element) -> Scoring:
    """The item's own rules; where it has none, or they give nothing for its own key, the declared key instead."""
    responses, outcomes = declared_in(item, "responseDeclaration"), declared_in(item, "outcomeDeclaration")
    try:
        rules = _rules_of(item, responses)
        if not rules:
            return Scoring(responses, outcomes, _declared(responses), Doubt(is_absent=True))
        scoring = Scoring(responses, outcomes, rules)
        if scoring.score(scoring.best) > 0:
            return scoring
        doubt = Doubt(is_absent=False, found="0")
    except NotUnderstood as unknown:
        doubt = Doubt(is_absent=False, found=str(unknown)[:60])
    return Scoring(responses, outcomes, _declared(responses), doubt)


def _rules_of(item: Element, responses: Mapping[str, Declaration]) -> list[Element]:
    processing = child(item, "responseProcessing")
    if processing is None:
        return []
    if len(processing):
        body = child(item, "itemBody")
        _refuse_unknown(processing, offered=0 if body is None else sum(1 for one in body.iter() if one.attrib))
        return list(processing)
    name = (processing.get("template") or "").rpartition("/")[2].removesuffix(".xml").lower()
    if not name:
        return []
    kinds = {"match_correct": _MATCH_CORRECT, "map_response": _MAP_RESPONSE}
    kind = next((kinds[known] for known in kinds if name.endswith(known)), None)
    if kind is None:
        raise NotUnderstood(name)
    scored = ["RESPONSE"] if "RESPONSE" in responses else responses
    return [rule for response in scored for rule in _template(kind, response)]


def _declared(responses: Mapping[str, Declaration]) -> list[Element]:
    """The mapping where there is one, else all or nothing."""
    kinds = ((_MAP_RESPONSE if one.mapping else _MATCH_CORRECT, name) for name, one in responses.items())
    return [rule for kind, name in kinds for rule in _template(kind, name)]


def _template(kind: str, response: str) -> list[Element]:
    rule = etree.fromstring(kind.format("RESPONSE"))
    for element in rule.iter("variable", "correct", "mapResponse"):
        if element.get("identifier") == "RESPONSE":
            element.set("identifier", response)
    return [rule]


def _refuse_unknown(processing: Element, offered: int) -> None:
    """Rules are carried out again and again, each level of depth by a call: both must have an end."""
    count, level = 0, list(processing)
    for _depth in range(DEEPEST_RULE):
        unknown = [tag(element) for element in level if tag(element) not in _KNOWN]
        if unknown:
            raise NotUnderstood(unknown[0])
        count += len(level)
        level = [below for element in level for below in element]
    if level or count * offered > MOST_STEPS:
        raise NotUnderstood("responseProcessing")


@dataclass
class _Run:
    """One answer going through the rules."""

    scoring: Scoring
    given: Given
    outcomes: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outcomes = {name: one.start for name, one in self.scoring.outcomes.items()}
        self.outcomes.setdefault("SCORE", NOTHING)

    def rules(self, rules: Sequence[Element]) -> None:
        for rule in rules:
            if (carry_out := _RULES.get(tag(rule))) is not None:  # what stands where no rule may is no rule
                carry_out(self, rule)

    def value(self, element: Element) -> Value:
        if (leaf := _LEAVES.get(tag(element))) is not None:
            return leaf(self, element)
        if (operator := PURE.get(tag(element))) is None:
            return None
        try:
            return operator(element, [self.value(one) for one in element])
        except (IndexError, ValueError, ArithmeticError):  # an operand is missing, or no number that can be rounded
            return None

    def condition(self, rule: Element) -> None:
        for branch in rule:
            if tag(branch) == "responseElse":
                self.rules(list(branch))
                return
            if len(branch) and self.value(branch[0]) is True:
                self.rules(list(branch)[1:])
                return

    def set_outcome(self, rule: Element) -> None:
        self.outcomes[rule.get("identifier", "")] = self.value(rule[0]) if len(rule) else None

    def look_up(self, rule: Element) -> None:
        name = rule.get("identifier", "")
        outcome = self.scoring.outcomes.get(name)
        if outcome is not None and outcome.table is not None and len(rule):
            self.outcomes[name] = outcome.table.target(number(self.value(rule[0])))

    def leave(self, _rule: Element) -> None:
        raise _Exit

    def variable(self, element: Element) -> Value:
        name = element.get("identifier", "")
        if name in self.scoring.responses:
            return self.scoring.responses[name].value_of(self.given.get(name, ()))
        return self.outcomes.get(name)

    def correct(self, element: Element) -> Value:
        declaration = self.scoring.responses.get(element.get("identifier", ""))
        return None if declaration is None else declaration.value_of(declaration.correct)

    def mapped(self, element: Element) -> Value:
        declaration = self.scoring.responses.get(element.get("identifier", ""))
        if declaration is None or declaration.mapping is None:
            return None
        return declaration.mapping.total(in_container(declaration.value_of(self.given.get(declaration.identifier, ()))))

    def constant(self, element: Element) -> Value:
        return typed(words(element), element.get("baseType", "string"))


_RULES: dict[str, Callable[[_Run, Element], None]] = {
    "responseCondition": _Run.condition,
    "setOutcomeValue": _Run.set_outcome,
    "lookupOutcomeValue": _Run.look_up,
    "exitResponse": _Run.leave,
    "responseProcessingFragment": lambda run, rule: run.rules(list(rule)),
}
_LEAVES: dict[str, Callable[[_Run, Element], Value]] = {
    "variable": _Run.variable,
    "correct": _Run.correct,
    "mapResponse": _Run.mapped,
    "baseValue": _Run.constant,
    "null": lambda _run, _element: None,
}
_KNOWN = {*_RULES, *_LEAVES, *PURE, "responseIf", "responseElseIf", "responseElse"}
