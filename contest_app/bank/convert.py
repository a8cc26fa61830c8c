"""Between the bank's rows and the pure values of ``question_bank``."""

from dataclasses import asdict
from typing import Any

from contest_app.bank.models import QuestionVersion
from question_bank.draw import Candidate
from question_bank.formats.json_file import from_json
from question_bank.model import Problem, Question, Severity
from question_bank.text import fold, wording_key


def folded_text(question: Question) -> str:
    """What searching looks at."""
    law = (f"{b.title} {b.act} dieu {b.article} khoan {b.clause}" for b in question.legal_basis)
    options = (option.text for option in question.options)
    return fold(" ".join([question.code, question.stem, *options, *law, *question.tags, *question.topic]))


def wording_of(question: Question) -> str:
    return wording_key(question.stem, tuple(option.text for option in question.options))


def to_question(version: QuestionVersion) -> Question:
    """The pure value, without its picture."""
    return from_json(
        {
            "code": version.question.code,
            "kind": version.kind,
            "stem": version.stem,
            "options": version.options,
            "topic": list(version.topic.names) if version.topic else [],
            "level": version.level,
            "legal_basis": version.legal_basis,
            "explanation": version.explanation,
            "tags": version.tags,
        }
    )


def to_candidate(version: QuestionVersion) -> Candidate:
    return Candidate(
        id=version.id,
        topic=version.topic.names if version.topic else (),
        level=version.level,
        option_count=len(version.options),
        fixed_options=tuple(place for place, option in enumerate(version.options) if option.get("fixed")),
    )


def problem_to_json(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "severity": problem.severity.value}


def problem_from_json(document: dict[str, Any]) -> Problem:
    return Problem(**{**document, "severity": Severity(document["severity"])})
