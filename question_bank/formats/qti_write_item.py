"""A question as one item of QTI."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from urllib.parse import quote

from question_bank.answers import number_in
from question_bank.formats import qti_rules as rules
from question_bank.formats.qti_declarations import digits
from question_bank.formats.qti_write_kinds import KINDS, Parts, accepts_number, is_pattern, stem
from question_bank.formats.qti_xml import Version, fill, plain, qti
from question_bank.formats.safe_xml import Element
from question_bank.model import Media, Option, Question

GENERAL = "general"  # the feedback everybody is shown
Address = Callable[[int], str]  # of one of the question's media, as the item's file names it


def item_of(question: Question, name: str, version: Version, address: Address, passage: Element | None) -> Element:
    """``question`` in HTML; ``passage`` refers to the text it shares, where that has a file of its own."""
    points = Decimal(1) if question.points is None else question.points

    def offer(tag: str, place: int, identifier: str) -> Element:
        return _offered(question, tag, place, identifier, address)

    parts = KINDS[question.kind](question, offer, points)
    said = list(_own_feedback(question, parts))
    title = question.title or question.code or name
    label = {"label": question.code} if question.code else {}
    item = qti("assessmentItem", identifier=name, title=title, adaptive="false", timeDependent="false", **label)
    item.extend(parts.declarations)
    item.extend(_outcomes(question, parts, points, has_rules=bool(said)))
    if passage is not None:
        item.append(passage)
    item.append(_body(question, parts, address, shows_passage=passage is None))
    if question.kind != "essay":
        template = "" if said else parts.template
        item.append(rules.processing(template, [*parts.rules, *said], version))
    item.extend(_modal_feedback(question, version))
    return item


def _offered(question: Question, tag: str, place: int, identifier: str, address: Address) -> Element:
    option = question.options[place]
    element = fill(qti(tag, identifier=identifier), option.text)
    if option.fixed and tag == "simpleChoice":
        element.set("fixed", "true")
    for number, media in enumerate(question.media):
        if media.place == place:
            element.append(_shown(media, address(number)))
    if option.feedback:
        own = {"outcomeIdentifier": "FEEDBACK", "identifier": identifier, "showHide": "show"}
        element.append(fill(qti("feedbackInline", **own), option.feedback))
    return element


def _shown(media: Media, address: str) -> Element:
    where = quote(address)
    if media.media_type.startswith("image/"):
        return plain("img", src=where, alt=media.alt)
    return plain("object", media.alt, data=where, type=media.media_type)


def _outcomes(question: Question, parts: Parts, points: Decimal, *, has_rules: bool) -> Iterator[Element]:
    names = {one.get("identifier") for one in parts.outcomes}
    if "SCORE" not in names:
        people = {"externalScored": "human"} if question.kind == "essay" else {}
        yield rules.outcome("SCORE", "float", "0", normalMaximum=digits(points), **people)
    yield from parts.outcomes
    yield rules.outcome("MAXSCORE", "float", digits(points))
    if has_rules or question.explanation:
        start = GENERAL if question.explanation else ""
        yield rules.outcome("FEEDBACK", "identifier", start, cardinality="multiple")


def _body(question: Question, parts: Parts, address: Address, *, shows_passage: bool) -> Element:
    body = qti("itemBody")
    if question.situation and shows_passage:
        body.append(fill(plain("div", class_="stimulus"), question.situation))
    text = stem(question, parts.gaps)
    in_options = KINDS[question.kind] in _WITH_OPTIONS
    for number, media in enumerate(question.media):
        if media.place is None or not in_options or media.place >= len(question.options):
            text.append(_shown(media, address(number)))
    body.append(text)
    if parts.interaction is not None:
        body.append(parts.interaction)
    return body


_WITH_OPTIONS = [KINDS[kind] for kind in ("single", "statements", "matching", "ordering")]


def _own_feedback(question: Question, parts: Parts) -> Iterator[Element]:
    """Rules that bring up what is said to one option alone."""
    with_feedback = [(place, one) for place, one in enumerate(question.options) if one.feedback]
    if not with_feedback:
        return
    if question.kind in {"single", "multiple", "true_false"}:
        yield _brought_up(rules.variable("RESPONSE"))
    elif question.kind in {"short", "numerical"}:
        for place, option in with_feedback:
            if (condition := _fits(question, option)) is not None:
                yield rules.when(condition, _brought_up(rules.constant(_modal_name(place), "identifier")))
    elif parts.interaction is not None:
        names = [one.get("identifier", "") for one in parts.interaction.iter("{qti}feedbackInline")]
        yield _brought_up(*(rules.constant(name, "identifier") for name in names))


def _brought_up(*names: Element) -> Element:
    return rules.set_to("FEEDBACK", qti("multiple", rules.variable("FEEDBACK"), *names))


def _fits(question: Question, option: Option) -> Element | None:
    if question.kind == "numerical":
        value = number_in(option.text)
        return None if value is None else accepts_number("RESPONSE", value, option)
    if is_pattern(option):
        return None
    text = rules.constant(option.text.replace("\\*", "*"), "string")
    heeds_case = str(question.text_rules.case).lower()
    return qti("stringMatch", rules.variable("RESPONSE"), text, caseSensitive=heeds_case)


def _modal_feedback(question: Question, version: Version) -> Iterator[Element]:
    if question.explanation:
        yield _modal(GENERAL, question.explanation, version)
    if question.kind in {"short", "numerical"}:
        for place, option in enumerate(question.options):
            if option.feedback:
                yield _modal(_modal_name(place), option.feedback, version)


def _modal_name(place: int) -> str:
    return f"F{place + 1}"


def _modal(name: str, html: str, version: Version) -> Element:
    modal = qti("modalFeedback", outcomeIdentifier="FEEDBACK", identifier=name, showHide="show")
    if not version.is_prefixed:
        return fill(modal, html)
    modal.append(fill(qti("contentBody"), html))
    return modal


def names_of(count: int) -> Sequence[str]:
    width = max(3, len(str(count)))
    return [f"cau-{number:0{width}d}" for number in range(1, count + 1)]
