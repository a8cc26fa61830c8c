"""Word's equations (OMML) as one line of readable text: a fraction becomes "(a + b)/c", a root "√(x)"."""

from collections.abc import Callable
from typing import Any

from question_bank.formats.scripts import grouped, lowered, raised

Element = Any  # an lxml element; lxml ships no types
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = _M + "oMath"
_ARROWS = {"\u20d7", "→"}
_HAT = "\u0302"


def linear(element: Element) -> str:
    """The text of an equation or of a part of it; a part of unknown shape gives what is written in it."""
    return "".join(_part(child) for child in element if isinstance(child.tag, str))


def _part(element: Element) -> str:
    if element.tag == _M + "t":
        return element.text or ""
    if element.tag.endswith("Pr"):
        return ""  # properties: no text of their own
    return _SHAPES.get(element.tag.removeprefix(_M), linear)(element)


def _text(element: Element, name: str) -> str:
    child = element.find(_M + name)
    return linear(child).strip() if child is not None else ""


def _property(element: Element, name: str, usual: str) -> str:
    """A setting such as the sign of a sum; present without a value it means none."""
    found = element.find(f"{element.tag}Pr/{_M}{name}")
    return usual if found is None else found.get(_M + "val", "")


def _fraction(element: Element) -> str:
    return f"{grouped(_text(element, 'num'))}/{grouped(_text(element, 'den'))}"


def _script(element: Element) -> str:
    base, below, above = (_text(element, name) for name in ("e", "sub", "sup"))
    base = base if base.isalnum() or base[-1:] == ")" else grouped(base)
    return base + lowered(below) + raised(above)


def _root(element: Element) -> str:
    return f"{raised(_text(element, 'deg'))}√({_text(element, 'e')})"


def _brackets(element: Element) -> str:
    begin, end = _property(element, "begChr", "("), _property(element, "endChr", ")")
    parts = [linear(part).strip() for part in element.iterchildren(_M + "e")]
    return begin + _property(element, "sepChr", "|").join(parts) + end


def _sum(element: Element) -> str:
    return _property(element, "chr", "∫") + _limits(element) + " " + _text(element, "e")


def _limits(element: Element) -> str:
    return lowered(_text(element, "sub")) + raised(_text(element, "sup"))


def _function(element: Element) -> str:
    return f"{_text(element, 'fName')} {_text(element, 'e')}"


def _limit(element: Element) -> str:
    return _text(element, "e") + f"_({_text(element, 'lim')})"


def _accent(element: Element) -> str:
    sign, base = _property(element, "chr", _HAT), _text(element, "e")
    if sign == _HAT and len(base) > 1:
        return "∠" + base  # over several letters the hat means their angle
    return base + ("\u20d7" if sign in _ARROWS else sign)


def _bar(element: Element) -> str:
    return _text(element, "e") + "\u0305"


def _lines(element: Element) -> str:
    return "; ".join(linear(part).strip() for part in element.iterchildren(_M + "e"))


def _matrix(element: Element) -> str:
    rows = (", ".join(linear(cell).strip() for cell in row) for row in element.iterchildren(_M + "mr"))
    return "[" + "; ".join(rows) + "]"


_SHAPES: dict[str, Callable[[Element], str]] = {
    "f": _fraction, "sSup": _script, "sSub": _script, "sSubSup": _script, "rad": _root, "d": _brackets, "nary": _sum,
    "func": _function, "limLow": _limit, "limUpp": _limit, "acc": _accent, "groupChr": _accent, "bar": _bar,
    "eqArr": _lines, "m": _matrix,
}  # fmt: skip
