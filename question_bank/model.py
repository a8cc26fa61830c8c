"""The values every other part speaks in: questions, their options, their place in the law."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
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


class Credit(StrEnum):
    """What a partly right answer is worth."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"  # by the options' weights; where none are given, by the share of what is right


class Markup(StrEnum):
    """How stem, options, feedback and explanation are written."""

    TEXT = "text"
    HTML = "html"  # only what ``markup.cleaned`` lets through; media stand in ``Question.media``


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
    """One thing offered or accepted; what it means depends on the kind.

    choice: an option. statements: one statement, ``correct`` when it is true. short: an accepted answer (``*`` stands
    for anything). numerical: an accepted number, as ``text``. ordering: one step, written in the right order.
    matching: ``text`` belongs with ``match``; an empty text makes ``match`` a distractor.
    """

    text: str
    correct: bool = False
    fixed: bool = False  # keeps its place when options are shuffled ("Tất cả các phương án trên")
    weight: Decimal | None = None  # share of the points it earns, -1 to 1; None: all of them when right
    feedback: str = ""
    match: str = ""
    tolerance: Decimal | None = None  # numerical: how far off still counts, same unit as the number


@dataclass(frozen=True, slots=True)
class Gap:
    """One blank of a cloze; the stem marks its place with ``[[1]]``, ``[[2]]``, …"""

    kind: str  # "single" (a drop-down), "short" or "numerical"
    options: tuple[Option, ...]
    weight: Decimal = Decimal(1)  # its part of the question's points, relative to the other gaps


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a sound or a film, shown with the stem or with one option."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    place: int | None = None  # None: with the stem; else the option's position from 0
    alt: str = ""  # what it shows, for those who cannot see it


@dataclass(frozen=True, slots=True)
class TextRules:
    """What matters when a typed answer is compared with an accepted one."""

    case: bool = False
    accents: bool = True
    spacing: bool = False


@dataclass(frozen=True, slots=True)
class WordLimit:
    """Fewest and most words of an essay; None sets no limit."""

    least: int | None = None
    most: int | None = None


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
    title: str = ""  # a short name some systems give a question; never shown to contestants
    markup: Markup = Markup.TEXT
    media: tuple[Media, ...] = ()
    situation: str = ""  # a text several questions share; equal texts belong together
    credit: Credit = Credit.ALL_OR_NOTHING
    shows_count: bool = False  # multiple: contestants are told how many options are right
    text_rules: TextRules = TextRules()
    words: WordLimit = WordLimit()
    gaps: tuple[Gap, ...] = ()
    points: Decimal | None = None  # the mark its author suggests; a contest's rules decide

    @property
    def key(self) -> tuple[int, ...]:
        """Positions (from 0) of the right options, in the order they were written."""
        return tuple(position for position, option in enumerate(self.options) if option.correct)

    @property
    def matches(self) -> tuple[str, ...]:
        """matching: what may be chosen, each once, in the order first written."""
        return tuple(dict.fromkeys(option.match for option in self.options if option.match))

    @property
    def prompts(self) -> tuple[Option, ...]:
        """matching: the options that ask for a match."""
        return tuple(option for option in self.options if option.text)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an imported file, named by place; the text is chosen by whoever shows it."""

    code: str
    severity: Severity = Severity.ERROR
    row: int | None = None  # row of a sheet, line of a text, or the number printed before a question
    column: str = ""  # heading or field
    params: dict[str, str | int] = field(default_factory=dict)

    def at(self, row: int | None) -> "Problem":
        """The same problem, its place in the file now known."""
        return replace(self, row=row)


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


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer returns: the file, and everything of the questions the format could not hold."""

    data: bytes = field(repr=False)
    problems: tuple[Problem, ...] = ()
