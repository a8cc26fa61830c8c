"""Questions as items of QTI 1.2, with the names Canvas gives to types and scoring."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from lxml import etree

from question_bank.answers import number_in
from question_bank.cloze import GAP
from question_bank.formats.qti12_parts import plain
from question_bank.formats.safe_xml import Element
from question_bank.markup import as_html
from question_bank.model import Credit, Gap, Option, Question

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_TYPES = {
    "single": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "true_false": "true_false_question",
    "short": "short_answer_question",
    "numerical": "numerical_question",
    "matching": "matching_question",
    "ordering": "ordering_question",
    "essay": "essay_question",
}
_RESPONSE = "response1"
_FULL = Decimal(100)
_LEAST = Decimal("0.0001")  # what earns nothing and is right all the same must still be told from what is wrong
Tags = Mapping[int | None, str]  # the media of the stem and of each option, as HTML


def begun(name: str, namespace: str, **attributes: str) -> Element:
    """The first element of a document, in a namespace that needs no prefix."""
    root = etree.fromstring(f'<{name} xmlns="{namespace}"/>')
    for label, value in attributes.items():
        root.set(label, value)
    return root


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new element at the end of the parent, in its namespace."""
    made = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, name), attributes)
    made.text = text
    return made


def stimulus(ident: str, html: str) -> Element:
    made = _new_item(ident, "", {"question_type": "text_only_question", "points_possible": "0"})
    _material(add(made, "presentation"), html)
    return made


def item(ident: str, question: Question, stimulus_ident: str, tags: Tags) -> Element:
    """``question`` has its texts in HTML."""
    fields = {
        "question_type": _type_of(question),
        "points_possible": str(plain(question.points) if question.points is not None else 1),
        "question_bank": " > ".join(question.topic),
        "parent_stimulus_item_ident": stimulus_ident,
        "scoring_algorithm": "PartialScore" if question.credit is Credit.PARTIAL else "AllOrNothing",
    }
    made = _new_item(ident, question.title, fields)
    shown = add(made, "presentation")
    _material(shown, GAP.sub(r"[gap\1]", question.stem) + tags.get(None, ""))
    marking = _Marking(made, case=question.text_rules.case)
    _WRITERS[question.kind](shown, marking, question, tags)
    marking.close(question.explanation)
    return made


def _type_of(question: Question) -> str:
    is_choice = all(gap.kind == "single" for gap in question.gaps)
    cloze = "multiple_dropdowns_question" if is_choice else "fill_in_multiple_blanks_question"
    return _TYPES.get(question.kind, cloze)


def _new_item(ident: str, title: str, fields: Mapping[str, str]) -> Element:
    made = begun("item", QTI, ident=ident, title=title)
    told = add(add(made, "itemmetadata"), "qtimetadata")
    for label, entry in fields.items():
        if entry:
            one = add(told, "qtimetadatafield")
            add(one, "fieldlabel", label)
            add(one, "fieldentry", entry)
    return made


def _material(parent: Element, text: str, texttype: str = "text/html") -> None:
    add(add(parent, "material"), "mattext", text, texttype=texttype)


class _Marking:
    """The response conditions and the feedback of an item, written down as they come."""

    def __init__(self, made: Element, *, case: bool) -> None:
        self._item = made
        self._case = case
        self._processing = add(made, "resprocessing")
        outcomes = add(self._processing, "outcomes")
        add(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
        self._feedback: dict[str, str] = {}

    def condition(
        self, score: Decimal | None = None, feedback: str = "", *, ident: str = "", adds: bool = False
    ) -> Element:
        """A new condition; what it asks is put into the element returned."""
        goes_on = adds or score is None
        made = add(self._processing, "respcondition", **{"continue": "Yes" if goes_on else "No"})
        asked = add(made, "conditionvar")
        if score is not None:
            number = format(max(score, _LEAST) if score >= 0 else score, ".4f")
            add(made, "setvar", number, action="Add" if adds else "Set", varname="SCORE")
        if feedback:
            ident = ident or f"answer{len(self._feedback) + 1}_fb"
            self._feedback[ident] = feedback
            add(made, "displayfeedback", feedbacktype="Response", linkrefid=ident)
        return asked

    def answer(self, respident: str, value: str, score: Decimal | None, feedback: str, *, adds: bool = False) -> None:
        """One answer: what it earns, if anything, and what is said about it."""
        if score is not None:
            self.equal(self.condition(score, adds=adds), respident, value)
        if feedback:
            self.equal(self.condition(feedback=feedback), respident, value)

    def equal(self, parent: Element, respident: str, value: str) -> None:
        case = {"case": "Yes"} if self._case else {}
        add(parent, "varequal", value, respident=respident, **case)

    def close(self, explanation: str) -> None:
        if explanation:
            add(self.condition(feedback=explanation, ident="general_fb"), "other")
        for ident, text in self._feedback.items():
            _material(add(add(self._item, "itemfeedback", ident=ident), "flow_mat"), text)


def _choice(shown: Element, marking: _Marking, question: Question, tags: Tags) -> None:
    cardinality = "Multiple" if question.kind == "multiple" else "Single"
    rendered = add(add(shown, "response_lid", ident=_RESPONSE, rcardinality=cardinality), "render_choice")
    is_whole = question.kind == "multiple" and not any(option.weight for option in question.options)
    asked = add(marking.condition(_FULL), "and") if is_whole else None
    for place, option in enumerate(question.options):
        _label(rendered, f"a{place}", option, tags.get(place, ""))
        if asked is not None:
            marking.equal(asked if option.correct else add(asked, "not"), _RESPONSE, f"a{place}")
        score = None if is_whole else _score(question, option)
        marking.answer(_RESPONSE, f"a{place}", score, option.feedback, adds=question.kind == "multiple")


def _score(question: Question, option: Option) -> Decimal | None:
    """As marking counts it: an option without a share of its own has an equal part of the right ones."""
    if option.weight is not None and (option.weight or option.correct):
        return option.weight * _FULL
    return _FULL / max(len(question.key), 1) if option.correct else None


def _label(parent: Element, ident: str, option: Option, tags: str = "", **attributes: str) -> None:
    fixed = {"rshuffle": "No", "lock": "Yes"} if option.fixed else {}
    _material(add(parent, "response_label", ident=ident, **fixed, **attributes), option.text + tags)


def _short(shown: Element, marking: _Marking, question: Question, _tags: Tags) -> None:
    _typed_into(shown, "response_str", "String")
    for option in question.options:
        marking.answer(_RESPONSE, _as_typed(option.text), _worth(option, _FULL), option.feedback)


def _typed_into(shown: Element, response: str, fibtype: str, ident: str = _RESPONSE) -> None:
    rendered = add(add(shown, response, ident=ident, rcardinality="Single"), "render_fib", fibtype=fibtype)
    add(rendered, "response_label", ident=f"{ident}_text", rshuffle="No")


def _as_typed(text: str) -> str:
    return text.replace("\\*", "*")


def _worth(option: Option, full: Decimal) -> Decimal | None:
    """Of the points of its question or gap; None for an answer that earns nothing."""
    if not option.correct:
        return None
    return full if option.weight is None else full * option.weight


def _numerical(shown: Element, marking: _Marking, question: Question, _tags: Tags) -> None:
    _typed_into(shown, "response_str", "Decimal")
    _numbers(marking, _RESPONSE, question.options, _FULL)


def _numbers(marking: _Marking, respident: str, options: tuple[Option, ...], full: Decimal) -> None:
    for option in options:
        value, score = number_in(option.text), _worth(option, full)
        if value is None or score is None:
            continue
        asked = add(marking.condition(score, option.feedback), "or")
        value, off = plain(value), plain(option.tolerance or Decimal(0))
        text = str(value)
        marking.equal(asked, respident, text)
        bounds = add(asked, "and")
        add(bounds, "vargte", str(plain(value - off)), respident=respident)
        add(bounds, "varlte", str(plain(value + off)), respident=respident)


def _matching(shown: Element, marking: _Marking, question: Question, tags: Tags) -> None:
    matches = {match: f"m{number}" for number, match in enumerate(question.matches)}
    for place, option in enumerate(question.options):
        if not option.text:
            continue
        response = add(shown, "response_lid", ident=f"response_{place}")
        _material(response, option.text + tags.get(place, ""))
        rendered = add(response, "render_choice")
        for match, ident in matches.items():
            _label(rendered, ident, Option(match))
        share = _FULL / len(question.prompts) if option.weight is None else option.weight * _FULL
        marking.answer(f"response_{place}", matches.get(option.match, ""), share, option.feedback, adds=True)


def _ordering(shown: Element, marking: _Marking, question: Question, tags: Tags) -> None:
    """Steps in the order of the alphabet: in the right one they would give the answer away."""
    extension = add(add(shown, "response_lid", ident=_RESPONSE, rcardinality="Ordered"), "render_extension")
    labels = add(add(extension, "ims_render_object", shuffle="Yes"), "flow_label")
    for place, option in sorted(enumerate(question.options), key=lambda step: step[1].text):
        _label(labels, f"a{place}", option, tags.get(place, ""))
    asked = marking.condition(_FULL)
    for place, option in enumerate(question.options):
        marking.equal(asked, _RESPONSE, f"a{place}")
        marking.answer(_RESPONSE, f"a{place}", None, option.feedback)


def _essay(shown: Element, marking: _Marking, _question: Question, _tags: Tags) -> None:
    _typed_into(shown, "response_str", "String")
    add(marking.condition(), "other")


def _cloze(shown: Element, marking: _Marking, question: Question, _tags: Tags) -> None:
    whole = sum((gap.weight for gap in question.gaps), Decimal(0)) or Decimal(1)
    is_mixed = _type_of(question) == "fill_in_multiple_blanks_question"
    for number, gap in enumerate(question.gaps, start=1):
        _gap(shown, marking, f"gap{number}", gap, gap.weight / whole * _FULL, is_mixed=is_mixed)


def _gap(shown: Element, marking: _Marking, name: str, gap: Gap, full: Decimal, *, is_mixed: bool) -> None:
    respident = f"response_{name}"
    if gap.kind == "numerical":
        _typed_into(shown, "response_num", "Decimal", respident)
        _numbers(marking, respident, gap.options, full)
        return
    response = add(shown, "response_lid", ident=respident)
    _material(response, name, "text/plain")
    rendered = add(response, "render_choice")
    answered = {"answer_type": "dropdown" if gap.kind == "single" else "openEntry"} if is_mixed else {}
    for place, option in enumerate(gap.options):
        ident = f"{name}_{place}"
        written = option if gap.kind == "single" else Option(as_html(_as_typed(option.text)))
        _label(rendered, ident, written, **answered)
        marking.answer(respident, ident, _worth(option, full), option.feedback, adds=True)


_WRITERS: dict[str, Callable[[Element, _Marking, Question, Tags], None]] = {
    "single": _choice,
    "true_false": _choice,
    "multiple": _choice,
    "short": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "essay": _essay,
}
