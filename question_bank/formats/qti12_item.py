"""One item of QTI 1.2 as a question: its kind is told by its responses first, by its declared type only then."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from question_bank.formats.qti12_parts import (
    Response,
    declared_points,
    declared_type,
    metadata,
    presentation,
)
from question_bank.formats.qti12_scoring import Condition, Feedback, Test, conditions, scores
from question_bank.formats.safe_xml import Element, tag
from question_bank.markup import cleaned
from question_bank.model import Credit
from question_bank.text import fold

TRUE_FALSE = {"true_false_question", "trueFalse", "True/False", "Either/Or", "cc.true_false.v0p1"}
CLOZE = {"fill_in_multiple_blanks_question", "multiple_dropdowns_question", "fillInMultiple", "Fill in the Blank Plus"}
TEXT_ONLY = {"text_only_question", "textInformation"}
UNSUPPORTED = {
    "calculated_question", "categorization_question", "hot_spot_question", "file_upload_question", "formula_question",
    "Calculated", "File Upload", "Hot Spot", "Opinion Scale", "Quiz Bowl", "fileUpload", "calculated",
}  # fmt: skip
_YES_NO = ({"true", "false"}, {"dung", "sai"})
_BLANK = re.compile(r"\[([^\[\]]{1,200})\]")


class Unsupported(Exception):
    """A type of question no contest can hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item taken apart, before it becomes a question."""

    fields: dict[str, str]
    declared: str
    title: str
    points: Decimal | None
    pieces: tuple[str | Response, ...]
    conditions: tuple[Condition, ...]
    scores: dict[str, dict[str, Decimal]]  # by response and answer
    tests: dict[str, list[tuple[Condition, Test]]]  # by response: what is asked of it, in which condition
    feedback: Feedback

    @property
    def stem(self) -> str:
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def responses(self) -> list[Response]:
        return [piece for piece in self.pieces if isinstance(piece, Response)]

    def credit(self, usual: Credit) -> Credit:
        """As the item says; ``usual`` where it says nothing."""
        told = self.fields.get("scoring_algorithm") or self.fields.get("bbmd_partialcredit") or ""
        if not told:
            return usual
        return Credit.PARTIAL if "partial" in told.lower() or told == "true" else Credit.ALL_OR_NOTHING


def taken_apart(element: Element) -> Item:
    """:raises Unsupported: with the type's name."""
    fields = metadata(element)
    declared = declared_type(fields)
    found = conditions(element)
    pieces = tuple(presentation(element))
    _refuse_unsupported(element, declared, pieces, found)
    return Item(
        fields=fields,
        declared=declared,
        title=element.get("title", "").strip(),
        points=declared_points(fields, element),
        pieces=pieces,
        conditions=found,
        scores=scores(found),
        tests=_by_response(found),
        feedback=Feedback(element, found),
    )


def _by_response(found: Iterable[Condition]) -> dict[str, list[tuple[Condition, Test]]]:
    tests: dict[str, list[tuple[Condition, Test]]] = {}
    for condition in found:
        for test in condition.positive:
            tests.setdefault(test.respident, []).append((condition, test))
    return tests


def _refuse_unsupported(
    element: Element, declared: str, pieces: Iterable[str | Response], found: Iterable[Condition]
) -> None:
    shapes = {piece.shape for piece in pieces if isinstance(piece, Response)}
    tests = {test.name for condition in found for test in condition.tests}
    is_calculated = any(tag(one) == "calculated" for one in element.iter())
    if declared in UNSUPPORTED or is_calculated or shapes & {"xy", "grp"} or tests & {"varsubstring", "varsubset"}:
        raise Unsupported(declared or ("calculated" if is_calculated else ", ".join(sorted(shapes))))


def is_text_only(element: Element, fields: dict[str, str]) -> bool:
    """Whether it asks nothing: a text to be read before other questions."""
    declared = declared_type(fields)
    asks = any(tag(one).startswith(("response_", "respcondition")) for one in element.iter())
    return declared in TEXT_ONLY or not (asks or declared in UNSUPPORTED)


def kind_of(item: Item) -> str:
    """:raises Unsupported: when the responses fit no kind."""
    responses = item.responses
    if item.declared in CLOZE or blanks(item) is not None or _is_inline(item):
        return "cloze"
    if not responses:
        raise Unsupported(item.declared or "?")
    first = responses[0]
    if first.shape == "lid":
        return _choice_kind(item, first)
    if first.is_number or any(
        test.name.startswith(("vargt", "varlt")) for one in item.conditions for test in one.tests
    ):
        return "numerical"
    return "short" if any(test.value for one in item.conditions for test in one.positive) else "essay"


def _choice_kind(item: Item, first: Response) -> str:
    if first.cardinality == "Ordered":
        return "ordering"
    if len(item.responses) > 1:
        if any(response.cardinality == "Multiple" for response in item.responses):
            raise Unsupported(item.declared or "response_lid × Multiple")
        return "matching"
    if first.cardinality == "Multiple":
        return "multiple"
    texts = {fold(cleaned(label.html)) for label in first.labels}
    return "true_false" if item.declared in TRUE_FALSE or (not item.declared and texts in _YES_NO) else "single"


def blanks(item: Item) -> dict[str, Response | None] | None:
    """The places to answer in by the name that stands in brackets in the stem; None unless they stand there.

    Canvas calls the response of [x] "response_x", Blackboard "x"; Respondus has none and only tests it.
    """
    named: dict[str, Response | None] = {
        response.ident.removeprefix("response_").strip("[]"): response for response in item.responses
    }
    if not named:
        tested = (test.respident for one in item.conditions for test in one.positive)
        named = {respident[1:-1]: None for respident in tested if _BLANK.fullmatch(respident)}
    there = set(_BLANK.findall(item.stem))
    standing = [name in there for name in named]
    return named if any(standing) and (all(standing) or item.declared in CLOZE) else None


def _is_inline(item: Item) -> bool:
    """Whether text goes on after the first place to type in."""
    places = [place for place, piece in enumerate(item.pieces) if isinstance(piece, Response)]
    typed = bool(places) and all(response.shape in {"str", "num"} for response in item.responses)
    after = "".join(piece for piece in item.pieces[places[0] :] if isinstance(piece, str)) if typed else ""
    return typed and (len(places) > 1 or bool(after.strip()))


def marked_stem(item: Item, named: dict[str, Response | None] | None) -> tuple[str, list[tuple[str, Response | None]]]:
    """The stem with its gaps numbered, and the gaps in that order: what the conditions call each, and its response."""
    if named is None:
        return _inline_stem(item)
    order = {name: number for number, name in enumerate(named, start=1)}
    waiting = dict(order)

    def gap(match: re.Match[str]) -> str:
        number = waiting.pop(match[1], None)
        return match[0] if number is None else f"[[{number}]]"

    gaps = [(f"[{name}]" if response is None else response.ident, response) for name, response in named.items()]
    return _BLANK.sub(gap, item.stem), gaps


def _inline_stem(item: Item) -> tuple[str, list[tuple[str, Response | None]]]:
    parts: list[str] = []
    gaps: list[tuple[str, Response | None]] = []
    for piece in item.pieces:
        if isinstance(piece, str):
            parts.append(piece)
        else:
            gaps.append((piece.ident, piece))
            parts.append(f"[[{len(gaps)}]]")
    return "".join(parts), gaps
