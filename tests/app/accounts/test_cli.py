"""``flask user …``: the first administrator of a new installation, and what goes wrong."""

import contextvars
import unicodedata

import pytest

from contest_app.accounts import passwords
from contest_app.accounts.models import Role, Unit, User
from contest_app.audit.models import AuditEntry


@pytest.fixture
def run(app, session):
    """Runs a command, as somebody at the console: in a context of its own."""

    def command(*words):
        session.commit()
        return contextvars.Context().run(app.test_cli_runner().invoke, args=["user", *words])

    return command


def created(session, login) -> User:
    session.commit()
    found = session.query(User).populate_existing().filter_by(login=login).one()
    assert found.unit is not None
    roles = [(grant.role, grant.unit.code) for grant in found.grants]
    session.commit()
    found.seen_roles = roles
    return found


def test_the_first_administrator_comes_with_a_unit_and_a_one_time_password(run, session, person):
    done = run(
        "create", "QuanTri", unicodedata.normalize("NFD", "Phạm Văn Đức"), "--role", "administrator", "--unit", "AT"
    )
    assert done.exit_code == 0, done.output
    login, password = done.output.strip().split("\t")
    user = created(session, "quantri")
    assert (login, user.full_name, user.must_change_password) == ("quantri", "Phạm Văn Đức", True)
    assert (user.seen_roles, user.unit.path) == ([(Role.ADMINISTRATOR, "AT")], f"/{user.unit.id}/")
    assert [entry.event for entry in session.query(AuditEntry)] == ["units_imported", "role_granted"]
    session.commit()
    browser = person().post("/dang-nhap", login=login, password=password).sees("mật khẩu dùng một lần")
    browser.post("/tai-khoan/mat-khau", password="mat-khau-rieng", repeated="mat-khau-rieng").sees(
        "Thiết lập xác thực hai lớp"
    )


def test_a_password_given_is_kept_and_a_known_unit_used(run, world, session, person):
    world.units()
    assert (
        run("create", "hs1", "Lê An", "--unit", "TR-A", "--password", "mat-khau-rieng").output
        == "hs1\tmat-khau-rieng\n"
    )
    user = created(session, "hs1")
    assert (user.unit.code, user.seen_roles, user.must_change_password) == ("TR-A", [], False)
    assert session.query(Unit).count() == 6
    session.commit()
    person().post("/dang-nhap", login="hs1", password="mat-khau-rieng").get("/tai-khoan").sees("Lê An")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "Co-Roi", "Lê An", "--unit", "XA"), "Tên đăng nhập này đã có người dùng."),
        (("create", "lê an", "Lê An", "--unit", "XA"), "Tên đăng nhập chỉ dùng chữ không dấu"),
        (("create", "binh", "Lê Bình", "--unit", "XA", "--role", "king"), "Invalid value for '--role'"),
        (("create", "binh", "Lê Bình"), "Missing option '--unit'"),
        (("code", "khong-co"), "Tài khoản khong-co chưa có xác thực hai bước."),
        (("code", "co-roi"), "Tài khoản co-roi chưa có xác thực hai bước."),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(run, world, session, words, said):
    world.units()
    world.user("co-roi")
    done = run(*words)
    assert done.exit_code != 0
    assert said in done.output
    assert "Traceback" not in done.output
    session.commit()
    assert session.query(User).count() == 1


def test_the_current_code_of_an_account_is_printed(run, world):
    units = world.units()
    user = world.user("btc", role=Role.ORGANISER, unit=units["XA"])
    assert run("code", "btc").output.strip() == passwords.current_code(user.totp_secret, world.now)
