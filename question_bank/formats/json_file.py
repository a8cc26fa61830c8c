"""Our own JSON: everything a question holds, media included. Its schema: docs/questions.schema.json.

JSON of other programs is read as far as its fields can be told by their names (``foreign_json``).
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from question_bank.formats.archive import BadFile, refuse_large
from question_bank.formats.collect import never_raises, result
from question_bank.formats.encoding import decoded
from question_bank.formats.foreign_json import read_foreign
from question_bank.formats.json_fields import Fields
from question_bank.model import (
    Credit,
    Found,
    LegalBasis,
    Markup,
    Media,
    Option,
    Problem,
    Question,
    ReadResult,
    TextRules,
    WordLimit,
    Written,
)

FORMAT = "thi-phap-luat/questions"
VERSION = 1
LARGEST_FILE = 60 * 1024 * 1024  # pictures and clips take room
MOST_QUESTIONS = 20_000


@never_raises
def read(data: bytes) -> ReadResult:
    refuse_large(data, LARGEST_FILE)
    text, guessed = decoded(data)
    content = _parsed(text)
    foreign = read_foreign(content) if not _is_ours(content) else None
    if foreign is not None:
        return ReadResult(foreign.questions, (*guessed, *foreign.problems))
    items = _questions_in(content)
    problems: list[Problem] = [*guessed]
    found: list[Found] = []
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            problems.append(Problem("not_an_object", row=number, column="questions"))
            continue
        fields = Fields(item, number)
        found.append(Found(fields.question(), number))
        problems += fields.problems
    return result(found, problems)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile("not_json", line=error.lineno, position=error.colno) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise BadFile("not_json", line=0, position=0) from error


def _is_ours(content: object) -> bool:
    return isinstance(content, dict) and "format" in content


def _questions_in(content: object) -> Sequence[object]:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = content.get("format", "") if isinstance(content, dict) else type(content).__name__
        raise BadFile("wrong_json_format", expected=FORMAT, found=str(found)[:60])
    if content.get("version") != VERSION or isinstance(content.get("version"), bool):
        raise BadFile("unknown_version", expected=VERSION, found=str(content.get("version"))[:20])
    items = content.get("questions")
    if not isinstance(items, list):
        raise BadFile("questions_not_a_list")
    if len(items) > MOST_QUESTIONS:
        raise BadFile("too_many_rows", found=len(items), most=MOST_QUESTIONS)
    return items


def write(questions: Sequence[Question]) -> Written:
    content = {"format": FORMAT, "version": VERSION, "questions": [as_json(question) for question in questions]}
    return Written(json.dumps(content, ensure_ascii=False, indent=2).encode())


def as_json(question: Question, *, with_media: bool = True) -> dict[str, Any]:
    """One question in the shape of the file; what stands at its default is left out, the first fields excepted."""
    shape: dict[str, Any] = {
        "code": question.code,
        "kind": question.kind,
        "stem": question.stem,
        "options": [option_as_json(option) for option in question.options],
        "topic": list(question.topic),
        "level": str(question.level),
        "legal_basis": [_law_as_json(basis) for basis in question.legal_basis],
        "explanation": question.explanation,
        "tags": list(question.tags),
    }
    shape |= details_as_json(question)
    if question.media and with_media:
        shape["media"] = [_media_as_json(media) for media in question.media]
    return shape


def details_as_json(question: Question) -> dict[str, Any]:
    """What only some kinds and some sources need."""
    rules, words = question.text_rules, question.words
    details = {
        "title": question.title,
        "markup": str(question.markup) if question.markup is not Markup.TEXT else None,
        "situation": question.situation,
        "credit": str(question.credit) if question.credit is not Credit.ALL_OR_NOTHING else None,
        "shows_count": question.shows_count,
        "text_rules": None
        if rules == TextRules()
        else {"case": rules.case, "accents": rules.accents, "spacing": rules.spacing},
        "words": None if words == WordLimit() else {"least": words.least, "most": words.most},
        "gaps": [
            {
                "kind": gap.kind,
                "options": [option_as_json(option) for option in gap.options],
                "weight": as_number(gap.weight),
            }
            for gap in question.gaps
        ],
        "points": as_number(question.points),
    }
    return {name: value for name, value in details.items() if value not in (None, "", [], False)}


def option_as_json(option: Option) -> dict[str, Any]:
    shape: dict[str, Any] = {"text": option.text, "correct": option.correct, "fixed": option.fixed}
    more = {
        "weight": as_number(option.weight),
        "feedback": option.feedback,
        "match": option.match,
        "tolerance": as_number(option.tolerance),
    }
    return shape | {name: value for name, value in more.items() if value not in (None, "")}


def as_number(value: Decimal | None) -> int | float | None:
    """A JSON number that reads back as the same decimal, up to 15 digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _media_as_json(media: Media) -> dict[str, Any]:
    shape: dict[str, Any] = {"name": media.name, "media_type": media.media_type}
    if media.place is not None:
        shape["place"] = media.place
    if media.alt:
        shape["alt"] = media.alt
    return shape | {"data_base64": base64.b64encode(media.data).decode("ascii")}


def from_json(shape: Mapping[str, object]) -> Question:
    """The question of a shape that ``as_json`` made, so that nothing in it can be wrong."""
    return Fields(shape, 0).question()


def _law_as_json(basis: LegalBasis) -> Mapping[str, str | None]:
    return {
        "act": basis.act,
        "article": basis.article,
        "clause": basis.clause,
        "title": basis.title,
        "in_force_from": _day(basis.in_force_from),
        "in_force_to": _day(basis.in_force_to),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
