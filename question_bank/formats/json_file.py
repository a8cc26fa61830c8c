"""Our own JSON: everything a question holds, pictures included."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from question_bank.formats.archive import BadFile, refuse_large
from question_bank.formats.collect import never_raises, result
from question_bank.formats.json_fields import Fields
from question_bank.formats.plain_text import decoded
from question_bank.model import Found, LegalBasis, Problem, Question, ReadResult

FORMAT = "thi-phap-luat/questions"
VERSION = 1
LARGEST_FILE = 60 * 1024 * 1024  # pictures take room
MOST_QUESTIONS = 20_000


@never_raises
def read(data: bytes) -> ReadResult:
    refuse_large(data, LARGEST_FILE)
    items = _questions_in(_parsed(decoded(data)))
    problems: list[Problem] = []
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


def write(questions: Sequence[Question]) -> bytes:
    content = {"format": FORMAT, "version": VERSION, "questions": [as_json(question) for question in questions]}
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def as_json(question: Question) -> dict[str, Any]:
    """One question in the shape of the file."""
    shape: dict[str, Any] = {
        "code": question.code,
        "kind": question.kind,
        "stem": question.stem,
        "options": [{"text": o.text, "correct": o.correct, "fixed": o.fixed} for o in question.options],
        "topic": list(question.topic),
        "level": str(question.level),
        "legal_basis": [_law_as_json(basis) for basis in question.legal_basis],
        "explanation": question.explanation,
        "tags": list(question.tags),
    }
    if question.picture is not None:
        encoded = base64.b64encode(question.picture.data).decode("ascii")
        shape["picture"] = {
            "name": question.picture.name,
            "media_type": question.picture.media_type,
            "data_base64": encoded,
        }
    return shape


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
