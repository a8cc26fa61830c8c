"""Between the bank's rows and the pure values of ``question_bank``."""

import base64
from dataclasses import asdict
from datetime import date
from typing import Any

from contest_app.bank.models import QuestionVersion
from question_bank.draw import Candidate
from question_bank.model import LegalBasis, Level, Option, Picture, Problem, Question, Severity
from question_bank.text import fold, wording_key


def options_json(question: Question) -> list[dict[str, Any]]:
    return [{"text": o.text, "correct": o.correct, "fixed": o.fixed} for o in question.options]


def basis_json(basis: LegalBasis) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(basis).items()}


def basis_from_json(document: dict[str, Any]) -> LegalBasis:
    dates = {key: date.fromisoformat(document[key]) for key in ("in_force_from", "in_force_to") if document.get(key)}
    texts = {key: document.get(key) or "" for key in ("act", "article", "clause", "title")}
    return LegalBasis(**texts, **dates)


def folded_text(question: Question) -> str:
    """What searching looks at."""
    law = (f"{b.title} {b.act} dieu {b.article} khoan {b.clause}" for b in question.legal_basis)
    options = (option.text for option in question.options)
    return fold(" ".join([question.code, question.stem, *options, *law, *question.tags, *question.topic]))


def wording_of(question: Question) -> str:
    return wording_key(question.stem, tuple(option.text for option in question.options))


def to_question(version: QuestionVersion) -> Question:
    """The pure value, without its picture."""
    return Question(
        kind=version.kind,
        stem=version.stem,
        options=tuple(Option(**option) for option in version.options),
        topic=version.topic.names if version.topic else (),
        level=Level(version.level),
        legal_basis=tuple(basis_from_json(basis) for basis in version.legal_basis),
        explanation=version.explanation,
        tags=tuple(version.tags),
        code=version.question.code,
    )


def to_candidate(version: QuestionVersion) -> Candidate:
    return Candidate(
        id=version.id,
        topic=version.topic.names if version.topic else (),
        level=version.level,
        option_count=len(version.options),
        fixed_options=tuple(place for place, option in enumerate(version.options) if option.get("fixed")),
    )


def question_to_json(question: Question, row: int = 0) -> dict[str, Any]:
    """A question as kept in an import draft; the picture stays behind as base64."""
    picture = question.picture
    return {
        "row": row,
        "code": question.code,
        "kind": question.kind,
        "stem": question.stem,
        "options": options_json(question),
        "topic": list(question.topic),
        "level": question.level.value,
        "legal_basis": [basis_json(basis) for basis in question.legal_basis],
        "explanation": question.explanation,
        "tags": list(question.tags),
        "picture": picture
        and {
            "name": picture.name,
            "media_type": picture.media_type,
            "data": base64.b64encode(picture.data).decode(),
        },
    }


def question_from_json(document: dict[str, Any]) -> Question:
    picture = document.get("picture")
    return Question(
        kind=document["kind"],
        stem=document["stem"],
        options=tuple(Option(**option) for option in document["options"]),
        topic=tuple(document["topic"]),
        level=Level(document["level"]),
        legal_basis=tuple(basis_from_json(basis) for basis in document["legal_basis"]),
        explanation=document["explanation"],
        tags=tuple(document["tags"]),
        code=document["code"],
        picture=Picture(picture["name"], picture["media_type"], base64.b64decode(picture["data"])) if picture else None,
    )


def problem_to_json(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "severity": problem.severity.value}


def problem_from_json(document: dict[str, Any]) -> Problem:
    return Problem(**{**document, "severity": Severity(document["severity"])})
