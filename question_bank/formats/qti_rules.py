"""Writing response processing: the standard templates where they say it, rules of our own where they do not."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from question_bank.formats.qti_declarations import digits
from question_bank.formats.qti_keys import tidy
from question_bank.formats.qti_xml import Version, qti
from question_bank.formats.safe_xml import Element

MATCH_CORRECT, MAP_RESPONSE = "match_correct", "map_response"


def declaration(
    response: str, base_type: str, cardinality: str, correct: Sequence[str],
    worths: Mapping[str, Decimal] | None = None, *, heeds_case: bool | None = None, most: Decimal | None = None,
) -> Element:  # fmt: skip
    """A response with its key and, where ``worths`` are given, what each value is worth; never below nothing."""
    element = qti("responseDeclaration", identifier=response, cardinality=cardinality, baseType=base_type)
    if correct:
        element.append(qti("correctResponse", *(qti("value", value) for value in correct)))
    if worths:
        case = {} if heeds_case is None else {"caseSensitive": str(heeds_case).lower()}
        shares = {key: digits(tidy(worth)) for key, worth in worths.items()}
        entries = (qti("mapEntry", mapKey=key, mappedValue=share, **case) for key, share in shares.items())
        bounds = {"lowerBound": "0", "defaultValue": "0"} | ({"upperBound": digits(most)} if most else {})
        element.append(qti("mapping", *entries, **bounds))
    return element


def outcome(name: str, base_type: str, start: str = "", *, cardinality: str = "single", **more: str) -> Element:
    element = qti("outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=base_type, **more)
    if start:
        element.append(qti("defaultValue", qti("value", start)))
    return element


def variable(name: str) -> Element:
    return qti("variable", identifier=name)


def constant(value: Decimal | str, base_type: str = "float") -> Element:
    return qti("baseValue", value if isinstance(value, str) else digits(value), baseType=base_type)


def mapped(response: str) -> Element:
    return qti("mapResponse", identifier=response)


def set_to(name: str, value: Element) -> Element:
    return qti("setOutcomeValue", value, identifier=name)


def when(condition: Element, *rules: Element) -> Element:
    return qti("responseCondition", qti("responseIf", condition, *rules))


def scaled(value: Element, points: Decimal, whole: Decimal) -> Element:
    """``value`` of ``whole`` as a part of the points."""
    return qti("divide", qti("product", value, constant(points)), constant(whole))


def standard(name: str, points: Decimal) -> list[Element]:
    """What a template says, written out."""
    if name == MAP_RESPONSE:
        return [set_to("SCORE", mapped("RESPONSE"))]
    is_right = qti("match", variable("RESPONSE"), qti("correct", identifier="RESPONSE"))
    return [when(is_right, set_to("SCORE", constant(points)))]


def processing(template: str, rules: Sequence[Element], version: Version) -> Element:
    if template:
        return qti("responseProcessing", template=version.template % template)
    return qti("responseProcessing", *rules)
