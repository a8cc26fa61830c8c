"""The values a contest's result workbook and charts are made from. The shell fills them, this package writes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:  # which is made of the rows below
    from exports.evaluation import Evaluation

Row = TypeVar("Row")
Shown = TypeVar("Shown", covariant=True)


class Rows(Protocol[Shown]):
    """Rows that can be counted and gone through more than once: a tuple, or ``Lazy`` where they are too many."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Shown]: ...


@dataclass(frozen=True, slots=True)
class Lazy(Generic[Row]):
    """``count`` rows that are read anew each time somebody goes through them."""

    count: int
    read: Callable[[], Iterator[Row]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        return self.read()


@dataclass(frozen=True, slots=True)
class Cover:
    contest_title: str
    organiser: str
    generated_at: datetime  # Vietnam time, naive or aware: written as shown
    rules: tuple[tuple[str, str], ...] = ()  # (label, sentence) pairs of the thể lệ
    totals: tuple[tuple[str, int | float], ...] = ()  # (label, value) pairs
    results_hash: str = ""  # SHA-256 (hex) of the frozen standings, empty while they are provisional


@dataclass(frozen=True, slots=True)
class StandingRow:
    rank: int | None  # None when the contestant is not ranked
    code: str  # contestant's number: text, keeps leading zeros
    full_name: str
    birth_year: int | None
    unit: str
    group: str
    score: float
    max_score: float
    prediction_distance: float | None
    seconds_taken: float | None
    submitted_at: datetime | None
    attempts: int
    award: str = ""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    number: int  # the attempt's public number
    code: str
    full_name: str
    unit: str
    round_name: str
    ordinal: int
    started_at: datetime
    closed_at: datetime | None
    closed_by: str  # words shown to people, e.g. "Thí sinh nộp"
    seconds_taken: float | None
    correct: int
    questions: int
    score: float
    prediction: float | None
    counts: bool  # whether this is the attempt (or one of those) that counts
    void_reason: str = ""  # empty unless voided

    @property
    def state(self) -> str:
        return "Đã hủy" if self.void_reason else "Được tính" if self.counts else "Không tính"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One attempt's paper, question by question in the contestant's own order."""

    number: int
    code: str
    round_name: str
    state: str
    answers: tuple[str, ...]  # "ANM-012: 0,5", or "ANM-012: –" for an answer left open


@dataclass(frozen=True, slots=True)
class QuestionRow:
    code: str
    stem: str
    topic: str
    level: str
    legal_basis: str
    shown: int  # papers it stood in
    answered: int
    correct: int
    option_counts: tuple[tuple[str, int, bool], ...] = ()  # (option text, chosen, is right)
    version_id: int = 0  # the bank's number of this version, for pages that link back; not written to files

    @property
    def correct_rate(self) -> float | None:
        """Share of papers showing the question that got it right, 0 to 1; None when never shown."""
        return self.correct / self.shown if self.shown else None


@dataclass(frozen=True, slots=True)
class UnitRow:
    rank: int | None
    code: str
    name: str
    headcount: int | None
    participants: int
    attempts: int
    total_score: float | None
    average_score: float | None
    award: str = ""

    @property
    def participation_rate(self) -> float | None:
        """Participants over headcount, 0 to 1 and above; None without a headcount."""
        return self.participants / self.headcount if self.headcount else None


@dataclass(frozen=True, slots=True)
class ScoreBin:
    label: str  # e.g. "18" or "16–18"
    count: int


@dataclass(frozen=True, slots=True)
class DayRow:
    day: date
    attempts: int
    participants: int


@dataclass(frozen=True, slots=True)
class ContestReport:
    """``standings_by_name``: the same rows by given name. ``has_fractions``: some score is no whole number."""

    cover: Cover
    standings: Rows[StandingRow] = ()
    standings_by_name: Rows[StandingRow] = ()
    attempts: Rows[AttemptRow] = ()
    papers: Rows[PaperRow] = ()
    longest_paper: int = 0  # questions
    voided: int = 0  # attempts
    has_fractions: bool = False
    questions: tuple[QuestionRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    score_distribution: tuple[ScoreBin, ...] = ()
    days: tuple[DayRow, ...] = field(default=())
    rounds: tuple[tuple[str, Rows[StandingRow]], ...] = ()  # (name, standings) of each round, where there are several
    evaluation: "Evaluation | None" = None  # in words
