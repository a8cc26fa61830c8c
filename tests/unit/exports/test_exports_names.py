import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.names import vietnamese_name_key


def ordered(*names):
    return sorted(names, key=vietnamese_name_key)


def test_the_given_name_decides_before_the_family_name():
    assert ordered("Trần Thị Ánh", "Nguyễn Văn Bình", "Vũ An") == ["Vũ An", "Trần Thị Ánh", "Nguyễn Văn Bình"]


def test_family_and_middle_names_decide_between_equal_given_names():
    assert ordered("Trần Văn An", "Nguyễn Văn An", "Nguyễn Thị An") == ["Nguyễn Thị An", "Nguyễn Văn An", "Trần Văn An"]


@pytest.mark.parametrize(
    "names",
    [
        ["An", "Ăn", "Ân"],
        ["Dung", "Duyên", "Đan", "Em"],
        ["Em", "Én", "Êm", "Giang"],
        ["On", "Ôn", "Ơn", "Phong"],
        ["Uyên", "Ưng", "Vân"],
        ["Khanh", "Lan", "Nga", "Nghĩa", "Nhi", "Oanh"],
    ],
)
def test_letters_follow_the_vietnamese_alphabet(names):
    assert ordered(*reversed(names)) == names


def test_tones_follow_the_order_ngang_huyen_hoi_nga_sac_nang():
    names = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
    assert ordered(*reversed(names)) == names


def test_a_tone_counts_less_than_a_letter():
    assert ordered("Hán", "Han", "Hang") == ["Han", "Hán", "Hang"]


def test_a_letters_hat_counts_more_than_a_tone():
    assert ordered("Lân", "Lạn") == ["Lạn", "Lân"]


def test_the_tone_of_the_given_name_counts_before_the_family_name():
    assert ordered("Vũ Anh", "Bùi Ánh") == ["Vũ Anh", "Bùi Ánh"]


def test_case_and_composition_make_no_difference():
    composed = vietnamese_name_key("Nguyễn Thị Đượm")
    decomposed = vietnamese_name_key(unicodedata.normalize("NFD", "NGUYỄN THỊ ĐƯỢM"))
    assert composed[:2] == decomposed[:2]


def test_the_place_of_the_tone_in_a_word_makes_no_difference():
    assert vietnamese_name_key("Lê Hòa")[:2] == vietnamese_name_key("Lê Hoà")[:2]


def test_the_eth_of_old_typing_programs_is_a_vietnamese_d():
    assert vietnamese_name_key("\u00d0ức")[:2] == vietnamese_name_key("\u0110ức")[:2]


def test_signs_come_before_letters_and_other_scripts_after_them():
    assert ordered("Żaneta", "Yến", "1A", "愛") == ["1A", "Yến", "Żaneta", "愛"]


@given(st.text())
def test_any_text_has_a_key_equal_to_itself_and_comparable(name):
    assert vietnamese_name_key(name) <= vietnamese_name_key(name)
    assert (vietnamese_name_key(name) < vietnamese_name_key("Nguyễn An")) in {True, False}
