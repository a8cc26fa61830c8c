"""Two wordings of a question beside each other: every field as people read it, and the words that differ."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _

from contest_app.bank.convert import to_question
from contest_app.bank.drafts import Entry
from contest_app.bank.models import BankQuestion, QuestionVersion
from contest_app.web.words import KINDS, LEVELS, day, legal_basis, points
from question_bank.cloze import inline
from question_bank.differences import Fate, Piece, differences
from question_bank.formats.json_file import as_json
from question_bank.formats.words import LETTERS
from question_bank.markup import in_plain_text
from question_bank.model import Credit, LegalBasis, Option, Question, TextRules, WordLimit

WORDING = ("situation", "stem", "options", "media")
MediaNotes = Sequence[Mapping[str, Any]]  # {"name", "sha256", "place", "alt"}


class Change(NamedTuple):
    """One field of two questions; ``field`` as ``bank/_question.html`` names columns."""

    field: str
    pieces: list[Piece]

    @property
    def old(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.fate is not Fate.ADDED]

    @property
    def new(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.fate is not Fate.REMOVED]


class Rival(NamedTuple):
    """What a question of a draft is like: another of the file, or one of the bank (``row``)."""

    file_row: int | None
    row: BankQuestion | None
    ratio: int
    changes: list[Change]


def version_changes(before: QuestionVersion, after: QuestionVersion) -> list[Change]:
    """The fields two versions differ in."""
    old, new = (described(to_question(one), one.media) for one in (before, after))
    return [Change(field, differences(old[field], new[field])) for field in old if old[field] != new[field]]


def wording_changes(before: QuestionVersion, after: QuestionVersion) -> list[Change]:
    """What is asked, beside each other, alike or not."""
    old, new = (described(to_question(one), one.media) for one in (before, after))
    return _side_by_side(old, new)


def rivals(entry: Entry, entries: Sequence[Entry], known: Mapping[int, BankQuestion]) -> list[Rival]:
    """What the preview shows beside a question that repeats or nearly repeats others."""
    return list(_rivals(entry, entries, known))


def _rivals(entry: Entry, entries: Sequence[Entry], known: Mapping[int, BankQuestion]) -> Iterator[Rival]:
    own = _of_entry(entry)
    for problem in entry.problems:
        ratio = int(problem.params.get("ratio", 100))
        row = known.get(int(problem.params.get("question", 0)))
        if row is not None:
            other = described(to_question(row.current), row.current.media)
            yield Rival(None, row, ratio, _side_by_side(other, own))
        elif "place" in problem.params:
            first = entries[int(problem.params["place"])]
            yield Rival(first.row, None, ratio, _side_by_side(_of_entry(first), own))


def _of_entry(entry: Entry) -> dict[str, str]:
    question = entry.question
    media = [
        {"name": one.name, "sha256": hashlib.sha256(one.data).hexdigest(), "place": one.place, "alt": one.alt}
        for one in question.media
    ]
    return described(question, media)


def _side_by_side(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [Change(field, differences(old[field], new[field])) for field in WORDING if old[field] or new[field]]


def described(question: Question, media: MediaNotes) -> dict[str, str]:
    """Every field of a question in words, without formatting."""
    plain = in_plain_text(question)
    return {
        "kind": str(KINDS.get(plain.kind, plain.kind)),
        "situation": plain.situation,
        "stem": inline(plain.stem, plain.gaps),
        "options": "\n".join(_option(_letter(place), option) for place, option in enumerate(plain.options)),
        "media": "\n".join(map(_medium, media)),
        "credit": "; ".join(_marking(plain)),
        "topic": " > ".join(plain.topic),
        "level": str(LEVELS[plain.level]),
        "legal_basis": "\n".join(map(_law, plain.legal_basis)),
        "explanation": plain.explanation,
        "tags": ", ".join(plain.tags),
    }


def _letter(place: int) -> str:
    return LETTERS[place : place + 1] or str(place + 1)


def _option(letter: str, option: Option) -> str:
    match = f" → {option.match}" if option.match else ""
    tolerance = f" ± {points(option.tolerance)}" if option.tolerance else ""
    weight = f" ({points(option.weight * 100)}%)" if option.weight is not None else ""
    fixed = f" ({_('giữ nguyên vị trí')})" if option.fixed else ""
    key = f" ✓ {_('đúng')}" if option.correct else ""
    feedback = f" [{option.feedback}]" if option.feedback else ""
    return f"{letter}. {option.text}{match}{tolerance}{key}{weight}{fixed}{feedback}"


def _medium(note: Mapping[str, Any]) -> str:
    place = "" if note["place"] is None else f" ({_letter(note['place'])})"
    alt = f": {note['alt']}" if note["alt"] else ""
    return f"{note['name']}{place}{alt} #{note['sha256'][:6]}"


def _law(basis: LegalBasis) -> str:
    begins = _("hiệu lực từ %(day)s", day=day(basis.in_force_from)) if basis.in_force_from else ""
    ends = _("đến %(day)s", day=day(basis.in_force_to)) if basis.in_force_to else ""
    (document,) = as_json(Question("", "", legal_basis=(basis,)))["legal_basis"]
    return " · ".join(part for part in (legal_basis([document]), begins, ends) if part)


def _marking(question: Question) -> Iterator[str]:
    rules, words = question.text_rules, question.words
    if question.credit is Credit.PARTIAL:
        yield _("đúng phần nào được phần ấy")
    if question.shows_count:
        yield _("cho biết số phương án đúng")
    if rules != TextRules():
        yield from _text_rules(rules)
    if words != WordLimit():
        yield _("%(least)s – %(most)s từ", least=words.least or 0, most=words.most or "…")


def _text_rules(rules: TextRules) -> Iterator[str]:
    if rules.case:
        yield _("phân biệt chữ hoa, chữ thường")
    if not rules.accents:
        yield _("không cần dấu tiếng Việt")
    if rules.spacing:
        yield _("phân biệt khoảng trắng")
