"""A pupil with a cheap phone and a bad network."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from contest_app.attempts.models import Attempt, AttemptEvent, ClosedBy, LateSheet
from contest_app.attempts.sheets import from_text

pytestmark = pytest.mark.journey


@pytest.fixture
def units(world):
    units = world.units()
    world.bank(units["XA"])
    return units


def stored(session) -> Attempt:
    session.commit()
    attempt = session.query(Attempt).populate_existing().one()
    session.commit()
    return attempt


def move_deadline(session, attempt, deadline: datetime, *, extra_seconds: int = 0) -> None:
    """As if an organiser did. The phone may be writing too, so SQLite's lock is taken before anything is read."""
    session.commit()
    session.connection(execution_options={"writes": True})
    session.refresh(attempt)
    attempt.deadline, attempt.extra_seconds = deadline, extra_seconds
    session.commit()


def choose(page, option: int) -> None:
    page.locator(".question:visible .option").nth(option).click()


def saved(page) -> None:
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu lúc")


def sitting(world, units, visitor):
    """A pupil in front of the paper, with ten minutes to go."""
    user = world.user("an", unit=units["TR-A"])
    attempt = world.start(world.joined(world.contest(), user))
    pupil = visitor().log_in(user)
    pupil.go("/cuoc-thi/thu-nghiem").click("text=Làm tiếp bài đang dở")
    return pupil, attempt


def register(pupil, unit):
    """An account of one's own, then the contest, as the home page leads."""
    page = pupil.go("/")
    page.click("text=Vào thi")
    page.click("text=Tạo tài khoản")
    page.fill("#full_name", "Trần Thị Ánh")
    page.fill("#login", "anh.tran")
    page.fill("#password", "mat-khau-cua-anh")
    page.fill("#repeated", "mat-khau-cua-anh")
    page.check("#take_part")
    page.click("main form button")
    page.fill("#birth_year", "2009")
    page.select_option("#unit", str(unit.id))
    page.check("#take_part")
    page.click("main button:has-text('Đăng ký')")
    pupil.sees("Bạn đã đăng ký dự thi.").fits()


def answer_without_network(pupil, session):
    """Answering goes on, nothing is called saved; what the phone kept is sent when it is back."""
    page = pupil.page
    pupil.context.set_offline(True)
    page.click("#cau-sau")
    choose(page, 2)
    expect(page.locator("#da-luu")).to_have_text("Chưa lưu được")
    expect(page.locator("#bao-dong")).to_contain_text("Mất mạng")
    pupil.fits()
    page.click("#cau-sau")
    choose(page, 0)
    assert len(from_text(stored(session).sheet).answers) == 1

    # The phone restarts the browser; what was kept on it is sent before anything else.
    address = page.url
    page.close(run_before_unload=False)
    pupil.context.set_offline(False)
    page = pupil.page = pupil.new_page()
    page.goto(address)
    saved(page)
    expect(page.locator("#da-lam")).to_have_text("3/5")
    assert len(from_text(stored(session).sheet).answers) == 3


def test_from_registering_to_the_receipt_through_a_lost_network(world, units, visitor, session):
    world.contest(prediction={"target": "participants"})
    pupil = visitor()
    register(pupil, units["TR-A"])
    page = pupil.page
    page.click("text=Bắt đầu thi")
    expect(page.locator("#da-lam")).to_have_text("0/5")
    pupil.fits()
    choose(page, 1)
    saved(page)
    assert len(from_text(stored(session).sheet).answers) == 1

    answer_without_network(pupil, session)
    page = pupil.page

    # A reload in the middle keeps every answer and the way of looking.
    page.check("input[name=view][value=all]")
    page.reload()
    expect(page.locator("#da-lam")).to_have_text("3/5")
    expect(page.locator(".question:visible")).to_have_count(6)

    page.fill("#du-doan", "120")
    page.click("main .finish .btn-primary")
    expect(page.locator("#con-thieu")).to_contain_text("Còn 2 câu chưa trả lời: 4, 5.")
    page.click("#nop-that")
    page.wait_for_url("**/bai-thi/*")
    pupil.sees("Bài của bạn đã nộp lúc", "3 trên 5 câu").fits()
    attempt = stored(session)
    assert (attempt.closed_by, attempt.prediction) == (ClosedBy.CONTESTANT, 120)
    assert len(from_text(attempt.sheet).answers) == 3


def test_another_device_takes_over_and_the_first_is_told(world, units, visitor, session):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    world.joined(contest, user)
    phone, computer = visitor().log_in(user), visitor(viewport={"width": 1280, "height": 800}).log_in(user)
    phone.go("/cuoc-thi/thu-nghiem").click("text=Bắt đầu thi")
    choose(phone.page, 1)
    saved(phone.page)
    computer.go("/cuoc-thi/thu-nghiem").click("text=Làm tiếp bài đang dở")
    expect(computer.page.locator("#da-lam")).to_have_text("1/5")
    choose(computer.page, 2)
    saved(computer.page)
    phone.page.click("#cau-sau")
    choose(phone.page, 0)
    phone.sees("Bài thi này đã được mở tiếp trên thiết bị khác")
    assert phone.page.locator(".question:visible input").first.is_disabled()
    assert from_text(stored(session).sheet).answers == {1: [2]}
    assert session.query(AttemptEvent).filter_by(kind="taken_over").count() == 1


def test_when_time_runs_out_what_was_answered_is_kept_without_a_click(world, units, visitor, session):
    pupil, attempt = sitting(world, units, visitor)
    choose(pupil.page, 1)
    saved(pupil.page)
    move_deadline(session, attempt, datetime.now(UTC) + timedelta(seconds=5))
    pupil.page.reload()
    pupil.page.click("main .finish .btn-primary")  # the dialog is open when time runs out
    pupil.page.wait_for_url("**/bai-thi/*")
    pupil.sees("Hết giờ: máy đã thu bài lúc")
    kept = stored(session)
    assert (kept.closed_by, kept.closed_at, from_text(kept.sheet).answers) == (
        ClosedBy.DEADLINE,
        kept.deadline,
        {1: [1]},
    )


def test_extra_time_shows_while_answering(world, units, visitor, session):
    pupil, attempt = sitting(world, units, visitor)
    expect(pupil.page.locator("#con-lai")).to_have_text(re.compile(r"^(09|10):"))
    move_deadline(session, attempt, attempt.deadline + timedelta(minutes=30), extra_seconds=1800)
    choose(pupil.page, 1)
    saved(pupil.page)
    expect(pupil.page.locator("#con-lai")).to_have_text(re.compile(r"^(39|40):"))


def test_a_paper_can_be_sat_with_the_keyboard_alone(world, units, visitor, session):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    world.joined(contest, user)
    pupil = visitor().log_in(user)
    page = pupil.go("/cuoc-thi/thu-nghiem")
    page.locator("button:has-text('Bắt đầu thi')").press("Enter")
    page.locator("#da-lam").wait_for()
    for place in range(1, 6):
        page.locator(".question:visible input.answer").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        if place < 5:
            page.locator("#cau-sau").press("Enter")
            focused = page.evaluate("document.activeElement.closest('.question').dataset.place")
            assert focused == str(place + 1)
    saved(page)
    page.locator("main .finish .btn-primary").press("Enter")
    expect(page.locator("#con-thieu")).to_have_text("Bạn đã trả lời tất cả các câu.")
    page.locator("#nop-that").press("Enter")
    page.wait_for_url("**/bai-thi/*")
    assert from_text(stored(session).sheet).answers == {place: [1] for place in range(1, 6)}


def test_without_javascript_the_plain_form_still_saves_and_submits(world, units, visitor, session):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    world.joined(contest, user)
    pupil = visitor(java_script_enabled=False).log_in(user)
    page = pupil.go("/cuoc-thi/thu-nghiem")
    page.click("text=Bắt đầu thi")
    pupil.sees("Hạn nộp:").fits()
    for place in range(1, 6):
        page.check(f"input[name=a{place}][value='2']")
    page.click("button:has-text('Lưu bài')")
    pupil.sees("Đã lưu lúc")
    page.click("main .finish >> text=Nộp bài")
    pupil.sees("Bài của bạn đã nộp lúc")
    assert from_text(stored(session).sheet).answers == {place: [2] for place in range(1, 6)}


def test_at_zero_the_page_asks_the_server_before_it_hands_in(world, units, visitor, session):
    pupil, attempt = sitting(world, units, visitor)
    choose(pupil.page, 1)
    saved(pupil.page)
    # The device's clock jumps an hour ahead: to this page the ten minutes are long over.
    pupil.page.evaluate("const real = Date.now; Date.now = () => real() + 3_600_000")
    pupil.page.wait_for_timeout(4000)
    assert stored(session).closed_at is None
    expect(pupil.page.locator("#con-lai")).to_have_text(re.compile(r"^(09|10):"))
    choose(pupil.page, 2)
    saved(pupil.page)
    assert from_text(stored(session).sheet).answers == {1: [2]}
    assert attempt.id


def test_two_tabs_of_one_device_bring_their_answers_together(world, units, visitor, session):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    world.joined(contest, user)
    pupil = visitor().log_in(user)
    first = pupil.go("/cuoc-thi/thu-nghiem")
    first.click("text=Bắt đầu thi")
    second = pupil.new_page()
    second.goto(first.url)
    for place in range(4):
        choose(first, place % 4)
        first.click("#cau-sau")
    saved(first)
    for _ in range(4):
        second.click("#cau-sau")
    choose(second, 3)
    saved(second)
    expect(second.locator("#da-lam")).to_have_text("5/5")
    assert from_text(stored(session).sheet).answers == {1: [0], 2: [1], 3: [2], 4: [3], 5: [3]}


def test_what_a_device_kept_past_the_deadline_still_reaches_the_organisers(world, units, visitor, session):
    pupil, attempt = sitting(world, units, visitor)
    page = pupil.page
    choose(page, 1)
    saved(page)
    pupil.context.set_offline(True)
    page.click("#cau-sau")
    choose(page, 2)
    expect(page.locator("#da-luu")).to_have_text("Chưa lưu được")
    address = page.url
    move_deadline(session, attempt, datetime.now(UTC))  # first: what a closing page sends passes by the lost network
    page.close(run_before_unload=False)
    pupil.context.set_offline(False)
    page = pupil.page = pupil.new_page()
    page.goto(address)
    pupil.sees("Hết giờ: máy đã thu bài lúc", "Có bản bài làm gửi đến khi không còn lưu được nữa")
    late = session.query(LateSheet).one()
    assert from_text(late.sheet).answers == {1: [1], 2: [2]}
