"""A picture's bytes: PNG for print, SVG to stand inside a page."""

import hashlib
import html
import re
from io import BytesIO
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from exports.chart_style import FONT

_ONE_AT_A_TIME = Lock()  # matplotlib's settings belong to the process, not to the thread
_SETTINGS: dict[Any, str] = {  # matplotlib types its keys as one literal of four hundred names
    "svg.fonttype": "none",
    "svg.hashsalt": "exports",
}
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_TAG = re.compile(r"<\w[^>]*>")  # rewriting goes on within tags only, never in what people called something
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r' id="([^"]+)"')
_REFERENCE = re.compile(r'(href="#|url\(#)([^")]+)')


def as_png(figure: Figure, dpi: int = 150) -> bytes:
    return _saved(figure, "png", {"Software": None}, dpi)


def as_svg(figure: Figure) -> bytes:
    """An <svg> element that may stand in any page beside others and under a policy that forbids inline style."""
    text = _saved(figure, "svg", _NO_METADATA).decode()
    body = _own_ids(_attributes_for_style(text[text.index("<svg") :]))
    title = html.escape(figure.get_suptitle())
    return body.replace("<svg", f'<svg role="img" aria-label="{title}" font-family="{FONT}, sans-serif"', 1).encode()


def _saved(figure: Figure, kind: str, metadata: dict[str, None], dpi: int = 72) -> bytes:
    stream = BytesIO()
    with _ONE_AT_A_TIME, mpl.rc_context(_SETTINGS):
        figure.savefig(stream, format=kind, metadata=metadata, dpi=dpi)
    return stream.getvalue()


def _attributes_for_style(svg: str) -> str:
    """Style as presentation attributes: matplotlib's <style> would also reach the page around the picture."""
    without_sheet = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", svg, count=1, flags=re.DOTALL)
    rounded = without_sheet.replace("<svg", '<svg stroke-linejoin="round" stroke-linecap="butt"', 1)
    return _TAG.sub(lambda tag: _STYLE.sub(lambda style: _as_attributes(style[1]), tag[0]), rounded)


def _as_attributes(style: str) -> str:
    pairs = (declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs if name.strip() != "font-family")


def _own_ids(svg: str) -> str:
    """Drop the ids nobody refers to and make the others this picture's own."""
    mark = f"p{hashlib.sha256(svg.encode()).hexdigest()[:10]}-"
    needed = {name for tag in _TAG.findall(svg) for _, name in _REFERENCE.findall(tag)}

    def own(tag: re.Match[str]) -> str:
        named = _ID.sub(lambda found: f' id="{mark}{found[1]}"' if found[1] in needed else "", tag[0])
        return _REFERENCE.sub(rf"\1{mark}\2", named)

    return _TAG.sub(own, svg)
