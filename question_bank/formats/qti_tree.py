"""The tree of a QTI file in one vocabulary, and the cuts its body needs before it is shown as HTML.

QTI 3 says ``qti-choice-interaction response-identifier``, QTI 2 ``choiceInteraction responseIdentifier``: the names of
QTI 2 are used for both, without namespaces.
"""

import re
from collections.abc import Iterator

from lxml import etree

from question_bank.formats.safe_xml import Element, child, tag, text_of

_PREFIX = "qti-"
_VOID = {"br", "img", "hr", "col", "source", "track", "embed", "area", "wbr", "input"}
_SPACES = re.compile(r"[ \t\r\n]+")
BLOCKS = frozenset({
    "p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre", "caption", "dl", "dt", "dd",
    "h1", "h2", "h3", "h4", "h5", "h6", "itemBody",
})  # fmt: skip
_LINE_ENDS = BLOCKS | {"br"}


def normalised(root: Element) -> Element:
    """The same tree, its names those of QTI 2, the line breaks of its source nothing but spaces."""
    kept = {below for element in root.iter() if tag(element) == "pre" for below in element.iter()}
    for element in root.iter(etree.Element):
        name = tag(element)
        element.tag = camel(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else name
        for attribute in [str(one) for one in element.attrib if "-" in str(one) and not str(one).startswith("data-")]:
            element.set(camel(attribute), element.attrib.pop(attribute))
        if element not in kept:
            element.text = _SPACES.sub(" ", element.text or "")
        if name in _VOID:
            element.text = None  # any other is written as <p></p>: readers of HTML take <p/> for an open paragraph
    for element in root.iter():
        if element.getparent() not in kept:
            element.tail = _SPACES.sub(" ", element.tail or "")
    return root


def camel(name: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda match: match[1].upper(), name)


def kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "-" + match[0].lower(), name)


def find(element: Element, *names: str) -> list[Element]:
    """Every element below of one of the names, in reading order."""
    return [one for one in element.iter() if tag(one) in names]


def words(element: Element | None) -> str:
    """The text inside with single spaces, as identifiers and values are compared."""
    return " ".join(text_of(element).split())


def put_text(element: Element, text: str) -> None:
    """A text where the element was."""
    before, parent = element.getprevious(), element.getparent()
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
    if parent is not None:
        parent.remove(element)


def take_out(element: Element) -> Element:
    """The element cut off its tree, which keeps what follows it."""
    put_text(element, "")
    element.tail = None
    return element


def unwrap(element: Element) -> None:
    """What the element holds, where it was."""
    mark = etree.Element("span")
    mark.text, element.text = element.text, None
    element.addprevious(mark)
    for one in list(element):
        element.addprevious(one)
    put_text(element, "")
    put_text(mark, mark.text or "")


def leave_words(interaction: Element, *taken: str) -> None:
    """What a reader sees of an interaction once its choices are taken out: its prompt and the text around gaps."""
    for element in find(interaction, *taken):
        take_out(element)
    prompt = child(interaction, "prompt")
    if prompt is not None:
        prompt.tag = "div" if any(tag(one) in BLOCKS for one in prompt) else "p"
    unwrap(interaction)


def show_objects_as_pictures(body: Element) -> None:
    """``<object data="x.png">words</object>`` as a picture; words that are more than its name stay beside it."""
    for found in find(body, "object"):
        name = words(found)
        picture = etree.Element("img", src=found.get("data") or "", alt="" if len(found) else name)
        found.addprevious(picture)
        if len(found):
            found.tag = "div"
        else:
            put_text(found, "")


def stands_in_text(element: Element) -> bool:
    """Whether words stand before or after on the same line, so that the element is part of a sentence."""
    place: Element | None = element
    while place is not None and tag(place) not in BLOCKS:
        if re.search(r"\w", "".join((*_before(place), *_after(place)))):
            return True
        place = place.getparent()
    return False


def _before(place: Element) -> Iterator[str]:
    for one in place.itersiblings(preceding=True):
        yield one.tail or ""
        if tag(one) in _LINE_ENDS:
            return
        yield text_of(one)
    parent = place.getparent()
    yield "" if parent is None else parent.text or ""


def _after(place: Element) -> Iterator[str]:
    yield place.tail or ""
    for one in place.itersiblings():
        if tag(one) in _LINE_ENDS:
            return
        yield text_of(one) + (one.tail or "")


def take_out_of_line(element: Element) -> None:
    """The element, and the block around it if nothing is left there."""
    block = element.getparent()
    take_out(element)
    if block is not None and tag(block) in {"p", "div"} and not len(block) and not (block.text or "").strip():
        take_out(block)
