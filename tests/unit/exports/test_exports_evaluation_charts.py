import re
import warnings
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

import pytest
from chart_samples import comparison, evaluation, group, item, items, mastery
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.text import Annotation, Text

from exports.chart_files import as_png, as_svg
from exports.chart_style import wrapped_label
from exports.evaluation import Evaluation, Reach
from exports.evaluation_charts import (
    EVALUATION_CHARTS,
    comparison_chart,
    group_chart,
    hours_chart,
    mastery_chart,
    satisfaction_chart,
)
from exports.item_map import LOOKS, item_map
from exports.report import ScoreBin
from scoring.statistics.verdicts import Verdict

each_chart = pytest.mark.parametrize("slug", EVALUATION_CHARTS)
EMPTY = Evaluation(
    "Cuộc thi", "UBND xã", datetime(2026, 4, 1), date(2026, 3, 1), date(2026, 3, 31), False, Reach(None, 0, 0, 0, 0, 0)  # noqa: DTZ001
)  # fmt: skip


@pytest.fixture(autouse=True)
def _warnings_are_errors():
    """A glyph the font lacks and a layout without room are only warned about."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def texts(figure):
    return ["".join(one.itertext()) for one in fromstring(as_svg(figure)).iter() if one.tag.endswith("}text")]


def names(figure):
    return [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]


def beside(figure):
    return [one.get_text() for one in figure.axes[0].texts]


def is_within(figure):
    """Whether all that is drawn, names and numbers beside the axes included, lies inside the picture's edges."""
    figure.draw_without_rendering()
    drawn, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    return min(drawn.x0, drawn.y0, width - drawn.x1, height - drawn.y1) > -0.01


def with_names(text):
    """Every name that people typed is this one."""
    whole = evaluation()
    named = lambda rows, **changes: tuple(replace(row, **changes) for row in rows)  # noqa: E731
    return replace(
        whole,
        reach=replace(whole.reach, devices=named(whole.reach.devices, label=text)),
        audience=replace(
            whole.audience, units=named(whole.audience.units, label=text), ages=named(whole.audience.ages, label=text),
            groups=named(whole.audience.groups, label=text),
        ),
        knowledge=replace(
            whole.knowledge, topics=named(whole.knowledge.topics, label=text), scores=(ScoreBin(text, 1),),
            levels=named(whole.knowledge.levels, label=text), articles=named(whole.knowledge.articles, label=text),
            correct_counts=(ScoreBin(text, 1),),
        ),
        items=named(whole.items, code=text),
        comparisons=named(whole.comparisons, title=text),
    )  # fmt: skip


@each_chart
def test_a_chart_is_the_same_twice_and_its_svg_may_stand_in_any_page(slug):
    draw = EVALUATION_CHARTS[slug]
    svg = as_svg(draw(evaluation())).decode()
    assert svg == as_svg(draw(evaluation())).decode()
    assert as_png(draw(evaluation()), dpi=50).startswith(b"\x89PNG\r\n\x1a\n")
    assert "style" not in svg
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', svg))
    assert fromstring(svg).get("aria-label") in texts(draw(evaluation()))


@each_chart
def test_without_data_the_chart_says_so(slug):
    assert "Chưa có dữ liệu" in texts(EVALUATION_CHARTS[slug](EMPTY))


@each_chart
def test_nothing_is_cut_off(slug):
    assert is_within(EVALUATION_CHARTS[slug](evaluation()))


@each_chart
@pytest.mark.parametrize(
    "text", [r"$\frac{1}$ và $", "</text><script>", "愛 😀", "a\x00\x1b", "", "Nghị định quy định " * 60, "ộ" * 500]
)
def test_hostile_names_are_drawn_as_text_within_the_picture(slug, text):
    figure = EVALUATION_CHARTS[slug](with_names(text))
    assert is_within(figure)
    assert not [one for one in fromstring(as_svg(figure)).iter() if one.tag.endswith("script")]


def test_names_of_the_charts_can_stand_in_an_address():
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in EVALUATION_CHARTS)


def test_the_weakest_topics_come_first_and_no_more_than_twenty():
    rows = [
        mastery(n, f"Chủ đề {n:02}", share=n / 30, low=n / 30 - 0.02, high=n / 30 + 0.02) for n in (*range(29, -1, -1),)
    ]
    figure = mastery_chart("Chủ đề", [*rows, mastery(0, "Ít người", share=None)])
    assert names(figure) == [f"Chủ đề {n:02}" for n in range(20)]
    assert beside(figure)[10] == "33\u00a0% (31–35\u00a0%), 890 người"
    assert any("20 mục thấp nhất trong 30 mục" in text for text in texts(figure))
    low, high = figure.axes[0].get_ylim()
    assert low > high  # the first row on top


def test_what_lies_wholly_below_half_has_a_shape_of_its_own():
    rows = [mastery(0, "Thấp", share=0.4, low=0.3, high=0.49), mastery(1, "Chưa rõ", share=0.45, low=0.3, high=0.6)]
    lines = mastery_chart("Chủ đề", rows).axes[0].lines
    drawn = {line.get_marker(): list(line.get_xdata()) for line in lines if line.get_marker() in "Do"}
    assert drawn == {"D": [0.4], "o": [0.45]}


def test_only_what_can_be_compared_is_drawn_and_a_clear_difference_stands_out():
    rows = [comparison(0, 0.052, 0.03), replace(comparison(1, 0.4, 0.01), basis="none"), comparison(2, -0.011, 0.05)]
    figure = comparison_chart(rows)
    assert names(figure) == ["Vòng 1 – Khởi động (01/03/2026)", "Vòng 1 – Khởi động (02/09/2025)"]
    assert beside(figure) == ["+5,2 điểm phần trăm\n12 câu chung", "−1,1 điểm phần trăm\n14 câu chung"]
    drawn = {line.get_marker(): list(line.get_xdata()) for line in figure.axes[0].lines if line.get_marker() in "Do"}
    assert drawn == {"D": [0.052], "o": [-0.011]}
    left, right = figure.axes[0].get_xlim()
    assert left == -right


def test_a_hidden_group_is_named_without_its_number():
    figure = group_chart("Độ tuổi", [group("Dưới 16", 310, average=0.618), group("Trên 60", None)])
    assert beside(figure) == [
        "310 người, 465 lượt\nđạt trung bình 62\u00a0% số điểm",
        "dưới 5 người,\nkhông công bố",
    ]
    assert [bar.get_width() for bar in figure.axes[0].patches] == [310, 0]


def test_of_many_units_the_largest_are_drawn_and_the_others_gathered():
    figure = group_chart("Đơn vị", [group(f"Thôn {n}", n) for n in range(5, 35)])
    assert names(figure) == [*(f"Thôn {n}" for n in range(34, 15, -1)), "Còn lại (11)"]
    assert figure.axes[0].patches[-1].get_width() == sum(range(5, 16))


def test_each_hour_has_its_bar():
    figure = hours_chart((0, 5, *[0] * 22))
    assert [bar.get_height() for bar in figure.axes[0].patches] == [0, 5, *[0] * 22]
    assert {"0h", "23h", "5"} <= set(texts(figure))


def test_ratings_are_told_with_their_average():
    assert {"6 (1\u00a0%)", "190 (45\u00a0%)", "Trung bình 4,2 trên 5, từ 420 lượt đánh giá"} <= set(
        texts(satisfaction_chart((6, 14, 60, 150, 190)))
    )


def test_each_verdict_has_a_shape_and_a_colour_of_its_own():
    assert set(LOOKS) == set(Verdict)
    assert len({(look.marker, look.is_filled) for look in LOOKS.values()}) == len(LOOKS)
    assert len({to_hex(look.colour) for look in LOOKS.values()}) == len(LOOKS)


def test_the_map_counts_each_verdict_and_what_it_leaves_out():
    rows = [item(1, "good"), item(2, "good"), item(3, "suspect"), item(4, "few", item_rest=None)]
    shown = texts(item_map(rows))
    assert {"Tốt (2)", "Nghi sai đáp án (1)", "GT-003"} <= set(shown)
    assert not {"GT-001", "Khó (0)"} & set(shown)
    assert "Tỷ lệ điểm đạt được của câu hỏi – không vẽ 1 câu chưa đủ số liệu" in shown


@pytest.mark.parametrize("rows", [items(), items(400), tuple(item(n, "suspect", facility=0.5) for n in range(8))])
def test_names_of_suspects_do_not_hide_each_other(rows):
    figure = item_map(rows)
    figure.draw_without_rendering()
    labels = [one for one in figure.axes[0].texts if isinstance(one, Annotation)]
    assert len(labels) == min(30, sum(row.verdict == "suspect" for row in rows))
    boxes = [Text.get_window_extent(one) for one in labels]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].padded(-1).overlaps(pair[1].padded(-1))]


def test_of_a_long_name_both_ends_stay():
    name = "Điều 24 Nghị định số 168/2024/NĐ-CP quy định xử phạt vi phạm hành chính về trật tự giao thông; trừ điểm"
    first, second = wrapped_label(name, 40).split("\n")
    assert max(len(first), len(second)) <= 40
    assert f"{first} {second}".startswith("Điều 24 Nghị định số 168/2024/NĐ-CP")
    assert second.endswith("giao thông; trừ điểm")
    assert "…" in first + second
    assert wrapped_label("Điều 24 Luật Trẻ em", 40) == "Điều 24 Luật Trẻ em"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.integers(4, 30), st.integers(1, 3))
def test_a_wrapped_name_keeps_its_measure(text, width, lines):
    rows = wrapped_label(text, width, lines).replace(r"\$", "$").split("\n")
    assert len(rows) <= lines
    assert all(len(row) <= width for row in rows)
