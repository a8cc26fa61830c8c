"""A paper's questions, loaded once and put in the order this contestant sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.bank.convert import content_of
from contest_app.bank.models import QuestionVersion
from question_bank.kinds import KINDS
from question_bank.model import Markup, Question, WordLimit

NO_LIMIT = WordLimit()


@dataclass(frozen=True, slots=True)
class ShownMedia:
    sha256: str  # its address
    media_type: str
    alt: str


@dataclass(frozen=True, slots=True)
class ShownOption:
    text: str
    media: tuple[ShownMedia, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A blank to be filled; ``choices`` only where it is a drop-down."""

    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question as the contestant sees it. Has no key: a page made of these cannot leak one."""

    place: int
    kind: str
    stem: str
    markup: Markup
    options: tuple[ShownOption, ...] = ()
    matches: tuple[str, ...] = ()
    gaps: tuple[ShownGap, ...] = ()
    media: tuple[ShownMedia, ...] = ()
    situation: str = ""
    situation_begins: bool = False  # the first of the questions that share it
    right_count: int | None = None  # only where the author tells it
    words: WordLimit = NO_LIMIT

    @property
    def is_choice(self) -> bool:
        return KINDS[self.kind].is_choice


def versions_by_id(session: Session, ids: Iterable[int]) -> dict[int, QuestionVersion]:
    return {one.id: one for one in session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(set(ids))))}


def shown_questions(session: Session, paper: Sequence[Sequence[Any]]) -> list[ShownQuestion]:
    """The questions of a paper ([[version id, order], …]) in displayed order."""
    versions = versions_by_id(session, (number for number, _order in paper))
    shown: list[ShownQuestion] = []
    for place, (number, order) in enumerate(paper, start=1):
        before = shown[-1].situation if shown else ""
        shown.append(show(place, versions[number], order, before))
    return shown


def show(place: int, version: QuestionVersion, order: Sequence[int], situation_before: str = "") -> ShownQuestion:
    """The version as one contestant gets it; ``order``: bank positions of whatever its kind lets a draw shuffle."""
    question = content_of(version)
    return ShownQuestion(
        place=place, kind=question.kind, stem=question.stem, markup=question.markup,
        options=tuple(
            ShownOption(question.options[position].text, media_of(version, position))
            for position in displayed_options(question, order)
        ),
        matches=tuple(question.matches[position] for position in order) if question.kind == "matching" else (),
        gaps=tuple(
            ShownGap(gap.kind, tuple(option.text for option in gap.options) if gap.kind == "single" else ())
            for gap in question.gaps
        ),
        media=media_of(version, None), situation=question.situation,
        situation_begins=question.situation != situation_before,
        right_count=len(question.key) if question.shows_count else None, words=question.words,
    )  # fmt: skip


def displayed_options(question: Question, order: Sequence[int]) -> Sequence[int]:
    """Bank positions of the options shown, in displayed order; accepted answers are no options and are not shown."""
    if question.kind in ("short", "numerical"):
        return ()
    if question.kind == "matching":
        return [position for position, option in enumerate(question.options) if option.text]
    return order or range(len(question.options))


def media_of(version: QuestionVersion, place: int | None) -> tuple[ShownMedia, ...]:
    """What goes with the stem (None) or with the option at that place of the bank."""
    found = (one for one in version.media if one["place"] == place)
    return tuple(ShownMedia(one["sha256"], one["media_type"], one["alt"]) for one in found)
