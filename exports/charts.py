"""Pictures of a contest's results for web pages and print, one function each, and their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import nan

from matplotlib.figure import Figure

from exports.chart_files import as_png, as_svg
from exports.chart_style import (
    ACCENT,
    GREY,
    PRIMARY,
    TINT,
    blank_figure,
    count_along,
    name_ticks,
    no_data_figure,
    percent,
    percent_along,
    safe_label,
    title_axes,
)
from exports.report import DayRow, ScoreBin, UnitRow

__all__ = [
    "as_png",
    "as_svg",
    "bins_chart",
    "days_chart",
    "participation_per_unit",
]

MOST_UNITS = 15
LABELLED_BARS = 31


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    length: float
    label: str


def bins_chart(title: str, bins: Sequence[ScoreBin], across: str) -> Figure:
    """How many papers fell into each bin; ``across`` names what the bins divide."""
    if not any(each.count for each in bins):
        return no_data_figure(title)
    figure, (axes,) = blank_figure(title, 4.2)
    bars = axes.bar(range(len(bins)), [each.count for each in bins], color=PRIMARY)
    if len(bins) <= LABELLED_BARS:
        axes.bar_label(bars, fontsize=8, color=GREY)
    name_ticks(axes, [each.label for each in bins], most=40)
    count_along(axes.yaxis)
    title_axes(axes, across, "Số bài thi")
    return figure


def participation_per_unit(units: Sequence[UnitRow]) -> Figure:
    """Who took part, by unit: rates, or numbers where no unit stated its headcount; the first fifteen by name."""
    by_rate = not units or any(each.headcount for each in units)
    title = "Tỷ lệ tham gia theo đơn vị" if by_rate else "Số người dự thi theo đơn vị"
    if not units:
        return no_data_figure(title)
    bars = _rate_bars(units) if by_rate else _number_bars(units)
    figure, (axes,) = blank_figure(title, 1.4 + 0.34 * len(bars))
    drawn = axes.barh(range(len(bars)), [bar.length for bar in bars], color=PRIMARY)
    axes.bar_label(drawn, [bar.label for bar in bars], fontsize=8, color=GREY, padding=3)
    axes.set_yticks(range(len(bars)), [safe_label(bar.name, 42) for bar in bars])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.3 * (max(bar.length for bar in bars) or 1))  # room for the labels
    (percent_along if by_rate else count_along)(axes.xaxis)
    axes.set_xlabel("Tỷ lệ tham gia (số người dự thi / quân số)" if by_rate else "Số người dự thi")
    return figure


def _rate_bars(units: Sequence[UnitRow]) -> list[_Bar]:
    ordered = sorted(units, key=lambda unit: (unit.participation_rate is None, -(unit.participation_rate or 0)))
    bars = [_rate_bar(unit.name, unit.participants, unit.headcount) for unit in ordered[:MOST_UNITS]]
    if others := ordered[MOST_UNITS:]:
        counted = [unit for unit in others if unit.headcount]
        participants = sum(unit.participants for unit in counted or others)
        bars.append(_rate_bar(_others(others), participants, sum(unit.headcount or 0 for unit in counted)))
    return bars


def _rate_bar(name: str, participants: int, headcount: int | None) -> _Bar:
    if not headcount:
        return _Bar(name, 0.0, f"{participants} người, chưa có quân số")
    return _Bar(name, participants / headcount, f"{percent(participants / headcount)} ({participants}/{headcount})")


def _number_bars(units: Sequence[UnitRow]) -> list[_Bar]:
    ordered = sorted(units, key=lambda unit: -unit.participants)
    counts = [(unit.name, unit.participants) for unit in ordered[:MOST_UNITS]]
    if others := ordered[MOST_UNITS:]:
        counts.append((_others(others), sum(unit.participants for unit in others)))
    return [_Bar(name, participants, str(participants)) for name, participants in counts]


def _others(units: Sequence[UnitRow]) -> str:
    return f"Các đơn vị khác ({len(units)})"


def days_chart(rows: Sequence[DayRow]) -> Figure:
    """Attempts as bars, participants as a dotted line that breaks on days without a contest, which are shown too."""
    title = "Lượt thi và người dự thi theo ngày"
    if not rows:
        return no_data_figure(title)
    first = min(each.day for each in rows)
    places = [(each.day - first).days for each in rows]
    figure, (axes,) = blank_figure(title, 4.2)
    attempts = [each.attempts for each in rows]
    axes.bar(places, attempts, color=TINT, edgecolor=PRIMARY, label="Số lượt thi")
    people = {each.day: each.participants for each in rows}
    days = [first + timedelta(days=place) for place in range(max(places) + 1)]
    line = [people.get(day, nan) for day in days]
    axes.plot(range(len(days)), line, color=ACCENT, linestyle="--", marker="o", markersize=4, label="Số người dự thi")
    name_ticks(axes, [f"{day:%d/%m}" for day in days], most=31)
    count_along(axes.yaxis)
    axes.set_ylim(bottom=0)
    title_axes(axes, "Ngày", "Số lượng")
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure
