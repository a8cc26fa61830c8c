"""The parts of an item of QTI 1.2 as Canvas, Respondus and Blackboard write them: texts, responses, metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import zip_longest

from question_bank.answers import number_in
from question_bank.formats.safe_xml import Element, child, inner_html, tag, text_of
from question_bank.markup import as_html

_TYPE_FIELDS = (
    "question_type", "interaction_type", "respondusapi_qtype", "bbmd_questiontype", "cc_profile", "qmd_itemtype",
)  # fmt: skip
_POINTS_FIELDS = ("points_possible", "respondusapi_qpoints", "qmd_absolutescore_max")
_RESPONSES = {"response_lid", "response_str", "response_num", "response_xy", "response_grp"}
_FILES = {"matimage", "mataudio", "matvideo", "matapplication"}
_SMALLEST = Decimal(10) ** -30  # written out, the noughts of smaller ones could fill the memory
_LINK_PATH = "%%LINKPATH%%"  # Respondus: the folder of the package
_EITHER_OR = re.compile(r"([a-z]+)_([a-z]+)\.(true|false)")  # Blackboard names the words instead of writing them


@dataclass(frozen=True, slots=True)
class Label:
    """One thing that may be chosen."""

    ident: str
    html: str
    fixed: bool = False
    answer_type: str = ""  # New Quizzes: how a blank is answered


@dataclass(frozen=True, slots=True)
class Response:
    """One place to answer in."""

    ident: str
    shape: str  # lid (choose), str, num (type), xy, grp
    cardinality: str
    is_number: bool
    html: str  # its own text: the prompt of a matching
    labels: tuple[Label, ...]


def metadata(item: Element) -> dict[str, str]:
    """Field by name; where one is written twice the first counts."""
    found: dict[str, str] = {}
    for one in item.iter():
        if tag(one) in {"qtimetadatafield", "qti_metadatafield"}:
            found.setdefault(text_of(child(one, "fieldlabel")).strip(), text_of(child(one, "fieldentry")).strip())
        elif tag(one).startswith(("bbmd_", "qmd_")):
            found.setdefault(tag(one), text_of(one).strip())
    return found


def declared_type(fields: dict[str, str]) -> str:
    return next((fields[name] for name in _TYPE_FIELDS if fields.get(name)), "")


def declared_points(fields: dict[str, str], item: Element) -> Decimal | None:
    """A highest mark of 100 is a percentage, not points."""
    told = next((fields[name] for name in _POINTS_FIELDS if fields.get(name)), "")
    highest = (one.get("maxvalue", "") for one in item.iter() if tag(one) == "decvar")
    return points_in(told or next((value for value in highest if value and not value.startswith("100")), ""))


def points_in(text: str) -> Decimal | None:
    """None for the usual one point, and for what is no number."""
    value = number_in(text)
    return None if value is None or value == 1 else plain(value)


def plain(value: Decimal) -> Decimal:
    """Without noughts at the end and without an exponent; what is all but nothing is nothing."""
    return Decimal(format(value.normalize(), "f")) if abs(value) > _SMALLEST else Decimal(0)


def material(element: Element) -> str:
    """All texts and files inside, as HTML not cleaned yet."""
    return "".join(_mat(one) for one in element.iter())


def _mat(element: Element) -> str:
    name = tag(element)
    if name == "mat_formattedtext":
        return text_of(element) if element.get("type", "HTML").upper() != "PLAIN" else _from_plain(text_of(element))
    if name == "mattext":
        if len(element):
            return inner_html(element)
        is_html = element.get("texttype", "").lower() == "text/html"
        text = (element.text or "").replace(_LINK_PATH, "")
        return text if is_html else _from_plain(text)
    if name in _FILES and element.get("uri"):
        return f'<img src="{escape(element.get("uri", "").replace(_LINK_PATH, ""))}">'
    return ""


def _from_plain(text: str) -> str:
    """The ends are only the indentation of the file."""
    text = re.sub(r"^\s*\n\s*|\s*\n\s*$", "", text)
    words = _EITHER_OR.fullmatch(text)
    return as_html(words[1 if words[3] == "true" else 2].capitalize() if words else text)


def presentation(item: Element) -> list[str | Response]:
    """The question in reading order: HTML and the places to answer in."""
    shown = child(item, "presentation")
    if shown is None:
        return []
    blocks = [one for one in shown.iter() if tag(one) == "flow"]
    right = next((one for one in blocks if one.get("class") == "RIGHT_MATCH_BLOCK"), None)
    if right is None:
        return list(_pieces(shown))
    return _blackboard_matching(blocks, right)


def _pieces(element: Element) -> Iterator[str | Response]:
    for one in element:
        if tag(one) in _RESPONSES:
            yield _response(one)
        elif tag(one) == "material":
            yield material(one)
        elif tag(one).startswith("flow"):
            yield from _pieces(one)
            yield "\n"


def _response(element: Element) -> Response:
    own = "".join(material(one) for one in element if tag(one) == "material")
    fills = [one.get("fibtype", "") for one in element.iter() if tag(one) == "render_fib"]
    return Response(
        ident=element.get("ident", ""),
        shape=tag(element).removeprefix("response_"),
        cardinality=element.get("rcardinality", "Single"),
        is_number=tag(element) == "response_num" or any(kind in {"Decimal", "Integer", "Scientific"} for kind in fills),
        html=own,
        labels=tuple(_label(one) for one in element.iter() if tag(one) == "response_label"),
    )


def _label(element: Element) -> Label:
    fixed = element.get("rshuffle") == "No" or element.get("lock") == "Yes"
    return Label(element.get("ident", ""), material(element), fixed, element.get("answer_type", ""))


def _blackboard_matching(blocks: list[Element], right: Element) -> list[str | Response]:
    """Its labels are empty: the n-th of each response stands for the n-th text of the block on the right."""
    stem = "".join(material(one) for one in blocks if one.get("class") == "QUESTION_BLOCK")
    texts = [material(one) for one in right if tag(one) == "flow"]
    pairs = [one for one in blocks if any(tag(inner) == "response_lid" for inner in one)]
    found: list[str | Response] = [stem]
    for pair in pairs:
        response = _response(next(one for one in pair if tag(one) == "response_lid"))
        prompt = "".join(material(one) for one in pair if tag(one) == "flow")
        idents = (label.ident for label in response.labels)
        labels = tuple(Label(ident or "", text) for ident, text in zip_longest(idents, texts, fillvalue="") if ident)
        found.append(Response(response.ident, "lid", "Single", is_number=False, html=prompt, labels=labels))
    return found
