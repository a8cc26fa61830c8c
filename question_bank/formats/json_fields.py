"""The fields of one question in our JSON, each of the type it must have or named in a problem."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from question_bank.formats.media import LONGEST_NAME, largest_for, media_type_of
from question_bank.markup import cleaned
from question_bank.model import (
    Credit,
    Gap,
    LegalBasis,
    Level,
    Markup,
    Media,
    Option,
    Problem,
    Question,
    Severity,
    TextRules,
    WordLimit,
)
from question_bank.text import clean

KNOWN = {
    "code", "kind", "stem", "options", "topic", "level", "legal_basis", "explanation", "tags", "row",
    "title", "markup", "situation", "credit", "shows_count", "text_rules", "words", "gaps", "points", "media",
}  # fmt: skip
Shape = Mapping[str, object]
_Word = TypeVar("_Word", bound=StrEnum)


class Fields:
    """One question; wrong fields become problems under the question's number and the field's path."""

    def __init__(self, item: Shape, number: int, *, is_ours: bool = False) -> None:
        """``is_ours``: the texts were cleaned when they were written, so they are taken as they stand."""
        self._is_ours = is_ours
        self._item = item
        self._row = number
        self._markup = Markup.TEXT
        self.problems: list[Problem] = []

    def question(self) -> Question:
        for unknown in sorted(set(self._item) - KNOWN):
            self._report("unknown_field", unknown[:60], Severity.WARNING)
        self._markup = self._word("markup", Markup, Markup.TEXT)
        return Question(
            kind=self._text(self._item, "kind", "kind"),
            stem=self._written(self._item, "stem", "stem"),
            options=tuple(self._options(self._item, "options")),
            topic=self._texts("topic"),
            level=self._word("level", Level, Level.RECOGNITION),
            legal_basis=tuple(self._legal_basis()),
            explanation=self._written(self._item, "explanation", "explanation"),
            tags=self._texts("tags"),
            code=self._text(self._item, "code", "code"),
            title=self._text(self._item, "title", "title"),
            markup=self._markup,
            media=tuple(self._media()),
            situation=self._written(self._item, "situation", "situation"),
            credit=self._word("credit", Credit, Credit.ALL_OR_NOTHING),
            shows_count=self._flag(self._item, "shows_count", "shows_count"),
            text_rules=self._text_rules(),
            words=self._words(),
            gaps=tuple(self._gaps()),
            points=self._number(self._item, "points", "points"),
        )

    def _report(self, code: str, column: str, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        self.problems.append(Problem(code, severity, self._row, column, params))

    def _wrong(self, column: str, expected: str) -> None:
        self._report("wrong_type", column, expected=expected)

    def _text(self, holder: Shape, name: str, path: str) -> str:
        value = holder.get(name, "")
        if isinstance(value, str):
            if self._is_ours:
                return value
            return clean(value.encode("utf-8", "replace").decode())  # a lone surrogate cannot be stored
        if value is not None:
            self._wrong(path, "text")
        return ""

    def _written(self, holder: Shape, name: str, path: str) -> str:
        """A text in the question's markup; HTML is cleaned whoever wrote it."""
        text = self._text(holder, name, path)
        return cleaned(text) if self._markup is Markup.HTML and not self._is_ours else text

    def _flag(self, holder: Shape, name: str, path: str, *, default: bool = False) -> bool:
        value = holder.get(name, default)
        if not isinstance(value, bool):
            self._wrong(path, "true_or_false")
            return default
        return value

    def _number(self, holder: Shape, name: str, path: str) -> Decimal | None:
        value = holder.get(name)
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        number = Decimal(str(value)) if is_number else Decimal("nan")
        if not number.is_finite() or abs(number) > 10**30:
            self._wrong(path, "number")
            return None
        return number

    def _whole(self, holder: Shape, name: str, path: str) -> int | None:
        value = holder.get(name)
        if value is None or (type(value) is int and 0 <= value <= 10**6):
            return value
        self._wrong(path, "whole_number")
        return None

    def _object(self, name: str) -> Shape:
        value = self._item.get(name)
        if value is not None and not isinstance(value, dict):
            self._wrong(name, "object")
        return value if isinstance(value, dict) else {}

    def _list(self, holder: Shape, name: str, path: str) -> list[object]:
        value = holder.get(name)
        if value is not None and not isinstance(value, list):
            self._wrong(path, "list")
        return value if isinstance(value, list) else []

    def _objects(self, holder: Shape, name: str, path: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        for position, entry in enumerate(self._list(holder, name, path)):
            place = f"{path}[{position}]"
            if isinstance(entry, dict):
                yield place, entry
            else:
                self._wrong(place, "object")

    def _texts(self, name: str) -> tuple[str, ...]:
        entries = self._list(self._item, name, name)
        texts = (self._text({name: entry}, name, f"{name}[{n}]") for n, entry in enumerate(entries))
        return tuple(text for text in texts if text)

    def _options(self, holder: Mapping[str, object], path: str, *, typed: bool = False) -> Iterator[Option]:
        typed = typed or self._item.get("kind") in ("short", "numerical")
        read = self._text if typed else self._written
        for place, entry in self._objects(holder, "options", path):
            yield Option(
                text=read(entry, "text", f"{place}.text"),
                correct=self._flag(entry, "correct", f"{place}.correct"),
                fixed=self._flag(entry, "fixed", f"{place}.fixed"),
                weight=self._number(entry, "weight", f"{place}.weight"),
                feedback=self._written(entry, "feedback", f"{place}.feedback"),
                match=self._written(entry, "match", f"{place}.match"),
                tolerance=self._number(entry, "tolerance", f"{place}.tolerance"),
            )

    def _gaps(self) -> Iterator[Gap]:
        for path, entry in self._objects(self._item, "gaps", "gaps"):
            kind = self._text(entry, "kind", f"{path}.kind")
            weight = self._number(entry, "weight", f"{path}.weight")
            options = tuple(self._options(entry, f"{path}.options", typed=kind != "single"))
            yield Gap(kind, options, Decimal(1) if weight is None else weight)

    def _text_rules(self) -> TextRules:
        rules, usual = self._object("text_rules"), TextRules()
        return TextRules(
            case=self._flag(rules, "case", "text_rules.case", default=usual.case),
            accents=self._flag(rules, "accents", "text_rules.accents", default=usual.accents),
            spacing=self._flag(rules, "spacing", "text_rules.spacing", default=usual.spacing),
        )

    def _words(self) -> WordLimit:
        words = self._object("words")
        return WordLimit(self._whole(words, "least", "words.least"), self._whole(words, "most", "words.most"))

    def _word(self, name: str, words: type[_Word], usual: _Word) -> _Word:
        value = self._text(self._item, name, name) or usual
        if value not in list(words):
            accepted = ", ".join(words)
            self._report("unknown_value", name, found=value[:60], accepted=accepted)
            return usual
        return words(value)

    def _legal_basis(self) -> Iterator[LegalBasis]:
        for path, entry in self._objects(self._item, "legal_basis", "legal_basis"):
            act, article, clause, title = (
                self._text(entry, name, f"{path}.{name}") for name in ("act", "article", "clause", "title")
            )
            begins, ends = (self._date(entry, name, f"{path}.{name}") for name in ("in_force_from", "in_force_to"))
            yield LegalBasis(act, article, clause, title, begins, ends)

    def _date(self, holder: Shape, name: str, path: str) -> date | None:
        text = self._text(holder, name, path)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._report("unreadable_date", path, found=text[:60])
            return None

    def _media(self) -> Iterator[Media]:
        for path, entry in self._objects(self._item, "media", "media"):
            name = self._text(entry, "name", f"{path}.name")[:LONGEST_NAME]
            stated = self._text(entry, "media_type", f"{path}.media_type")
            place = self._whole(entry, "place", f"{path}.place")
            data = self._decoded(entry.get("data_base64"), f"{path}.data_base64")
            if data is None:
                continue
            if media_type_of(data) != stated:
                actual = media_type_of(data) or ""
                self._report("media_type_differs", f"{path}.media_type", found=stated[:60], actual=actual)
            elif len(data) > largest_for(stated):
                self._report("media_too_large", path, name=name, found=len(data), most=largest_for(stated))
            else:
                yield Media(name, stated, data, place, self._text(entry, "alt", f"{path}.alt"))

    def _decoded(self, text: object, path: str) -> bytes | None:
        if not isinstance(text, str):
            self._wrong(path, "text")
            return None
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            self._report("media_not_base64", path)
            return None
