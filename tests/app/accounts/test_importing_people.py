"""Class lists: login names made the Vietnamese way, one-time passwords that really log in."""

import re

import pytest

from contest_app.accounts.models import Role, User
from contest_app.audit.models import AuditEntry
from tests.app.accounts.files import rows_of
from tests.app.accounts.test_importing import PEOPLE, people_count, problems, send_people


@pytest.fixture
def btc(staff, units):
    return staff("btc", Role.ORGANISER, units["XA"])


def slips(browser) -> list[tuple[str, str, str]]:
    """Name, login and password of each slip on the page."""
    html = browser.page.get_data(as_text=True)
    parts = [part.partition("</section>")[0] for part in html.split('<section class="slip">')[1:]]
    return [(re.search(r"<h2[^>]*>(.*?)<", part)[1], *re.findall(r'<dd class="secret">(.*?)<', part)) for part in parts]


def test_a_class_gets_accounts_whose_slips_really_log_in(btc, units, person, session):
    send_people(btc, ("Nguyễn Văn An", "", 2010, "TR-A", "0900000001"), ("Đỗ Thị Ánh", "", "", "TR-B", ""))
    btc.sees("Đã tạo 2 tài khoản.", "Mật khẩu chỉ hiện một lần", "Lớp 10A", "Lớp 10B")
    (name, login, password), (_other, second, _word) = slips(btc)
    assert (name, login, second) == ("Nguyễn Văn An", "annv", "anhdt")
    session.commit()
    user = session.query(User).filter_by(login="annv").one()
    session.commit()
    assert (user.birth_year, user.phone, user.unit_id) == (2010, "0900000001", units["TR-A"].id)
    assert user.must_change_password
    assert password not in user.password_hash
    pupil = person().post("/dang-nhap", login=login, password=password).sees("mật khẩu dùng một lần")
    pupil.post("/tai-khoan/mat-khau", password="mat-khau-rieng", repeated="mat-khau-rieng").get("/tai-khoan").sees(
        "Lớp 10A"
    )
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.details) == ("people_imported", {"created": 2})


@pytest.mark.parametrize(
    ("names", "logins"),
    [
        (["Nguyễn Văn An", "Nguyễn Viết An", "Nguyễn Vũ An"], ["annv", "annv2", "annv3"]),
        (["Trần Thị Đào"], ["daott"]),
        (["Ý"], ["y02"]),
        (["H'Hen Niê"], ["nieh"]),
        (["Nguyễn Y"], ["yn2"]),
        (["李"], ["ts2"]),
        (["Aa" * 60], ["aa" * 29]),
    ],
)
def test_login_names_are_made_the_vietnamese_way(btc, units, names, logins):
    send_people(btc, *[(name, "", "", "TR-A", "") for name in names])
    assert [login for _name, login, _password in slips(btc)] == logins


def test_a_made_login_avoids_those_in_use_and_those_the_list_gives(btc, world):
    world.user("annv")
    send_people(btc, ("Nguyễn Văn An", "", "", "TR-A", ""), ("Người Khác", "ANNV2", "", "TR-A", ""))
    assert [login for _name, login, _password in slips(btc)] == ["annv3", "annv2"]


def test_rows_without_a_unit_go_to_the_one_chosen_on_the_page(btc, units, session):
    send_people(btc, ("Lê An", "", "", "", ""), ("Lê Bình", "", "", "TR-B", ""), unit=units["TR-A"].id)
    homes = {user.full_name: user.unit.code for user in session.query(User).filter(User.login != "btc")}
    assert homes == {"Lê An": "TR-A", "Lê Bình": "TR-B"}


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("", "ten1", "", "TR-A", ""), "Họ và tên", "Ô đang để trống"),
        (("Lê An", "", "", "", ""), "Mã đơn vị", "Ô đang để trống"),
        (("Lê An", "", "", "XK", ""), "Mã đơn vị", "Không có đơn vị mã “XK” trong phạm vi của bạn"),
        (("Lê An", "", "", "tr-a!", ""), "Mã đơn vị", "Không có đơn vị mã “tr-a!”"),
        (("Lê An", "btc", "", "TR-A", ""), "Tên đăng nhập", "“btc” đã có người dùng"),
        (("Lê An", "TOT", "", "TR-A", ""), "Tên đăng nhập", "“tot” bị lặp (đã có ở dòng 2)"),
        (("Lê An", "lê an", "", "TR-A", ""), "Tên đăng nhập", "Không hiểu “lê an”"),
        (("Lê An", "", "năm 2010", "TR-A", ""), "Năm sinh", "Không hiểu “năm 2010”"),
        (("Lê An", "", 210, "TR-A", ""), "Năm sinh", "Không hiểu “210”"),
        (("Lê An", "", "", "TR-A", "0911111111"), "Số điện thoại", "“0911111111” bị lặp (đã có ở dòng 2)"),
        (("Lê An", "", "", "TR-A", "0922222222"), "Số điện thoại", "“0922222222” đã có tài khoản khác dùng"),
        (("Lê An", "", "", "TR-A", "0933 333 333 hoặc 0944 444 444"), "Số điện thoại", "0933 333 333"),
        (("Lê " + "An " * 100, "", "", "TR-A", ""), "Họ và tên", "nhiều nhất 120 ký tự"),
    ],
)
def test_a_problem_is_named_and_nobody_gets_an_account(btc, world, session, row, column, said):
    world.user("quen").phone = "0922222222"
    session.commit()
    before = people_count(session)
    send_people(btc, ("Lê Tốt", "tot", 2010, "TR-A", "0911111111"), row, status=422)
    assert [one[:2] for one in problems(btc)] == [("3", column)]
    assert said in problems(btc)[0][2]
    btc.sees("Chưa lưu gì cả")
    assert people_count(session) == before


@pytest.mark.parametrize("typed", [912345678, "0912.345.678", "0912 345 678", "0912345678"])
def test_a_phone_is_stored_one_way_with_the_zero_excel_takes(btc, session, typed):
    send_people(btc, ("Lê An", "", "", "TR-A", typed))
    assert session.query(User).filter_by(phone="0912345678").count() == 1


def test_an_empty_list_says_so(btc, session):
    send_people(btc, status=422).sees("Tệp không có dữ liệu")


def test_the_template_has_the_columns_the_import_reads(btc):
    assert rows_of(btc.get("/quan-tri/nguoi-dung/mau.xlsx").page.data)[0] == list(PEOPLE)


def test_the_page_of_slips_is_not_kept_by_any_cache(btc):
    send_people(btc, ("Lê An", "", "", "TR-A", ""))
    assert btc.page.headers["Cache-Control"] == "no-store"


def test_a_list_sent_twice_makes_nobody_twice_unless_they_have_logins_of_their_own(btc, units, session):
    row = ("Lê Văn Tám", "", 2010, "TR-A", "")
    send_people(btc, row).sees("Đã tạo 1 tài khoản.")
    send_people(btc, row, status=422).sees("cùng năm sinh đã có (tamlv)")
    send_people(btc, ("lê  văn tám", "", 2010, "TR-B", ""), ("Lê Văn Tám", "", 2010, "TR-B", ""), status=422).sees(
        "(dòng 2)"
    )
    send_people(btc, ("Lê Văn Tám", "tam.khac", 2010, "TR-A", "")).sees("Đã tạo 1 tài khoản.")


def test_the_examples_of_the_template_are_not_imported(btc, units, session):
    template = btc.get("/quan-tri/nguoi-dung/mau.xlsx").page.data
    before = people_count(session)
    send_people(btc, data=template, status=422).sees("Tệp không có dữ liệu")
    assert people_count(session) == before
