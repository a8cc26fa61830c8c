"""The figures of a run as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from bench.drive import Turn

HOW_TO_READ = """
Read the ratios only: an operation's requests per second as a share of the bare handler's in the turns right before it,
with the spread over the turns in brackets. The machine is shared: absolute figures say nothing by themselves.
CPU is milliseconds a request, of the gunicorn, of PostgreSQL and of the generator; idle is what nobody used.
""".strip()
_HEADINGS = (
    "",
    "requests",
    "req/s",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "errors",
    "CPU app",
    "CPU db",
    "CPU gen",
    "idle",
    "ratio",
)


class Spent(NamedTuple):
    """CPU seconds: of the gunicorn, of PostgreSQL, and of nobody on the whole machine."""

    app: float
    database: float
    idle: float

    def since(self, before: "Spent") -> "Spent":
        return Spent(self.app - before.app, self.database - before.database, self.idle - before.idle)


@dataclass(slots=True)
class Series:
    """All turns of one subject."""

    turns: list[Turn] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.answers / self.seconds

    @property
    def answers(self) -> int:
        return sum(len(turn.milliseconds) for turn in self.turns)

    @property
    def seconds(self) -> float:
        return sum(turn.seconds for turn in self.turns)

    @property
    def errors(self) -> int:
        return sum(turn.errors for turn in self.turns)

    def percentile(self, percent: float) -> float:
        """Milliseconds that so many percent of the answers did not exceed."""
        ordered = sorted(one for turn in self.turns for one in turn.milliseconds)
        return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)] if ordered else float("nan")


@dataclass(frozen=True, slots=True)
class Comparison:
    operation: str
    bare: Series
    own: Series

    @property
    def ratio(self) -> float:
        return self.own.rate / self.bare.rate

    @property
    def ratios(self) -> list[float]:
        """The same for each pair of turns."""
        pairs = zip(self.own.turns, self.bare.turns, strict=True)
        return [rate(own) / rate(bare) for own, bare in pairs]


def rate(turn: Turn) -> float:
    return len(turn.milliseconds) / turn.seconds


def table(comparisons: Sequence[Comparison], cores: int) -> str:
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for one in comparisons:
        spread = f"{one.ratio:.2f} ({min(one.ratios):.2f}-{max(one.ratios):.2f})"
        rows += [_row("  bare", one.bare, cores, "1"), _row(one.operation, one.own, cores, spread)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADINGS))]
    lines = [
        "| " + " | ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|")
    return "\n".join(lines)


def _row(name: str, series: Series, cores: int, ratio: str) -> tuple[str, ...]:
    each = 1000 / max(1, series.answers)
    idle = sum(one.idle for one in series.spent) / (series.seconds * cores)
    return (
        name, str(series.answers), f"{series.rate:,.0f}",
        *(f"{series.percentile(percent):.1f}" for percent in (50, 95, 99)), str(series.errors),
        f"{sum(one.app for one in series.spent) * each:.2f}", f"{sum(one.database for one in series.spent) * each:.2f}",
        f"{sum(turn.generator_cpu for turn in series.turns) * each:.3f}", f"{idle:.0%}", ratio,
    )  # fmt: skip


def totals(comparisons: Sequence[Comparison]) -> str:
    """CPU seconds of the whole run."""
    every = [series for one in comparisons for series in (one.bare, one.own)]
    generator = sum(turn.generator_cpu for series in every for turn in series.turns)
    app, database = (sum(one[place] for series in every for one in series.spent) for place in (0, 1))
    measured = sum(series.seconds for series in every)
    return (
        f"CPU seconds in {measured:.0f} s measured: gunicorns {app:.1f}, PostgreSQL {database:.1f}, "
        f"generator {generator:.1f}."
    )
