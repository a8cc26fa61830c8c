"""Numbers, days and acts as offices write them."""

from datetime import date

import pytest

from exports.documents.written import (
    act_in_words,
    act_weight,
    day_in_words,
    listed,
    money,
    named_contest,
    number_and_symbol,
    percent,
    points,
    whole,
)


def plain(text):
    return " ".join(text.split())


def test_days_below_ten_and_the_first_two_months_get_a_nought():
    assert day_in_words(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert day_in_words(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert plain(day_in_words(None, 2026)) == "ngày tháng năm 2026"


@pytest.mark.parametrize(("number", "said"), [(5, "05/BC-UBND"), (10, "10/BC-UBND"), (105, "105/BC-UBND")])
def test_numbers_below_ten_get_a_nought(number, said):
    assert number_and_symbol(number, "BC-UBND") == said


def test_room_is_left_where_no_number_is_given():
    assert len(number_and_symbol(None, "BC-UBND")) > len("/BC-UBND") + 4


def test_numbers():
    assert whole(1234567) == "1.234.567"
    assert percent(0.512) == "51,2\u00a0%"
    assert percent(None) == "–"
    assert points(19.5) == "19,5"
    assert points(20.0) == "20"
    assert money(9400000) == "9.400.000\u00a0đồng"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b và c"


@pytest.mark.parametrize(
    ("number", "title", "issued", "said"),
    [
        ("26/2023/QH15", "Luật Căn cước", date(2023, 11, 27),
         "Luật Căn cước số 26/2023/QH15 ngày 27 tháng 11 năm 2023"),
        ("168/2024/NĐ-CP", "Nghị định quy định xử phạt vi phạm", date(2024, 12, 26),
         "Nghị định số 168/2024/NĐ-CP ngày 26 tháng 12 năm 2024 của Chính phủ quy định xử phạt vi phạm"),
        ("03/2019/TT-BTP", "Thông tư quy định thống kê", None, "Thông tư số 03/2019/TT-BTP quy định thống kê"),
        ("1/2020/QH14", "", None, "Văn bản số 1/2020/QH14"),
        ("1/2020/QH14", "Luật A số 1/2020/QH14", None, "Luật A số 1/2020/QH14"),
    ],
)  # fmt: skip
def test_acts_are_named_as_a_basis_names_them(number, title, issued, said):
    assert act_in_words(number, title, issued) == said


def test_laws_stand_before_decrees_before_circulars():
    numbers = ["17/2025/TT-BTP", "30/2020/NĐ-CP", "14/2012/QH13", "12/KH-UBND"]
    assert sorted(numbers, key=act_weight) == ["14/2012/QH13", "30/2020/NĐ-CP", "17/2025/TT-BTP", "12/KH-UBND"]


def test_a_contest_is_named_once():
    assert named_contest("Cuộc thi tìm hiểu pháp luật") == "Cuộc thi tìm hiểu pháp luật"
    assert named_contest("Tuổi trẻ với pháp luật") == "Cuộc thi “Tuổi trẻ với pháp luật”"
