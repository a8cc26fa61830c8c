"""What people see of jobs, and who sees them."""

import io

import pytest
from openpyxl import load_workbook

from contest_app.accounts.models import Role, RoleGrant, User
from contest_app.audit.models import AuditEntry
from contest_app.jobs import runs
from contest_app.jobs.models import Job
from contest_app.results import routes as results
from contest_app.results import services as results_services


@pytest.fixture
def of_judge(world, person, session, job):
    user = session.query(User).filter_by(login="gk").one()
    session.commit()
    return person().log_in(user)


def test_a_page_says_how_far_it_is(of_judge, queue, kind, job, world):
    kind(lambda *_: None)
    path = f"/viec-nen/{job.id}"
    of_judge.get(path).sees("Việc thử", "đang chờ", "Tải lại", "Hủy việc này", "7 ngày").does_not_see("Tải tệp")
    run = runs.claim(job.id, world.now)
    with runs.held(run, done=1, total=4):
        pass
    world.time.pass_by(seconds=30)
    of_judge.get(path).sees("đang làm", "25,0 %", "0:30").does_not_see("không chạy")
    assert b'value="0.25"' in of_judge.page.data
    assert b"data-over" not in of_judge.get(path + "/so-lieu").page.data
    of_judge.get("/viec-nen/").sees("Việc thử", "đang làm")


def test_a_missing_worker_is_named(of_judge, kind, job, world):
    kind(lambda *_: None)
    path = f"/viec-nen/{job.id}"
    world.time.pass_by(seconds=10)
    of_judge.get(path).does_not_see("không chạy")
    world.time.pass_by(seconds=11)
    of_judge.get(path).sees("Bộ phận làm việc nền không chạy", "jobs work")
    runs.claim(job.id, world.now)
    of_judge.get(path).does_not_see("không chạy")
    world.time.pass_by(seconds=61)
    of_judge.get(path).sees("Bộ phận làm việc nền không chạy")
    of_judge.post(path + "/huy").sees("đã hủy")  # nobody is left to look up: cancelled at once


def test_cancel_and_do_again(of_judge, queue, work, kind, job):
    kind(lambda reading, parameters, out, progress: out.write(b"x") and None)
    path = f"/viec-nen/{job.id}"
    of_judge.post(path + "/tep", status=409).sees("chưa có tệp")
    of_judge.post(path + "/huy").sees("đã hủy", "Làm lại")
    of_judge.post(path + "/lam-lai").sees("đang chờ")
    of_judge.post(path + "/lam-lai", status=409).sees("chưa dừng")
    work()
    of_judge.get(path).sees("đã xong", "tệp thử.bin", "Tải tệp")


def test_the_file_is_sent_piece_by_piece_with_its_name_and_length(of_judge, queue, work, kind, job):
    content = bytes(range(256)) * 4096 * 2 + b"end"
    kind(lambda reading, parameters, out, progress: out.write(content) and None)
    queue.put(job.id)
    work()
    answer = of_judge.post(f"/viec-nen/{job.id}/tep").page
    assert answer.data == content
    assert answer.content_length == len(content) == 2 * 1024 * 1024 + 3
    assert answer.mimetype == "application/octet-stream"
    assert "filename*=UTF-8''t%E1%BB%87p%20th%E1%BB%AD.bin" in answer.headers["Content-Disposition"]


def test_a_kind_without_a_file_leads_to_its_outcome(of_judge, session, queue, work, kind, job):
    kind(lambda *_: None)
    job.filename, job.target = "", "/ket-qua/"
    session.commit()
    queue.put(job.id)
    work()
    of_judge.get(f"/viec-nen/{job.id}").sees("Xem kết quả").does_not_see("Tải tệp")
    assert b'href="/ket-qua/"' in of_judge.page.data


@pytest.mark.parametrize("number", ["2147483647", "2147483648", "9" * 20, "9" * 5000])
def test_a_number_no_row_can_have_is_a_page_that_does_not_exist(of_judge, number):
    of_judge.get(f"/viec-nen/{number}", status=404)


def test_others_find_nothing(world, person, session, kind, job, queue):
    kind(lambda *_: None)
    units = {unit.code: unit for unit in session.query(type(job.unit))}
    session.commit()
    stranger = person().log_in(world.user("xk", role=Role.JUDGE, unit=units["XK"]))
    contestant = person().log_in(world.user("thi-sinh", unit=units["XA"]))
    for somebody in (stranger, contestant):
        for path in ("", "/so-lieu"):
            somebody.get(f"/viec-nen/{job.id}{path}", status=404)
        for path in ("/huy", "/lam-lai", "/tep"):
            somebody.post(f"/viec-nen/{job.id}{path}", status=404)
        somebody.get("/viec-nen/").does_not_see("Việc thử")
    colleague = person().log_in(world.user("gk2", role=Role.JUDGE, unit=units["XA"]))
    colleague.get(f"/viec-nen/{job.id}").sees("Việc thử")


def test_who_lost_the_right_keeps_the_page_but_gets_no_file(of_judge, session, queue, work, kind, job):
    kind(lambda reading, parameters, out, progress: out.write(b"x") and None)
    queue.put(job.id)
    work()
    session.query(RoleGrant).delete()
    session.commit()
    of_judge.get(f"/viec-nen/{job.id}").sees("đã xong")
    of_judge.post(f"/viec-nen/{job.id}/tep", status=404)


def test_a_file_older_than_it_is_kept_is_not_sent_though_nobody_deleted_it(of_judge, queue, work, kind, job, world):
    kind(lambda reading, parameters, out, progress: out.write(b"x") and None)
    queue.put(job.id)
    work()
    world.time.pass_by(days=7, minutes=1)
    of_judge.post(f"/viec-nen/{job.id}/tep", status=409).sees("đã quá 7 ngày")


def test_rights_are_asked_of_the_unit_that_holds_the_contest_today(of_judge, world, person, session, kind, queue, job):
    kind(lambda *_: None)
    units = {unit.code: unit for unit in session.query(type(job.unit))}
    world.bank(units["XA"])
    contest = world.contest()
    job.subject = f"contest:{contest.id}"
    session.commit()
    path = f"/viec-nen/{job.id}"
    session.commit()
    of_judge.post(path + "/huy")
    contest.unit_id = units["XK"].id
    session.commit()
    of_judge.post(path + "/lam-lai", status=404)
    new = person().log_in(world.user("xk", role=Role.JUDGE, unit=units["XK"]))
    new.post(path + "/lam-lai").sees("đang chờ")


def test_a_big_contests_workbook_becomes_a_job_that_verifies(
    app, world, person, session, queue, work, monkeypatch, tmp_path
):
    units = world.units()
    world.bank(units["XA"])
    contest = world.contest()
    for login, right in (("an", 5), ("binh", 3)):
        world.sat(contest, login, right, units["TR-A"])
    world.time.go_to(contest.rules.closes_at)
    results_services.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    monkeypatch.setattr(results, "MOST_AT_ONCE", 2)
    at_once = judge.post("/ket-qua/thu-nghiem/so-ket-qua.xlsx").page
    assert at_once.mimetype.endswith("sheet")
    monkeypatch.setattr(results, "MOST_AT_ONCE", 1)
    judge.post("/ket-qua/thu-nghiem/so-ket-qua.xlsx").sees("Sổ kết quả: Cuộc thi thử nghiệm", "đang chờ")
    assert work() == 1
    session.commit()
    job = session.query(Job).one()
    session.commit()
    exports = session.query(AuditEntry).filter_by(event="workbook_exported")
    assert exports.count() == 1  # of the one sent at once: making is not downloading
    session.commit()
    answer = judge.post(f"/viec-nen/{job.id}/tep").page
    assert answer.headers["Content-Disposition"] == "attachment; filename=ket-qua-thu-nghiem.xlsx"
    session.commit()
    assert [one.details["digest"] for one in exports] == [contest.results_digest] * 2
    assert exports.order_by(AuditEntry.id.desc()).first().actor.login == "gk"
    session.commit()
    assert load_workbook(io.BytesIO(answer.data)).sheetnames == load_workbook(io.BytesIO(at_once.data)).sheetnames
    file = tmp_path / "so.xlsx"
    file.write_bytes(answer.data)
    verified = app.test_cli_runner().invoke(args=["verify-results", "thu-nghiem", str(file)])
    assert verified.exit_code == 0, verified.output
