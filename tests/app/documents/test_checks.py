"""Before a document is made: who petitions whom, days that cannot be, what somebody may have forgotten."""

import pytest

from contest_app.evaluation import services as evaluation
from tests.app.documents.conftest import PAGE

DOUBT = "Hãy xem lại trước khi lập:"


def held(btc, kind, query=""):
    return btc.get(f"{PAGE}/{kind}{query}").page.get_data(as_text=True)


def test_the_board_petitions_and_the_decision_names_it(frozen, make, btc):
    html = held(btc, "to-trinh")
    assert 'value="Ban Tổ chức cuộc thi"' in html
    assert "TM. BAN TỔ CHỨC\nTRƯỞNG BAN" in html
    said = make("to-trinh", number="3", proposer="Ban Tổ chức cuộc thi", addressees="Chủ tịch UBND xã")
    assert "ỦY BAN NHÂN DÂN XÃ AN TRƯỜNG\nBAN TỔ CHỨC CUỘC THI" in said
    assert "Số: 03/TTr-BTC" in said
    assert 'value="Ban Tổ chức cuộc thi"' in held(btc, "quyet-dinh")


def test_another_petitioner_is_the_one_the_decision_names(frozen, make, btc):
    make("to-trinh", number="3", proposer="Phòng Văn hóa - Xã hội")
    assert 'value="Phòng Văn hóa - Xã hội"' in held(btc, "quyet-dinh")
    said = make("to-trinh", number="3", proposer="Ủy ban nhân dân xã An Trường")
    assert "ỦY BAN NHÂN DÂN\nXÃ AN TRƯỜNG" in said


@pytest.mark.parametrize("kind", ["to-trinh", "quyet-dinh"])
def test_without_bases_or_signer_it_asks_once(frozen, make, kind):
    said = make(kind, status=422, accepts_doubts="")
    assert DOUBT in said
    assert "Chưa chọn và chưa ghi căn cứ nào." in said
    assert "Chưa ghi đủ chức vụ và họ tên người ký." in said
    assert make(kind)
    assert make(kind, accepts_doubts="", other_bases="Kế hoạch số 12", signer_name="Nguyễn Văn Ổn")


@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31", "2024-12-31", "2029-01-01"])
def test_a_year_far_from_the_contest_is_refused(frozen, make, day):
    assert "Năm của ngày ký phải từ 2025 đến 2028." in make("bao-cao", status=422, day=day)


def test_a_day_before_the_contest_is_over_is_asked_about(frozen, make):
    for kind in ("bien-ban", "danh-sach", "to-trinh", "quyet-dinh"):
        said = make(kind, status=422, day="2026-11-10", accepts_doubts="")
        assert "Ngày ký trước ngày cuộc thi kết thúc (16/11/2026)." in said
        assert make(kind, day="2026-11-10")
    assert make("bao-cao", day="2026-11-10", accepts_doubts="")


def test_a_number_far_ahead_is_asked_about(frozen, make):
    make("bao-cao", number="14")
    assert "Số 154 cách xa số tiếp theo của đơn vị là 14." in make("bao-cao", 422, number="154", accepts_doubts="")


def test_a_contest_that_goes_on_says_so(world, units, questions, btc, make):
    world.contest()
    for kind in ("bao-cao", "bien-ban"):
        btc.get(f"{PAGE}/{kind}").sees("Cuộc thi chưa kết thúc", "Chưa có lượt thi nào")
    btc.get(f"{PAGE}/quyet-dinh").does_not_see("Cuộc thi chưa kết thúc")
    said = make("bao-cao")
    assert "Biểu đồ 1" not in said
    assert "Chưa có lượt thi nào kết thúc." in said


def test_a_contest_that_is_over_says_nothing(frozen, btc):
    btc.get(f"{PAGE}/bao-cao").does_not_see("Cuộc thi chưa kết thúc", "Chưa có lượt thi nào", "Đã lập ngày ký")


def test_what_was_said_before_fills_the_form_again(frozen, make, btc, act):
    law = act("14/2012/QH13", "Luật Phổ biến, giáo dục pháp luật")
    make("bien-ban", number="3", members="Trần Văn Bộ, Trưởng ban", meeting_time="08 giờ", basis=str(law.id))
    make("bien-ban", number="9", members="Người khác")
    btc.get(PAGE)
    assert f"{PAGE}/bien-ban?lai=1" in btc.page.get_data(as_text=True)
    html = held(btc, "bien-ban", "?lai=1")
    for part in ("Trần Văn Bộ, Trưởng ban", 'value="08 giờ"', 'value="3"', 'value="2026-11-20"', f'"{law.id}" id='):
        assert part in html, part
    btc.sees("Lập lại với số 03/BB-UBND thì sổ văn bản chỉ còn ghi ngày và nội dung của lần sau.")
    assert "Trần Văn Bộ" not in held(btc, "bao-cao", "?lai=1")


def test_another_contests_document_fills_nothing(frozen, make, btc, world):
    make("bien-ban", number="3", members="Trần Văn Bộ")
    world.contest(title="Cuộc thi sau", slug="sau")
    btc.get("/ket-qua/sau/van-ban/bien-ban?lai=1").does_not_see("Trần Văn Bộ")
    btc.post("/ket-qua/sau/van-ban/1/rut", status=404, reason="lập nhầm số")


def test_a_big_contest_is_evaluated_in_the_background_first(frozen, make, monkeypatch):
    monkeypatch.setattr(evaluation, "MOST_WHILE_WAITING", 2)
    assert "bấm “Đánh giá ngay”" in make("bao-cao", status=409)
    monkeypatch.setattr(evaluation, "MOST_WHILE_WAITING", 3)
    assert "Có 3 người tham gia" in make("bao-cao")
