"""XML from strangers: no entity is expanded, nothing is fetched, depth and size are bounded."""

import re
from html import escape
from html.entities import html5

from lxml import etree

from question_bank.formats.archive import BadFile, refuse_large
from question_bank.model import Problem, Severity

Element = etree._Element  # noqa: SLF001 - lxml's public name for the type of an element
_ENTITY = re.compile(rb"<!\[CDATA\[.*?\]\]>|&([a-zA-Z][a-zA-Z0-9]{1,31});", re.DOTALL)
_DECLARES_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parsed(data: bytes, name: str = "") -> Element:
    """The root element.

    A document type that only names itself (older QTI files do) is passed over; one that declares entities is refused.

    :raises BadFile: unsafe_xml; broken_xml, with the line.
    """
    refuse_large(data)
    if _DECLARES_ENTITY.search(data) or _DECLARES_ENTITY.search(data.replace(b"\0", b"")):
        raise BadFile("unsafe_xml", name=name[:100])
    try:
        root = _root(data, recover=False)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise BadFile("broken_xml", name=name[:100], line=line, reason=str(error.msg)[:200]) from error
    except (ValueError, LookupError) as error:
        raise BadFile("broken_xml", name=name[:100], line=0, reason=str(error)[:200]) from error
    if root is None:
        raise BadFile("broken_xml", name=name[:100], line=0, reason="empty")
    return root


def parsed_or_repaired(data: bytes, name: str = "") -> tuple[Element, tuple[Problem, ...]]:
    """As ``parsed``; of XML with a fault in it comes what can be understood, and a warning with the fault's line."""
    try:
        return parsed(data, name), ()
    except BadFile as bad:
        root = _repaired(data) if bad.code == "broken_xml" else None
        if root is None or not len(root):
            raise
        line = int(bad.params["line"])
        params: dict[str, str | int] = {"name": name[:100], "line": line}
        return root, (Problem("xml_repaired", Severity.WARNING, None if name else line, params=params),)


def _repaired(data: bytes) -> Element | None:
    """Named entities go in as numbers: libxml2 drops them after the first fault, and knows none of HTML's."""
    if b"\0" in data:
        return None
    try:
        return _root(_ENTITY.sub(_numbered, data), recover=True)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _numbered(match: re.Match[bytes]) -> bytes:
    text = html5.get(f"{match[1].decode()};", "") if match[1] else ""
    return "".join(f"&#{ord(character)};" for character in text).encode() or match[0]


def _root(data: bytes, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, recover=recover,
    )  # fmt: skip
    return etree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n") if data[:1] != b"\xff" else data, parser)


def tag(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element (an unexpanded entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    return [child for child in element if tag(child) == name]


def child(element: Element, name: str) -> Element | None:
    return next((one for one in element if tag(one) == name), None)


def text_of(element: Element | None) -> str:
    """All text inside, in order."""
    return "" if element is None else "".join(str(text) for text in element.itertext())


def line_of(element: Element) -> int | None:
    """The line of the file the element begins in."""
    return element.sourceline if isinstance(element.sourceline, int) else None


def inner_html(element: Element | None) -> str:
    """The content as HTML, namespaces taken off; not cleaned yet (``markup.cleaned`` does that)."""
    if element is None:
        return ""
    parts = [escape(element.text or "", quote=False)]
    for one in element:
        parts.append(_html_of(one))
        parts.append(escape(one.tail or "", quote=False))
    return "".join(parts)


def _html_of(element: Element) -> str:
    text = etree.tostring(element, encoding="unicode", method="xml", with_tail=False)
    text = re.sub(r"<(/?)[\w.-]+:(?=\w)", r"<\1", text)
    return re.sub(r'\sxmlns(:[\w.-]+)?="[^"]*"', "", text)
