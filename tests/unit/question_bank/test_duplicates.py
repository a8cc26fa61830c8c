"""Questions that read nearly the same are found, and found without comparing each with every other."""

import time

import pytest

from question_bank.duplicates import ALIKE, WordingIndex, groups
from question_bank.formats import docx
from question_bank.text import wording_key

CARD = wording_key("Thẻ căn cước được cấp đổi khi công dân đủ bao nhiêu tuổi?", ("12 tuổi", "14 tuổi", "16 tuổi"))
LAND = wording_key("Luật Đất đai có hiệu lực từ ngày nào?", ("01/01/2025", "01/08/2024"))


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("THE CAN CUOC duoc cap doi, khi cong dan du bao nhieu tuoi", ("16 tuổi", "14 tuổi", "12 tuổi")),
        ("Khi công dân đủ bao nhiêu tuổi, thẻ căn cước được cấp đổi?", ("14 tuổi", "12 tuổi", "16 tuổi")),
    ],
)
def test_the_same_words_in_any_order_with_or_without_accents_are_wholly_alike(stem, options):
    assert WordingIndex([LAND, CARD]).nearest(wording_key(stem, options)) == [(1, 100)]


def test_a_word_more_and_a_word_other_is_near():
    changed = wording_key("Thẻ căn cước được đổi khi công dân từ đủ bao nhiêu tuổi?", ("12 tuổi", "14 tuổi", "17 tuổi"))
    (near,) = WordingIndex([LAND, CARD]).nearest(changed)
    assert near.place == 1
    assert ALIKE <= near.ratio < 100


def test_another_question_about_the_same_thing_is_not():
    other = wording_key("Thẻ căn cước do cơ quan nào cấp cho công dân?", ("Công an cấp xã", "Bộ Công an", "Sở Tư pháp"))
    assert WordingIndex([LAND, CARD]).nearest(other) == []


def test_only_earlier_ones_when_asked_and_the_best_first():
    texts = ["a b c d e f g h i k", "a b c d e f g h i l", "a b c d e f g h i k"]
    index = WordingIndex(texts)
    assert [near.place for near in index.nearest(texts[0])] == [0, 2, 1]
    assert index.nearest(texts[0], before=0) == []
    assert [near.place for near in index.nearest(texts[2], before=2)] == [0, 1]


def test_groups_hold_what_is_alike_through_a_third():
    words = ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"]
    chain = [" ".join(words), " ".join([*words[:-1], "kia"]), " ".join([*words[1:-1], "kia", "xa"])]
    assert list(groups([*chain, "hoan toan khac"])) == [[0, 1, 2]]
    assert list(groups(["mot", "hai", ""])) == []


def test_in_a_real_bank_the_likenesses_a_person_sees_are_found(shared_data):
    folder = shared_data / "vn-luat-an-ninh-mang"
    key = (folder / "02 Đáp án.docx").read_bytes()
    read = docx.read((folder / "01 Tổng hợp câu hỏi trắc nghiệm ANM.docx").read_bytes(), key)
    wordings = [wording_key(one.question.stem, tuple(o.text for o in one.question.options)) for one in read.questions]
    index = WordingIndex(wordings)
    near = [pair for place, wording in enumerate(wordings) for pair in index.nearest(wording, before=place)]
    assert 4 <= len(near) <= 12  # of 4,656 pairs


def test_a_big_file_against_a_big_bank_takes_seconds():
    def wording(number: int) -> str:
        return " ".join(f"tu{(number * 7919 + place * place * 31) % 3001}" for place in range(45))

    known, new = [wording(n) for n in range(5_000)], [wording(n) + " them" for n in range(2_000, 2_600)]
    began = time.perf_counter()
    index = WordingIndex(known)
    found = [index.nearest(one) for one in new]
    assert time.perf_counter() - began < 8
    assert all(near and near[0].place == 2_000 + place for place, near in enumerate(found))
