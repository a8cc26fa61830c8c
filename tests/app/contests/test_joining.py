"""Who may join, what they declare, and what everybody sees of a contest."""

import hashlib
import json

import pytest

from contest_app.accounts.models import Consent
from contest_app.contests.models import Participation
from contest_app.web.refusal import Refusal
from question_bank.draw import draw
from question_bank.pool_file import pool_from
from question_bank.seeded import seed_for

pytestmark = pytest.mark.usefixtures("questions")


def refusal(world, contest, user, unit):
    with pytest.raises(Refusal) as refused:
        world.joined(contest, user, unit)
    world.session.rollback()
    return refused.value.code


def test_only_the_fields_the_contest_asks_for_are_kept(world, units, person, session):
    world.contest(registration={"fields": [{"name": "birth_year"}, {"name": "phone", "required": False}]})
    browser = person().log_in(world.user("an"))
    browser.get("/cuoc-thi/thu-nghiem/dang-ky").sees("Năm sinh", "Số điện thoại").does_not_see("Địa chỉ")
    browser.post(
        "/cuoc-thi/thu-nghiem/dang-ky", full_name="Lê Thị Ánh", birth_year="2009", phone="0912345678", address="bí mật",
        take_part="y",
    ).sees("Bạn đã đăng ký dự thi.", "số báo danh")  # fmt: skip
    row = session.query(Participation).one()
    assert (row.full_name, row.birth_year, row.fields, row.unit_id) == (
        "Lê Thị Ánh",
        2009,
        {"phone": "0912345678"},
        None,
    )


def test_consents_are_separate_unticked_and_stored_with_their_words(world, units, person, session):
    world.contest(registration={"fields": []})
    browser = person().log_in(world.user("an"))
    html = browser.get("/cuoc-thi/thu-nghiem/dang-ky").page.get_data(as_text=True)
    assert "checked" not in html
    browser.post("/cuoc-thi/thu-nghiem/dang-ky", status=422, full_name="Lê An").sees("Mục này bắt buộc phải điền.")
    browser.post("/cuoc-thi/thu-nghiem/dang-ky", full_name="Lê An", take_part="y", publish_name="y")
    given = {one.purpose: one.text for one in session.query(Consent)}
    assert given["publish_name"] == "Tôi đồng ý cho ghi đầy đủ họ tên của tôi trên bảng xếp hạng công khai."
    assert set(given) == {"take_part", "publish_name"}


def test_withdrawing_the_consent_hides_the_name_at_once(world, units, person, session):
    contest = world.contest(registration={"fields": []})
    user = world.user("an")
    world.joined(contest, user, shows_name=True)
    consent = session.query(Consent).filter_by(purpose="publish_name").one()
    session.commit()
    person().log_in(user).post(f"/tai-khoan/dong-y/{consent.id}/rut")
    assert not session.get(Participation, 1, populate_existing=True).shows_name


def test_the_audience_is_enforced(world, units):
    organiser = world.user("btc")
    contest = world.contest(
        audience={"units": ["XA"], "excluded_units": ["AP"], "min_age": 12, "max_age": 35, "excluded_logins": ["BTC"]}
    )
    assert refusal(world, contest, world.user("tre", birth_year=2020), units["TR-A"]) == "too_young"
    assert refusal(world, contest, world.user("gia", birth_year=1960), units["TR-A"]) == "too_old"
    assert refusal(world, contest, world.user("xa-khac"), units["XK"]) == "unit_not_invited"
    assert refusal(world, contest, world.user("khong-don-vi"), None) == "unit_not_invited"
    assert refusal(world, contest, world.user("bi-loai"), units["AP"]) == "excluded"
    assert refusal(world, contest, organiser, units["TR-A"]) == "excluded"
    assert world.joined(contest, world.user("hop-le"), units["TR-A"]).id


def test_age_puts_people_in_their_group(world, units):
    contest = world.contest(
        audience={
            "groups": [{"code": "A", "name": "Bảng A", "max_age": 18}, {"code": "B", "name": "Bảng B", "min_age": 19}]
        }
    )
    assert world.joined(contest, world.user("an", birth_year=2008), units["TR-A"]).group_code == "A"
    assert world.joined(contest, world.user("binh", birth_year=2007), units["TR-A"]).group_code == "B"


def test_details_lock_with_the_first_official_paper(world, units):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    row = world.joined(contest, user)
    world.joined(contest, user, units["TR-B"])
    world.start(row)
    assert refusal(world, contest, user, units["TR-A"]) == "details_locked"


def test_the_public_page_has_rules_countdown_qr_and_link(world, units, person):
    world.contest(summary="Giới thiệu cuộc thi.")
    page = person().get("/cuoc-thi/thu-nghiem").sees("đang mở", "Giới thiệu cuộc thi.", "Đăng nhập để dự thi")
    html = page.page.get_data(as_text=True)
    assert "data-countdown=" in html
    assert "<svg" in html
    assert "/cuoc-thi/thu-nghiem</p>" in html
    page.get("/cuoc-thi/thu-nghiem/the-le").sees(
        "Mỗi đề có 5 câu, làm trong 10 phút; mỗi câu đúng được 2 điểm, điểm tối đa 10.",
        "Đợt 1: từ 07:00 ngày 09/11/2026 đến trước 08:00 ngày 16/11/2026 (giờ Việt Nam).",
        "Mỗi đợt được thi 1 lượt.",
    )
    assert page.get("/cuoc-thi/thu-nghiem/ma-qr.png").page.data.startswith(b"\x89PNG")


def test_anybody_can_check_the_draw_after_the_round_closed(world, units, person, time):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    attempt = world.start(world.joined(contest, user))
    visitor = person().log_in(user)
    of_round = contest.rounds[0]
    visitor.get("/cuoc-thi/thu-nghiem/minh-bach").sees(of_round.commitment, of_round.pool_digest)
    visitor.does_not_see(of_round.secret.hex())
    time.go_to(of_round.closes_at)
    visitor.log_in(user).get("/cuoc-thi/thu-nghiem/minh-bach").sees(of_round.secret.hex())
    pool = visitor.get("/cuoc-thi/thu-nghiem/dot-1/kho-de.json").page.data
    assert hashlib.sha256(pool).hexdigest() == of_round.pool_digest
    assert hashlib.sha256(of_round.secret).hexdigest() == of_round.commitment
    assert "Nội dung" not in pool.decode()
    again = draw(pool_from(json.loads(pool)), seed_for(of_round.secret, attempt.id))
    published = visitor.get(f"/cuoc-thi/thu-nghiem/bai-thi/{attempt.id}/de.json").page.json
    assert [[item.question_id, list(item.option_order)] for item in again] == published


def test_the_pool_stays_hidden_before_the_round_opens(world, units, person, time):
    contest = world.contest()
    time.go_to(contest.rounds[0].opens_at.replace(hour=0) - (contest.rounds[0].closes_at - contest.rounds[0].opens_at))
    person().get("/cuoc-thi/thu-nghiem/dot-1/kho-de.json", status=404)
