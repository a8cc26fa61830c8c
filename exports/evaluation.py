"""What a contest taught, as plain values: the shell computes and stores them; pages and files print them.

Shares are 0 to 1; counts are people unless said otherwise. A number that is not shown (a group smaller than five, a
statistic that does not hold) is None. ``*_words`` and ``label`` are in the reader's language: the shell fills them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from exports.report import DayRow, ScoreBin, UnitRow

FEWEST = 5  # people: of fewer nothing is told
ENOUGH = 10  # people who had a question, before it says something about what is not known
FEWEST_TO_CORRELATE = 10  # people: of fewer a page shows no correlation
# Codes of groups that are no unit, age band, group or device of their own.
TOGETHER, UNKNOWN, ELSEWHERE = "", "?", "-"  # small ones put together; not said; none of the units compared


@dataclass(frozen=True, slots=True)
class GroupCount:
    """People and attempts of one unit, age band, group or device."""

    code: str
    label: str
    people: int | None  # None: fewer than five, not shown
    attempts: int | None
    average: float | None = None  # mean share of the points over first attempts


@dataclass(frozen=True, slots=True)
class Reach:
    visits: int | None  # views of the contest's page; None where they were not counted
    registered: int
    people: int  # who began at least one official attempt
    attempts: int
    submitted: int  # attempts handed in by the contestant
    collected: int  # attempts closed by the machine at their deadline
    devices: tuple[GroupCount, ...] = ()
    hours: tuple[int, ...] = (0,) * 24  # attempts begun in each hour of the day, Vietnam time
    days: tuple[DayRow, ...] = ()

    @property
    def completion(self) -> float | None:
        """Share of closed attempts that the contestant handed in."""
        closed = self.submitted + self.collected
        return self.submitted / closed if closed else None


@dataclass(frozen=True, slots=True)
class Audience:
    """Groups smaller than five are put together; where even that is fewer than five, with the next smallest."""

    units: tuple[GroupCount, ...] = ()
    ages: tuple[GroupCount, ...] = ()
    groups: tuple[GroupCount, ...] = ()
    headcount: int | None = None  # of the units invited, where all stated it
    invited: int = 0  # people of these units who took part

    @property
    def rate(self) -> float | None:
        """Share of the headcount of the invited units that took part; None without headcounts or above all of them."""
        is_share = self.headcount is not None and 0 < self.invited <= self.headcount
        return self.invited / self.headcount if is_share and self.headcount else None

    @property
    def is_grouped(self) -> bool:
        return len(self.groups) > 1


@dataclass(frozen=True, slots=True)
class Mastery:
    """Share of the points earned on one topic, level or legal article, with its 95 % interval."""

    label: str
    questions: int
    people: int
    answers: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class MissedPoint:
    """A point of law that many got wrong, and what the law says."""

    code: str  # of the question
    version_id: int
    stem: str
    legal_basis: str
    right_answer: str
    explanation: str
    people: int
    share: float
    low: float
    high: float
    common_error: str = ""  # the wrong answer chosen most
    common_error_share: float | None = None


@dataclass(frozen=True, slots=True)
class OptionFigure:
    """One option of a question among those who had it; the key's own row included."""

    letter: str
    text: str
    is_right: bool
    people: int
    share: float
    rest: float | None  # mean share of the rest of the paper earned by those who chose it


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Item statistics over first attempts; the meaning of each stands with ``scoring.statistics``."""

    code: str
    version_id: int
    stem: str
    topic: str
    level: str
    people: int
    maximum: float  # points
    verdict: str  # "good" | "easy" | "hard" | "confusing" | "suspect" | "few"
    verdict_words: str = ""
    evidence: str = ""  # one sentence
    sign: str = ""  # why the key is doubted: "rival" | "negative" | "below_chance"
    rival: str = ""  # letter of the option that drew better people than the key, also of a confusing question
    suspicion: float | None = None  # strength of the sign in standard errors; ranks the suspects
    sign_values: Mapping[str, float] = field(default_factory=dict)  # as ``scoring.statistics.suspects`` names them
    facility: float | None = None
    standard_deviation: float | None = None  # points
    item_rest: float | None = None
    item_total: float | None = None
    upper_lower_27: float | None = None
    upper_lower_thirds: float | None = None
    efficiency: float | None = None  # per cent
    intended_weight: float | None = None  # per cent
    effective_weight: float | None = None  # per cent
    guess: float | None = None
    omitted: int = 0
    not_reached: int | None = None
    alpha_if_deleted: float | None = None
    rasch_difficulty: float | None = None  # logits
    rasch_error: float | None = None
    infit: float | None = None
    outfit: float | None = None
    rasch_misfit: float | None = None  # chance of such answers if the item followed the Rasch curve, 0 to 1
    slope: float | None = None  # two-parameter model
    slope_error: float | None = None
    location: float | None = None
    location_error: float | None = None
    two_parameter_misfit: float | None = None  # as ``rasch_misfit``, with a slope of its own
    options: tuple[OptionFigure, ...] = ()

    @property
    def told_correlation(self) -> float | None:
        """``item_rest`` where enough people had the question for it to say something."""
        return self.item_rest if self.people >= FEWEST_TO_CORRELATE else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about the whole test; ``reason`` says in words why it is not given."""

    code: str
    label: str
    value: float | None
    reason: str = ""


def known(rows: Sequence[Mastery]) -> list[Mastery]:
    """Those with a share and an interval that rest on enough people, the lowest first."""
    there = (one for one in rows if one.people >= ENOUGH and None not in (one.share, one.low, one.high))
    return sorted(there, key=lambda one: one.share or 0)


@dataclass(frozen=True, slots=True)
class Knowledge:
    scores: tuple[ScoreBin, ...] = ()  # of attempts
    correct_counts: tuple[ScoreBin, ...] = ()  # attempts by number of right answers
    topics: tuple[Mastery, ...] = ()
    levels: tuple[Mastery, ...] = ()
    articles: tuple[Mastery, ...] = ()
    missed: tuple[MissedPoint, ...] = ()  # most missed first
    average: float | None = None  # mean share of the points over first attempts
    average_low: float | None = None
    average_high: float | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    code: str
    reason: str
    changed: int  # attempts whose score changed
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Integrity:
    """Attempts unless said otherwise."""

    voided: tuple[tuple[str, int], ...] = ()  # (reason, attempts), most first
    reopened: int = 0
    extra_time: int = 0
    taken_over: int = 0
    late: int = 0
    corrections: tuple[Corrected, ...] = ()

    @property
    def voided_count(self) -> int:
        return sum(count for _reason, count in self.voided)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier round or contest set beside this one, on equal questions only.

    ``basis``: "rasch" (common questions equated by the Rasch model), "common" (share right on common questions) or
    "none": not comparable, and ``words`` says why.
    """

    title: str
    held_on: date
    basis: str
    common: int  # questions both asked
    people_before: int
    people_now: int
    before: float | None = None  # share of the points earned on the common questions
    now: float | None = None
    difference: float | None = None  # now − before, with its 95 % interval
    low: float | None = None
    high: float | None = None
    shift: float | None = None  # logits of mean ability, Rasch only
    shift_low: float | None = None
    shift_high: float | None = None
    linked: int = 0  # common questions the Rasch model equated by
    drifted: tuple[str, ...] = ()  # codes of those it left out: they became easier or harder than the others did
    words: str = ""

    @property
    def direction(self) -> int:
        """1 where the later people did better, −1 worse, 0 where the evidence does not suffice.

        Judged by abilities where the Rasch model equated them: plain shares also hold questions that drifted.
        """
        low, high = (self.shift_low, self.shift_high) if self.basis == "rasch" else (self.low, self.high)
        return 0 if low is None or high is None else (low > 0) - (high < 0)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """One-tap ratings 1 to 5, kept as counts only; ``counts`` empty below five ratings."""

    ratings: int = 0
    counts: tuple[int, ...] = ()  # of 1, 2, 3, 4, 5

    @property
    def average(self) -> float | None:
        if not self.counts:
            return None
        return sum(score * count for score, count in enumerate(self.counts, start=1)) / sum(self.counts)


@dataclass(frozen=True, slots=True)
class Evaluation:
    contest_title: str
    organiser: str
    made_at: datetime
    opens_on: date
    closes_on: date
    is_final: bool  # made from frozen results
    reach: Reach
    audience: Audience = Audience()
    knowledge: Knowledge = Knowledge()
    test: tuple[Figure, ...] = ()
    items: tuple[ItemFigures, ...] = ()
    integrity: Integrity = Integrity()
    units: tuple[UnitRow, ...] = ()  # the collective table; no average below five people
    comparisons: tuple[Comparison, ...] = ()
    satisfaction: Satisfaction = Satisfaction()
    analysed: int = 0  # first attempts that went into the statistics
    of_people: int = 0  # people with a valid attempt; more than ``analysed`` where a sample was drawn
    drawn_papers: bool = True  # contestants had different questions
    notes: tuple[str, ...] = field(default=())

    def with_verdict(self, *verdicts: str) -> tuple[ItemFigures, ...]:
        return tuple(item for item in self.items if item.verdict in verdicts)

    @property
    def suspects(self) -> tuple[ItemFigures, ...]:
        """Questions whose key looks wrong, the strongest sign first."""
        return tuple(sorted(self.with_verdict("suspect"), key=lambda item: -(item.suspicion or 0)))

    @property
    def hardest_first(self) -> tuple[ItemFigures, ...]:
        """Questions by the share of their points earned; those that too few had come last."""
        return tuple(sorted(self.items, key=lambda item: (item.facility is None, item.facility or 0.0, item.code)))
