"""An act ends: its questions are marked, looked at again, and asked only because somebody decided so."""

from datetime import timedelta

import pytest

from contest_app.accounts.models import Role
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest

pytestmark = pytest.mark.journey
CONTEST = "/quan-ly/thu-nghiem"


def say_that_the_act_has_ended(organiser, world):
    """In the register, found without its accents."""
    organiser.go("/ngan-hang/").click("text=Văn bản pháp luật")
    page = organiser.fits().page
    page.fill("#tim", "luat thu")
    page.click("main form[role=search] button")
    page.click("main a:has-text('36/2024/QH15')")
    page.click("text=Sửa văn bản")
    page.fill("#in_force_to", (in_vietnam(world.now) - timedelta(days=1)).strftime("%Y-%m-%d"))
    page.fill("#reason", "Theo Công báo")
    page.check("#is_checked")
    organiser.fits().page.click("text=Lưu văn bản")
    organiser.sees("hết hiệu lực từ", "12 câu hỏi").fits()


def find_the_contest_short(organiser):
    organiser.go(CONTEST)
    organiser.sees("bảo đảm được 0 câu", "12 câu đã duyệt không được dùng").fits()
    assert organiser.page.locator("main button:has-text('Mở cuộc thi')").count() == 0
    organiser.page.click("text=Xem lại các câu này")


def confirm_what_is_still_right(organiser):
    """One question is retired, six are confirmed with one reason."""
    page = organiser.sees("12 câu cần xem lại").fits().page
    page.check("input[name=question] >> nth=0")
    page.fill("input[name=reason]", "Luật mới quy định khác")
    page.click("text=Ngừng dùng")
    organiser.sees("11 câu cần xem lại")
    for place in range(6):
        page.check(f"input[name=question] >> nth={place}")
    page.fill("input[name=reason]", "Luật mới giữ nguyên các quy định này")
    page.click("text=Xác nhận vẫn đúng")
    organiser.sees("Đã ghi quyết định cho 6 câu hỏi.", "5 câu cần xem lại")


def open_by_decision(organiser):
    page = organiser.go(CONTEST)
    organiser.sees("6 câu trong kho đề căn cứ vào văn bản hết hiệu lực", "5 câu đã duyệt không được dùng").fits()
    page.check("#keeps")
    page.fill("#reason", "Tổ pháp chế đã đối chiếu với luật mới")
    page.click("main button:has-text('Mở cuộc thi')")
    organiser.sees("Cuộc thi đã mở.", "“Tổ pháp chế đã đối chiếu với luật mới”").fits()


def test_from_an_act_that_ended_to_a_contest_opened_by_decision(world, visitor, session):
    units = world.units()
    world.bank(units["XA"])
    world.contest(opened=False)
    organiser = visitor().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))
    say_that_the_act_has_ended(organiser, world)
    organiser.go("/ngan-hang/1?can-cu=het-hieu-luc")
    organiser.sees("36/2024/QH15 hết hiệu lực").fits()
    find_the_contest_short(organiser)
    confirm_what_is_still_right(organiser)
    open_by_decision(organiser)
    decision = session.query(Contest).one().ended_acts
    assert (decision["acts"], decision["questions"]) == (["36/2024/QH15"], 6)
