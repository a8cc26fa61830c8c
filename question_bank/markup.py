"""Formatted text: HTML cut down to what a question needs, and its way to and from plain text.

Pictures, sounds and films are no part of it: they stand in ``Question.media``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape

import nh3
from lxml import html as lxml_html

from question_bank.model import Gap, Markup, Option, Question
from question_bank.text import clean

_BLOCKS = {"p", "div", "br", "li", "tr", "table", "ul", "ol", "blockquote", "pre", "h3", "h4", "caption"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td", "caption"}
_INLINE = {"b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "pre", "ul", "ol", "li", "blockquote", "h3", "h4"}
_MATHS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover",
    "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "mfenced", "semantics",
}  # fmt: skip
_MEANING = _TABLES | _INLINE | _MATHS  # tags whose loss changes what a reader sees
_NEUTRAL = {"p", "br", "div", "span"}
_DROPPED_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "title", "annotation"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = {"br", "img", "hr", "input", "meta", "link", "col", "source", "wbr", "embed", "area", "base", "track"}
_DEEPEST = 200  # parsers of HTML take time in the square of the depth
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "ol": {"start"}}


def cleaned(text: str) -> str:
    """HTML with nothing left that runs, loads, links or styles. Cleaning twice changes nothing.

    What is nested deeper than anybody writes loses its tags and keeps its words.
    """
    if _depth(text) > _DEEPEST:
        text = _TAG.sub(" ", text)
    safe = nh3.clean(
        clean(text), tags=_MEANING | _NEUTRAL - {"span"}, attributes=_ATTRIBUTES, strip_comments=True, link_rel=None,
        clean_content_tags=_DROPPED_WITH_CONTENT,
    )  # fmt: skip
    return safe.strip()


def _depth(text: str) -> int:
    depth = deepest = 0
    for closing, tag in _TAG.findall(text):
        if tag.lower() not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def as_text(text: str) -> str:
    """What a reader sees of HTML, as plain lines; table cells are divided by " | "."""
    if not text.strip():
        return ""
    tree = lxml_html.fragment_fromstring(cleaned(text), create_parent="div")
    lines: list[list[str]] = [[]]
    for kind, piece in _walk(tree):
        if kind == "text":
            lines[-1].append(" ".join(piece.split("\n")))
        elif kind == "cell":
            lines[-1].append(" | ")
        elif kind == "break" or any(part.strip() for part in lines[-1]):
            lines.append([])  # a block begins a line unless one has just begun; a <br> always does
    return clean("\n".join("".join(line).strip().removesuffix(" |") for line in lines))


def _walk(tree: lxml_html.HtmlElement) -> list[tuple[str, str]]:
    """Texts and breaks in reading order, without recursion: nesting may be deep."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[lxml_html.HtmlElement, bool]] = [(tree, False)]
    while stack:
        element, is_done = stack.pop()
        tag = str(element.tag)
        if is_done:
            if tag == "br":
                found.append(("break", ""))
            elif tag in _BLOCKS:
                found.append(("block", ""))
            elif tag in {"td", "th"}:
                found.append(("cell", ""))
            found.append(("text", element.tail or ""))
            continue
        if tag in _BLOCKS and tag != "br":
            found.append(("block", ""))
        found.append(("text", element.text or ""))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return found


def as_html(text: str) -> str:
    """Plain text as HTML that shows it exactly."""
    return escape(text, quote=False).replace("\n", "<br>")


def stacked(texts: Iterable[str]) -> str:
    """Pieces of HTML one below the other, without what is empty."""
    filled = [text for text in texts if text.strip()]
    return filled[0] if len(filled) == 1 else "".join(f"<div>{text}</div>" for text in filled)


def needs_html(text: str) -> bool:
    """Whether plain text could not show what this HTML shows."""
    if "<" not in text:
        return False
    tree = lxml_html.fragment_fromstring(cleaned(text) or "<p></p>", create_parent="div")
    return any(str(element.tag) in _MEANING for element in tree.iter())


def simplest(question: Question) -> Question:
    """A question written in HTML, as plain text where nothing is lost by it."""
    if question.markup is Markup.TEXT:
        return question
    if any(needs_html(text) for text in _texts(question)):
        return _with_texts(question, cleaned, Markup.HTML)
    return _with_texts(question, as_text, Markup.TEXT)


def harmless(question: Question) -> Question:
    """The question as somebody typed it, with only clean HTML left in it."""
    return question if question.markup is Markup.TEXT else _with_texts(question, cleaned, Markup.HTML)


def in_html(question: Question) -> Question:
    """The question with every text as HTML, for formats that hold it."""
    return question if question.markup is Markup.HTML else _with_texts(question, as_html, Markup.HTML)


def in_plain_text(question: Question) -> Question:
    """The question with every text plain, for formats that hold nothing else; formatting is lost."""
    return question if question.markup is Markup.TEXT else _with_texts(question, as_text, Markup.TEXT)


def plain(text: str, markup: Markup) -> str:
    return as_text(text) if markup is Markup.HTML else text


def _texts(question: Question) -> list[str]:
    options = [*question.options, *(option for gap in question.gaps for option in gap.options)]
    own = [question.stem, question.explanation, question.situation]
    return own + [text for option in options for text in (option.text, option.match, option.feedback)]


def _with_texts(question: Question, change: Callable[[str], str], markup: Markup) -> Question:
    # What is typed into a box is compared as it stands: it is never HTML.
    typed = question.kind in {"short", "numerical"}
    options = tuple(_option(option, change, typed) for option in question.options)
    gaps = tuple(
        Gap(gap.kind, tuple(_option(option, change, gap.kind != "single") for option in gap.options), gap.weight)
        for gap in question.gaps
    )
    return replace(
        question, stem=change(question.stem), explanation=change(question.explanation), options=options, gaps=gaps,
        situation=change(question.situation), markup=markup,
    )  # fmt: skip


def _option(option: Option, change: Callable[[str], str], typed: bool) -> Option:
    text = option.text if typed else change(option.text)
    return replace(option, text=text, match=change(option.match), feedback=change(option.feedback))
