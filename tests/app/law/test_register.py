"""The register of legal documents: found, completed, checked, replaced, taken out."""

import contextvars
import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.bank import services as banks
from contest_app.law import queries, services
from contest_app.law.models import LegalDocument
from contest_app.law.sheet import COLUMNS
from question_bank.model import LegalBasis
from tests.app.factories import question

TODAY = date(2026, 11, 9)  # where the tests' clock stands


def fields(**changes):
    return {"number": "24/2018/QH14", "title": "Luật An ninh mạng", "in_force_from": "2019-01-01", **changes}


def found(session, number="24/2018/QH14"):
    session.commit()
    session.expire_all()
    return queries.by_number(session, number)


def events(session, *names):
    session.commit()
    return session.query(AuditEntry).filter(AuditEntry.event.in_(names)).order_by(AuditEntry.id).all()


# Looking


def test_a_document_is_found_by_number_or_title_without_accents(btc, register):
    register("24/2018/QH14", title="Luật An ninh mạng")
    register("168/2024/NĐ-CP", title="Nghị định xử phạt vi phạm giao thông")
    btc.get("/van-ban/?tim=168/2024/nd-cp").sees("168/2024/NĐ-CP", "1 văn bản").does_not_see("24/2018/QH14")
    btc.get("/van-ban/?tim=an ninh luat").sees("24/2018/QH14").does_not_see("168/2024/NĐ-CP")
    btc.get("/van-ban/?tim=dat dai").sees("Không có văn bản nào khớp")


@pytest.mark.parametrize(
    ("standing", "numbers"),
    [
        ("in_force", {"1", "3", "4"}),
        ("ended", {"2"}),
        ("ending", {"3"}),
        ("unchecked", {"2", "3", "4"}),
        ("la-lung", {"1", "2", "3", "4"}),
    ],
)
def test_the_list_is_narrowed_to_what_is_in_force_ended_ending_or_unchecked(
    session, world, register, standing, numbers
):
    services.check_document(session, register("1"), actor_id=None, now=world.now)
    register("2", in_force_to=TODAY - timedelta(days=1))
    register("3", in_force_to=TODAY)
    register("4", in_force_to=TODAY + timedelta(days=91))
    assert {one.number for one in session.scalars(queries.documents(session, TODAY, standing=standing))} == numbers


def test_an_empty_register_says_where_documents_come_from(btc):
    btc.get("/van-ban/").sees("Văn bản được ghi vào đây khi câu hỏi nêu số hiệu")


def test_only_who_keeps_banks_sees_the_register(world, units, person, act):
    for login, role in (("gk", Role.JUDGE), ("hs", None)):
        somebody = person().log_in(world.user(login, role=role, unit=units["XA"]))
        somebody.get("/van-ban/", status=403)
        somebody.get(f"/van-ban/{act.id}", status=403)
        somebody.get("/ngan-hang/can-cu", status=403)


def test_a_document_lists_the_citing_questions_of_ones_own_units_and_counts_only_them(world, units, person, btc, act):
    btc.get("/van-ban/").sees("Luật thử", "từ")
    btc.get(f"/van-ban/{act.id}").sees("12 câu hỏi", "C0001", "Điều 10 khoản 2")
    stranger = person().log_in(world.user("xk", role=Role.ORGANISER, unit=units["XK"]))
    stranger.get(f"/van-ban/{act.id}").sees("Không có câu hỏi nào trong các ngân hàng của bạn")


# Completing and checking


def test_adding_a_document_records_what_was_said_and_who_checked_it(btc, session, account):
    btc.post("/van-ban/moi", **fields(is_checked="y", reason="Theo Công báo")).sees("Đã lưu văn bản", "Theo Công báo")
    document = found(session)
    assert (document.in_force_from, document.checked_by_id) == (date(2019, 1, 1), account.id)
    changed, checked = events(session, "law_changed", "law_checked")
    assert changed.details["before"] == {"number": "", "title": "", "in_force_from": ""}
    assert changed.details["after"]["in_force_from"] == "2019-01-01"
    assert checked.subject == f"law:{document.id}"


def test_changed_dates_must_be_checked_anew_and_the_page_tells_before_and_after(btc, session, register):
    document = register("24/2018/QH14", title="Luật An ninh mạng", in_force_from=date(2019, 1, 1))
    btc.post(f"/van-ban/{document.id}/doi-chieu").sees("Đã ghi nhận")
    btc.post(f"/van-ban/{document.id}/sua", **fields(title="Luật An ninh mạng 2018"))
    assert found(session).checked_at is not None
    btc.post(f"/van-ban/{document.id}/sua", **fields(in_force_to="2026-06-30"))
    btc.sees("chưa đối chiếu", "hiệu lực đến hết: – → 30/06/2026", "hết hiệu lực từ 01/07/2026", "Nguyễn Văn Btc")
    assert found(session).checked_at is None


def test_the_log_of_decisions_tells_it_in_words(world, units, person, register):
    register("24/2018/QH14", in_force_to=date(2026, 6, 30))
    admin = person().log_in(world.user("qt", role=Role.ADMINISTRATOR, unit=units["XA"]))
    admin.get("/nhat-ky/").sees("sửa văn bản pháp luật", "văn bản pháp luật 1", "hiệu lực đến hết: 30/06/2026")


def test_saving_without_a_change_leaves_no_line_in_the_log(btc, session, register):
    document = register("24/2018/QH14", title="Luật An ninh mạng", in_force_from=date(2019, 1, 1))
    before = len(events(session, "law_changed"))
    btc.post(f"/van-ban/{document.id}/sua", **fields())
    assert len(events(session, "law_changed")) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Mục này bắt buộc phải điền."),
        ({"number": "Số 36 /2024/qh15"}, "Số hiệu này đã có trong danh mục (36/2024/QH15)"),
        ({"in_force_to": "2018-12-31"}, "hết hiệu lực sau ngày 31/12/2018, trước khi ban hành hoặc có hiệu lực"),
        ({"issued_on": "2020-01-01", "in_force_to": "2019-06-30"}, "(01/01/2020)"),
        ({"in_force_to": "ngày mai"}, "Ngày có dạng ngày/tháng/năm."),
        ({"replaced_by": "99/2099/QH99"}, "Danh mục chưa có văn bản 99/2099/QH99"),
        ({"replaced_by": "24/2018/qh14"}, "không thể được thay bằng chính nó"),
        ({"title": "x" * 256}, "Dài quá 255 ký tự."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_stays_typed(btc, session, act, wrong, said):
    btc.post("/van-ban/moi", status=422, **fields(**wrong)).sees(said)
    assert next(iter(wrong.values())) in btc.page.get_data(as_text=True)
    assert session.query(LegalDocument).count() == 1


def test_a_replaced_document_ends_the_day_before_the_new_one_begins(btc, session, register):
    register("116/2025/QH15", in_force_from=date(2026, 7, 1))
    btc.post("/van-ban/moi", **fields(replaced_by="116/2025/qh15"))
    btc.sees("hết hiệu lực từ 01/07/2026", "thay bằng 116/2025/QH15")
    assert found(session).in_force_to == date(2026, 6, 30)
    new = found(session, "116/2025/QH15")
    btc.get(f"/van-ban/{new.id}").sees("Thay cho 24/2018/QH14")


def test_it_ends_as_soon_as_the_new_ones_first_day_is_known(btc, session, register):
    new = register("116/2025/QH15")
    register("24/2018/QH14", replaced_by="116/2025/QH15")
    register("25/2018/QH14", replaced_by="116/2025/QH15", in_force_to=date(2020, 1, 1))
    assert found(session).in_force_to is None
    btc.post(f"/van-ban/{new.id}/sua", number="116/2025/QH15", title="Luật mới", in_force_from="01/07/2026")
    assert found(session).in_force_to == date(2026, 6, 30)
    assert found(session, "25/2018/QH14").in_force_to == date(2020, 1, 1)


def test_replacements_never_lead_round_in_a_circle(btc, session, register):
    register("3/2020")
    register("2/2010", replaced_by="3/2020")
    first = register("1/2000", replaced_by="2/2010")
    last = found(session, "3/2020")
    btc.post(f"/van-ban/{last.id}/sua", status=422, number="3/2020", title="Luật", replaced_by=first.number)
    btc.sees("không thể được thay bằng chính nó, dù trực tiếp hay qua 1/2000")
    assert found(session, "3/2020").replaced_by is None


def test_the_register_decides_whatever_dates_a_question_states(session, world, register):
    register("24/2018/QH14", in_force_from=date(2019, 1, 1))
    stated = LegalBasis("24/2018/qh14", "1", "", "Tên khác", None, date(2020, 1, 1))
    (known,) = services.documents_of(session, [stated], world.now).values()
    assert (known.title, known.in_force_to) == ("Luật thử", None)


def test_only_what_nothing_names_is_taken_out(btc, session, register, act):
    new = register("116/2025/QH15")
    old_page = f"/van-ban/{register('24/2018/QH14', replaced_by='116/2025/QH15').id}"
    btc.post(f"/van-ban/{act.id}/xoa").sees("Không xóa được 36/2024/QH15 vì có câu hỏi")
    btc.post(f"/van-ban/{new.id}/xoa").sees("đang được ghi là thay cho 24/2018/QH14")
    btc.post(f"{old_page}/xoa").sees("Đã xóa văn bản 24/2018/QH14")
    assert found(session) is None
    assert [entry.details["number"] for entry in events(session, "law_deleted")] == ["24/2018/QH14"]
    btc.post(f"{old_page}/xoa", status=404)


# Excel


def upload(browser, rows, status=200, headings=None):
    book = Workbook()
    for row in (headings or [column.heading for column in COLUMNS], *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return browser.post("/van-ban/nhap", status=status, file=(io.BytesIO(stream.getvalue()), "van-ban.xlsx"))


def test_a_list_from_excel_is_entered_and_an_empty_cell_keeps_what_is_known(btc, session, register):
    register("116/2025/QH15", title="Luật An ninh mạng", issued_on=date(2025, 12, 10))
    upload(btc, [
        ["24/2018/QH14", "Luật An ninh mạng 2018", "12/06/2018", date(2019, 1, 1), None, "116/2025/qh15"],
        ["116/2025/QH15", "Luật An ninh mạng", None, "01/07/2026", None, None],
    ]).sees("Đã nhập 2 văn bản.")  # fmt: skip
    old, new = found(session), found(session, "116/2025/QH15")
    assert (old.issued_on, old.in_force_from, old.in_force_to) == (
        date(2018, 6, 12), date(2019, 1, 1), date(2026, 6, 30),
    )  # fmt: skip
    assert (new.issued_on, old.replaced_by_id, old.checked_at) == (date(2025, 12, 10), new.id, None)
    assert {entry.details["reason"] for entry in events(session, "law_changed")[1:]} == {"van-ban.xlsx"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["", "Luật", None, None, None, None], "Ô đang để trống"),
        (["1/2020", "Luật", "hôm qua", None, None, None], "Không hiểu ngày “hôm qua”"),
        (["1/2020", "Luật", None, "01/01/2020", "31/12/2019", None], "hết hiệu lực trước ngày có hiệu lực"),
        (["1/2020", "Luật", None, None, None, "2/2020"], "không có văn bản số “2/2020”"),
        (["1/2020", "Luật", None, None, None, "1/2020"], "thay bằng chính nó"),
        (["9/1999", "Luật", None, None, None, None], "bị lặp (đã có ở dòng 2)"),
        (["1/2020", "x" * 300, None, None, None, None], "nhiều nhất 255 ký tự"),
    ],
)
def test_one_broken_line_keeps_the_whole_list_out(btc, session, row, said):
    upload(btc, [["9/1999", "Luật cũ", None, None, None, None], row], status=422).sees(said, "Chưa lưu gì cả")
    assert session.query(LegalDocument).count() == 0


def test_a_file_that_is_no_list_is_refused(btc):
    btc.post("/van-ban/nhap", status=422).sees("Chưa chọn tệp")
    upload(btc, [["1", "2"]], status=422, headings=["Tên", "Tuổi"]).sees("Không thấy dòng tiêu đề")


def test_the_list_taken_away_comes_back_unchanged(btc, session, register):
    register("24/2018/QH14", in_force_from=date(2019, 1, 1), in_force_to=date(2026, 6, 30))
    data = btc.get("/van-ban/danh-sach.xlsx").page.get_data()
    cells = [cell.value for cell in load_workbook(io.BytesIO(data)).active[2]]
    assert cells[0] == "24/2018/QH14"
    before = len(events(session, "law_changed"))
    btc.post("/van-ban/nhap", file=(io.BytesIO(data), "van-ban.xlsx")).sees("Đã nhập 1 văn bản.")
    assert len(events(session, "law_changed")) == before


# The console


def run(app, session, *words):
    session.commit()
    return contextvars.Context().run(app.test_cli_runner().invoke, args=["law", *words])


def test_the_console_ends_a_document_and_lists_the_register(app, session, register):
    register("24/2018/QH14", title="Luật An ninh mạng", in_force_from=date(2019, 1, 1))
    register("116/2025/QH15")
    words = ("end", "24/2018/qh14", "--on", "2026-06-30", "--replaced-by", "116/2025/QH15", "--reason", "Công báo")
    done = run(app, session, *words)
    assert (done.exit_code, done.output) == (0, "24/2018/QH14: có hiệu lực đến hết ngày 30/06/2026.\n")
    assert events(session, "law_changed")[-1].details["reason"] == "Công báo"
    assert (
        "24/2018/QH14\t2019-01-01\t2026-06-30\t-> 116/2025/QH15\tLuật An ninh mạng" in run(app, session, "list").output
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1/1999", "--on", "2026-06-30"), "Danh mục chưa có văn bản 1/1999"),
        (("24/2018/QH14", "--on", "2018-01-01"), "trước khi ban hành hoặc có hiệu lực"),
        (("24/2018/QH14", "--on", "2026-06-30", "--replaced-by", "1/1999"), "Danh mục chưa có văn bản 1/1999"),
    ],
)
def test_the_console_refuses_what_the_page_would(app, session, register, words, said):
    register("24/2018/QH14", in_force_from=date(2019, 1, 1))
    done = run(app, session, "end", *words, "--reason", "Công báo")
    assert (done.exit_code, said in done.output) == (1, True)
    assert found(session).in_force_to is None


def test_a_question_brings_its_act_into_the_register_unchecked(session, world, units):
    bank = banks.create_bank(session, units["XA"].id, "Ngân hàng", world.now)
    banks.add_question(session, bank, question(1), author_id=None, now=world.now)
    document = found(session, "36/2024/QH15")
    assert (document.title, document.checked_at) == ("Luật thử", None)
