"""Units and class lists from Excel: every problem by its place, nothing stored while one is left."""

import io
import re
import unicodedata

import pytest
from openpyxl import load_workbook

from contest_app.accounts.models import Role, Unit, User
from contest_app.audit.models import AuditEntry
from tests.app.accounts.files import hostile_files, macro_file, rows_of, saved, upload, workbook

UNITS = ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Quân số")
PEOPLE = ("Họ và tên", "Tên đăng nhập", "Năm sinh", "Mã đơn vị", "Số điện thoại")


@pytest.fixture
def btc(staff, units):
    """An organiser of the commune."""
    return staff("btc", Role.ORGANISER, units["XA"])


def send_units(browser, *rows, status=200, data=None, name="don-vi.xlsx"):
    return browser.post("/quan-tri/don-vi", status, file=upload(data or workbook(UNITS, *rows), name))


def send_people(browser, *rows, status=200, data=None, unit=""):
    fields = {"file": upload(data or workbook(PEOPLE, *rows), "lop.xlsx"), "unit": unit}
    return browser.post("/quan-tri/nguoi-dung/nhap", status, **fields)


def problems(browser) -> list[tuple[str, str, str]]:
    """Row, column and text of each line of the problem table."""
    table = browser.page.get_data(as_text=True).partition('class="table problems"')[2].partition("</table>")[0]
    return re.findall(r"<td>(.*?)</td><td>(.*?)</td><td>(.*?)</td>", table)


def unit_of(session, code) -> Unit | None:
    session.commit()
    found = session.query(Unit).populate_existing().filter_by(code=code).one_or_none()
    session.commit()
    return found


def people_count(session) -> int:
    session.commit()
    count = session.query(User).count()
    session.commit()
    return count


# Units


def test_units_are_created_and_updated_wherever_they_stand_in_the_sheet(btc, units, session):
    send_units(
        btc,
        ("TR-C1", "Tổ 1", "chi đoàn, thôn, tổ", "TR-C", ""),
        ("TR-C", unicodedata.normalize("NFD", "Lớp 10C"), "LỚP", "TR", "1.068"),
        ("TR", "Trường THPT mới", "", "", 1200),
        ("CQ", "Công an xã", "", "XA", 0),
    ).sees("Đã thêm 3 đơn vị, cập nhật 1 đơn vị.", "Trường THPT mới", "Lớp 10C", "1068")
    school, room, team = unit_of(session, "TR"), unit_of(session, "TR-C"), unit_of(session, "TR-C1")
    assert (school.headcount, school.kind, school.path) == (1200, "school", f"/{units['XA'].id}/{school.id}/")
    assert (room.name, room.folded_name, room.kind, room.headcount) == ("Lớp 10C", "lop 10c", "class", 1068)
    assert (team.path, team.parent_id, team.kind) == (f"{room.path}{team.id}/", room.id, "branch")
    assert (unit_of(session, "CQ").kind, unit_of(session, "CQ").headcount) == ("agency", 0)
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.details) == ("units_imported", {"created": 3, "updated": 1})
    assert entry.actor.login == "btc"


def test_a_unit_that_moves_takes_all_below_it_along(btc, session):
    send_units(btc, ("AP", "Ấp 1", "", "XA", ""), ("TR", "Trường", "", "AP", ""))
    branch, school, room = (unit_of(session, code) for code in ("AP", "TR", "TR-A"))
    assert school.path == f"{branch.path}{school.id}/"
    assert room.path == f"{school.path}{room.id}/"


def test_the_template_and_the_exported_list_can_be_sent_back(staff, units, session):
    """Also by somebody whose topmost unit hangs below one they may not touch."""
    school = staff("truong", Role.ORGANISER, units["TR"])
    exported = rows_of(school.get("/quan-tri/thong-ke-don-vi").page.data)
    assert exported == [
        list(UNITS), ["TR", "Trường THPT An Trường", "trường học", "XA", 40], ["TR-A", "Lớp 10A", "lớp", "TR", 20],
        ["TR-B", "Lớp 10B", "lớp", "TR", 20],
    ]  # fmt: skip
    send_units(school, data=workbook(*exported)).sees("Đã thêm 0 đơn vị, cập nhật 3 đơn vị.")
    assert unit_of(session, "TR").path == units["TR"].path
    template = rows_of(school.get("/quan-tri/don-vi/mau.xlsx").page.data)
    assert template[0] == list(UNITS)


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ([("M1", "Mới", "", "KHONG-CO", "")], ("2", "Mã đơn vị cấp trên"), "Không có đơn vị cấp trên mã “KHONG-CO”"),
        ([("M1", "Mới", "", "M1", "")], ("2", "Mã đơn vị cấp trên"), "“M1” nằm dưới chính nó"),
        ([("TR", "Trường", "", "TR-A", "")], ("2", "Mã đơn vị cấp trên"), "“TR” nằm dưới chính nó"),
        (
            [("M1", "Một", "", "XA", ""), ("M1", "Hai", "", "XA", "")],
            ("3", "Mã đơn vị"),
            "“M1” bị lặp (đã có ở dòng 2)",
        ),
        ([("M1", "Mới", "", "XA", "20.5")], ("2", "Quân số"), "“20.5” không phải là số nguyên"),
        ([("M1", "Mới", "", "XA", "hai mươi")], ("2", "Quân số"), "“hai mươi” không phải là số nguyên"),
        ([("M1", "Mới", "", "XA", "9999999999")], ("2", "Quân số"), "không phải là số nguyên"),
        ([("M1", "Mới", "", "XA", -4)], ("2", "Quân số"), "“-4” không phải là số nguyên"),
        ([("M1", "", "", "XA", "")], ("2", "Tên đơn vị"), "Ô đang để trống"),
        ([("", "Mới", "", "XA", ""), ("", "Mới", "", "", "")], ("2", "Mã đơn vị"), "Ô đang để trống"),
        ([("M1", "Mới", "hợp tác xã", "XA", "")], ("2", "Loại đơn vị"), "Không hiểu “hợp tác xã”. Chấp nhận: tỉnh"),
        ([("M1", "Mới", "", "XK", "")], ("2", "Mã đơn vị"), "“XK” nằm ngoài phạm vi của bạn"),
        ([("XK", "Xã khác đổi tên", "", "", "")], ("2", "Mã đơn vị"), "“XK” nằm ngoài phạm vi của bạn"),
        ([("M1", "Một gốc mới", "", "", "")], ("2", "Mã đơn vị"), "“M1” nằm ngoài phạm vi của bạn"),
        ([("TR", "Trường", "", "XK", "")], ("2", "Mã đơn vị"), "“XK” nằm ngoài phạm vi của bạn"),
        ([("M" * 65, "Mới", "", "XA", "")], ("2", "Mã đơn vị"), "nhiều nhất 64 ký tự"),
        ([("M1", "Tên " + "rất dài " * 40, "", "XA", "")], ("2", "Tên đơn vị"), "nhiều nhất 255 ký tự"),
    ],
)
def test_a_problem_is_named_by_row_and_column_and_nothing_is_stored(btc, session, rows, place, said):
    before = session.query(Unit).count()
    send_units(btc, *rows, ("TOT", "Đơn vị không lỗi", "", "XA", 5), status=422)
    btc.sees("Chưa lưu gì cả. Hãy sửa các chỗ dưới đây trong tệp rồi tải lên lại.")
    assert place in [one[:2] for one in problems(btc) if said in one[2]], problems(btc)
    assert unit_of(session, "TOT") is None
    assert session.query(Unit).count() == before


def test_every_problem_of_the_sheet_is_named_at_once(btc):
    send_units(btc, ("M1", "", "lạ", "KHONG", "x"), ("M1", "Hai", "", "XA", ""), status=422)
    assert [one[:2] for one in problems(btc)] == [
        ("2", "Tên đơn vị"), ("2", "Quân số"), ("2", "Loại đơn vị"), ("2", "Mã đơn vị cấp trên"), ("2", "Mã đơn vị"),
        ("3", "Mã đơn vị"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (workbook(UNITS, ("M1", "Mới", "", "XA", 5), merged="A2:B2"), "Ô gộp tại A2:B2"),
        (workbook(UNITS, ("M1", "Mới", "", "XA", "=2+3")), "Ô E2 chứa công thức"),
        (workbook(UNITS, ("M1", "#N/A", "", "XA", "")), "Ô B2 đang báo lỗi “#N/A”"),
        (workbook(("Mã đơn vị", "Quân số"), ("M1", 5)), "Thiếu cột “Tên đơn vị”"),
        (workbook((*UNITS, "quân số"), ("M1", "Mới", "", "XA", 5, 6)), "Cột “Quân số” xuất hiện hai lần"),
        (workbook(("a", "b"), ("c", "d")), "Không thấy dòng tiêu đề trong 10 dòng đầu"),
        (workbook(UNITS), "Tệp không có dữ liệu"),
        (workbook(UNITS, *[("M1", "Mới", "", "XA", "")] * 5_001), "Bảng có quá nhiều dòng (tối đa 5000)"),
    ],
)
def test_a_sheet_of_the_wrong_shape_says_so(btc, session, data, said):
    send_units(btc, data=data, status=422).sees(said)
    assert unit_of(session, "M1") is None


def test_a_title_above_the_headings_empty_rows_and_other_columns_do_no_harm(btc, session):
    data = workbook(["DANH SÁCH ĐƠN VỊ"], [], (*UNITS, "STT"), [], ("M1", "Mới", "", "XA", 5, "=1+1"), ["", " "])
    send_units(btc, data=data).sees("Đã thêm 1 đơn vị")
    assert unit_of(session, "M1").headcount == 5


def test_one_stray_cell_far_to_the_right_does_not_weigh_the_server_down(btc, session):
    book = load_workbook(io.BytesIO(workbook(UNITS, ("M1", "Mới", "", "XA", 5))))
    book.active["XFD4000"] = " "
    send_units(btc, data=saved(book)).sees("Đã thêm 1 đơn vị")


@pytest.mark.parametrize(("data", "said"), [*hostile_files(), (b"\x8f\x02ngau nhien" * 500, "đã hỏng")])
@pytest.mark.parametrize("send", [send_units, send_people])
def test_a_file_that_is_no_safe_workbook_is_refused_in_words(btc, session, data, said, send):
    send(btc, data=data, status=422).sees(said)
    assert people_count(session) == 1


def test_a_macro_file_is_known_by_its_content_not_its_name(btc):
    send_units(btc, data=macro_file(), name="don-vi.xlsx", status=422).sees("Tệp có chứa macro nên không được nhận.")


def test_sending_no_file_says_what_to_do(btc):
    btc.post("/quan-tri/don-vi", 422).sees("Chưa chọn tệp. Hãy bấm “Chọn tệp”")
    btc.post("/quan-tri/don-vi", 422, file=upload(b"", "")).sees("Chưa chọn tệp")
    btc.post("/quan-tri/nguoi-dung/nhap", 422).sees("Chưa chọn tệp")


def test_the_first_units_of_a_new_installation(world, session, person):
    root = world.units(("G", "Xã gốc", "commune", "", ""))["G"]
    admin = person().log_in(world.user("qt", role=Role.ADMINISTRATOR, unit=root))
    send_units(admin, ("G", "Xã gốc", "xã, phường", "", 900), ("G1", "Trường", "trường học", "G", 50))
    assert unit_of(session, "G1").path == f"/{root.id}/{unit_of(session, 'G1').id}/"
