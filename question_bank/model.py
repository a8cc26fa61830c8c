"""The values every other part speaks in: questions, their options, their place in the law."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """The four cognitive levels Vietnamese schools and contests use, easiest first."""

    RECOGNITION = "recognition"  # nhận biết
    COMPREHENSION = "comprehension"  # thông hiểu
    APPLICATION = "application"  # vận dụng
    ADVANCED = "advanced"  # vận dụng cao


class Severity(StrEnum):
    ERROR = "error"  # the question cannot be stored as it is
    WARNING = "warning"  # it can, but somebody should look


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The provision that makes the key right."""

    act: str  # number, e.g. "36/2024/QH15"
    article: str = ""
    clause: str = ""
    title: str = ""  # e.g. "Luật Trật tự, an toàn giao thông đường bộ"
    in_force_from: date | None = None
    in_force_to: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether the act binds on that day; an unknown bound does not exclude."""
        starts_later = self.in_force_from is not None and on < self.in_force_from
        has_ended = self.in_force_to is not None and on > self.in_force_to
        return not (starts_later or has_ended)


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    correct: bool = False
    fixed: bool = False  # keeps its place when options are shuffled ("Tất cả các phương án trên")


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as people write it, before the bank gives it an identity.

    ``topic`` is the path in the topic tree, outermost first; ``kind`` is a key of ``kinds.KINDS``.
    """

    kind: str
    stem: str
    options: tuple[Option, ...] = ()
    topic: tuple[str, ...] = ()
    level: Level = Level.RECOGNITION
    legal_basis: tuple[LegalBasis, ...] = ()
    explanation: str = ""
    tags: tuple[str, ...] = ()
    code: str = ""
    picture: Picture | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """Positions (from 0) of the right options, in the order they were written."""
        return tuple(position for position, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an imported file, named by place; the text is chosen by whoever shows it."""

    code: str
    severity: Severity = Severity.ERROR
    row: int | None = None  # row of a sheet, or the number printed before a question
    column: str = ""  # heading or field
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A question read from a file, with the place it came from."""

    question: Question
    row: int


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader returns: everything it could understand, and every problem it met."""

    questions: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)
