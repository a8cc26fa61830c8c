"""All questions of a contest in one picture: how many solved each, and whether those who did are those who know."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exports.chart_style import (
    ACCENT,
    GREEN,
    GREY,
    ORANGE,
    PRIMARY,
    PURPLE,
    blank_figure,
    decimal,
    no_data_figure,
    percent_along,
    safe_label,
    title_axes,
)
from exports.evaluation import ItemFigures
from scoring.statistics.verdicts import DIFFICULT, VERY_EASY, WEAK, Verdict

TITLE = "Bản đồ câu hỏi: tỷ lệ đúng và độ phân biệt"
MOST_LABELS = 30
WIDE, HIGH = 560.0, 280.0  # points the axes are across and upwards, nearly
LETTER, LINE = 5.2, 9.0  # points a letter and a line of a label take
NEAR, LIFT = 6.0, 4.0  # points: a label just beside its mark, at half its height


@dataclass(frozen=True, slots=True)
class _Look:
    words: str
    marker: str
    colour: str
    size: float  # square points
    is_filled: bool = True


LOOKS = {
    Verdict.GOOD: _Look("Tốt", "o", PRIMARY, 26),
    Verdict.EASY: _Look("Quá dễ", "^", GREEN, 34),
    Verdict.HARD: _Look("Khó", "v", ORANGE, 34),
    Verdict.CONFUSING: _Look("Dễ gây nhầm", "s", PURPLE, 30),
    Verdict.SUSPECT: _Look("Nghi sai đáp án", "X", ACCENT, 60),
    Verdict.FEW: _Look("Ít người làm", "o", GREY, 18, is_filled=False),
}


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle in points from the corner of the axes."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "_Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)

    @property
    def is_inside(self) -> bool:
        return self.left >= 0 and self.right <= WIDE and self.bottom >= 0 and self.top <= HIGH


def item_map(items: Sequence[ItemFigures]) -> Figure:
    """Share of right answers across, item-rest correlation upwards; verdicts by shape and colour, suspects by name."""
    points = [(item, item.facility, item.item_rest) for item in items]
    known = [(item, across, up) for item, across, up in points if across is not None and up is not None]
    if not known:
        return no_data_figure(TITLE)
    figure, (axes,) = blank_figure(TITLE, 5.6)
    lowest, highest = min(up for *_, up in known), max(up for *_, up in known)
    axes.set(xlim=(-0.03, 1.03), ylim=(min(-0.15, lowest - 0.08), max(0.5, highest + 0.08)))
    for verdict, look in LOOKS.items():
        _draw(axes, look, [(across, up) for item, across, up in known if item.verdict == verdict])
    _thresholds(axes)
    _name(axes, [(item, across, up) for item, across, up in known if item.verdict == Verdict.SUSPECT])
    percent_along(axes.xaxis)
    axes.yaxis.set_major_formatter(lambda value, _place: decimal(value))
    title_axes(axes, _across(len(items) - len(known)), "Tương quan với phần còn lại của bài thi")
    figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    return figure


def _across(missing: int) -> str:
    left_out = f" – không vẽ {missing} câu chưa đủ số liệu" if missing else ""
    return f"Tỷ lệ điểm đạt được của câu hỏi{left_out}"


def _draw(axes: Axes, look: _Look, places: Sequence[tuple[float, float]]) -> None:
    if places:
        across, upwards = ([place[axis] for place in places] for axis in (0, 1))
        axes.scatter(
            across, upwards, s=look.size, marker=look.marker, label=f"{look.words} ({len(places)})",
            facecolor=look.colour if look.is_filled else "white",
            edgecolor="white" if look.is_filled else look.colour, linewidth=0.6, zorder=3,
        )  # fmt: skip


def _thresholds(axes: Axes) -> None:
    """Where verdicts change, so that the picture explains them."""
    axes.axhline(WEAK, color=GREY, linestyle="--", linewidth=0.9)
    for limit in (DIFFICULT, VERY_EASY):
        axes.axvline(limit, color=GREY, linestyle=":", linewidth=0.9)


def _name(axes: Axes, suspects: Sequence[tuple[ItemFigures, float, float]]) -> None:
    """The strongest suspects by their codes, each where it hides no other suspect and no other name."""
    ranked = sorted(suspects, key=lambda one: -(one[0].suspicion or 0))
    places = [_in_points(axes, across, up) for _item, across, up in ranked]
    taken = [_Box(x - 4, y - 4, x + 4, y + 4) for x, y in places]
    for (item, across, up), (x, y) in list(zip(ranked, places, strict=True))[:MOST_LABELS]:
        text = safe_label(item.code, 14)
        box = _free_box(x, y, LETTER * len(text), taken)
        taken.append(box)
        is_beside = abs(box.bottom - y + LIFT) < 1 and min(abs(box.left - x), abs(box.right - x)) <= NEAR
        line = {"arrowstyle": "-", "color": ACCENT, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3}
        axes.annotate(
            text, (across, up), (box.left - x, box.bottom - y), textcoords="offset points", fontsize=8, color=ACCENT,
            arrowprops=None if is_beside else line, zorder=4,
        )  # fmt: skip


def _in_points(axes: Axes, across: float, up: float) -> tuple[float, float]:
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    return WIDE * (across - left) / (right - left), HIGH * (up - bottom) / (top - bottom)


def _free_box(x: float, y: float, width: float, taken: Sequence[_Box]) -> _Box:
    """The nearest free place beside, above or below; the first of all where none is free."""
    offers = [
        _Box(left, y + lift, left + width, y + lift + LINE)
        for reach, lift in sorted(product((NEAR, 18, 34), (-LIFT, 6, -14, 16, -24, 26, -34)), key=_distance)
        for left in (x + reach, x - reach - width)
    ]
    free = (box for box in offers if box.is_inside and not any(box.meets(other) for other in taken))
    return next(free, offers[0])


def _distance(offer: tuple[float, float]) -> float:
    reach, lift = offer
    return reach + abs(lift)
