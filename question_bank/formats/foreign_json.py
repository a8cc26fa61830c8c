"""JSON of other programs: a list of objects whose fields can be told for questions, options and keys by their names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from question_bank.formats.collect import result
from question_bank.formats.foreign_keys import KeyReader, key_base
from question_bank.formats.kind_text import options_from, usual_credit
from question_bank.formats.labels import label_at_start
from question_bank.formats.words import LETTERS, TRUE_FALSE, fixed_positions, inferred_kind, kind_of, level_of
from question_bank.model import Found, LegalBasis, Level, Option, Problem, Question, ReadResult, Severity
from question_bank.text import clean, fold

Item = Mapping[str, object]
_NAMES = {
    "stem": ("question", "questiontext", "questioncontent", "content", "stem", "text", "cauhoi", "noidung"),
    "options": ("options", "choices", "answers", "phuongan", "luachon"),
    "key": ("correctanswer", "correctanswers", "correctindex", "correctoption", "correct", "answerindex", "answer",
            "dapan", "dapandung"),
    "explanation": ("explanation", "explain", "rationale", "giaithich"),
    "topic": ("category", "topic", "chapter", "chuong", "chude"),
    "kind": ("questiontype", "type", "loai"),
    "level": ("level", "difficulty", "mucdo"),
    "code": ("id", "questionid", "code", "ma"),
    "image": ("image", "picture", "hinhanh"),
    "law": ("relevantarticles",),
    "failing": ("questiondie", "iscritical", "diemliet"),
}  # fmt: skip
_NUMBERED_OPTION = re.compile(r"(?:option|choice|answer|phuongan|dapan)(?:(\d{1,2})|([a-j]))")
_ENOUGH = 0.9  # of the items must have what a question needs
_LONGEST_SHORT_ANSWER = 60
_CHOICE_WORDS = {"trac nghiem", "multiple choice", "multiple"}
_FAILING = "điểm liệt"


class Shape(NamedTuple):
    """Which field of the objects holds what."""

    fields: Mapping[str, str]
    options: tuple[str, ...]  # one field for each, in order; else ``fields`` has "options"


def read_foreign(content: object) -> ReadResult | None:
    """The questions of the objects; None when they may be anything else."""
    items = _items(content)
    shape = _shape_of(items)
    if shape is None:
        return None
    base, is_told = key_base([(item.get(shape.fields["key"]), len(_texts(item, shape))) for item in items])
    readers = [ItemReader(item, number, shape, base) for number, item in enumerate(items, start=1)]
    found = [Found(reader.question(), reader.number) for reader in readers]
    said = [Problem("fields_guessed", Severity.WARNING, params={"found": _told(shape)})]
    if base is not None:
        code = "keys_counted_from" if is_told else "keys_perhaps_counted_from"
        said.append(Problem(code, Severity.WARNING, column=shape.fields["key"], params={"base": base}))
    unread = _unread_fields(items, shape)
    return result(found, [*said, *unread, *(problem for reader in readers for problem in reader.problems)])


def _items(content: object) -> list[Item]:
    """The list itself, or the only list of an object around it."""
    if isinstance(content, dict):
        lists = [value for value in content.values() if isinstance(value, list)]
        content = lists[0] if len(lists) == 1 else []
    items = content if isinstance(content, list) else []
    return items if all(isinstance(item, dict) for item in items) else []


def _shape_of(items: Sequence[Item]) -> Shape | None:
    names = list(dict.fromkeys(name for item in items[:100] for name in item))
    plain = {name: _plain(name) for name in names}
    fields: dict[str, str] = {}
    for field, words in _NAMES.items():
        named = next((name for word in words for name in names if plain[name] == word), None)
        if named is not None and named not in fields.values():
            fields[field] = named
    numbered = [(match[1] or str(LETTERS.index(match[2].upper()) + 1), name)
                for name in names if (match := _NUMBERED_OPTION.fullmatch(plain[name]))]  # fmt: skip
    shape = Shape(fields, tuple(name for _, name in sorted(numbered, key=lambda pair: int(pair[0]))))
    fitting = sum(_fits(item, shape) for item in items)
    return shape if items and {"stem", "key"} <= set(fields) and fitting >= _ENOUGH * len(items) else None


def _plain(name: str) -> str:
    """ "ZQUESTIONCONTENT" (so Core Data names its columns), "question_content" and "questionContent" are one name."""
    plain = re.sub(r"[^a-z0-9]", "", fold(name))
    return plain.removeprefix("z") if name.isupper() else plain


def _fits(item: Item, shape: Shape) -> bool:
    stem, key = item.get(shape.fields.get("stem", "")), item.get(shape.fields.get("key", ""))
    has_options = len(_texts(item, shape)) > 1 or _stated_kind(item, shape) is not None
    return isinstance(stem, str) and bool(stem.strip()) and key not in (None, "") and has_options


def _texts(item: Item, shape: Shape) -> list[str]:
    """The options, without the letters they may begin with."""
    value = item.get(shape.fields.get("options", ""))
    if isinstance(value, dict):
        values = [value[name] for name in sorted(value, key=str)]
    else:
        values = value if isinstance(value, list) else [item.get(name) for name in shape.options]
    texts = [_stored(_text_in(one)) for one in values if one is not None]
    labels = [label_at_start(text) for text in texts]
    in_order = all(label and label.upper == letter for label, letter in zip(labels, LETTERS, strict=False))
    return [text[label.end :] for text, label in zip(texts, labels, strict=True) if label] if in_order else texts


def _text_in(option: object) -> str:
    if isinstance(option, dict):
        option = next((option[name] for name in ("text", "content", "answer", "value", "label") if name in option), "")
    return str(option) if isinstance(option, str | int | float) and not isinstance(option, bool) else ""


def _stored(text: str) -> str:
    return clean(text.encode("utf-8", "replace").decode())  # a lone surrogate cannot be stored


def _stated_kind(item: Item, shape: Shape) -> str | None:
    word = item.get(shape.fields.get("kind", ""))
    return kind_of(word) if isinstance(word, str) else None


def _told(shape: Shape) -> str:
    pairs = [f"{name} = {field}" for field, name in shape.fields.items()]
    return ", ".join(pairs + [f"{name} = option" for name in shape.options])


def _unread_fields(items: Sequence[Item], shape: Shape) -> Iterator[Problem]:
    """Fields with no place in a question; one that says the same everywhere says nothing."""
    known = {*shape.fields.values(), *shape.options}
    values: dict[str, set[str]] = {}
    for item in items:
        for name in item.keys() - known:
            values.setdefault(name, set()).add(str(item[name])[:100])
    for name in sorted(name for name, different in values.items() if len(different) > 1):
        yield Problem("unknown_field", Severity.WARNING, column=name[:60])


class ItemReader:
    """One object; what cannot be understood is reported under its number in the list."""

    def __init__(self, item: Item, number: int, shape: Shape, base: int | None) -> None:
        self.number = number
        self.problems: list[Problem] = []
        self._item = item
        self._shape = shape
        self._base = base

    def question(self) -> Question:
        kind = _stated_kind(self._item, self._shape)
        texts = _texts(self._item, self._shape)
        if kind == "true_false" and not texts:
            texts = list(TRUE_FALSE)
        options = self._typed() if kind in ("essay", "short") and not texts else self._choices(texts)
        kind = ("short" if options else "essay") if not texts else inferred_kind(options, "")
        self._warn_of_picture()
        return Question(
            kind, self._text("stem"), options, self._topic(), self._level(), tuple(self._laws()),
            self._text("explanation") or (self._text("key") if kind == "essay" else ""), self._tags(), self._code(),
            credit=usual_credit(kind),
        )  # fmt: skip

    def _report(self, code: str, column: str, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        self.problems.append(Problem(code, severity, self.number, self._shape.fields.get(column, column), params))

    def _value(self, field: str) -> object:
        return self._item.get(self._shape.fields.get(field, ""))

    def _text(self, field: str) -> str:
        value = self._value(field)
        return _stored(value) if isinstance(value, str) else ""

    def _choices(self, texts: Sequence[str]) -> tuple[Option, ...]:
        value = self._value("key")
        places = KeyReader(texts, self._base).places(value)
        if places is None:
            self._report("unreadable_key", "key", found=str(value)[:60])
        kept = fixed_positions(texts[: len(LETTERS)])
        return tuple(Option(text, n in (places or ()), n in kept) for n, text in enumerate(texts))

    def _typed(self) -> tuple[Option, ...]:
        """A free answer is taken for one to be typed when it is short; people must look whether others are right."""
        answer = self._text("key")
        if len(answer) > _LONGEST_SHORT_ANSWER:
            self._report("free_answer_as_explanation", "key", Severity.WARNING, found=answer[:60])
            return ()
        self._report("free_answer_as_short", "key", Severity.WARNING, found=answer)
        return options_from("short", (), answer, self._report)

    def _topic(self) -> tuple[str, ...]:
        value = self._value("topic" if "topic" in self._shape.fields else "kind")
        if isinstance(value, int) and not isinstance(value, bool):
            return (f"Nhóm {value}",)
        is_word_of_kind = isinstance(value, str) and (kind_of(value) or fold(value) in _CHOICE_WORDS)
        return (_stored(value),) if isinstance(value, str) and value.strip() and not is_word_of_kind else ()

    def _level(self) -> Level:
        return level_of(self._text("level")) or Level.RECOGNITION

    def _tags(self) -> tuple[str, ...]:
        return (_FAILING,) if self._value("failing") in (1, True, "1", "true") else ()

    def _code(self) -> str:
        """A running number is no code: every file of its kind counts from 1."""
        text = self._text("code")
        return "" if text.isdecimal() else text

    def _laws(self) -> Iterator[LegalBasis]:
        value = self._value("law")
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("law_id"), str):
                yield LegalBasis("", _stored(str(entry.get("article_id", ""))), title=_stored(entry["law_id"]))
        if value:
            self._report("law_without_number", "law", Severity.WARNING)

    def _warn_of_picture(self) -> None:
        name = self._text("image")
        if name:
            self._report("media_missing", "image", Severity.WARNING, name=name[-100:])
