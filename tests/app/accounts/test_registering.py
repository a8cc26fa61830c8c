"""Registering: what is asked, what is agreed to, and what a form says when something is wrong."""

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from contest_app.accounts import services
from contest_app.accounts.consents import TEXTS, VERSION, Purpose
from contest_app.accounts.models import Consent, User
from contest_app.accounts.services import NewAccount
from contest_app.contests.models import Participation
from contest_app.extensions import db
from contest_app.web.refusal import Refusal

FORM = {
    "full_name": "Trần Thị Bình", "login": "binh2010", "birth_year": "2010", "password": "mat-khau-cua-binh",
    "repeated": "mat-khau-cua-binh", "take_part": "y",
}  # fmt: skip


def html(browser) -> str:
    return browser.page.get_data(as_text=True)


def box(browser, name) -> str:
    return re.search(rf'<input[^>]*name="{name}"[^>]*>', html(browser))[0]


def note_of(browser, field) -> str:
    """The error tied to a field, as a screen reader finds it."""
    tag = re.search(rf'<(?:input|select)[^>]*id="{field}"[^>]*>', html(browser))[0]
    assert 'aria-invalid="true"' in tag
    wanted = next(one for one in re.search(r'aria-describedby="([^"]+)"', tag)[1].split() if one.endswith("-loi"))
    return re.search(rf'id="{wanted}">(.*?)</div>', html(browser), re.DOTALL)[1].strip()


def test_no_consent_is_ticked_beforehand(person):
    browser = person().get("/dang-ky").sees(str(TEXTS[Purpose.TAKE_PART]), str(TEXTS[Purpose.CONTACT_ME]))
    for name in ("take_part", "contact_me"):
        assert "checked" not in box(browser, name)


def test_registering_logs_in_and_stores_the_account(world, person, session):
    browser = person().post("/dang-ky", **{**FORM, "login": "Binh2010"})
    browser.get("/tai-khoan").sees("Trần Thị Bình", "binh2010", "2010")
    user = session.query(User).one()
    assert (user.login, user.full_name, user.folded_name) == ("binh2010", "Trần Thị Bình", "tran thi binh")
    assert user.password_hash.startswith("$argon2id$")
    assert not (user.must_change_password or user.grants)


def test_each_consent_given_is_stored_with_its_version_and_words(world, person, session):
    person().post("/dang-ky", **FORM, contact_me="y")
    rows = {row.purpose: row for row in session.query(Consent)}
    assert set(rows) == {"take_part", "contact_me"}
    for purpose, row in rows.items():
        assert (row.text_version, row.text) == (VERSION, str(TEXTS[Purpose(purpose)]))
        assert (row.given_at, row.withdrawn_at, row.contest_id) == (world.now, None, None)


def test_what_was_not_ticked_is_not_stored(world, person, session):
    person().post("/dang-ky", **FORM)
    assert [row.purpose for row in session.query(Consent)] == ["take_part"]


def test_without_the_consent_to_take_part_there_is_no_account(person, session):
    fields = {name: value for name, value in FORM.items() if name != "take_part"}
    browser = person().post("/dang-ky", 422, **fields)
    assert note_of(browser, "take_part") == "Mục này bắt buộc phải điền."
    assert session.query(User).count() == 0


def test_a_consent_can_be_withdrawn_once_and_stays_on_record(world, person, session):
    browser = person().post("/dang-ky", **FORM, contact_me="y")
    wanted = session.query(Consent).filter_by(purpose="contact_me").one()
    session.commit()
    world.time.pass_by(days=2)
    browser.post(f"/tai-khoan/dong-y/{wanted.id}/rut").sees(
        "Đã rút lại sự đồng ý", "Đã rút lại lúc 08:00 ngày 11/11/2026"
    )
    world.time.pass_by(days=1)
    browser.post(f"/tai-khoan/dong-y/{wanted.id}/rut")
    session.commit()
    kept = {row.purpose: row.withdrawn_at for row in session.query(Consent).populate_existing()}
    assert kept == {"take_part": None, "contact_me": world.now - timedelta(days=1)}


def test_another_person_s_consent_cannot_be_withdrawn(world, person, session):
    person().post("/dang-ky", **FORM)
    consent = session.query(Consent).one()
    session.commit()
    person().log_in(world.user("la")).post(f"/tai-khoan/dong-y/{consent.id}/rut", 404)
    session.commit()
    assert session.query(Consent).populate_existing().one().withdrawn_at is None


def test_withdrawing_the_consent_to_a_public_name_masks_it(world, units, person, session):
    world.bank(units["XA"])
    contest = world.contest()
    an = world.user("an", unit=units["TR-A"])
    world.joined(contest, an, shows_name=True)
    consent = session.query(Consent).filter_by(purpose="publish_name").one()
    session.commit()
    person().log_in(an).post(f"/tai-khoan/dong-y/{consent.id}/rut").sees("Đã rút lại sự đồng ý")
    session.commit()
    assert session.query(Participation).populate_existing().one().shows_name is False


@pytest.mark.parametrize("login", ["binh2010", "BINH2010", "  binh2010 "])
def test_a_login_in_use_is_named_at_its_field(world, person, session, login):
    world.user("binh2010")
    browser = person().post("/dang-ky", 409, **{**FORM, "login": login})
    assert note_of(browser, "login") == "Tên đăng nhập này đã có người dùng."
    assert 'value="Trần Thị Bình"' in html(browser)
    assert session.query(User).count() == 1


def test_two_who_take_the_same_login_at_once_get_one_account(app, world, session):
    def register(number):
        with app.app_context():
            try:
                with db.session.begin():
                    services.create_account(db.session(), NewAccount("trung", f"Người {number}", "mat-khau"), world.now)
            except Refusal as refusal:
                return refusal.code
            return "ok"

    session.commit()
    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(register, range(4)))
    assert said == ["login_taken"] * 3 + ["ok"]
    assert session.query(User).count() == 1


def test_a_name_typed_in_parts_arrives_composed(person, session):
    typed = unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Ánh")
    person().post("/dang-ky", **{**FORM, "full_name": f"  {typed}\u200b "})
    assert session.query(User).one().full_name == "Nguyễn Thị Ngọc Ánh"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("full_name", "", "Mục này bắt buộc phải điền."),
        ("full_name", "A", "Cần ít nhất 2 ký tự."),
        ("full_name", "A" * 121, "Dài quá 120 ký tự."),
        ("login", "bình", "Chỉ dùng chữ không dấu"),
        ("login", "ab", "Chỉ dùng chữ không dấu"),
        ("login", "có khoảng trắng", "Chỉ dùng chữ không dấu"),
        ("birth_year", "1899", "Cần một số từ 1900"),
        ("birth_year", "hai nghìn", "số"),
        ("password", "ngan", "Cần ít nhất 8 ký tự."),
        ("repeated", "khac-han", "Hai lần nhập mật khẩu không giống nhau."),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(person, session, field, typed, said):
    browser = person().post("/dang-ky", 422, **{**FORM, field: typed})
    assert said in note_of(browser, field)
    browser.sees("Chưa gửi được: hãy xem các mục có ghi lỗi bên dưới.")
    kept = {"full_name": "Trần Thị Bình", "login": "binh2010", "birth_year": "2010"}
    for name, value in {**kept, **({field: typed} if field in kept else {})}.items():
        assert f'value="{value}"' in box(browser, name)
    assert "checked" in box(browser, "take_part")
    assert "mat-khau-cua-binh" not in html(browser)
    assert session.query(User).count() == 0
