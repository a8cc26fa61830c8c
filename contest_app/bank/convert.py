"""Between the bank's rows and the pure values of ``question_bank``."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from contest_app.bank.models import QuestionVersion
from question_bank.draw import Candidate
from question_bank.formats.json_file import from_json
from question_bank.kinds import KINDS
from question_bank.markup import plain
from question_bank.model import Media, Problem, Question, Severity
from question_bank.text import fold, wording_key


def _words(question: Question) -> list[str]:
    """Everything a contestant reads in the question, without formatting."""
    options = [*question.options, *(option for gap in question.gaps for option in gap.options)]
    texts = [question.stem, *(option.text for option in options), *(option.match for option in options)]
    return [plain(text, question.markup) for text in texts if text]


def folded_text(question: Question) -> str:
    """What searching looks at."""
    law = (f"{b.title} {b.act} dieu {b.article} khoan {b.clause}" for b in question.legal_basis)
    situation = plain(question.situation, question.markup)
    own = [question.code, question.title, situation, *_words(question)]
    return fold(" ".join([*own, *law, *question.tags, *question.topic]))


def wording_of(question: Question) -> str:
    stem, *options = _words(question) or [""]
    return wording_key(stem, tuple(options))


def content_of(version: QuestionVersion) -> Question:
    """What is asked and what is right, from the version's own row: neither code nor topic, and no media."""
    names = ("kind", "stem", "options", "level", "legal_basis", "explanation", "tags")
    return from_json({name: getattr(version, name) for name in names} | version.details)


def to_question(version: QuestionVersion, media: Mapping[str, bytes] | None = None) -> Question:
    """The whole value; its media only where the files' bytes are given, by their SHA-256."""
    files = media or {}
    shown = (one for one in version.media if one["sha256"] in files)
    return replace(
        content_of(version), code=version.question.code, topic=version.topic.names if version.topic else (),
        media=tuple(_media(one, files[one["sha256"]]) for one in shown),
    )  # fmt: skip


def _media(stored: Mapping[str, Any], data: bytes) -> Media:
    return Media(stored["name"], stored["media_type"], data, stored["place"], stored["alt"])


def to_candidate(version: QuestionVersion) -> Candidate:
    return Candidate(
        id=version.id,
        topic=version.topic.names if version.topic else (),
        level=version.level,
        option_count=KINDS[version.kind].shuffled(content_of(version)),
        fixed_options=tuple(place for place, option in enumerate(version.options) if option.get("fixed")),
        kind=version.kind,
        situation=_situation_mark(version.details.get("situation", "")),
    )


def _situation_mark(situation: str) -> str:
    """Equal for equal situations. Short, because a pool is published and its questions are not."""
    return hashlib.sha256(wording_key(situation).encode()).hexdigest()[:12] if situation else ""


def problem_to_json(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "severity": problem.severity.value}


def problem_from_json(document: dict[str, Any]) -> Problem:
    return Problem(**{**document, "severity": Severity(document["severity"])})
