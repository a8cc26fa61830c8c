"""Spreadsheets in layouts of their own: columns are named once, and known the next time."""

import re

import pytest

from contest_app.bank.models import ImportDraft, KnownLayout
from tests.app.accounts.files import workbook
from tests.app.bank.importing import accept, draft_of, marked, send

HEADINGS = ("Vấn đề cần hỏi", "Ý 1", "Ý 2", "Ý 3", "Kết luận", "Mảng")
ROWS = [
    ("Thẻ căn cước cấp từ mấy tuổi?", "12", "14", "16", 2, "Căn cước"),
    ("Ai ký giấy khai sinh?", "Chủ tịch xã", "Công chức", "Giám đốc sở", 1, "Hộ tịch"),
]
CHOICE = {
    "sheet": "Sheet", "heading_row": "1", "key_style": "number", "col__0": "stem", "col__1": "option_A",
    "col__2": "option_B", "col__3": "option_C", "col__4": "key", "col__5": "topic",
}  # fmt: skip
FOREIGN = workbook(HEADINGS, *ROWS)


def columns_of(browser) -> str:
    found = re.search(r'action="(/ngan-hang/nhap/\d+/cot)"', browser.page.get_data(as_text=True))
    assert found, browser.text[:600]
    return found[1]


def selected(browser) -> dict[str, str]:
    """What each column is taken for on the page."""
    html = browser.page.get_data(as_text=True)
    pattern = r'name="(col-\d+)"(?:(?!</select>).)*?<option value="(\w*)" selected'
    return dict(re.findall(pattern, html, re.DOTALL))


def test_columns_are_named_and_the_file_is_read_so(btc, bank, stored, session):
    send(btc, bank, FOREIGN).sees("Hãy cho biết mỗi cột chứa gì", "A Vấn đề cần hỏi", "Thẻ căn cước cấp từ mấy tuổi?")
    btc.post(columns_of(btc), **CHOICE).sees("2 câu sẽ nhận", "Đổi cách đọc cột", "14 ✓ đúng")
    accept(btc).sees("Đã nhập 2 câu hỏi")
    assert [row.current.topic.path for row in stored()] == ["Căn cước", "Hộ tịch"]
    assert session.query(ImportDraft).count() == 0


def test_the_next_file_with_these_headings_is_read_at_once_by_everybody_of_the_unit(btc, other, bank, session):
    send(btc, bank, FOREIGN)
    btc.post(columns_of(btc), **CHOICE)
    shifted = workbook(("Danh sách câu hỏi",), [heading.upper() for heading in HEADINGS], *ROWS)
    send(other, bank, shifted, "khac.xlsx").sees("2 câu sẽ nhận", "đọc theo cột đã chọn")
    address = other.page.request.path + "/cot"
    other.get(address).sees("Đọc lại thì những chỗ đã sửa")
    assert selected(other)["col-4"] == "key"
    other.post(address, **{**CHOICE, "heading_row": "2", "col__5": "tags"}).sees("một đáp án · nhận biết")
    known = session.query(KnownLayout).one()
    assert (known.unit_id, known.mapping["tags"], known.mapping["topic"]) == (bank.unit_id, 5, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"col__0": ""}, "Chưa chọn cột nào là nội dung câu hỏi."),
        ({"col__5": "key"}, "Có hai cột cùng chọn một mục."),
        ({"heading_row": "9"}, "Đọc theo cách này thì chưa có câu hỏi nào."),
    ],
)
def test_a_choice_that_cannot_be_read_is_told_and_kept_on_the_page(btc, bank, session, changes, said):
    send(btc, bank, FOREIGN)
    btc.post(columns_of(btc), 422, **{**CHOICE, **changes}).sees(said)
    assert selected(btc)["col-1"] == "option_A"
    assert session.query(KnownLayout).count() == 0


def test_another_heading_row_can_be_looked_at_first(btc, bank):
    send(btc, bank, workbook(("Trường An Trường",), HEADINGS, *ROWS))
    btc.sees("A Vấn đề cần hỏi")  # the title above it fills one cell only
    btc.get(columns_of(btc), query_string={"heading_row": 1}).sees("A Trường An Trường")
    btc.get(columns_of(btc), query_string={"heading_row": 0}).does_not_see("A Vấn đề cần hỏi")
    btc.get(columns_of(btc), query_string={"heading_row": -5, "sheet": "không có"}).sees("Cột này chứa")


def test_headings_the_machine_can_tell_are_read_and_can_still_be_changed(btc, bank):
    headings = ("question", "option 1", "option 2", "option 3", "correct answer")
    send(btc, bank, workbook(headings, *[row[:5] for row in ROWS])).sees("2 câu sẽ nhận", "Đổi cách đọc cột")
    btc.get(f"{draft_of(btc)}/cot")
    assert selected(btc)["col-0"] == "stem"


def test_our_own_layout_asks_nothing(btc, bank):
    ours = workbook(("Nội dung câu hỏi", "Phương án A", "Phương án B", "Đáp án"), ("Câu?", "a", "b", "A"))
    send(btc, bank, ours).sees("1 câu sẽ nhận").does_not_see("Đổi cách đọc cột")
    btc.get(f"{draft_of(btc)}/cot", 404)


def test_an_unfinished_choice_waits_on_the_import_page(btc, bank, session):
    send(btc, bank, FOREIGN)
    btc.get(f"/ngan-hang/{bank.id}/nhap").sees("Tiếp tục lần nhập dở", "cau-hoi.xlsx")
    draft = session.query(ImportDraft).one()
    session.commit()
    btc.get(f"/ngan-hang/nhap/{draft.id}").sees("Hãy cho biết mỗi cột chứa gì")


# Letters old fonts left wrong


def test_old_font_letters_are_put_right_when_asked(btc, bank, stored):
    text = "Câu 1: Nhà nƣớc của ai?\nA. Của dân\nB. Của ngƣời ngoài\nĐáp án: A\nCâu 2: Ai?\nA. a\nB. b\nĐáp án: A"
    send(btc, bank, text.encode(), "cau.txt").sees("Nhà nƣớc", "chữ “ƣ” do chuyển từ phông chữ cũ")
    btc.post(f"{draft_of(btc)}/chu-cu").sees("Đã sửa chữ ở 1 câu.", "Nhà nước").does_not_see("phông chữ cũ")
    assert marked(btc, "cần xem lại") == []
    accept(btc)
    assert stored()[0].current.options[1]["text"] == "Của người ngoài"
