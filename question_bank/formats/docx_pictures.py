"""The pictures a drawing of a Word document shows, with the name and the words its author gave them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from question_bank.formats.media import media_or_none
from question_bank.model import Media

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")

Element = Any  # an lxml element; lxml ships no types


class Shown(NamedTuple):
    pictures: list[Media]
    lost: list[str]  # problem codes
    floats: bool  # placed on the page, not in the line


def shown_in(drawing: Element, part: Any) -> Shown:
    """What a drawing, an old picture or an embedded object shows, and what of it cannot be shown elsewhere."""
    found = list(_pictures(drawing, part))
    pictures = [picture for picture in found if picture is not None]
    lost = [_code(drawing)] * (len(found) - len(pictures))
    if not found and not _is_told_elsewhere(drawing):
        lost = [_code(drawing)]
    return Shown(pictures, lost, drawing.find(_WP + "anchor") is not None)


def _is_told_elsewhere(drawing: Element) -> bool:
    """A text box is counted as such, and a ruled line says nothing."""
    return any(one.tag == _W + "txbxContent" or one.get(_O + "hr") for one in drawing.iter("*"))


def _pictures(drawing: Element, part: Any) -> Iterator[Media | None]:
    for blip in drawing.iter(_A + "blip"):
        yield _picture(blip, blip.get(_R + "embed", ""), part)
    for image in drawing.iter(_V + "imagedata"):
        yield _picture(image, image.get(_R + "id", ""), part)


def _picture(shown: Element, link: str, part: Any) -> Media | None:
    target = part.related_parts.get(link)
    if target is None:
        return None
    stored = str(target.partname).rpartition("/")[2]
    named = next((one.get("name", "") for one in _around(shown, _PIC + "pic", _PIC + "cNvPr")), "")
    alt = next((one.get("descr", "") for one in _around(shown, _WP + "inline", _WP + "docPr")), "")
    name = named if named.lower().endswith(_ENDINGS) else stored  # Word itself calls it "Picture 1"
    return media_or_none(name, target.blob, alt=" ".join(alt.split()))


def _around(shown: Element, holder: str, name: str) -> Iterator[Element]:
    for ancestor in shown.iterancestors(holder, holder.replace("inline", "anchor")):
        yield from ancestor.iter(name)


def _code(drawing: Element) -> str:
    ole = next(drawing.iter(_O + "OLEObject"), None)
    is_equation = ole is not None and (ole.get("ProgID") or "").startswith("Equation")
    return "formula_ignored" if is_equation else "picture_ignored"
