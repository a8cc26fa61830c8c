"""A judge who must sign: downloads the workbook, opens it, has it checked."""

import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from contest_app.accounts.models import Role
from contest_app.results import services

pytestmark = pytest.mark.journey


def test_a_judge_downloads_a_workbook_that_can_be_trusted(app, world, visitor, session, tmp_path):
    units = world.units()
    world.bank(units["XA"])
    contest = world.contest(prizes=[{"name": "Nhất"}], prediction={"target": "participants"})
    for login, right in (("binh", 5), ("an", 4), ("chi", 2)):
        world.sat(contest, login, right, units["TR-A"], prediction=3)
    services.freeze_results(session, contest, actor_id=None, now=contest.rules.closes_at)
    session.commit()

    judge = visitor(viewport={"width": 1280, "height": 900}).log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    page = judge.go("/ket-qua/")
    judge.sees("kết quả đã chốt").fits()
    with page.expect_download() as download:
        page.locator("form[action$='so-ket-qua.xlsx'] button").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    book = load_workbook(file)
    names = [cell.value for row in book["Xếp hạng"].iter_rows() for cell in row]
    assert "Nguyễn Văn Binh" in names
    assert "Nhất" in names
    assert sum(len(sheet._charts) for sheet in book) >= 4
    verified = app.test_cli_runner().invoke(args=["verify-results", contest.slug, str(file)])
    assert verified.exit_code == 0, verified.output
    if shutil.which("soffice"):
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")

    page.goto(judge.site + f"/ket-qua/{contest.slug}/danh-gia")
    judge.sees_pictures(fewest=10).fits()
