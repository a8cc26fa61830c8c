"""Rows under headings into questions, whatever kind of file the table comes from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from question_bank.formats.fields import FieldReader, Row
from question_bank.formats.kind_text import TYPED, WITHOUT_LETTERS, options_from, usual_credit, with_gaps
from question_bank.formats.labels import labels_in
from question_bank.formats.truths import truths_in
from question_bank.formats.words import (
    LETTERS,
    NO_FIXED,
    TRUE_FALSE,
    fixed_positions,
    inferred_kind,
    key_from_wording,
    key_letters,
    read_date,
    says_true_or_false,
)
from question_bank.model import Found, LegalBasis, Option, Problem, Question, Severity
from question_bank.text import clean, fold

MOST_OPTIONS = 20  # pairs of a matching; other kinds have fewer
HEADINGS = {
    "code": "Mã câu hỏi",
    "kind": "Loại câu hỏi",
    "stem": "Nội dung câu hỏi",
    **{f"option_{letter}": f"Phương án {letter}" for letter in LETTERS[:MOST_OPTIONS]},
    "key": "Đáp án",
    "fixed": "Phương án giữ vị trí",
    "topic": "Chủ đề",
    "level": "Mức độ",
    "act": "Số hiệu văn bản",
    "title": "Tên văn bản",
    "article": "Điều",
    "clause": "Khoản",
    "in_force_from": "Hiệu lực từ",
    "in_force_to": "Hiệu lực đến",
    "explanation": "Giải thích",
    "tags": "Từ khóa",
    "situation": "Tình huống",
    "credit": "Điểm từng phần",
    "words": "Số từ tối đa",
    "points": "Điểm",
}
DATES = ("in_force_from", "in_force_to")
LAW_FIELDS = ("act", "title", "article", "clause", *DATES)
KEY_STYLES = ("letter", "number", "text")  # how a foreign table names the right option; numbers count from 1
_LONGEST_HEADING = 200
_IGNORED = {"stt", "tt", "so tt", "so thu tu", "cau", "cau so", "no"}
_ALIASES = {
    "code": ("ma", "ma cau", "ma so"),
    "kind": ("loai", "dang cau hoi", "kieu cau hoi"),
    "stem": ("noi dung", "cau hoi", "de bai", "noi dung cau"),
    "options": ("phuong an tra loi", "phuong an", "cac phuong an", "cac phuong an tra loi", "lua chon", "cac lua chon"),
    "key": ("dap an dung", "phuong an dung", "dap an chinh xac", "cau tra loi dung", "key"),
    "topic": ("hang muc", "linh vuc", "chuyen de"),
    "level": ("muc do nhan thuc", "muc do nhan biet", "do kho", "cap do"),
    "act": ("so hieu", "so ky hieu van ban", "van ban"),
    "title": ("trich yeu", "ten luat"),
    "in_force_from": ("ngay co hieu luc", "ngay hieu luc"),
    "in_force_to": ("ngay het hieu luc",),
    "explanation": ("giai thich dap an", "loi giai"),
    "tags": ("the", "tag", "tags"),
    "law": ("can cu", "can cu phap ly", "co so phap ly"),
    "situation": ("tinh huong chung", "doan thong tin", "ngu lieu"),
    "words": ("so tu", "gioi han so tu"),
    "points": ("diem so", "so diem"),
}
_OPTION_HEADING = re.compile(r"(?:phuong an|dap an|lua chon|cau tra loi|tra loi|y)\s*([a-t])|([a-j])")
_FIELDS = {fold(heading): field for field, heading in HEADINGS.items()} | {
    alias: field for field, aliases in _ALIASES.items() for alias in aliases
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field, and how the file itself calls it."""

    positions: Mapping[str, int]
    titles: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    key_style: str = "letter"  # one of KEY_STYLES

    def title(self, field: str) -> str:
        if field == "options" and "options" not in self.titles:
            return self.titles.get("option_A", HEADINGS["option_A"])
        return self.titles.get(field, HEADINGS.get(field, field))

    def place_of(self, problem: Problem) -> str:
        """The heading a problem of a question belongs to."""
        letter = problem.params.get("letter")
        if problem.column == "options" and f"option_{letter}" in self.titles:
            return self.titles[f"option_{letter}"]
        return self.title(problem.column) if problem.column else ""


def field_of(heading: str) -> str | None:
    """The field a heading names; "" for running numbers, nothing when unknown."""
    folded = fold(re.sub(r"\([^)]*\)|[*:]", " ", heading[:_LONGEST_HEADING]))
    if folded in _IGNORED:
        return ""
    option = _OPTION_HEADING.fullmatch(folded)
    return f"option_{(option[1] or option[2]).upper()}" if option else _FIELDS.get(folded)


def looks_like_headings(row: Sequence[str]) -> bool:
    fields = {field_of(cell) for cell in row if cell.strip()}
    return bool(fields & {"stem", "key"}) and len(fields & {"stem", "key", "options", "option_A", "option_B"}) >= 2


def find_columns(row: Sequence[str]) -> Columns:
    positions: dict[str, int] = {}
    titles: dict[str, str] = {}
    problems: list[Problem] = []
    for position, heading in enumerate(row):
        field = field_of(heading) if heading.strip() else ""
        if field is None:
            problems.append(Problem("unknown_column", Severity.WARNING, column=clean(heading)))
        elif field in positions:
            problems.append(Problem("repeated_heading", column=clean(heading), params={"first": titles[field]}))
        elif field:
            positions[field], titles[field] = position, clean(heading)
    problems += [
        Problem("missing_column", column=heading, params={"heading": heading})
        for heading in (HEADINGS[field] for field in _missing(positions))
    ]
    return Columns(positions, titles, tuple(problems))


def _missing(positions: Mapping[str, int]) -> Iterator[str]:
    yield from (field for field in ("stem", "key") if field not in positions)
    if "options" not in positions:
        yield from (field for field in ("option_A", "option_B") if field not in positions)


class RowReader:
    """One row into one question; what it cannot understand it lists under the row and the column's heading."""

    def __init__(self, values: Row, number: int, columns: Columns) -> None:
        self._values = values
        self._number = number
        self._columns = columns
        self._fields = FieldReader(values, self._report)
        self._text = self._fields.text
        self.problems: list[Problem] = []

    def question(self) -> Question:
        fields, stem = self._fields, self._text("stem")
        kind = fields.kind()
        options = self._options(kind)
        kind = kind or ("statements" if self._are_statements() else inferred_kind(options, stem))
        return with_gaps(Question(
            kind, stem, options, fields.topic(), fields.level(), self._legal_basis(), self._text("explanation"),
            fields.tags(), self._text("code"), situation=self._text("situation"),
            credit=fields.credit(usual_credit(kind)), words=fields.words(), points=fields.points(),
        ))  # fmt: skip

    def _report(self, code: str, field: str, severity: Severity = Severity.ERROR, **params: str | int) -> None:
        self.problems.append(Problem(code, severity, self._number, self._columns.title(field), params))

    # Options and key

    def _are_statements(self) -> bool:
        """A row that does not say its kind, with a key that can be nothing else."""
        truths = truths_in(self._text("key")) or ()
        return 1 < len(truths) == len(self._option_texts())

    def _options(self, kind: str | None) -> tuple[Option, ...]:
        texts = self._option_texts()
        key_text = self._text("key")
        if kind in WITHOUT_LETTERS or (kind is None and self._are_statements()):
            given = key_text or " | ".join(texts) if kind in TYPED else key_text
            return options_from(kind or "statements", texts, given, self._report)
        if not texts and kind in {None, "true_false"}:
            texts = list(TRUE_FALSE) if says_true_or_false(key_text) else texts
        key = self._letters("key", key_text, texts)
        fixed = self._fixed(texts[: len(LETTERS)])
        return tuple(Option(text, letter in key, letter in fixed) for letter, text in zip(LETTERS, texts, strict=False))

    def _fixed(self, texts: Sequence[str]) -> tuple[str, ...]:
        text = self._text("fixed")
        if text:
            return self._letters("fixed", text.removeprefix(NO_FIXED), texts)
        return tuple(LETTERS[position] for position in fixed_positions(texts))

    def _option_texts(self) -> list[str]:
        if "options" in self._values and "option_A" not in self._values:
            return self._joined_options()
        texts = [self._text(f"option_{letter}") for letter in LETTERS[:MOST_OPTIONS]]
        while texts and not texts[-1]:
            texts.pop()
        return texts

    def _joined_options(self) -> list[str]:
        """All options in one cell, one a line or behind each other, with or without letters."""
        lines = [line for line in self._text("options").split("\n") if line.strip()]
        texts: list[str] = []
        for line in lines:
            labels = labels_in(line)
            ends = [*(label.position for label in labels[1:]), None]
            fitting = bool(labels) and labels[0].upper == LETTERS[len(texts) : len(texts) + 1]
            if fitting:
                texts += [clean(line[label.end : end]) for label, end in zip(labels, ends, strict=True)]
            elif texts and any(label for other in lines for label in labels_in(other)):
                texts[-1] += " " + line
            else:
                texts.append(line)
        return texts

    def _letters(self, field: str, text: str, texts: Sequence[str]) -> tuple[str, ...]:
        if not text:
            return ()
        if field == "key" and self._columns.key_style != "letter":
            return self._foreign_key(text, texts)
        letters = (key_from_wording(text, texts) if len(text) > 1 else ()) or key_letters(text)
        letters = letters or key_from_wording(text, texts)
        if not letters:
            self._report("unreadable_key", field, found=text[:60])
        for letter in letters or ():
            if letter not in LETTERS[: len(texts)]:
                self._report("key_letter_without_option", field, letter=letter)
        return tuple(letters or ())

    def _foreign_key(self, text: str, texts: Sequence[str]) -> tuple[str, ...]:
        """The letters of options named by number from 1, or written out."""
        if self._columns.key_style == "number":
            numbers = [int(number) for number in re.findall(r"\d{1,3}", text)]
            letters = tuple(LETTERS[number - 1] for number in numbers if 0 < number <= len(texts))
            fits = bool(letters) and len(letters) == len(numbers) and re.fullmatch(r"[\d\s,;.&+]+", text) is not None
        else:
            letters = key_from_wording(text, texts)
            fits = bool(letters)
        if not fits:
            self._report("unreadable_key", "key", found=text[:60])
        return tuple(sorted(set(letters))) if fits else ()

    # The law

    def _legal_basis(self) -> tuple[LegalBasis, ...]:
        """One provision, or several written line under line in the same cells; else as cited in a cell of its own."""
        if cited := self._text("law"):
            laws, unread = self._fields.laws_in([f":{line}" for line in cited.split("\n") if line])
            return (*laws, *(LegalBasis("", title=line[1:]) for line in unread))
        acts = self._lines("act")
        if not any(self._text(field) for field in LAW_FIELDS):
            return ()
        if len(acts) < 2:
            only = self._provision({field: " ".join(self._lines(field)) for field in LAW_FIELDS})
            if not only.act:
                self._report("law_without_number", "act", Severity.WARNING)
            return (only,)
        columns = {field: self._lines(field) for field in LAW_FIELDS}
        for field, lines in columns.items():
            if len(lines) > len(acts):
                self._report("law_lines_differ", field, found=len(lines), expected=len(acts))
        padded = {field: lines + [""] * (len(acts) - len(lines)) for field, lines in columns.items()}
        return tuple(self._provision({f: lines[n] for f, lines in padded.items()}) for n in range(len(acts)))

    def _lines(self, field: str) -> list[str]:
        value = self._values.get(field, "")
        text = value if isinstance(value, str) else value.strftime("%d/%m/%Y")
        return [clean(line) for line in text.rstrip().split("\n")] if text.strip() else []

    def _provision(self, texts: Mapping[str, str]) -> LegalBasis:
        plain = LegalBasis(texts["act"], texts["article"], texts["clause"], texts["title"])
        begins, ends = (self._date(field, texts[field]) for field in DATES)
        return replace(plain, in_force_from=begins, in_force_to=ends)

    def _date(self, field: str, text: str) -> date | None:
        found = read_date(text) if text else None
        if text and found is None:
            self._report("unreadable_date", field, found=text[:60])
        return found


def read_table(grid: Sequence[Sequence[str]]) -> tuple[list[Found], list[Problem]]:
    """The questions of a table of plain texts whose first row holds the headings."""
    columns = find_columns(grid[0])
    problems = list(columns.problems)
    found: list[Found] = []
    if any(problem.severity is Severity.ERROR for problem in problems):
        return found, problems
    for number, row in enumerate(grid[1:], start=1):
        values = {field: row[position] for field, position in columns.positions.items() if position < len(row)}
        if any(text.strip() for text in values.values()):
            reader = RowReader(values, number, columns)
            found.append(Found(reader.question(), number))
            problems += reader.problems
    return found, problems
