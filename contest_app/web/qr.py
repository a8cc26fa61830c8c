"""QR codes as inline SVG: nothing to load, sharp in print."""

import io

import segno
from markupsafe import Markup


def qr_svg(text: str, scale: int = 5) -> Markup:
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=scale, xmldecl=False, svgns=True, title="Mã QR")
    return Markup(out.getvalue().decode())  # noqa: S704 - made by segno from text it escapes


def qr_png(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=12, border=4)
    return out.getvalue()
