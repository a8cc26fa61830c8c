"""After a contest: contestants rate it with a tap, the office reads what it taught and takes its papers home."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from contest_app.accounts.models import Role
from contest_app.results import services

pytestmark = pytest.mark.journey
DESK = {"width": 1280, "height": 900}


def test_from_the_contestants_tap_to_the_offices_report(world, visitor, session, tmp_path):
    units = world.units()
    world.bank(units["XA"])
    contest = world.contest(prizes=[{"name": "Nhất"}])
    attempts = [world.sat(contest, f"ts{n}", n % 6, units["TR-A"]) for n in range(7)]
    users = [attempt.participation.user for attempt in attempts]
    session.commit()

    for attempt, user in zip(attempts[:5], users, strict=False):
        contestant = visitor().log_in(user)
        contestant.go(f"/bai-thi/{attempt.id}")
        contestant.fits().page.get_by_role("button", name="Hài lòng", exact=False).first.click()
        contestant.sees("Bạn đã chấm mức hài lòng").fits()

    services.freeze_results(session, contest, actor_id=None, now=contest.rules.closes_at)
    session.commit()
    organiser = world.user("btc", role=Role.ORGANISER, unit=units["XA"])
    desk = visitor().log_in(organiser)
    desk.go(f"/ket-qua/{contest.slug}/danh-gia")
    desk.sees("Điều gì về luật còn nhiều người chưa biết?", "từ 5 lượt chấm").fits()
    desk.page.set_viewport_size(DESK)
    desk.sees_pictures(fewest=10).fits()

    book = load_workbook(_taken(desk, "form[action$='so-ket-qua.xlsx'] button", tmp_path))
    assert {"Kiến thức", "Thống kê câu hỏi", "Hài lòng", "Giải thích"} <= set(book.sheetnames)
    desk.go(f"/ket-qua/{contest.slug}/danh-gia")
    data = _taken(desk, "form[action$='du-lieu-mo.zip'] button", tmp_path)
    assert {"bai-lam.csv", "cau-hoi.csv", "tu-dien-du-lieu.csv"} <= set(
        zipfile.ZipFile(BytesIO(data.read_bytes())).namelist()
    )
    desk.go(f"/ket-qua/{contest.slug}/van-ban/bao-cao")
    report = Document(str(_taken(desk, "main form button:has-text('Tải tệp Word')", tmp_path)))
    said = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert "Có 7 người tham gia với 7 lượt thi" in said


def _taken(person, button: str, folder: Path) -> Path:
    with person.page.expect_download() as download:
        person.page.locator(button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file
