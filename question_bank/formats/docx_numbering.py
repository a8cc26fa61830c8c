"""The labels Word puts before automatically numbered paragraphs, as far as they are simple."""

from typing import Any

from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = Any  # an lxml element; lxml ships no types


class Numbering:
    """Counts along while the paragraphs are read in order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._learn(part.element)

    def _learn(self, root: Element) -> None:
        abstract = {found.get(_W + "abstractNumId"): found for found in root.iter(_W + "abstractNum")}
        for number in root.iter(_W + "num"):
            definition = abstract.get(value_of(number.find(_W + "abstractNumId")))
            for level in definition.iter(_W + "lvl") if definition is not None else ():
                key = (number.get(_W + "numId"), level.get(_W + "ilvl"))
                start = value_of(level.find(_W + "start"))
                self._levels[key] = (
                    value_of(level.find(_W + "numFmt")),
                    value_of(level.find(_W + "lvlText")),
                    int(start) if start.isdecimal() else 1,
                )

    def label(self, paragraph: Element, styles: dict[str, Element]) -> str:
        key = self._key(paragraph, styles)
        if key is None or key not in self._levels:
            return ""
        form, pattern, start = self._levels[key]
        self._restart_deeper(key)
        self._counts[key] = self._counts.get(key, start - 1) + 1
        ordinal = _ordinal(self._counts[key], form)
        mark = f"%{int(key[1]) + 1}"
        return pattern.replace(mark, ordinal) + " " if ordinal and mark in pattern and pattern.count("%") == 1 else ""

    def _restart_deeper(self, key: tuple[str, str]) -> None:
        for other in [known for known in self._counts if known[0] == key[0] and known[1] > key[1]]:
            del self._counts[other]

    @staticmethod
    def _key(paragraph: Element, styles: dict[str, Element]) -> tuple[str, str] | None:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = styles.get(value_of(named)) if own is None and named is not None else None
        found = own if own is not None else style.find(f"{_W}pPr/{_W}numPr") if style is not None else None
        number = value_of(found.find(_W + "numId")) if found is not None else ""
        level = value_of(found.find(_W + "ilvl")) if found is not None else ""
        return (number, level if level.isdecimal() else "0") if number else None


def _ordinal(count: int, form: str) -> str:
    if form == "decimal":
        return str(count)
    if form in {"upperLetter", "lowerLetter"} and 1 <= count <= 26:
        return chr((ord("A") if form == "upperLetter" else ord("a")) + count - 1)
    return ""


def value_of(element: Element | None) -> str:
    """The ``w:val`` of a setting; empty when either is missing."""
    return (element.get(_W + "val") or "") if element is not None else ""
