"""Building QTI files: one tree in the names of QTI 2, written with the names of the version asked for."""

import re
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from question_bank.formats.qti_tree import kebab
from question_bank.formats.safe_xml import Element
from question_bank.markup import cleaned

_OURS = "{qti}"  # marks the elements whose names differ between versions; those of HTML do not
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MATHS = "http://www.w3.org/1998/Math/MathML"


class Version(NamedTuple):
    """How the versions of QTI that are written differ."""

    namespace: str
    manifest: str  # the namespace of the manifest
    metadata: str  # the namespace of what it says about an item
    schema: tuple[str, str]  # what the manifest calls its schema, and the version of that
    item_type: str
    test_type: str
    template: str  # where the standard rules are found, "%s" for their name
    is_prefixed: bool


QTI21 = Version(
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "http://ltsc.ieee.org/xsd/LOM",
    ("QTIv2.1 Package", "1.0.0"),
    "imsqti_item_xmlv2p1",
    "imsqti_test_xmlv2p1",
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/%s",
    is_prefixed=False,
)
QTI30 = Version(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "http://ltsc.ieee.org/xsd/LOM",
    ("QTI Package", "3.0.0"),
    "imsqti_item_xmlv3p0",
    "imsqti_test_xmlv3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/%s.xml",
    is_prefixed=True,
)


def legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def qti(name: str, *content: Element | str, **attributes: str) -> Element:
    """An element of QTI under its name in QTI 2."""
    return plain(_OURS + name, *content, **attributes)


def plain(name: str, *content: Element | str, **attributes: str) -> Element:
    """An element of HTML or of a manifest."""
    element = etree.Element(name)
    for attribute, value in attributes.items():
        element.set(attribute.rstrip("_"), legal(value))
    for one in content:
        put(element, one)
    return element


def put(element: Element, content: Element | str) -> None:
    """One more piece at the end of an element."""
    if not isinstance(content, str):
        element.append(content)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + legal(content)
    else:
        element.text = (element.text or "") + legal(content)


def fill(element: Element, html: str) -> Element:
    """The element with a piece of HTML at its end, as XML wants it."""
    if not html:
        return element
    tree = lxml_html.fragment_fromstring(legal(cleaned(html)), create_parent="div")
    put(element, tree.text or "")
    for one in list(tree):
        for formula in one.iter("math"):
            formula.set("xmlns", _MATHS)
        element.append(one)
    return element


def serialised(root: Element, version: Version) -> bytes:
    for element in root.iter(f"{_OURS}*"):
        name = str(element.tag).removeprefix(_OURS)
        element.tag = f"qti-{kebab(name)}" if version.is_prefixed else name
        if version.is_prefixed:
            for attribute, value in list(element.attrib.items()):
                del element.attrib[attribute]
                element.set(kebab(str(attribute)), str(value))
    etree.cleanup_namespaces(root)
    root.set("xmlns", version.namespace)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
