"""Pictures of a contest's results for web pages and print, one function each, and their bytes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exports.chart_files import as_png, as_svg
from exports.chart_style import (
    ACCENT,
    GREY,
    HATCH,
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
from exports.report import ContestReport, DayRow, QuestionRow, ScoreBin, UnitRow

__all__ = [
    "as_png",
    "as_svg",
    "attempts_per_day",
    "bins_chart",
    "correct_rate_per_question",
    "days_chart",
    "participation_per_unit",
    "score_histogram",
]

QUESTIONS_IN_PANEL = 50
MOST_UNITS = 15
HARD = 0.5  # share of right answers below which a question is marked
LABELLED_BARS = 31


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    length: float
    label: str


def score_histogram(report: ContestReport) -> Figure:
    """How many papers reached each score."""
    return bins_chart("Phân bố điểm", report.score_distribution, "Điểm")


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


def correct_rate_per_question(report: ContestReport) -> Figure:
    """The share of right answers to each question, hard ones marked; many questions on several panels."""
    title = "Tỷ lệ trả lời đúng từng câu hỏi"
    questions = [each for each in report.questions if each.correct_rate is not None]
    if not questions:
        return no_data_figure(title)
    size = math.ceil(len(questions) / math.ceil(len(questions) / QUESTIONS_IN_PANEL))  # the same for every panel
    parts = [questions[first : first + size] for first in range(0, len(questions), size)]
    figure, panels = blank_figure(title, 1.6 + 2.4 * len(parts), len(parts))
    for axes, part in zip(panels, parts, strict=True):
        _draw_rates(axes, part)
    figure.supxlabel(f"Mã câu hỏi (gạch chéo: dưới {percent(HARD)} trả lời đúng)", fontsize=10)
    figure.supylabel("Tỷ lệ đúng", fontsize=10)
    return figure


def _draw_rates(axes: Axes, questions: Sequence[QuestionRow]) -> None:
    rates = [each.correct_rate or 0.0 for each in questions]
    bars = axes.bar(range(len(rates)), rates, color=PRIMARY)
    for bar, rate in zip(bars, rates, strict=True):
        if rate < HARD:
            bar.set(facecolor="white", edgecolor=ACCENT, hatch=HATCH)
    if len(rates) <= LABELLED_BARS:
        axes.bar_label(bars, [percent(rate) for rate in rates], fontsize=7, color=GREY)
    name_ticks(axes, [each.code for each in questions], most=QUESTIONS_IN_PANEL)
    axes.tick_params(axis="x", labelsize=8)
    axes.set_ylim(0, 1.05)
    percent_along(axes.yaxis)


def participation_per_unit(report: ContestReport) -> Figure:
    """Who took part, by unit: rates, or numbers where no unit stated its headcount; the first fifteen by name."""
    by_rate = not report.units or any(each.headcount for each in report.units)
    title = "Tỷ lệ tham gia theo đơn vị" if by_rate else "Số người dự thi theo đơn vị"
    if not report.units:
        return no_data_figure(title)
    bars = _rate_bars(report.units) if by_rate else _number_bars(report.units)
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


def attempts_per_day(report: ContestReport) -> Figure:
    """As ``days_chart``."""
    return days_chart(report.days)


def days_chart(rows: Sequence[DayRow]) -> Figure:
    """Attempts as bars and participants as a dotted line, day by day, days without any included."""
    title = "Lượt thi và người dự thi theo ngày"
    if not rows:
        return no_data_figure(title)
    first = min(each.day for each in rows)
    places = [(each.day - first).days for each in rows]
    figure, (axes,) = blank_figure(title, 4.2)
    attempts = [each.attempts for each in rows]
    axes.bar(places, attempts, color=TINT, edgecolor=PRIMARY, label="Số lượt thi")
    participants = [each.participants for each in rows]
    axes.plot(places, participants, color=ACCENT, linestyle="--", marker="o", markersize=4, label="Số người dự thi")
    days = [first + timedelta(days=place) for place in range(max(places) + 1)]
    name_ticks(axes, [f"{day:%d/%m}" for day in days], most=31)
    count_along(axes.yaxis)
    axes.set_ylim(bottom=0)
    title_axes(axes, "Ngày", "Số lượng")
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure
