"""The preview of an import: questions as they will look, mended in place, taken or set aside, beside their like."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from contest_app.accounts.models import Role, User
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import ImportBatch, ImportDraft, Status
from question_bank.formats import json_file
from question_bank.model import LegalBasis, Level, Option, Question
from tests.app.bank.importing import accept, cards, decide, draft_of, marked, notes, send, taken

CARD = """Câu 1: Thẻ căn cước được cấp đổi khi công dân đủ bao nhiêu tuổi?
A. 12 tuổi
B. 14 tuổi
C. 16 tuổi
Đáp án: B
"""
BROKEN = """Câu 2: Cơ quan nào cấp thẻ căn cước?
A. Công an
B. Tòa án
"""
LIKE_THE_FIRST = """Câu 3: Thẻ căn cước được cấp lần đầu khi công dân đủ bao nhiêu tuổi?
A. 12 tuổi
B. 14 tuổi
C. 16 tuổi
Đáp án: B
"""
ISSUER = {
    "kind": "single", "stem": "Cơ quan nào cấp thẻ căn cước?", "level": "recognition",
    "options__0__text": "Công an", "options__0__correct": "y", "options__1__text": "Tòa án",
}  # fmt: skip
AGES = (Option("12 tuổi"), Option("14 tuổi", correct=True), Option("16 tuổi"))


def text(*questions) -> bytes:
    return "\n".join(questions).encode()


def ages(stem="Thẻ căn cước được cấp đổi khi công dân đủ bao nhiêu tuổi?", **more) -> Question:
    return Question("single", stem, AGES, **more)


# Mending in place


def test_a_broken_question_is_mended_in_place_and_then_accepted(btc, bank, stored):
    send(btc, bank, text(CARD, BROKEN), "cau.txt").sees("1 câu sẽ nhận", "1 câu có lỗi")
    assert marked(btc, "chưa nhận được") == [2]
    page = f"{draft_of(btc)}/cau/1/sua"
    btc.get(page).sees("Sửa câu ở dòng (câu) 2", "Chưa có đáp án đúng", "Sửa ở đây chỉ thay đổi bản xem trước")
    btc.post(page, **ISSUER).sees("Đã sửa. Câu này sẽ được nhận.", "2 câu sẽ nhận", "0 câu có lỗi")
    assert stored() == []
    accept(btc).sees("Đã nhập 2 câu hỏi")
    mended = stored()[1].current
    assert (mended.stem, [one["correct"] for one in mended.options]) == (ISSUER["stem"], [True, False])


def test_one_that_stays_broken_says_what_is_still_wrong(btc, bank):
    send(btc, bank, text(BROKEN), "cau.txt")
    fields = {name: value for name, value in ISSUER.items() if name != "options__0__correct"}
    btc.post(f"{draft_of(btc)}/cau/0/sua", **fields).sees("Đã sửa, nhưng câu này vẫn còn lỗi.", "Chưa có đáp án đúng")
    assert taken(btc) == []


def test_a_form_that_is_wrong_changes_nothing(btc, bank):
    send(btc, bank, text(CARD), "cau.txt")
    address = draft_of(btc)
    btc.post(f"{address}/cau/0/sua", 422, **{**ISSUER, "stem": ""}).sees("Mục này bắt buộc phải điền.")
    btc.get(address).sees("Thẻ căn cước được cấp đổi")


def test_an_edit_is_compared_anew_with_the_bank_and_the_file(btc, bank, add):
    add(ages(code="CC1"))
    send(btc, bank, text(CARD, BROKEN), "cau.txt").sees("Trùng nội dung với câu CC1", "1 câu bỏ qua")
    address = draft_of(btc)
    btc.post(f"{address}/cau/0/sua", **ISSUER).does_not_see("Trùng nội dung với câu CC1").sees("0 câu bỏ qua")
    btc.sees("Gần giống câu ở dòng (câu) 1 của tệp")  # the second has the same words


def test_a_number_used_twice_in_a_word_file_does_not_spread_its_problem(btc, bank):
    send(btc, bank, text(CARD, BROKEN.replace("Câu 2", "Câu 1")), "cau.txt").sees("1 câu sẽ nhận", "1 câu có lỗi")


# Taking, setting aside, paging


def test_what_is_set_aside_stays_so_from_page_to_page(btc, bank, stored, session):
    made = [Question("single", f"{'abcdefghij'[n % 10] * 9} {n}?", AGES) for n in range(60)]
    send(btc, bank, json_file.write(made).data, "cau.json").sees("60 câu đọc được", "Trang 1 trên 2")
    assert len(cards(btc)) == 50
    decide(btc, 2, "skip").sees("59 câu sẽ nhận")
    btc.get(draft_of(btc), query_string={"trang": 2})
    assert list(cards(btc)) == list(range(51, 61))
    btc.post(f"{draft_of(btc)}/cau/54?trang=2", choice="skip").sees("58 câu sẽ nhận")
    assert list(cards(btc)) == list(range(51, 61))
    btc.get(draft_of(btc), query_string={"loc": "bo-qua"})
    assert list(cards(btc)) == [2, 55]
    decide(btc, 55, "take").sees("59 câu sẽ nhận")
    accept(btc).sees("Đã nhập 59 câu hỏi")
    assert made[1].stem not in [row.current.stem for row in stored()]
    assert session.query(ImportDraft).count() == 0


@pytest.mark.parametrize(("chosen", "numbers"), [("", [1, 2, 3]), ("loi", [2]), ("trung", [1, 3]), ("bo-qua", [1])])
def test_the_filters(btc, bank, add, chosen, numbers):
    add(ages())
    send(btc, bank, text(CARD, BROKEN, LIKE_THE_FIRST), "cau.txt")
    btc.get(draft_of(btc), query_string={"loc": chosen})
    assert list(cards(btc)) == numbers


def test_a_question_that_is_not_there_cannot_be_decided_about(btc, bank):
    send(btc, bank, text(CARD), "cau.txt")
    address = draft_of(btc)
    btc.post(f"{address}/cau/1", 404, choice="skip")
    btc.get(f"{address}/cau/7/sua", 404)


def test_a_draft_waits_for_days_and_can_be_thrown_away(btc, bank, time, session, other):
    send(btc, bank, text(CARD), "mot.txt")
    send(btc, bank, text(CARD), "hai.txt")
    time.pass_by(days=6)
    btc.get(f"/ngan-hang/{bank.id}/nhap").sees("Tiếp tục lần nhập dở", "mot.txt", "hai.txt", "1 câu")
    other.get(f"/ngan-hang/{bank.id}/nhap").does_not_see("Tiếp tục lần nhập dở")
    draft = session.query(ImportDraft).filter_by(filename="mot.txt").one()
    session.commit()
    btc.get(f"/ngan-hang/nhap/{draft.id}").sees("Xem trước: mot.txt")
    btc.post(f"/ngan-hang/nhap/{draft.id}/bo").sees("Đã bỏ bản xem trước").does_not_see("mot.txt")


def test_a_draft_older_than_a_month_gives_way_to_the_next(btc, bank, time, session):
    send(btc, bank, text(CARD), "mot.txt")
    session.execute(update(ImportDraft).values(created_at=time.moment - timedelta(days=31)))
    session.commit()
    send(btc, bank, text(CARD), "hai.txt")
    assert [one.filename for one in session.query(ImportDraft)] == ["hai.txt"]


# Topic and level for many at once


def test_a_level_can_be_given_to_those_without_one_or_to_all(btc, bank, stored):
    made = [ages(), Question("single", "Ai cấp thẻ?", AGES, level=Level.ADVANCED)]
    send(btc, bank, json_file.write(made).data, "cau.json")
    btc.post(f"{draft_of(btc)}/chu-de", level="comprehension", topic="Căn cước").sees("Đã ghi vào các câu.")
    assert "thông hiểu · Căn cước" in cards(btc)[1]
    assert "vận dụng cao · Căn cước" in cards(btc)[2]
    btc.post(f"{draft_of(btc)}/chu-de", level="application", scope="all")
    assert all("vận dụng · Căn cước" in card for card in cards(btc).values())
    assert stored() == []


def test_what_stands_in_the_head_of_the_form_is_given_on_accepting_too(btc, bank, stored):
    accept(send(btc, bank, text(CARD), "cau.txt"), level="application", topic="Căn cước > Cấp đổi")
    assert [(row.current.level, row.current.topic.path) for row in stored()] == [("application", "Căn cước > Cấp đổi")]


# Likenesses


def test_a_near_likeness_in_the_bank_is_shown_beside_with_the_words_that_differ(btc, bank, add):
    add(ages("Thẻ căn cước được cấp lần đầu khi công dân đủ bao nhiêu tuổi?", code="CC1"))
    send(btc, bank, text(CARD), "cau.txt")
    (note,) = notes(btc)
    assert "Gần giống câu CC1 đã có trong ngân hàng (giống 9" in note
    html = btc.page.get_data(as_text=True)
    assert "cấp <ins>đổi</ins> khi" in html
    assert "cấp <del>lần đầu</del> khi" in html
    assert taken(btc) == [1]  # near is not the same: a person decides
    btc.sees("1 câu sẽ nhận còn trùng hoặc gần giống câu khác")


def test_likenesses_within_the_file_name_the_first(btc, bank):
    send(btc, bank, text(CARD, LIKE_THE_FIRST), "cau.txt").sees("Gần giống câu ở dòng (câu) 1 của tệp")
    assert marked(btc, "gần giống") == [2]


def test_both_can_be_taken_the_new_one_dropped_or_all_repeated_ones_at_once(btc, bank, add, stored):
    add(ages(code="CC1"))
    send(btc, bank, text(CARD, BROKEN, LIKE_THE_FIRST), "cau.txt")
    assert marked(btc, "Nhận cả hai") == [3]
    decide(btc, 3, "take").does_not_see("Nhận cả hai", "Bỏ qua mọi câu trùng")
    decide(btc, 3, "skip")
    decide(btc, 1, "take")
    assert taken(btc) == [1]
    send(btc, bank, text(CARD, LIKE_THE_FIRST), "khac.txt")
    btc.post(f"{draft_of(btc)}/bo-cau-trung").sees("Đã bỏ qua 1 câu trùng.")
    assert taken(btc) == []


def test_the_new_wording_can_become_the_next_version_of_the_known_question(btc, bank, add, stored, session):
    law = (LegalBasis("26/2023/QH15", "21"),)
    old = add(ages(code="CC1", topic=("Căn cước",), legal_basis=law, level=Level.ADVANCED), status="approved")
    send(btc, bank, text(LIKE_THE_FIRST), "cau.txt")
    decide(btc, 1, "replace", replaces=old.id).sees("thay câu CC1")
    accept(btc).sees("Đã nhập 1 câu hỏi")
    (row,) = stored()
    assert (row.code, row.status, row.current_number, row.author.login) == ("CC1", Status.IN_REVIEW, 2, "btc")
    assert "lần đầu" in row.current.stem
    kept = (row.current.topic.path, row.current.level, row.current.legal_basis[0]["act"])
    assert kept == ("Căn cước", "advanced", "26/2023/QH15")  # what the file did not say
    entry = session.query(AuditEntry).filter_by(event="question_replaced").one()
    assert (entry.details["former"]["version"], entry.details["former"]["status"]) == (1, "approved")


def test_only_what_it_is_like_can_be_replaced_and_by_one_only(btc, bank, add, stored):
    first, other = add(ages(code="CC1")), add(Question("single", "Khác hẳn?", AGES[:2], code="CC2"))
    send(btc, bank, text(CARD, LIKE_THE_FIRST), "cau.txt")
    decide(btc, 1, "replace", replaces=other.id).does_not_see("thay câu CC2")
    decide(btc, 1, "replace", replaces=first.id)
    decide(btc, 2, "replace", replaces=first.id)
    assert marked(btc, "thay câu CC1") == [2]
    accept(btc)
    assert len(stored()) == 3


# Who reviews it


def test_a_reviewer_is_chosen_on_accepting_but_never_oneself(btc, other, bank, stored, session, world, units):
    stranger = world.user("khac", role=Role.ORGANISER, unit=units["XK"])
    me, reviewer = (session.query(User).filter_by(login=login).one() for login in ("btc", "duyet"))
    session.commit()
    send(btc, bank, text(CARD), "cau.txt").sees("Lê Thị Duyệt")
    accept(btc, reviewer=me.id).sees("Người soạn không tự duyệt")
    assert stored() == []
    address = draft_of(btc)
    btc.post(address, 404, reviewer=stranger.id)  # may not review here
    accept(btc.get(address), reviewer=reviewer.id).sees("Đang xem các câu của lần nhập “cau.txt”.")
    assert stored()[0].assigned_to_id == reviewer.id
    assert session.query(ImportBatch).one().reviewer_id == reviewer.id
