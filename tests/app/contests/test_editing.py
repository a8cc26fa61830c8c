"""Editing by the form keeps what the form cannot say; names that lead astray are caught."""

import pytest

from contest_app.accounts.models import Role
from contest_app.contests.models import Contest
from contest_app.rules.parse import BadRules
from tests.app.contests.test_making import form

pytestmark = pytest.mark.usefixtures("questions")


@pytest.fixture
def organiser(world, units, person):
    return person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))


def test_saving_the_form_untouched_loses_no_rule(world, units, organiser, session):
    registration = {"fields": [{"name": "phone", "required": False}, {"name": "unit"}], "self_registration": False}
    world.contest(opened=False, audience={"excluded_units": ["AP"], "age_on": "2026-12-31"}, registration=registration)
    before = session.query(Contest).one().rules
    session.commit()
    kept = form(title=before.title, slug=before.slug, fields=["phone", "unit"])
    organiser.post("/quan-ly/thu-nghiem/sua", **kept)
    after = session.query(Contest).populate_existing().one().rules
    assert after.audience.excluded_units == ["AP"]
    assert str(after.audience.age_on) == "2026-12-31"
    assert not after.registration.self_registration
    assert {one.name: one.required for one in after.registration.fields} == {"phone": False, "unit": True}


def test_many_weekly_rounds_can_still_be_edited(world, units, organiser):
    first = world.document()["rounds"][0]
    world.contest(opened=False, rounds=[{**first, "code": f"tuan-{n}", "name": f"Tuần {n}"} for n in range(1, 31)])
    organiser.get("/quan-ly/thu-nghiem/sua").sees("Lưu thể lệ")


def test_two_banks_of_one_name_are_not_guessed_between(world, units):
    world.bank(units["TR"], name="Trùng tên")
    world.bank(units["AP"], name="Trùng tên")
    with pytest.raises(BadRules) as bad:
        world.contest(bank="Trùng tên")
    assert [one.code for one in bad.value.problems] == ["ambiguous_bank"]
    world.bank(units["XA"], name="Trùng tên")
    assert world.contest(bank="Trùng tên").bank.unit_id == units["XA"].id


def test_a_mistyped_excluded_login_and_an_unknown_topic_are_named(world, units, organiser):
    fields = form(**{"excluded_logins": "khongco", "blueprint-0-topic": "Luật chưa có"})
    organiser.post("/quan-ly/moi", 422, **fields).sees("không có tài khoản “khongco”")
    organiser.post("/quan-ly/moi", **form(**{"blueprint-0-topic": "Luật chưa có"})).sees(
        "Đã lưu thể lệ.", "ngân hàng không có câu đã duyệt nào thuộc chủ đề “Luật chưa có”"
    )


def test_accounts_people_made_themselves_stay_out_where_only_the_roster_counts(world, units, person):
    world.contest(registration={"fields": [], "self_registration": False})
    browser = person().post(
        "/dang-ky",
        full_name="Lê An",
        login="tu.dang.ky",
        password="mat-khau-rieng",
        repeated="mat-khau-rieng",
        take_part="y",
    )
    browser.sees("Đã tạo tài khoản. Chào Lê An!")
    browser.post("/cuoc-thi/thu-nghiem/dang-ky", 403, full_name="Lê An", take_part="y").sees(
        "chỉ dành cho tài khoản do ban tổ chức cấp"
    )


def test_after_a_refused_action_there_is_a_way_back(world, units, organiser):
    world.contest()
    token = organiser.token()
    page = organiser.send(
        "POST", "/theo-doi/thu-nghiem/them-gio", data={"csrf_token": token, "minutes": "5", "reason": "Mất điện"},
        headers={"Referer": "http://localhost/theo-doi/thu-nghiem"},
    )  # fmt: skip
    html = page.get_data(as_text=True)
    assert page.status_code == 409
    assert "Không có bài nào đang làm" in html
    assert 'href="/theo-doi/thu-nghiem">Quay lại trang trước' in html
