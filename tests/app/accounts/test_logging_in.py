"""Logging in: the password, the second factor, what must be finished first, and what logs people out."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from contest_app.accounts import passwords
from contest_app.accounts.models import Role, User
from contest_app.audit.models import AuditEntry
from contest_app.config import Settings
from tests.app.factories import PASSWORD

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
LOCKED = "Tài khoản tạm khóa vì nhập sai nhiều lần. Hãy thử lại sau 15 phút hoặc nhờ ban tổ chức cấp lại mật khẩu."
PRIVATE = "/tai-khoan"


def stored(session, user) -> User:
    session.commit()
    found = session.get(User, user.id, populate_existing=True)
    session.commit()
    return found


def is_logged_in(browser) -> bool:
    return browser.send("GET", PRIVATE).status_code == 200


def fail(browser, user, times=1):
    for _ in range(times):
        browser.post("/dang-nhap", 401, login=user.login, password="sai-mat-khau").sees(WRONG)


# The password


def test_the_right_password_lets_in_and_the_wrong_one_does_not(world, person):
    an = world.user("an")
    browser = person()
    fail(browser, an)
    assert not is_logged_in(browser)
    browser.post("/dang-nhap", login="an", password=PASSWORD)
    assert is_logged_in(browser)
    browser.get(PRIVATE).sees("Nguyễn Văn An")


def test_case_and_spaces_around_the_login_do_not_matter(world, person):
    world.user("an")
    assert is_logged_in(person().post("/dang-nhap", login=" AN ", password=PASSWORD))


def test_logging_out_ends_the_session(world, person):
    browser = person().log_in(world.user("an"))
    browser.post("/dang-xuat")
    assert not is_logged_in(browser)


def test_an_unknown_login_takes_as_long_and_says_the_same(world, person, monkeypatch):
    world.user("an")
    hashes = []
    real = passwords.password_matches
    monkeypatch.setattr(passwords, "password_matches", lambda known, typed: hashes.append(known) or real(known, typed))
    person().post("/dang-nhap", 401, login="khong-co", password=PASSWORD).sees(WRONG)
    assert hashes == [passwords.DUMMY_HASH]


def test_a_disabled_account_is_out_at_once_and_stays_out(world, person, session):
    an = world.user("an")
    browser = person().log_in(an)
    an.disabled_at = world.now
    session.commit()
    assert not is_logged_in(browser)
    browser.post("/dang-nhap", 401, login="an", password=PASSWORD).sees(WRONG)


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(world, person, session):
    an = world.user("an")
    browser = person()
    fail(browser, an, 5)
    browser.post("/dang-nhap", 429, login="an", password=PASSWORD).sees(LOCKED)
    assert stored(session, an).locked_until == world.now + timedelta(minutes=15)
    entry = session.query(AuditEntry).one()
    assert (entry.event, entry.subject) == ("account_locked", f"user:{an.id}")
    world.time.pass_by(minutes=14, seconds=59)
    browser.post("/dang-nhap", 429, login="an", password=PASSWORD).sees("sau 1 phút")
    world.time.pass_by(seconds=1)
    assert is_logged_in(browser.post("/dang-nhap", login="an", password=PASSWORD))


def test_a_success_clears_the_count_of_failures(world, person, session):
    an = world.user("an")
    browser = person()
    for _ in range(2):
        fail(browser, an, 4)
        browser.log_in(an).post("/dang-xuat")
    assert (stored(session, an).failed_logins, an.locked_until) == (0, None)


# The second factor


@pytest.fixture
def btc(world, units):
    return world.user("btc", role=Role.ORGANISER, unit=units["XA"])


def test_an_organiser_is_asked_for_a_code_before_anything_opens(btc, person):
    browser = person().post("/dang-nhap", login="btc", password=PASSWORD).sees("Xác thực lớp thứ hai")
    assert not is_logged_in(browser)
    browser.post("/xac-thuc", 401, code="000000").sees("Mã xác thực không đúng hoặc đã dùng")
    assert not is_logged_in(browser)


def test_a_code_works_once(world, btc, person):
    first, second = person().log_in(btc), person().post("/dang-nhap", login="btc", password=PASSWORD)
    assert is_logged_in(first)
    code = passwords.current_code(btc.totp_secret, world.now)
    second.post("/xac-thuc", 401, code=code).sees("Mã xác thực không đúng hoặc đã dùng")
    world.time.pass_by(seconds=30)
    assert is_logged_in(second.log_in(btc))


@pytest.mark.parametrize(("late", "is_taken"), [(30, True), (90, False)])
def test_a_phone_s_clock_may_be_one_step_off(world, btc, person, late, is_taken):
    code = passwords.current_code(btc.totp_secret, world.now)
    world.time.pass_by(seconds=late)
    browser = person().post("/dang-nhap", login="btc", password=PASSWORD)
    browser.post("/xac-thuc", 200 if is_taken else 401, code=f"{code[:3]} {code[3:]}")
    assert is_logged_in(browser) is is_taken


def test_wrong_codes_lock_too_and_the_password_does_not_clear_them(world, btc, person, session):
    browser = person()
    for _ in range(5):
        browser.post("/dang-nhap", login="btc", password=PASSWORD)
        browser.post("/xac-thuc", 401, code="abc def")
    browser.post("/xac-thuc", 429, code=passwords.current_code(btc.totp_secret, world.now)).sees("tạm khóa")
    browser.post("/dang-nhap", 429, login="btc", password=PASSWORD).sees(LOCKED)
    assert "account_locked" in [entry.event for entry in session.query(AuditEntry)]


def test_the_code_page_without_a_password_first_leads_to_the_log_in(person):
    person().get("/xac-thuc").sees("Tên đăng nhập")


def test_setting_up_shows_recovery_codes_of_which_each_works_once(world, units, person, session):
    user = world.user("btc2", role=Role.ORGANISER, unit=units["XA"])
    user.totp_secret = user.totp_confirmed_at = None
    session.commit()
    browser = person().post("/dang-nhap", login="btc2", password=PASSWORD).sees("Thiết lập xác thực hai lớp")
    secret = stored(session, user).totp_secret
    browser.sees(secret).post("/xac-thuc/thiet-lap", 422, code="12").sees("Mã xác thực không đúng")
    assert stored(session, user).totp_confirmed_at is None
    browser.post("/xac-thuc/thiet-lap", code=passwords.current_code(secret, world.now)).sees("Mã dự phòng")
    codes = browser.page.get_data(as_text=True).split('<li class="secret">')[1:]
    codes = [one.partition("<")[0] for one in codes]
    assert len(set(codes)) == 8
    for code, is_new in ((codes[0].upper(), True), (codes[0], False), (codes[1], True)):
        other = person().post("/dang-nhap", login="btc2", password=PASSWORD)
        other.post("/xac-thuc", 200 if is_new else 401, code=code)
        assert is_logged_in(other) is is_new


def test_the_secret_is_not_shown_again_once_confirmed(btc, person):
    browser = person().log_in(btc)
    browser.get("/xac-thuc/thiet-lap").does_not_see(btc.totp_secret).sees("Tài khoản của tôi")


@pytest.mark.parametrize("path", ["/", "/tai-khoan", "/ngan-hang/", "/quan-tri/nguoi-dung", "/tai-khoan/mat-khau"])
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMINISTRATOR])
def test_staff_without_a_second_factor_are_led_to_setting_it_up(world, units, person, session, path, role):
    user = world.user("moi", role=role, unit=units["XA"])
    user.totp_secret = user.totp_confirmed_at = None
    session.commit()
    browser = person().post("/dang-nhap", login="moi", password=PASSWORD)
    if path != "/tai-khoan/mat-khau":
        browser.get(path).sees("Thiết lập xác thực hai lớp")
    browser.post("/dang-xuat")
    assert not is_logged_in(browser)


def test_a_judge_needs_no_second_factor(world, units, person):
    assert is_logged_in(person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"])))


# Finishing a one-time password; changing one's own


def test_a_one_time_password_must_be_changed_before_anything_else(world, person, session):
    an = world.user("an")
    an.must_change_password = True
    session.commit()
    browser = person().post("/dang-nhap", login="an", password=PASSWORD).sees("mật khẩu dùng một lần")
    for path in ("/", PRIVATE, "/bai-thi"):
        browser.get(path).sees("Hãy đặt mật khẩu của riêng bạn")
    browser.post("/tai-khoan/mat-khau", 422, password="ngan", repeated="ngan").sees("Cần ít nhất 8 ký tự")
    browser.post("/tai-khoan/mat-khau", 422, password="mat-khau-rieng", repeated="khac").sees("không giống nhau")
    browser.post("/tai-khoan/mat-khau", password="mat-khau-rieng", repeated="mat-khau-rieng").sees("Đã đổi mật khẩu")
    assert not stored(session, an).must_change_password
    assert is_logged_in(browser)
    person().post("/dang-nhap", 401, login="an", password=PASSWORD).sees(WRONG)


def test_the_one_time_password_is_not_accepted_as_the_new_one(world, person, session):
    an = world.user("an")
    an.must_change_password = True
    session.commit()
    browser = person().log_in(an)
    browser.post("/tai-khoan/mat-khau", 422, password=PASSWORD, repeated=PASSWORD).sees("khác mật khẩu đang dùng")
    assert stored(session, an).must_change_password


def test_changing_the_password_logs_every_other_device_out(world, person):
    an = world.user("an")
    phone, school = person().log_in(an), person().log_in(an)
    new = {"password": "mat-khau-rieng", "repeated": "mat-khau-rieng"}
    phone.post("/tai-khoan/mat-khau", 422, current="doan-mo", **new).sees("Mật khẩu đang dùng không đúng.")
    phone.post("/tai-khoan/mat-khau", current=PASSWORD, **new)
    assert is_logged_in(phone)
    assert not is_logged_in(school)
    assert is_logged_in(school.log_in(an, "mat-khau-rieng"))


# Where to go afterwards, and the cookie


@pytest.mark.parametrize(
    "target",
    [
        "//evil.vn", "/\\evil.vn", "\\\\evil.vn", "http://evil.vn", "https:evil.vn", "javascript:alert(1)",
        "/\t/evil.vn", "/\n/evil.vn", "evil.vn", " //evil.vn", "",
    ],
)  # fmt: skip
def test_next_never_leaves_the_site(world, person, target):
    world.user("an")
    browser = person()
    token = browser.token()
    data = {"csrf_token": token, "login": "an", "password": PASSWORD}
    answer = browser.send("POST", "/dang-nhap", query_string={"next": target}, data=data)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_next_leads_back_to_the_page_that_asked_even_over_the_second_factor(world, btc, person):
    browser = person()
    asked = browser.send("GET", "/ngan-hang/?trang=2")
    where = asked.headers["Location"]
    assert urlsplit(where).path == "/dang-nhap"
    answer = browser.send("POST", where, data={"csrf_token": browser.token(), "login": "btc", "password": PASSWORD})
    code = passwords.current_code(btc.totp_secret, world.now)
    answer = browser.send("POST", answer.headers["Location"], data={"csrf_token": browser.token(), "code": code})
    assert answer.headers["Location"] == "/ngan-hang/?trang=2"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(world, person):
    world.user("an")
    browser = person()
    data = {"csrf_token": browser.token(), "login": "an", "password": PASSWORD}
    cookie = browser.send("POST", "/dang-nhap", data=data).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie
    production = Settings(environment="production", secret_key="k" * 40).flask_config()
    assert production["SESSION_COOKIE_SECURE"] is True


def test_a_form_without_the_token_is_refused_in_words(world, person):
    world.user("an")
    answer = person().send("POST", "/dang-nhap", data={"login": "an", "password": PASSWORD})
    assert answer.status_code == 400
    assert "Phiên làm việc của bạn đã hết hạn" in answer.get_data(as_text=True)
