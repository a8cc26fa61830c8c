"""A wrong key mended; results frozen and checked against a workbook."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import text, update

from contest_app.accounts.models import Role, User
from contest_app.attempts.models import Attempt
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import QuestionVersion
from contest_app.extensions import separate_transaction
from contest_app.results import routes, services
from contest_app.results.models import KeyCorrection, Standing
from contest_app.results.queries import standings
from contest_app.web.refusal import Refusal


@pytest.fixture
def units(world):
    units = world.units()
    world.bank(units["XA"], count=5)
    return units


@pytest.fixture
def contest(world, units):
    contest = world.contest(attempts={"per_round": 3})
    world.sat(contest, "dung", 5, units["TR-A"])
    world.sat(contest, "sai", 0, units["TR-B"])
    return contest


@pytest.fixture
def organiser(world, units, person):
    return person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))


@pytest.fixture
def judge(world, units, person):
    return person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))


def _user(session, login):
    user = session.query(User).filter_by(login=login).one()
    session.commit()
    return user


def scores(session):
    session.commit()
    return {one.participation.user.login: one.score for one in session.query(Attempt).populate_existing()}


def test_a_corrected_key_marks_again_and_keeps_before_and_after(contest, organiser, session):
    version = session.query(QuestionVersion).first()
    session.commit()
    path = f"/ket-qua/thu-nghiem/cau-hoi/{version.id}"
    organiser.get(path).sees("đáp án trong ngân hàng", "phương án B của câu 1")
    organiser.post(path, do="preview", correct="2").sees("đổi điểm", "10 → 8")
    assert session.query(KeyCorrection).count() == 0
    organiser.post(path, status=422, do="apply", correct="2").sees("Cần ghi lý do")
    organiser.post(path, do="apply", correct="2", reason="Luật sửa đổi từ tháng trước").sees(
        "Đã sửa đáp án và chấm lại"
    )
    assert scores(session)["dung"] == 8
    assert scores(session)["sai"] in (0, 2)  # 2 when the wrong option chosen was the one now right
    entry = session.query(AuditEntry).filter_by(event="key_corrected").one()
    assert entry.details["changed"]["key_before"] == [1]
    assert entry.details["changed"]["key_after"] == [2]
    assert version.options[1]["correct"]  # the bank itself is not touched


def test_looking_at_what_a_key_would_change_waits_for_no_writer(contest, organiser, session):
    version = session.query(QuestionVersion).first()
    session.commit()
    with separate_transaction() as writing:
        writing.execute(text("SELECT 1"))  # from here on it holds SQLite's only lock
        organiser.post(f"/ket-qua/thu-nghiem/cau-hoi/{version.id}", do="preview", correct="2").sees("10 → 8")


def test_throwing_a_question_out_credits_everyone(contest, organiser, session):
    version = session.query(QuestionVersion).first()
    session.commit()
    organiser.post(
        f"/ket-qua/thu-nghiem/cau-hoi/{version.id}", do="apply", everyone="1", correct="1", reason="Câu hỏi nhập nhằng"
    )
    assert scores(session) == {"dung": 10, "sai": 2}


def test_a_correction_without_any_right_option_is_refused(contest, organiser, session):
    version_id = session.query(QuestionVersion).first().id
    session.commit()
    organiser.post(f"/ket-qua/thu-nghiem/cau-hoi/{version_id}", status=422, do="apply", reason="Không còn đáp án").sees(
        "Hãy chọn ít nhất một phương án đúng"
    )


def test_results_freeze_only_after_everything_has_closed(world, contest, organiser, session):
    organiser.post("/ket-qua/thu-nghiem/chot", status=409).sees("Còn đợt thi chưa kết thúc")
    world.time.go_to(contest.rules.closes_at)
    organiser.log_in(_user(session, "btc"))
    organiser.post("/ket-qua/thu-nghiem/chot").sees("Kết quả đã chốt")
    session.refresh(contest)
    assert len(contest.results_digest) == 64
    with pytest.raises(Refusal, match="results_final"):
        services.freeze_results(session, contest, actor_id=None, now=world.now)


def frozen(world, contest, session):
    world.time.go_to(contest.rules.closes_at)
    services.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()


def test_after_freezing_no_decision_changes_anything(world, contest, organiser, session):
    frozen(world, contest, session)
    attempt = session.query(Attempt).first()
    session.commit()
    organiser.log_in(_user(session, "btc"))
    organiser.post(f"/theo-doi/luot-thi/{attempt.id}/huy", status=409, reason="Quá muộn rồi").sees("Kết quả đã chốt")
    version_id = attempt.version_ids[0]
    organiser.post(
        f"/ket-qua/thu-nghiem/cau-hoi/{version_id}", status=409, do="apply", correct="2", reason="Quá muộn rồi"
    )


def test_a_judge_downloads_a_workbook_that_verifies(app, world, contest, judge, session, tmp_path):
    frozen(world, contest, session)
    judge.log_in(_user(session, "gk"))
    data = judge.post("/ket-qua/thu-nghiem/so-ket-qua.xlsx").page.data
    file = tmp_path / "ket-qua.xlsx"
    file.write_bytes(data)
    runner = app.test_cli_runner()
    fine = runner.invoke(args=["verify-results", "thu-nghiem", str(file)])
    assert (fine.exit_code, "khớp" in fine.output) == (0, True)
    book = load_workbook(io.BytesIO(data))
    sheet = book["Xếp hạng"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Nguyễn Văn Sai")
    cell.value = "Nguyễn Văn Khác"
    book.save(file)
    changed = runner.invoke(args=["verify-results", "thu-nghiem", str(file)])
    assert changed.exit_code == 1
    assert "Nguyễn Văn Khác" in changed.output
    assert session.query(AuditEntry).filter_by(event="workbook_exported").count() == 1


def test_a_download_is_recorded_with_the_standings_its_file_was_made_from(
    world, contest, judge, session, monkeypatch
):  # fmt: skip
    """Somebody may rank anew between the file and the record."""
    services.bring_up_to_date(session, contest, world.now)
    session.commit()
    made_from, begin_writing = services.standings_digest(session, contest), routes.begin_writing
    session.commit()

    def meanwhile():
        with separate_transaction() as other:
            other.execute(update(Standing).values(rank=Standing.rank + 1))
        begin_writing()

    monkeypatch.setattr(routes, "begin_writing", meanwhile)
    judge.post("/ket-qua/thu-nghiem/so-ket-qua.xlsx")
    entry = session.query(AuditEntry).filter_by(event="workbook_exported").one()
    assert entry.details["digest"] == made_from
    assert services.standings_digest(session, contest) != made_from


def test_a_digest_notices_any_change_of_the_stored_standings(world, contest, session):
    frozen(world, contest, session)
    assert services.standings_digest(session, contest) == contest.results_digest
    session.scalars(standings(contest.id)).first().rank = 9
    session.flush()
    assert services.standings_digest(session, contest) != contest.results_digest


def test_the_workbook_holds_every_attempt_and_the_evaluation_its_charts(contest, judge, world, session):
    book = load_workbook(io.BytesIO(judge.post("/ket-qua/thu-nghiem/so-ket-qua.xlsx").page.data))
    assert {"Bìa", "Xếp hạng", "Lượt thi", "Câu hỏi", "Đơn vị", "Phân bố điểm", "Theo ngày"} <= set(book.sheetnames)
    judge.get("/ket-qua/thu-nghiem/danh-gia").sees("2 lượt thi", "Từng câu hỏi: 5 câu")
    for name in ("pho-diem", "ban-do-cau-hoi", "don-vi", "theo-ngay"):
        assert judge.get(f"/ket-qua/thu-nghiem/bieu-do/{name}.svg").page.data.startswith(b"<svg")
        assert judge.get(f"/ket-qua/thu-nghiem/bieu-do/{name}.png").page.data.startswith(b"\x89PNG")
    judge.get("/ket-qua/thu-nghiem/bieu-do/khac.svg", status=404)


def test_contestants_get_no_workbook_and_no_evaluation(world, contest, person, session):
    contestant = person().log_in(_user(session, "dung"))
    contestant.post("/ket-qua/thu-nghiem/so-ket-qua.xlsx", status=403)
    contestant.get("/ket-qua/thu-nghiem/danh-gia", status=403)
    contestant.get("/ket-qua/thu-nghiem/bieu-do/pho-diem.svg", status=403)
