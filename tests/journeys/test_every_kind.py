"""A paper with a question of every kind, on a phone: answered, kept through a reload, marked, read by a judge."""

import pytest
from playwright.sync_api import expect

from contest_app.accounts.models import Role
from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from tests.app.kinds import QUESTIONS, contest_of_every_kind, place_of, right_parts

pytestmark = pytest.mark.journey


@pytest.fixture
def contest(world):
    world.unit_by_code = world.units()
    return contest_of_every_kind(world, world.unit_by_code["XA"])


@pytest.fixture
def attempt(world, contest):
    return world.start(world.joined(contest, world.user("an", unit=world.unit_by_code["TR-A"])))


def answer(page, place, kind, parts):
    """Do with the hands what the sheet shall hold."""
    question = page.locator(f"#cau-{place}")
    if kind in ("single", "multiple", "true_false"):
        for part in parts:
            question.locator(".option").nth(part).click()
        return
    for number, part in enumerate(parts):
        box = question.locator(f"[data-part='{number}']")
        if kind == "statements":
            question.locator(f"label:has([data-part='{number}'][value='{part}'])").click()
        elif isinstance(part, str):
            box.fill(part)
        else:
            box.select_option(index=part + 1)


def stored(session) -> Attempt:
    session.commit()
    return session.query(Attempt).populate_existing().one()


def test_every_kind_is_answered_with_a_thumb_and_survives_a_reload(world, attempt, session, visitor):
    places = {kind: place_of(world, attempt, kind) for kind in QUESTIONS}
    world.session.commit()
    pupil = visitor().log_in(attempt.participation.user)
    page = pupil.go("/cuoc-thi/thu-nghiem")
    page.click("text=Làm tiếp bài đang dở")
    page.check("input[name=view][value=all]")
    pupil.fits()
    expected = {}
    for kind, (place, order) in places.items():
        expected[place] = right_parts(kind, order)
        answer(page, place, kind, expected[place])
    expect(page.locator("#da-lam")).to_have_text("10/10")
    expect(page.locator(".word-count")).to_have_text("Đã viết 6 từ.")
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.locator("#da-lam")).to_have_text("10/10")
    expect(page.locator(f"#cau-{places['essay'][0]} textarea")).to_have_value("Pháp luật là chuẩn mực chung.")
    page.locator("button:has-text('Nộp bài')").first.click()
    page.click("#nop-that")
    page.wait_for_url("**/bai-thi/*")
    sheet = from_text(stored(session).sheet).answers
    assert {place: sorted(map(str, parts)) for place, parts in sheet.items()} == {
        place: sorted(map(str, parts)) for place, parts in expected.items()
    }
    pupil.sees("18 điểm").fits()


def test_two_steps_cannot_stand_at_one_place(world, attempt, visitor):
    place, _order = place_of(world, attempt, "ordering")
    world.session.commit()
    pupil = visitor().log_in(attempt.participation.user)
    page = pupil.go("/cuoc-thi/thu-nghiem")
    page.click("text=Làm tiếp bài đang dở")
    page.check("input[name=view][value=all]")
    boxes = [page.locator(f"#cau-{place} [data-part='{number}']") for number in range(3)]
    for number, box in enumerate(boxes):
        box.select_option(index=number + 1)
    boxes[0].select_option(index=3)  # where the third stands: the third goes where the first stood
    expect(boxes[2]).to_have_value("0")
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu lúc")
    page.reload()
    page.check("input[name=view][value=all]")
    boxes[1].select_option(index=1)  # after a reload, too: 3, 2, 1 becomes 3, 1, 2
    for box, rank in zip(boxes, "201", strict=True):
        expect(box).to_have_value(rank)
    page.locator(f"#cau-{place} .clear-answer").click()
    expect(boxes[0]).to_have_value("")


def test_a_box_for_a_number_says_so_and_a_refused_sheet_is_told(world, attempt, visitor):
    place, _order = place_of(world, attempt, "numerical")
    world.session.commit()
    pupil = visitor().log_in(attempt.participation.user)
    page = pupil.go("/cuoc-thi/thu-nghiem")
    page.click("text=Làm tiếp bài đang dở")
    page.check("input[name=view][value=all]")
    box = page.locator(f"#cau-{place} .typed")
    box.fill("14 tuổi")
    expect(page.locator(f"#cau-{place} .form-text")).to_have_class("form-text is-wrong")
    box.fill("5.000.000")
    expect(page.locator(f"#cau-{place} .form-text")).to_have_class("form-text")
    box.evaluate("box => { box.removeAttribute('maxlength'); box.value = '1'.repeat(20001); }")
    page.locator("button:has-text('Nộp bài')").first.click()
    page.click("#nop-that")
    expect(page.locator("#bao-dong")).to_contain_text("Bài gửi lên không đúng dạng")
    expect(page.locator("#xac-nhan")).to_be_hidden()
    box.fill("14")
    expect(page.locator("#da-luu")).to_contain_text("Đã lưu lúc")


def test_a_judge_reads_essays_one_after_another(world, contest, attempt, visitor, session):
    place, _order = place_of(world, attempt, "essay")
    attempt.sheet = f'{{"answers": {{"{place}": ["Một bài viết về pháp luật"]}}}}'
    attempt.deadline = attempt.started_at.replace(microsecond=0) + (world.now - attempt.started_at)
    world.session.commit()
    judge = world.user("gk", role=Role.JUDGE, unit=world.unit_by_code["XA"])
    reader = visitor().log_in(judge)
    page = reader.go("/ket-qua/thu-nghiem")
    page.click("text=Tự luận")
    reader.sees("Chấm bài tiếp theo").fits()
    page.click("text=Chấm bài tiếp theo")
    reader.sees("Một bài viết về pháp luật").fits()
    page.fill("#points", "1,5")
    page.fill("#note", "Đủ ý chính")
    page.click("text=Ghi điểm và sang bài sau")
    reader.sees("Đã chấm xong mọi bài tự luận.")
    assert float(stored(session).score) == 1.5


def test_an_organiser_writes_a_cloze_with_its_answers_inside(world, contest, visitor):
    organiser = world.user("btc", role=Role.ORGANISER, unit=world.unit_by_code["XA"])
    author = visitor().log_in(organiser)
    page = author.go("/ngan-hang/")
    page.click("text=Ngân hàng thử")
    page.click("text=Thêm câu hỏi")
    page.select_option("#kind", "cloze")
    expect(page.locator("#options")).to_be_hidden()
    page.fill("#stem", "Thẻ căn cước cấp từ [[= 14]] tuổi, tại [[tòa án / *công an]].")
    author.fits()
    page.click("text=Lưu câu hỏi")
    author.sees("Thẻ căn cước cấp từ", "công an").fits()
    page.click("text=Sửa câu hỏi")
    expect(page.locator("#stem")).to_have_value("Thẻ căn cước cấp từ [[= 14]] tuổi, tại [[tòa án / *công an]].")
