"""The fields of one question in our JSON, each of the type it must have or named in a problem."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import date

from question_bank.formats.pictures import LARGEST_PICTURE, LONGEST_NAME, media_type_of
from question_bank.model import LegalBasis, Level, Option, Picture, Problem, Question, Severity
from question_bank.text import clean

KNOWN = {"code", "kind", "stem", "options", "topic", "level", "legal_basis", "explanation", "tags", "picture", "row"}


class Fields:
    """One question; wrong fields become problems under the question's number and the field's path."""

    def __init__(self, item: Mapping[str, object], number: int) -> None:
        self._item = item
        self._number = number
        self.problems: list[Problem] = []

    def question(self) -> Question:
        for unknown in sorted(set(self._item) - KNOWN):
            self._report("unknown_field", unknown[:60], Severity.WARNING)
        return Question(
            kind=self._text(self._item, "kind", "kind"),
            stem=self._text(self._item, "stem", "stem"),
            options=tuple(self._options()),
            topic=self._texts("topic"),
            level=self._level(),
            legal_basis=tuple(self._legal_basis()),
            explanation=self._text(self._item, "explanation", "explanation"),
            tags=self._texts("tags"),
            code=self._text(self._item, "code", "code"),
            picture=self._picture(),
        )

    def _report(self, code: str, column: str, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        self.problems.append(Problem(code, severity, self._number, column, params))

    def _wrong(self, column: str, expected: str) -> None:
        self._report("wrong_type", column, expected=expected)

    def _text(self, holder: Mapping[str, object], name: str, path: str) -> str:
        value = holder.get(name, "")
        if isinstance(value, str):
            return clean(value.encode("utf-8", "replace").decode())  # a lone surrogate cannot be stored
        if value is not None:
            self._wrong(path, "text")
        return ""

    def _flag(self, holder: Mapping[str, object], name: str, path: str) -> bool:
        value = holder.get(name, False)
        if not isinstance(value, bool):
            self._wrong(path, "true_or_false")
        return value is True

    def _list(self, name: str) -> list[object]:
        value = self._item.get(name)
        if value is not None and not isinstance(value, list):
            self._wrong(name, "list")
        return value if isinstance(value, list) else []

    def _objects(self, name: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        for position, entry in enumerate(self._list(name)):
            path = f"{name}[{position}]"
            if isinstance(entry, dict):
                yield path, entry
            else:
                self._wrong(path, "object")

    def _texts(self, name: str) -> tuple[str, ...]:
        entries = self._list(name)
        texts = (self._text({name: entry}, name, f"{name}[{n}]") for n, entry in enumerate(entries))
        return tuple(text for text in texts if text)

    def _options(self) -> Iterator[Option]:
        for path, entry in self._objects("options"):
            text = self._text(entry, "text", f"{path}.text")
            correct = self._flag(entry, "correct", f"{path}.correct")
            yield Option(text, correct, self._flag(entry, "fixed", f"{path}.fixed"))

    def _level(self) -> Level:
        value = self._text(self._item, "level", "level") or Level.RECOGNITION
        if value not in list(Level):
            self._report("unknown_level", "level", found=value[:60])
            return Level.RECOGNITION
        return Level(value)

    def _legal_basis(self) -> Iterator[LegalBasis]:
        for path, entry in self._objects("legal_basis"):
            act, article, clause, title = (
                self._text(entry, name, f"{path}.{name}") for name in ("act", "article", "clause", "title")
            )
            begins, ends = (self._date(entry, name, f"{path}.{name}") for name in ("in_force_from", "in_force_to"))
            yield LegalBasis(act, article, clause, title, begins, ends)

    def _date(self, holder: Mapping[str, object], name: str, path: str) -> date | None:
        text = self._text(holder, name, path)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._report("unreadable_date", path, found=text[:60])
            return None

    def _picture(self) -> Picture | None:
        value = self._item.get("picture")
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong("picture", "object")
            return None
        name = self._text(value, "name", "picture.name")[:LONGEST_NAME]
        stated = self._text(value, "media_type", "picture.media_type")
        data = self._decoded(value.get("data_base64"))
        if data is None:
            return None
        if len(data) > LARGEST_PICTURE:
            self._report("picture_too_large", "picture", found=len(data), most=LARGEST_PICTURE)
            return None
        if media_type_of(data) != stated:
            self._report("picture_type", "picture.media_type", found=stated[:60], actual=media_type_of(data) or "")
            return None
        return Picture(name, stated, data)

    def _decoded(self, text: object) -> bytes | None:
        if not isinstance(text, str):
            self._wrong("picture.data_base64", "text")
            return None
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            self._report("picture_not_base64", "picture.data_base64")
            return None
