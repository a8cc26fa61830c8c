"""Pictures of what a contest taught, one function each, and by which name a page asks for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from exports.chart_style import (
    ACCENT,
    GREY,
    PALE,
    PER_CENT,
    PRIMARY,
    TINT,
    blank_figure,
    count_along,
    decimal,
    name_ticks,
    no_data_figure,
    percent,
    percent_along,
    title_axes,
    wrapped_label,
)
from exports.charts import bins_chart, days_chart, participation_per_unit
from exports.evaluation import Comparison, Evaluation, GroupCount, Mastery
from exports.item_map import item_map

MOST_ROWS = 20
NAME_WIDTH = 40  # letters in one line of a name beside its row
HALF = 0.5  # of the points
HIDDEN = "dưới 5 người,\nkhông công bố"
RATINGS = ("Rất không\nhài lòng", "Không\nhài lòng", "Bình thường", "Hài lòng", "Rất\nhài lòng")


@dataclass(frozen=True, slots=True)
class _Row:
    """An estimate with its interval; ``stands_out`` where the interval lies on one side of the line drawn."""

    name: str
    value: float
    low: float
    high: float
    words: str
    stands_out: bool


def mastery_chart(title: str, rows: Sequence[Mastery]) -> Figure:
    """Share of the points with its interval, the weakest first, at most twenty; rows without a share are left out."""
    known = sorted((row for row in rows if row.share is not None), key=lambda row: row.share or 0.0)
    if not known:
        return no_data_figure(title)
    drawn = [_mastery_row(row) for row in known[:MOST_ROWS]]
    figure, axes = _rows_figure(title, drawn)
    _dots(
        axes,
        drawn,
        (f"Cả khoảng tin cậy dưới 50{PER_CENT}", f"Khoảng tin cậy chạm 50{PER_CENT} hoặc cao hơn"),
        HALF,
        ACCENT,
    )
    axes.set_xlim(-0.02, 1.02)
    percent_along(axes.xaxis)
    cut = f" – {len(drawn)} mục thấp nhất trong {len(known)} mục" if len(known) > len(drawn) else ""
    axes.set_xlabel(f"Tỷ lệ điểm đạt được và khoảng tin cậy 95{PER_CENT}{cut}")
    _legend(figure)
    return figure


def _mastery_row(row: Mastery) -> _Row:
    share = row.share or 0.0
    low, high = share if row.low is None else row.low, share if row.high is None else row.high
    words = f"{percent(share)} ({100 * low:.0f}–{percent(high)}), {row.people} người"
    return _Row(row.label, share, low, high, words, high < HALF)


def comparison_chart(comparisons: Sequence[Comparison]) -> Figure:
    """How much better this contest did than earlier ones on common questions, the latest first, at most twenty."""
    title = "So với các kỳ thi trước, trên các câu hỏi chung"
    known = [row for one in comparisons if (row := _comparison_row(one))]
    if not known:
        return no_data_figure(title)
    drawn = known[:MOST_ROWS]
    figure, axes = _rows_figure(title, drawn)
    _dots(axes, drawn, ("Chênh lệch rõ rệt", "Chưa đủ cơ sở kết luận có chênh lệch"), 0.0, PRIMARY)
    widest = 1.1 * max(0.05, *(max(abs(row.low), abs(row.high)) for row in drawn))
    axes.set_xlim(-widest, widest)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _place: _signed(100 * value, 0))
    axes.grid(visible=True, axis="x", color=PALE)
    axes.set_xlabel(
        f"Chênh lệch (điểm phần trăm), khoảng tin cậy 95{PER_CENT}\n← thấp hơn trước        cao hơn trước →"
    )
    _legend(figure)
    return figure


def _comparison_row(one: Comparison) -> _Row | None:
    if one.basis == "none" or one.difference is None or one.low is None or one.high is None:
        return None
    shown = one.difference  # as the two shares are printed, so that the picture does not contradict the table
    if one.before is not None and one.now is not None:
        shown = round(one.now, 3) - round(one.before, 3)
    words = f"{_signed(100 * shown, 1)} điểm phần trăm\n{one.common} câu chung"
    name = f"{one.title} ({one.held_on:%d/%m/%Y})"
    return _Row(name, one.difference, one.low, one.high, words, one.direction != 0)


def _signed(value: float, places: int) -> str:
    digits = decimal(abs(value), places)
    if not digits.strip("0,"):
        return digits
    return f"+{digits}" if value > 0 else f"−{digits}"


def _rows_figure(title: str, rows: Sequence[_Row]) -> tuple[Figure, Axes]:
    figure, (axes,) = blank_figure(title, 1.9 + 0.42 * len(rows))
    _name_rows(axes, [row.name for row in rows])
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    _words_beside(axes, [row.words for row in rows])
    return figure, axes


def _name_rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [wrapped_label(name, NAME_WIDTH) for name in names], fontsize=9)
    axes.set_ylim(len(names) - 0.4, -0.6)  # the first on top


def _words_beside(axes: Axes, words: Sequence[str]) -> None:
    """Each row's numbers right of the axes, where they meet nothing and the layout leaves room for them."""
    for place, text in enumerate(words):
        axes.annotate(
            text, (1.0, place), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            va="center", fontsize=8, color=GREY,
        )  # fmt: skip


def _dots(axes: Axes, rows: Sequence[_Row], words: tuple[str, str], line: float, colour: str) -> None:
    """Whiskers and dots: filled diamonds of that colour for what stands out, open circles for the rest."""
    axes.axvline(line, color=GREY, linestyle="--", linewidth=1)
    for stands_out, label, marker, face, edge in (
        (True, words[0], "D", colour, colour),
        (False, words[1], "o", "white", PRIMARY),
    ):
        places = [place for place, row in enumerate(rows) if row.stands_out is stands_out]
        if places:
            axes.hlines(places, [rows[at].low for at in places], [rows[at].high for at in places], edge, linewidth=1.6)
            axes.plot(
                [rows[at].value for at in places], places, marker, color=face, markeredgecolor=edge,
                markeredgewidth=1.6, markersize=7, label=label,
            )  # fmt: skip


def _legend(figure: Figure) -> None:
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9)


def hours_chart(hours: Sequence[int]) -> Figure:
    """Attempts begun in each of the 24 hours of the day."""
    title = "Lượt thi theo giờ trong ngày"
    if not any(hours):
        return no_data_figure(title)
    figure, (axes,) = blank_figure(title, 4.2)
    bars = axes.bar(range(len(hours)), hours, color=PRIMARY)
    axes.bar_label(bars, [str(count) if count else "" for count in hours], fontsize=7, color=GREY)
    name_ticks(axes, [f"{hour}h" for hour in range(len(hours))], most=24)
    count_along(axes.yaxis)
    axes.grid(visible=False, axis="x")
    title_axes(axes, "Giờ bắt đầu làm bài (giờ Việt Nam)", "Số lượt thi")
    return figure


def group_chart(title: str, rows: Sequence[GroupCount]) -> Figure:
    """People of each group in the order given; of more than twenty groups the largest, and the others together."""
    if not rows:
        return no_data_figure(title)
    drawn = _gathered(rows)
    figure, (axes,) = blank_figure(title, 1.4 + 0.42 * len(drawn))
    colours = [PRIMARY if row.code else TINT for row in drawn]  # pale: several groups together
    axes.barh(
        range(len(drawn)), [row.people or 0 for row in drawn], height=0.62, color=colours, edgecolor=PRIMARY
    )  # fmt: skip
    _name_rows(axes, [row.label for row in drawn])
    _words_beside(axes, [_group_words(row) for row in drawn])
    axes.set_xlim(0, 1.05 * (max(row.people or 0 for row in drawn) or 1))
    count_along(axes.xaxis)
    axes.set_xlabel("Số người dự thi")
    return figure


def _gathered(rows: Sequence[GroupCount]) -> list[GroupCount]:
    if len(rows) <= MOST_ROWS:
        return list(rows)
    ordered = sorted(rows, key=lambda row: -(row.people or 0))
    others = ordered[MOST_ROWS - 1 :]
    people, attempts = sum(row.people or 0 for row in others), sum(row.attempts or 0 for row in others)
    return [*ordered[: MOST_ROWS - 1], GroupCount("", f"Còn lại ({len(others)})", people, attempts)]


def _group_words(row: GroupCount) -> str:
    if row.people is None:
        return HIDDEN
    attempts = "" if row.attempts is None else f", {row.attempts} lượt"
    average = "" if row.average is None else f"\nđạt trung bình {percent(row.average)} số điểm"
    return f"{row.people} người{attempts}{average}"


def satisfaction_chart(counts: Sequence[int]) -> Figure:
    """How many gave each of the ratings 1 to 5."""
    title = "Mức độ hài lòng của người dự thi"
    ratings = sum(counts)
    if not ratings:
        return no_data_figure(title)
    figure, (axes,) = blank_figure(title, 4.2)
    bars = axes.bar(range(len(counts)), counts, width=0.62, color=PRIMARY)
    axes.bar_label(bars, [f"{count} ({percent(count / ratings)})" for count in counts], fontsize=9, color=GREY)
    axes.margins(y=0.1)  # room for the labels
    axes.set_xticks(range(len(counts)), [f"{place + 1}\n{words}" for place, words in enumerate(RATINGS)], fontsize=9)
    count_along(axes.yaxis)
    average = sum((place + 1) * count for place, count in enumerate(counts)) / ratings
    title_axes(axes, f"Trung bình {decimal(average)} trên 5, từ {ratings} lượt đánh giá", "Số lượt đánh giá")
    return figure


EVALUATION_CHARTS: Mapping[str, Callable[[Evaluation], Figure]] = {
    "theo-ngay": lambda found: days_chart(found.reach.days),
    "theo-gio": lambda found: hours_chart(found.reach.hours),
    "thiet-bi": lambda found: group_chart("Thiết bị dùng để dự thi", found.reach.devices),
    "don-vi": lambda found: group_chart("Người dự thi theo đơn vị", found.audience.units),
    "do-tuoi": lambda found: group_chart("Người dự thi theo độ tuổi", found.audience.ages),
    "nhom": lambda found: group_chart("Người dự thi theo bảng", found.audience.groups),
    "pho-diem": lambda found: bins_chart("Phân bố điểm", found.knowledge.scores, "Điểm"),
    "so-cau-dung": lambda found: bins_chart(
        "Số câu trả lời đúng", found.knowledge.correct_counts, "Số câu đúng trong bài thi"
    ),
    "chu-de": lambda found: mastery_chart("Mức độ nắm vững theo chủ đề", found.knowledge.topics),
    "muc-do": lambda found: mastery_chart("Mức độ nắm vững theo mức độ câu hỏi", found.knowledge.levels),
    "dieu-luat": lambda found: mastery_chart("Mức độ nắm vững theo điều luật", found.knowledge.articles),
    "ban-do-cau-hoi": lambda found: item_map(found.items),
    "tap-the": lambda found: participation_per_unit(found.units),
    "so-sanh": lambda found: comparison_chart(found.comparisons),
    "hai-long": lambda found: satisfaction_chart(found.satisfaction.counts),
}
