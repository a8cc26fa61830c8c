import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from math import isnan

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from report_builders import cover, empty_report, question, report, unit

from exports.charts import as_png, as_svg, bins_chart, days_chart, participation_per_unit
from exports.report import ContestReport, DayRow, ScoreBin


def scores(of: ContestReport):
    return bins_chart("Phân bố điểm", of.score_distribution, "Điểm")


def units(of: ContestReport):
    return participation_per_unit(of.units)


def days(of: ContestReport):
    return days_chart(of.days)


PICTURES = (scores, units, days)
each_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)


@pytest.fixture(autouse=True)
def _warnings_are_errors():
    """A glyph the font lacks is only warned about."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def texts(svg):
    return ["".join(element.itertext()) for element in fromstring(svg).iter() if element.tag.endswith("}text")]


@each_picture
def test_png_is_png_and_the_same_twice(picture):
    data = as_png(picture(report()), dpi=50)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data == as_png(picture(report()), dpi=50)


@each_picture
def test_svg_is_one_element_and_the_same_twice(picture):
    data = as_svg(picture(report()))
    assert data.startswith(b"<svg ")
    assert fromstring(data).tag == "{http://www.w3.org/2000/svg}svg"
    assert data == as_svg(picture(report()))


@each_picture
def test_svg_refers_to_nothing_outside_and_sets_no_style_on_the_page(picture):
    svg = as_svg(picture(report())).decode()
    links = re.findall(r'href="([^"]*)"', svg)
    assert all(link.startswith("#") for link in links)
    assert set(re.findall(r"https?://[^\"]+", svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "style" not in svg


def test_ids_of_two_pictures_in_one_page_are_unique_and_their_references_resolve():
    page = b"".join(as_svg(picture(report())) for picture in PICTURES).decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', page)) == set(ids)


@each_picture
def test_a_picture_has_a_name_for_those_who_do_not_see_it(picture):
    root = fromstring(as_svg(picture(report())))
    assert root.get("role") == "img"
    assert root.get("aria-label") in texts(as_svg(picture(report())))


@each_picture
def test_without_data_the_picture_says_so(picture):
    svg = as_svg(picture(empty_report()))
    assert "Chưa có dữ liệu" in texts(svg)


def test_vietnamese_text_stays_text():
    svg = as_svg(units(ContestReport(cover(), units=(unit(0, name="Hội Phụ nữ xã Ỷ Ẵm Ộp"),))))
    assert "Hội Phụ nữ xã Ỷ Ẵm Ộp" in texts(svg)


def test_many_units_are_gathered_after_the_first_fifteen():
    svg = as_svg(participation_per_unit(report(units=60).units))
    names = [text for text in texts(svg) if text.startswith(("Trường", "Chi đoàn", "Hội"))]
    assert len(names) == 15
    assert "Các đơn vị khác (45)" in texts(svg)


def test_a_unit_without_headcount_is_shown_with_its_number():
    stated = (unit(0, headcount=200, participants=50), unit(1, headcount=None, participants=7))
    shown = texts(as_svg(participation_per_unit(stated)))
    assert {"25\u00a0% (50/200)", "7 người, chưa có quân số"} <= set(shown)


def test_without_any_headcount_units_are_compared_by_participants():
    stated = tuple(unit(place, headcount=None, participants=place) for place in range(20))
    shown = texts(as_svg(participation_per_unit(stated)))
    assert "Số người dự thi theo đơn vị" in shown
    assert {"19", "Các đơn vị khác (5)", "10"} <= set(shown)


def test_days_without_attempts_leave_a_gap():
    drawn = (DayRow(date(2026, 3, 1), 5, 4), DayRow(date(2026, 3, 4), 6, 5))
    shown = texts(as_svg(days_chart(drawn)))
    assert {"01/03", "02/03", "03/03", "04/03"} <= set(shown)


def test_no_line_is_drawn_through_days_without_a_contest():
    drawn = (DayRow(date(2026, 3, 1), 5, 4), DayRow(date(2026, 3, 2), 5, 4), DayRow(date(2026, 3, 4), 6, 5))
    (line,) = days_chart(drawn).axes[0].lines
    assert [None if isnan(value) else value for value in line.get_ydata()] == [4, 4, None, 5]


def test_pictures_drawn_at_once_are_the_same_as_one_after_another():
    expected = as_svg(scores(report()))
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: as_svg(scores(report())), range(8)))
    assert set(drawn) == {expected}


def hostile_report(text):
    return replace(
        report(1),
        questions=(question(0, code=text),),
        units=(unit(0, name=text),),
        score_distribution=(ScoreBin(text, 1),),
    )


@pytest.mark.parametrize(
    "text", [r"$\frac{1}$", "</text><script>", ' style="x" id="y"', "愛 😀", "a\x00\x1b", "tên " * 500]
)
def test_hostile_names_are_drawn_as_text(text):
    for picture in PICTURES:
        svg = as_svg(picture(hostile_report(text)))
        assert not [element for element in fromstring(svg).iter() if element.tag.endswith("script")]
    assert "$x$ & y" in texts(as_svg(units(hostile_report("$x$ & y"))))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_name_can_be_drawn(text):
    assert fromstring(as_svg(units(hostile_report(text)))) is not None
