"""A paper's questions, loaded once and put in the order this contestant sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contest_app.bank.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question as the contestant sees it. Has no key: a page made of these cannot leak one."""

    place: int
    kind: str
    stem: str
    options: tuple[str, ...]
    picture: str = ""  # SHA-256 of the picture, its address


def versions_by_id(session: Session, ids: Iterable[int]) -> dict[int, QuestionVersion]:
    query = select(QuestionVersion).where(QuestionVersion.id.in_(set(ids)))
    return {version.id: version for version in session.scalars(query.options(joinedload(QuestionVersion.picture)))}


def shown_questions(session: Session, paper: Sequence[Sequence[Any]]) -> list[ShownQuestion]:
    """The questions of a paper ([[version id, option order], …]) in displayed order."""
    versions = versions_by_id(session, (number for number, _order in paper))
    return [_shown(place, versions[number], order) for place, (number, order) in enumerate(paper, start=1)]


def _shown(place: int, version: QuestionVersion, order: Sequence[int]) -> ShownQuestion:
    return ShownQuestion(
        place=place, kind=version.kind, stem=version.stem,
        options=tuple(version.options[position]["text"] for position in order),
        picture=version.picture.sha256 if version.picture else "",
    )  # fmt: skip
