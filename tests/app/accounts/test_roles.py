"""Roles reach their unit and what lies below, nothing beside; who grants them is on record."""

import re

import pytest

from contest_app.accounts.models import Role, RoleGrant, User
from contest_app.accounts.services import NewAccount, create_account
from contest_app.audit.models import AuditEntry
from tests.app.factories import PASSWORD

PEOPLE = "/quan-tri/nguoi-dung"


@pytest.fixture
def everybody(world, units):
    """A pupil of each place."""
    return {code: world.user(f"hs-{code.lower()}", unit=units[code]) for code in ("TR-A", "TR-B", "AP", "XK")}


@pytest.fixture
def admin(staff, units):
    return staff("qt", Role.ADMINISTRATOR, units["XA"], home=units["XA"])


def statuses(browser, *paths) -> list[int]:
    return [browser.send("GET", path).status_code for path in paths]


def entries(session) -> list[tuple[str, str, dict]]:
    session.commit()
    found = [(one.event, one.subject, one.details, one.actor and one.actor.login) for one in session.query(AuditEntry)]
    session.commit()
    return found


def new_password(browser) -> str:
    return re.search(r'<p class="secret">(.*?)</p>', browser.page.get_data(as_text=True))[1]


# How far a role reaches


def test_an_organiser_sees_the_people_of_their_unit_and_below(staff, units, everybody):
    school = staff("truong", Role.ORGANISER, units["TR"])
    school.get(PEOPLE).sees("hs-tr-a", "hs-tr-b").does_not_see("hs-ap", "hs-xk")
    paths = [f"{PEOPLE}/{everybody[code].id}" for code in ("TR-A", "TR-B", "AP", "XK")]
    assert statuses(school, *paths, f"{PEOPLE}/99999") == [200, 200, 404, 404, 404]
    school.get(f"{PEOPLE}/{everybody['AP'].id}", 404).sees("Trang này không có, hoặc không thuộc về bạn.")


def test_an_organiser_sees_the_banks_of_their_unit_and_below(staff, world, units):
    banks = {code: world.bank(units[code], 1, f"Ngân hàng {code}") for code in ("XA", "TR", "XK")}
    school = staff("truong", Role.ORGANISER, units["TR"])
    school.get("/ngan-hang/").sees("Ngân hàng TR").does_not_see("Ngân hàng XA", "Ngân hàng XK")
    for code, status in (("TR", 200), ("XA", 404), ("XK", 404)):
        number = banks[code].id
        paths = [f"/ngan-hang/{number}{rest}" for rest in ("", "/nhap", "/tai-ve/xlsx/tep", "/cau-hoi/moi")]
        assert statuses(school, *paths) == [status] * 4
    school.post(f"/ngan-hang/{banks['XK'].id}/duyet", 404)
    school.post("/ngan-hang/", name="Chiếm", unit=units["XK"].id).sees("Hãy ghi tên ngân hàng và chọn đơn vị.")


def test_a_question_of_another_commune_looks_like_none(staff, world, units, session):
    world.bank(units["XK"], 1)
    from_there = session.connection().exec_driver_sql("SELECT id FROM question").scalar()
    session.commit()
    school = staff("truong", Role.ORGANISER, units["XA"])
    assert statuses(school, f"/ngan-hang/cau-hoi/{from_there}", f"/ngan-hang/cau-hoi/{from_there}/sua") == [404, 404]
    data = {"csrf_token": school.token(), "status": "retired"}
    assert school.send("POST", f"/ngan-hang/cau-hoi/{from_there}/trang-thai", data=data).status_code == 404


MANAGING = ("/ngan-hang/", PEOPLE, "/quan-tri/don-vi", "/quan-tri/nguoi-dung/nhap", "/ngan-hang/mau.xlsx")


@pytest.mark.parametrize(
    ("role", "managing", "results", "log"),
    [
        (None, 403, 403, 403),
        (Role.JUDGE, 403, 200, 403),
        (Role.ORGANISER, 200, 200, 403),
        (Role.ADMINISTRATOR, 200, 200, 200),
    ],
)
def test_what_a_role_may_not_do_is_refused(world, units, person, role, managing, results, log):
    browser = person().log_in(world.user("ai-do", role=role, unit=units["XA"]))
    assert statuses(browser, *MANAGING) == [managing] * len(MANAGING)
    assert statuses(browser, "/ket-qua/", "/nhat-ky/") == [results, log]
    if managing == 403:
        browser.get(PEOPLE, 403).sees("Tài khoản của bạn không được phép xem trang này.")


def test_somebody_not_logged_in_is_led_to_the_log_in(person, units):
    person().get(PEOPLE).sees("Đăng nhập", "Mật khẩu")


# Searching


@pytest.mark.parametrize("typed", ["dao", "ĐÀO", "Đào thị", "dao thi duyen", "hs-dao", "0912"])
def test_searching_finds_people_with_and_without_accents(admin, world, units, typed):
    world.user("hs-dao", full_name="Đào Thị Duyên", unit=units["TR-A"]).phone = "0912345678"
    world.user("hs-khac", full_name="Lê Văn Khác", unit=units["TR-A"])
    admin.get(PEOPLE, query_string={"tim": typed}).sees("Đào Thị Duyên").does_not_see("Lê Văn Khác")


@pytest.mark.parametrize("typed", ["%", "_", "a%n", "\\"])
def test_a_search_takes_every_sign_as_it_stands(admin, world, units, typed):
    world.user("an", full_name="Lê Văn An", unit=units["TR-A"])
    admin.get(PEOPLE, query_string={"tim": typed}).sees("Không có ai khớp với").does_not_see("Lê Văn An")


def test_people_beyond_the_first_page_are_reachable(admin, world, units):
    for number in range(51):
        new = NewAccount(f"hs{number}", f"Hs {number:02}", "", unit_id=units["TR"].id)
        create_account(world.session, new, world.now)
    world.session.commit()
    admin.get(PEOPLE).sees("52 người", "Trang 1 trên 2").does_not_see("Hs 50")
    admin.get(f"{PEOPLE}?trang=2").sees("Hs 50")


# Passwords of others


def test_an_organiser_gives_a_pupil_a_new_one_time_password(staff, units, everybody, person, session):
    pupil = everybody["TR-A"]
    at_home = person().log_in(pupil)
    school = staff("truong", Role.ORGANISER, units["TR"])
    school.post(f"{PEOPLE}/{pupil.id}/mat-khau").sees("Mật khẩu mới, chỉ hiện một lần")
    assert at_home.send("GET", "/tai-khoan").status_code == 302
    person().post("/dang-nhap", 401, login=pupil.login, password=PASSWORD)
    person().post("/dang-nhap", login=pupil.login, password=new_password(school)).sees("mật khẩu dùng một lần")
    assert entries(session)[-1] == ("password_reset", f"user:{pupil.id}", {"second_factor_removed": False}, "truong")
    school.get(f"{PEOPLE}/{pupil.id}").does_not_see("chỉ hiện một lần")


@pytest.mark.parametrize(("role", "at"), [(Role.ADMINISTRATOR, "TR-A"), (Role.ORGANISER, "XA"), (Role.JUDGE, "XA")])
def test_nobody_resets_the_password_of_an_account_that_reaches_further(staff, world, units, session, role, at):
    other = world.user("cao-hon", role=role, unit=units[at])
    other.unit = units["TR-A"]
    session.commit()
    before = other.password_hash
    staff("truong", Role.ORGANISER, units["TR"]).post(f"{PEOPLE}/{other.id}/mat-khau", 404, remove_second_factor="1")
    session.commit()
    kept = session.get(User, other.id, populate_existing=True)
    assert (kept.password_hash, kept.totp_confirmed_at is not None) == (before, role is not Role.JUDGE)
    assert "password_reset" not in [one[0] for one in entries(session)]


def test_an_administrator_removes_a_lost_second_factor(admin, world, units, person, session):
    other = world.user("btc", role=Role.ORGANISER, unit=units["TR"])
    other.unit = units["TR"]
    session.commit()
    admin.post(f"{PEOPLE}/{other.id}/mat-khau", remove_second_factor="1")
    again = person().post("/dang-nhap", login="btc", password=new_password(admin))
    again.post("/tai-khoan/mat-khau", password="mat-khau-rieng", repeated="mat-khau-rieng").sees(
        "Thiết lập xác thực hai lớp"
    )
    assert entries(session)[-1][:3] == ("password_reset", f"user:{other.id}", {"second_factor_removed": True})


# Granting and revoking


def test_a_role_granted_works_at_once_and_one_revoked_no_longer(admin, world, units, everybody, person, session):
    teacher = everybody["TR-A"]
    browser = person().log_in(teacher)
    assert statuses(browser, "/ket-qua/") == [403]
    for _twice in range(2):
        admin.post(f"{PEOPLE}/{teacher.id}/vai-tro", role="judge", unit=units["TR"].id).sees(
            "Đã giao vai trò.", "giám khảo"
        )
    assert statuses(browser, "/ket-qua/") == [200]
    grant = session.query(RoleGrant).filter_by(user_id=teacher.id).one()
    session.commit()
    admin.post(f"{PEOPLE}/{teacher.id}/vai-tro/{grant.id}/thu").sees("Đã thu vai trò.")
    assert statuses(browser, "/ket-qua/") == [403]
    details = {"role": "judge", "unit": "TR"}
    about = [one for one in entries(session) if one[1] == f"user:{teacher.id}"]
    assert about == [
        ("role_granted", f"user:{teacher.id}", details, "qt"),
        ("role_revoked", f"user:{teacher.id}", details, "qt"),
    ]
    admin.post(f"{PEOPLE}/{teacher.id}/vai-tro/{grant.id}/thu", 404)


def test_an_organiser_grants_nothing(staff, units, everybody, session):
    organiser = staff("btc", Role.ORGANISER, units["XA"])
    organiser.get(f"{PEOPLE}/{everybody['TR-A'].id}").does_not_see("Giao thêm vai trò")
    organiser.post(f"{PEOPLE}/{everybody['TR-A'].id}/vai-tro", 403, role="administrator", unit=units["XA"].id)
    assert session.query(RoleGrant).count() == 1


@pytest.mark.parametrize(
    ("who", "role", "at"), [("TR-A", "judge", "XK"), ("XK", "judge", "XA"), ("TR-A", "king", "XA")]
)
def test_an_administrator_grants_only_within_their_reach(admin, units, everybody, session, who, role, at):
    admin.post(f"{PEOPLE}/{everybody[who].id}/vai-tro", 404, role=role, unit=units[at].id)
    assert session.query(RoleGrant).count() == 1


def test_a_grant_elsewhere_is_not_shown_for_revoking_and_cannot_be_revoked(admin, world, units, session):
    other = world.user("hai-noi", role=Role.JUDGE, unit=units["XK"])
    other.unit = units["TR"]
    session.commit()
    grant = other.grants[0].id
    session.commit()
    admin.get(f"{PEOPLE}/{other.id}").does_not_see("Thu vai trò")
    admin.post(f"{PEOPLE}/{other.id}/vai-tro/{grant}/thu", 404)
    session.commit()
    assert session.query(RoleGrant).filter_by(user_id=other.id).count() == 1
