"""Every sentence of the report says what the data hold, and no more."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from evaluation_builders import (
    MISSED,
    STRONG,
    WEAK,
    comparisons,
    empty_evaluation,
    evaluation,
    evaluations,
    item,
    masteries,
)
from hypothesis import given
from hypothesis import strategies as st

from exports.documents import sentences as say
from exports.documents.recommendations import NONE, recommendations
from exports.documents.written import decimal, mille, percent, whole
from exports.evaluation import (
    ENOUGH,
    Audience,
    Comparison,
    GroupCount,
    Integrity,
    Knowledge,
    Mastery,
    Reach,
    Satisfaction,
    known,
)
from exports.report import UnitRow

WHOLE = (
    say.contest, say.standing_of_data, say.visits, say.people, say.completion, say.busiest_days, say.busiest_hours,
    say.devices, say.largest, say.average, say.missed, say.questions, say.analysed, say.voided, say.decisions,
    say.corrections, say.collective, say.satisfaction,
)  # fmt: skip
CAUSES = ("nguyên nhân", "nhờ", "là do", "bởi vì", "dẫn đến")


def plain(text):
    return text.replace("\u00a0", " ")


def test_who_took_part_against_those_invited():
    said = plain(say.people(evaluation()))
    assert said == "Có 400 người tham gia với 712 lượt thi; 400 người thuộc các đơn vị được mời, đạt 51,2 % quân số."


SAID = {
    say.contest: "Cuộc thi “Tuổi trẻ An Trường với pháp luật” do Ủy ban nhân dân xã An Trường tổ chức, diễn ra từ ngày "
    "05/01/2026 đến ngày 18/01/2026.",
    say.visits: "Trang cuộc thi có 3.200 lượt xem; có 420 người đăng ký dự thi.",
    say.completion: "Trong 700 lượt thi đã kết thúc, 680 lượt do thí sinh nộp (97,1 %), 20 lượt do máy thu "
    "khi hết giờ.",
    say.busiest_days: "Số lượt thi bắt đầu nhiều nhất là vào ngày 05/01/2026 (88 lượt).",
    say.busiest_hours: "Khung giờ có nhiều lượt thi bắt đầu nhất là từ 8 giờ đến 9 giờ (40 lượt).",
    say.average: "Tỷ lệ điểm đạt được, tính trung bình trên lượt thi đầu tiên của mỗi người, là 66,0 % "
    "(khoảng tin cậy 95 % từ 64,0 % đến 68,0 %).",
    say.missed: "Xét riêng từng câu hỏi, có 1 câu trong bảng có tỷ lệ làm đúng dưới 50 %; thấp nhất là "
    "câu Q12 (khoản 2 Điều 18 Luật Căn cước số 26/2023/QH15): 31,0 %, khoảng tin cậy 95 % từ 25,0 % đến 38,0 %, "
    "trong 200 người được hỏi.",
    say.questions: "Trong 3 câu hỏi đã dùng: 1 câu dùng tốt, 1 câu dễ gây nhầm và 1 câu cần soát lại đáp án.",
    say.analysed: "Thống kê tính trên mẫu 380 trong 400 người có lượt thi hợp lệ. Mỗi thí sinh nhận một đề rút "
    "ngẫu nhiên nên không phải ai cũng trả lời cùng một câu.",
    say.voided: "Có 4 lượt thi bị hủy; lý do từng lượt ghi trong sổ kết quả.",
    say.decisions: "Trong quá trình thi có 1 lượt được mở lại.",
    say.corrections: "Đã sửa đáp án và chấm lại: câu Q7 (Luật đã sửa; 12 lượt đổi điểm).",
    say.collective: "Có 2 đơn vị có từ 5 người dự thi; xếp thứ nhất: Trường A.",
    say.satisfaction: "Có 120 lượt đánh giá mức độ hài lòng, điểm trung bình 4,2 trên 5; 83,3 % chọn mức 4 hoặc 5.",
}


@pytest.mark.parametrize(("sentence", "said"), SAID.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_each_sentence_word_for_word(sentence, said):
    assert plain(sentence(evaluation())) == said


def test_nothing_is_said_of_a_headcount_nobody_stated():
    assert say.people(evaluation(audience=Audience())) == ("Có 400 người tham gia với 712 lượt thi.")


def test_the_lowest_topic_comes_with_its_interval_and_is_lower_where_intervals_are_apart():
    assert plain(say.lowest_topic((STRONG, WEAK))) == (
        "Tính chung các câu cùng chủ đề, chủ đề có tỷ lệ làm đúng thấp nhất là Luật Căn cước (48,3 %, "
        "khoảng tin cậy 95 % từ 44,1 % đến 52,5 %). Tỷ lệ này thấp hơn tỷ lệ của chủ đề cao nhất là "
        "Luật Trẻ em (71,0 %, khoảng tin cậy 95 % từ 68,0 % đến 74,0 %); hai khoảng tin cậy không giao nhau."
    )


def test_topics_without_enough_answers_are_not_ranked():
    unknown = Mastery("Luật mới", 1, 3, 3, None, None, None)
    assert "Luật mới" not in say.lowest_topic((STRONG, WEAK, unknown))
    assert say.lowest_topic((unknown,)) == "Chủ đề: chưa đủ số liệu để tính tỷ lệ làm đúng."


@given(st.lists(masteries(), min_size=2, max_size=8))
def test_no_topic_is_called_lower_while_intervals_meet(rows):
    said = say.lowest_topic(rows)
    ordered = sorted(rows, key=lambda one: one.share)
    apart = mille(ordered[0].high) < mille(ordered[-1].low)
    assert ("thấp hơn" in said) == apart
    assert (say.NO_DIFFERENCE in said) != apart


@given(comparisons())
def test_an_earlier_contest_is_better_or_worse_only_where_the_interval_leaves_out_nought(one):
    said = say.comparison(one)
    if one.basis == "none":
        assert said.startswith("Không so sánh với")
        assert "%" not in said
        return
    assert ("cao hơn" in said) == (mille(one.low) > 0)
    assert ("thấp hơn" in said) == (mille(one.high) < 0)
    assert (say.NO_DIFFERENCE in said) == (mille(one.low) <= 0 <= mille(one.high))


def test_what_cannot_be_compared_says_why():
    one = Comparison("Cuộc thi cũ", date(2025, 1, 5), "none", 0, 10, 20, words="không có câu hỏi chung")
    assert say.comparison(one) == "Không so sánh với “Cuộc thi cũ” (ngày 05/01/2025): không có câu hỏi chung."


def held(value):
    """Every number of the data, in every form a sentence may write it."""
    if is_dataclass(value):
        derived = [value.completion] if isinstance(value, Reach) else []
        derived += [value.voided_count] if isinstance(value, Integrity) else []
        if isinstance(value, Satisfaction) and value.counts:
            derived += [value.average, (value.counts[3] + value.counts[4]) / sum(value.counts)]
        return set().union(*(held(getattr(value, one.name)) for one in fields(value)), *map(held, derived))
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, tuple | list):
        return set().union(*map(held, value)) if value else set()
    if isinstance(value, date):
        return {f"{value:%d/%m/%Y}"}
    if isinstance(value, str):
        return set(NUMBER.findall(value))
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int):
        return {whole(value), str(value)}
    return {plain(percent(value)).removesuffix(" %"), decimal(value)}


NUMBER = re.compile(r"\d[\d.,/]*\d|\d")


def allowed(e):
    """The data's own numbers, and the sums the sentences state."""
    rest = sum(count for _reason, count in e.integrity.voided[say.MOST_NAMED :])
    sums = {whole(e.reach.submitted + e.reach.collected), whole(rest), whole(len(e.items)), whole(len(e.units))}
    if e.audience.rate is not None:
        sums.add(plain(percent(e.audience.rate)).removesuffix(" %"))
    scale = {"95", "50", "5", "4"}  # "95 %", "dưới 50 %", "trên 5", "mức 4 hoặc 5"
    hours = {str(hour) for hour in range(25)}
    return held(e) | sums | scale | hours | {str(n) for n in range(len(e.items) + len(e.units) + 2)}


@given(evaluations())
def test_every_number_of_a_sentence_is_one_of_the_data(e):
    known = allowed(e)
    for sentence in WHOLE:
        said = plain(sentence(e))
        assert set(NUMBER.findall(said)) <= known, (said, set(NUMBER.findall(said)) - known)


@pytest.mark.parametrize("e", [evaluation(), empty_evaluation()], ids=["full", "empty"])
def test_no_sentence_speaks_of_causes_or_of_nothing(e):
    for sentence in WHOLE:
        said = sentence(e)
        assert not [word for word in CAUSES if word in said]
        assert "None" not in said
        assert said == "" or said.endswith(".")


def test_without_data_the_report_says_so():
    e = empty_evaluation()
    assert say.completion(e) == "Chưa có lượt thi nào kết thúc."
    assert say.average(e) == "Chưa đủ số liệu để tính tỷ lệ điểm trung bình."
    assert say.satisfaction(e) == "Không có lượt đánh giá mức độ hài lòng."
    assert say.standing_of_data(e).startswith("Kết quả chưa chốt")
    assert recommendations(e) == (NONE,)


def test_questions_that_leaked_are_named_beside_the_shares_they_raised():
    (one,) = evaluation().comparisons
    assert "Kết luận không dựa vào" not in say.comparison(one)
    said = say.comparison(replace(one, drifted=("CC-015", "CC-016")))
    assert said.endswith(
        "Kết luận không dựa vào câu CC-015 và câu CC-016, đã dễ đi hoặc khó lên khác thường (có thể đã lộ)."
    )


def test_what_few_had_is_not_the_lowest():
    """Neither in the report nor on the page's card: both ask ``known``."""
    rows = [Mastery("Ít người", 1, ENOUGH - 1, 9, 0.2, 0.0, 0.7), Mastery("Đủ", 4, 40, 90, 0.6, 0.5, 0.7)]
    assert [one.label for one in known([*rows, Mastery("Kém", 4, ENOUGH, 90, 0.4, 0.3, 0.5)])] == ["Kém", "Đủ"]


def test_ratings_of_fewer_than_five_are_not_told():
    assert "4" not in say.satisfaction(evaluation(satisfaction=Satisfaction(4, ())))


def test_proposals_follow_their_rules_and_name_their_numbers():
    again, *others, watched = [plain(one) for one in recommendations(evaluation())]
    assert again == (
        "Đề nghị phổ biến lại các nội dung: khoản 2 Điều 18 Luật Căn cước số 26/2023/QH15 (câu Q12): 31,0 %, "
        "vì cả khoảng tin cậy 95 % của tỷ lệ làm đúng đều dưới 50 %."
    )
    urged = (
        "Đề nghị vận động thêm người dự thi ở: Ấp 1 (45,0 %), vì tỷ lệ tham gia dưới 50 % quân số (đơn vị có từ 1 đến "
        "4 người dự thi không nêu riêng)."
    )
    assert others == [
        "Đề nghị soát lại đáp án câu Q2, vì thống kê xếp các câu này vào loại nghi sai đáp án.",
        "Đề nghị xem lại cách diễn đạt câu Q3, vì thống kê xếp các câu này vào loại dễ gây nhầm.",
        urged,
    ]
    assert watched == (
        "Cần theo dõi thêm, chưa đủ căn cứ để kiến nghị: 1 chủ đề có tỷ lệ làm đúng dưới 50 % nhưng khoảng tin cậy "
        "95 % còn chứa 50 %."
    )


@given(st.lists(masteries(), max_size=6), st.lists(masteries(), max_size=6), st.integers(5, 15))
def test_only_what_is_firmly_under_one_half_is_proposed(topics, articles, people):
    topics, articles = (
        tuple(replace(one, label=f"{what} {n}", people=people) for n, one in enumerate(rows))
        for what, rows in (("Chủ đề", topics), ("Điều", articles))
    )
    e = evaluation(knowledge=Knowledge(topics=topics, articles=articles), items=(), units=())
    said, low = "\n".join(recommendations(e)), [one for one in (*topics, *articles) if people >= ENOUGH]
    for one in (*topics, *articles):
        assert (one.label in said) == (one in low and mille(one.high) < 500)
    unsure = [one for one in low if mille(one.share) < 500 <= mille(one.high)]
    assert ("Cần theo dõi thêm" in said) == bool(unsure)
    counted = sum(
        int(n) for n in re.findall(r"(\d+) (?:chủ đề|quy định) ?(?:và|có)", said.rpartition("kiến nghị: ")[2])
    )
    assert counted == len(unsure)


def test_a_missed_point_is_proposed_only_when_enough_people_leave_no_doubt():
    for point in (replace(MISSED, people=9), replace(MISSED, high=0.52)):
        e = evaluation(knowledge=Knowledge(missed=(point,)), items=(), units=())
        assert not any("Q12" in one for one in recommendations(e))
    bare = replace(MISSED, legal_basis="")
    assert "các nội dung: câu Q12: 31,0" in recommendations(evaluation(knowledge=Knowledge(missed=(bare,))))[0]


def test_a_share_of_few_people_is_not_called_the_lowest():
    few = Mastery("Luật mới", 1, 7, 7, 0.1, 0.05, 0.2)
    said = say.lowest_topic((STRONG, WEAK, few))
    assert "Luật mới" not in said
    assert "trong các mục có từ 10 người làm" in said


def test_a_path_of_topics_is_prose():
    nested = replace(WEAK, label="Luật Bầu cử > Phiếu bầu", high=0.49)
    assert "Luật Bầu cử, mục Phiếu bầu (" in say.lowest_topic((STRONG, nested))
    e = evaluation(knowledge=Knowledge(topics=(nested,)))
    assert not any(">" in one for one in recommendations(e))


def test_a_unit_without_headcount_is_not_urged():
    e = replace(evaluation(), units=(UnitRow(1, "TR-A", "Trường A", None, 3, 3, None, None),))
    assert not any("Trường A" in one for one in recommendations(e))


def test_more_people_than_a_headcount_are_no_share():
    assert "quân số" not in say.people(replace(evaluation(), audience=Audience(headcount=10, invited=16)))


def test_a_reason_that_names_somebody_stays_out_of_the_report():
    e = replace(evaluation(), integrity=Integrity(voided=(("Nguyễn Văn Tèo nhờ em thi hộ", 2),)))
    assert say.voided(e) == "Có 2 lượt thi bị hủy; lý do từng lượt ghi trong sổ kết quả."


def test_where_everybody_is_right_nothing_is_said_to_be_missing():
    e = replace(evaluation(items=(item("Q1", "easy"),)), knowledge=Knowledge())
    assert "không có câu nào có tỷ lệ làm đúng dưới 50 %" in say.missed(e)


def test_a_rasch_comparison_is_judged_by_abilities():
    rasch = Comparison(
        "Tuần 1", date(2026, 1, 5), "rasch", 12, 300, 320, 0.55, 0.61, 0.06, 0.01, 0.11, 0.2, -0.09, 0.53
    )
    assert "cao hơn" not in say.comparison(rasch)
    assert "cao hơn" in say.comparison(replace(rasch, shift_low=0.05))


def test_an_age_band_is_said_in_words():
    for band, said in (("≤ 15", "là từ 15 tuổi trở xuống (30"), ("≥ 51", "là từ 51 tuổi trở lên (30")):
        ages = (GroupCount("a", band, 30, 30), GroupCount("b", "26–35", 9, 9))
        assert said in say.largest(replace(evaluation(), audience=Audience(ages=ages)))


def test_devices_make_a_sentence():
    devices = (GroupCount("phone", "điện thoại", 300, 484), GroupCount("?", "không rõ", 9, 20))
    e = replace(evaluation(), reach=replace(evaluation().reach, devices=devices))
    assert say.devices(e) == "Có 484 lượt thi bằng điện thoại và 20 lượt thi không rõ thiết bị."


def test_two_rounds_of_one_contest_are_told_apart():
    rounds = replace(evaluation().comparisons[0], title="Tuần 1 → Tuần 2")
    assert plain(say.comparison(rounds)).startswith(
        "So đợt “Tuần 2” với đợt “Tuần 1” (ngày 05/01/2026), trên 12 câu hỏi chung: tỷ lệ làm đúng trước là 55,0 % "
        "(300 người), sau là 61,0 % (320 người); đợt sau cao hơn 6,0 điểm phần trăm"
    )
    none = replace(rounds, basis="none", words="không có câu hỏi chung")
    assert say.comparison(none) == (
        "Không so sánh đợt “Tuần 2” với đợt “Tuần 1” (ngày 05/01/2026): không có câu hỏi chung."
    )


def test_those_who_did_not_say_their_age_are_no_age_group():
    ages = (GroupCount("?", "không khai", 300, 300), GroupCount("a", "18–25", 20, 20), GroupCount("b", "26–35", 9, 9))
    assert "18–25 tuổi (20 người)" in say.largest(replace(evaluation(), audience=Audience(ages=ages)))
