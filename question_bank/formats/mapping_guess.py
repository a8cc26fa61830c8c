"""What the columns of a foreign table hold: by their headings, else by what stands under them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from question_bank.formats.labels import labels_in
from question_bank.formats.table import field_of
from question_bank.formats.words import LETTERS, key_from_wording, key_letters
from question_bank.text import clean, fold

_HEADING_WITHIN = 10
_ENOUGH = 0.9  # of the rows a rule must hold for to be believed
_WORDS = {
    "stem": ("question", "questions", "question text", "question content", "stem", "noi dung", "cau hoi trac nghiem"),
    "options": ("options", "choices", "answers", "answer options"),
    "key": ("correct", "correct answer", "correct answers", "correct option", "right answer", "answer key", "answer",
            "dap an dung nhat", "ket qua", "dap an chuan"),
    "topic": ("category", "topic", "chapter", "chuong", "bai hoc", "phan", "subject", "mon", "nhom"),
    "level": ("level", "difficulty", "do kho cau hoi"),
    "explanation": ("explanation", "feedback", "rationale", "giai thich chi tiet", "ghi chu dap an"),
    "code": ("id", "question id", "ma id", "code"),
    "law": ("can cu phap luat", "dieu luat", "van ban can cu"),
}  # fmt: skip
_FIELDS = {word: field for field, words in _WORDS.items() for word in words}
_OPTION = re.compile(
    r"(?:option|answer|choice|phuong an|dap an|lua chon|cau tra loi|tra loi|pa|da)\s*(?:([a-j])|(\d{1,2}))"
)
Rows = Sequence[Sequence[str]]


class Reason(NamedTuple):
    """Why a column is taken for a field: "by_heading" or "by_content"."""

    field: str
    code: str
    column: int
    heading: str


@dataclass(frozen=True, slots=True)
class Guess:
    """``is_certain`` when every column needed is told by its heading and the keys fit the options."""

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    options: tuple[int, ...]
    key_style: str
    is_certain: bool
    reasons: tuple[Reason, ...]


def guessed(sheet: str, rows: Rows) -> Guess | None:
    """The likeliest reading of the rows; nothing when no column could be the questions' or the options'."""
    found = (each for each in _headings(rows) if each[1] or each[2])
    number, fields, options = max(found, key=lambda each: len(each[1]) + len(each[2]), default=(0, {}, ()))
    body = [row for row in rows[number:] if any(cell.strip() for cell in row)]
    heading = rows[number - 1] if number else []
    by_heading = {*fields, *(["options"] if options else [])}
    fields, options = _completed(body, fields, options)
    if "stem" not in fields or not options:
        return None
    style, fits = _key_style(body, fields.get("key"), options)
    reasons = [*fields.items(), *(("options", column) for column in options)]
    told = tuple(
        Reason(field, "by_heading" if field in by_heading else "by_content", column, clean(_cell(heading, column)))
        for field, column in reasons
    )
    is_certain = fits and {"stem", "options", "key"} <= by_heading
    return Guess(sheet, number, fields, options, style, is_certain, told)


def _headings(rows: Rows) -> Iterator[tuple[int, dict[str, int], tuple[int, ...]]]:
    """For each of the first rows, the fields and options it could be the heading of."""
    for number, row in enumerate(rows[:_HEADING_WITHIN], start=1):
        fields: dict[str, int] = {}
        options: dict[int, int] = {}
        for column, heading in enumerate(row):
            field = _field(heading)
            place = _option_place(heading, field)
            if place is not None:
                options.setdefault(place, column)
            elif field:
                fields.setdefault(field, column)
        joined = (fields.pop("options"),) if "options" in fields and len(options) < 2 else ()
        fields.pop("options", None)
        yield number, fields, _several(options) or joined


def _several(options: Mapping[int, int]) -> tuple[int, ...]:
    """The columns of options; none when one is missing between or before, for then no letter would be right."""
    places = sorted(options)
    whole = len(places) > 1 and places[0] in (-1, 0) and places[-1] - places[0] == len(places) - 1
    return tuple(options[place] for place in places) if whole else ()


def _field(heading: str) -> str:
    words = fold(re.sub(r"\([^)]*\)|[*:_]", " ", heading[:200]))
    return _FIELDS.get(words) or field_of(heading) or ""


def _option_place(heading: str, field: str) -> int | None:
    match = _OPTION.fullmatch(fold(re.sub(r"[*:_.#]", " ", heading[:60])))
    if match is not None:
        return LETTERS.index(match[1].upper()) if match[1] else int(match[2]) - 1
    return LETTERS.index(field[-1]) if field.startswith("option_") else None


def _completed(
    body: Rows, fields: Mapping[str, int], options: tuple[int, ...]
) -> tuple[dict[str, int], tuple[int, ...]]:
    """What the headings leave open, from the texts: stems are long and differ, keys are short and repeat."""
    found, free = dict(fields), [column for column in range(_width(body)) if column not in {*fields.values(), *options}]
    if not options:
        joined = [column for column in free if _share(body, column, lambda text: len(labels_in(text)) > 1) >= _ENOUGH]
        options = tuple(joined[:1])
    free = [column for column in free if column not in options]
    if "stem" not in found:
        lengths = {column: sum(len(_cell(row, column)) for row in body) for column in free}
        longest = max(lengths, key=lambda column: lengths[column], default=None)
        found |= {} if longest is None or not lengths[longest] else {"stem": longest}
    free = [column for column in free if column != found.get("stem")]
    if "key" not in found:
        keys = [column for column in free if _share(body, column, _may_be_key) >= _ENOUGH]
        found |= {"key": keys[-1]} if keys else {}
    if not options:
        after = [c for c in free if c != found.get("key") and c > found.get("stem", -1)]
        options = tuple(c for c in after if _share(body, c, bool) >= _ENOUGH / 2)[:10]
        options = options if len(options) > 1 else ()
    return found, options


def _may_be_key(text: str) -> bool:
    letters = key_letters(text)
    return letters is not None and letters[-1] <= "J"


def _share(body: Rows, column: int, fits: Callable[[str], object]) -> float:
    texts = [_cell(row, column).strip() for row in body]
    return sum(bool(fits(text)) for text in texts) / len(texts) if texts else 0.0


def _key_style(body: Rows, key: int | None, options: tuple[int, ...]) -> tuple[str, bool]:
    """The one way to read the keys that fits nearly all rows; False beside it when none or more than one does."""
    if key is None or not body:
        return "letter", False
    fitting = [
        style
        for style, fits in _STYLES.items()
        if sum(fits(_cell(row, key).strip(), _options(row, options)) for row in body) >= _ENOUGH * len(body)
    ]
    return (fitting[0], len(fitting) == 1) if fitting else ("letter", False)


def _is_letter(key: str, options: Sequence[str]) -> bool:
    letters = key_letters(key)
    return letters is not None and letters[-1] in LETTERS[: len(options)]


def _is_number(key: str, options: Sequence[str]) -> bool:
    return key.isdecimal() and len(key) < 3 and 1 <= int(key) <= len(options)


def _is_option(key: str, options: Sequence[str]) -> bool:
    return bool(key_from_wording(key, options))


_STYLES = {"letter": _is_letter, "number": _is_number, "text": _is_option}


def _options(row: Sequence[str], columns: tuple[int, ...]) -> list[str]:
    if len(columns) > 1:
        return [text for column in columns if (text := _cell(row, column).strip())]
    text = _cell(row, columns[0]).strip()
    labels = labels_in(text)
    return [text[label.end :] for label in labels] if len(labels) > len(text.splitlines()) else text.splitlines()


def _width(body: Rows) -> int:
    return max((len(row) for row in body), default=0)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
