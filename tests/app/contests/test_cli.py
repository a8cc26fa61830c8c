"""The commands scripts outside the project call."""

import contextvars

import pytest
from openpyxl import load_workbook

from contest_app.contests.models import Contest
from contest_app.results.models import Standing
from contest_app.rules.parse import to_yaml
from tests.conftest import ROOT


@pytest.fixture
def run(app):
    return lambda *arguments: contextvars.Context().run(
        app.test_cli_runner().invoke, args=[str(one) for one in arguments]
    )


@pytest.fixture
def bank(world):
    return world.bank(world.units()["XA"])


def file(tmp_path, text):
    path = tmp_path / "the-le.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_check_names_every_problem_and_exits_one(run, world, bank, tmp_path):
    good = to_yaml(world.rules())
    fine = run("contest", "check", file(tmp_path, good))
    assert (fine.exit_code, fine.output) == (0, "Thể lệ hợp lệ: Cuộc thi thử nghiệm\n")
    bad = run("contest", "check", file(tmp_path, good.replace("count: 5", "count: 50")))
    assert bad.exit_code == 1
    assert "Đề thi, ma trận đề 1, số câu: cần 50 câu nhưng ngân hàng chỉ bảo đảm được 12 câu" in bad.output
    broken = run("contest", "check", file(tmp_path, "title: ["))
    assert "Không đọc được YAML tại dòng 1" in broken.output


def test_create_simulate_close_export_verify(run, world, bank, session, tmp_path):
    created = run("contest", "create", file(tmp_path, to_yaml(world.rules(prizes=[{"name": "Nhất"}]))), "--open")
    assert created.exit_code == 0, created.output
    simulated = run("contest", "simulate", "thu-nghiem", "--contestants", 12)
    assert simulated.exit_code == 0, simulated.output
    contest = session.query(Contest).one()
    session.commit()
    world.time.go_to(contest.rules.closes_at)
    closed = run("contest", "close", "thu-nghiem", "--freeze")
    assert "Kết quả đã chốt" in closed.output
    out = tmp_path / "ket-qua.xlsx"
    assert run("contest", "export", "thu-nghiem", out).exit_code == 0
    assert "Xếp hạng" in load_workbook(out).sheetnames
    assert run("verify-results", "thu-nghiem", out).exit_code == 0
    assert session.query(Standing).filter_by(round_id=None).count() >= 8


def test_an_unknown_contest_is_said_so(run, app):
    assert "Không có cuộc thi “khong-co”." in run("contest", "close", "khong-co").output


def test_closing_what_is_overdue_by_the_timer(run, world, bank):
    contest = world.contest()
    units = world.session.query(type(contest.unit)).all()
    world.start(world.joined(contest, world.user("an", unit=units[0])))
    world.time.pass_by(minutes=11)
    assert run("attempts", "close-overdue").output == "1 lượt thi đã được thu.\n"
    assert run("attempts", "close-overdue").output == "0 lượt thi đã được thu.\n"


def test_the_sample_rules_of_the_guide_hold(run, world, bank, tmp_path):
    sample = (ROOT / "docs" / "the-le-mau.yaml").read_text(encoding="utf-8")
    known = sample.replace("Ngân hàng câu hỏi pháp luật xã An Trường", "Ngân hàng thử").replace("AT", "XA")
    said = run("contest", "check", file(tmp_path, known)).output
    assert "cần" in said or "Thể lệ hợp lệ" in said  # the small test bank lacks its topics, and nothing else is wrong
    assert "không có mục này" not in said
    assert "không hợp lệ" not in said
