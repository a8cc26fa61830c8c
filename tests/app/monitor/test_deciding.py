"""The live page, and decisions with their reasons."""

from datetime import timedelta

import pytest

from contest_app.accounts.models import Role
from contest_app.attempts import decisions, saving
from contest_app.attempts.models import Attempt, AttemptEvent
from contest_app.attempts.sheets import Sheet
from contest_app.audit.models import AuditEntry
from contest_app.monitor.services import live
from contest_app.web.refusal import Refusal

pytestmark = pytest.mark.usefixtures("questions")


@pytest.fixture
def contest(world, units):
    return world.contest()


@pytest.fixture
def organiser(world, units, person):
    return person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))


def stored(session, attempt) -> Attempt:
    session.commit()
    found = session.get(Attempt, attempt.id, populate_existing=True)
    session.commit()
    return found


def test_the_live_numbers(world, contest, units, session):
    world.sat(contest, "xong", 5, units["TR-A"])
    world.start(world.joined(contest, world.user("im-lang", unit=units["TR-B"])))
    world.time.pass_by(minutes=6)
    world.start(world.joined(contest, world.user("dang-lam", unit=units["AP"])))
    world.joined(contest, world.user("chua-thi", unit=units["AP"]))
    now = live(session, contest, world.now)
    assert (now.joined, now.started, now.answering, now.silent, now.submitted) == (4, 3, 2, 1, 1)
    assert sum(one.started for one in now.hours) == 3
    assert [(unit.code, begun, done) for unit, begun, done in now.units] == [
        ("AP", 1, 0),
        ("TR-A", 1, 1),
        ("TR-B", 1, 0),
    ]
    world.time.pass_by(minutes=20)
    assert live(session, contest, world.now).closed_by_deadline == 2


def test_the_page_and_its_refreshing_part(world, contest, units, organiser):
    world.sat(contest, "xong", 5, units["TR-A"])
    organiser.get("/theo-doi/thu-nghiem").sees("Đã bắt đầu", "Lớp 10A", "Thêm giờ cho mọi bài đang làm")
    part = organiser.get("/theo-doi/thu-nghiem/so-lieu").page.get_data(as_text=True)
    assert "<html" not in part
    assert 'id="so-bat-dau">1<' in part


def test_extra_time_for_one_moves_the_deadline_and_is_on_record(world, contest, units, organiser, session):
    attempt = world.start(world.joined(contest, world.user("an", unit=units["TR-A"])))
    deadline = attempt.deadline
    path = f"/theo-doi/luot-thi/{attempt.id}/them-gio"
    organiser.post(path, status=422, minutes="5", reason="ừ").sees("Cần ghi lý do")
    organiser.post(path, minutes="5", reason="Máy bị treo, phải khởi động lại").sees("Đã thêm giờ.", "đã thêm 5 phút")
    kept = stored(session, attempt)
    assert (kept.deadline, kept.extra_seconds) == (deadline + timedelta(minutes=5), 300)
    assert session.query(AuditEntry).filter_by(event="extra_time").one().details["reason"].startswith("Máy bị treo")
    assert session.query(AttemptEvent).filter_by(kind="extra_time").count() == 1
    world.time.go_to(deadline + timedelta(minutes=4))
    saving.save_sheet(attempt.id, 1, 1, Sheet({1: [0]}).as_text(), world.now)


def test_extra_time_for_all_reaches_open_papers_alone(world, contest, units, organiser, session):
    done = world.sat(contest, "xong", 5, units["TR-A"])
    open_ones = [world.start(world.joined(contest, world.user(f"mo{n}", unit=units["TR-A"]))) for n in range(3)]
    organiser.post("/theo-doi/thu-nghiem/them-gio", minutes="10", reason="Mất điện toàn xã").sees("cho 3 bài đang làm")
    assert {stored(session, one).extra_seconds for one in open_ones} == {600}
    assert stored(session, done).extra_seconds == 0


def test_extra_time_may_reach_past_the_rounds_close(world, contest, units, session):
    close = contest.rounds[0].closes_at
    world.time.go_to(close - timedelta(minutes=2))
    attempt = world.start(world.joined(contest, world.user("an", unit=units["TR-A"])))
    decisions.add_time(
        session, [attempt], 10, subject="attempt:1", reason="Đường truyền bị đứt", actor_id=None, now=world.now
    )
    assert attempt.deadline == close + timedelta(minutes=10)


def test_reopening_lets_the_contestant_go_on(world, contest, units, organiser, person, session):
    attempt = world.sat(contest, "an", 2, units["TR-A"])
    user = attempt.participation.user
    session.commit()
    organiser.post(f"/theo-doi/luot-thi/{attempt.id}/mo-lai", minutes="10", reason="Bấm nhầm nút nộp bài").sees(
        "Đã mở lại bài"
    )
    kept = stored(session, attempt)
    assert (kept.closed_at, kept.score, kept.deadline) == (None, None, world.now + timedelta(minutes=10))
    person().log_in(user).post("/cuoc-thi/thu-nghiem/dot-1/bat-dau").sees("Câu 1")
    assert world.submit(stored(session, attempt)).score == 10


def test_reopening_never_goes_past_the_round(world, contest, units, session, organiser):
    attempt = world.sat(contest, "an", 2, units["TR-A"])
    close = contest.rounds[0].closes_at
    decisions.reopen(session, attempt, 60, reason="Thử mở lại", actor_id=None, now=close - timedelta(minutes=3))
    assert attempt.deadline == close
    session.rollback()
    attempt = stored(session, attempt)
    with pytest.raises(Refusal, match="round_over"):
        decisions.reopen(session, attempt, 60, reason="Thử mở lại", actor_id=None, now=close)


def test_voiding_tells_the_contestant_why_and_can_be_undone(world, contest, units, organiser, person, session):
    attempt = world.sat(contest, "an", 5, units["TR-A"])
    user = attempt.participation.user
    session.commit()
    organiser.post(f"/theo-doi/luot-thi/{attempt.id}/huy", reason="Hai người dùng chung bài").sees("Đã hủy lượt thi")
    person().log_in(user).get(f"/bai-thi/{attempt.id}").sees("Lượt thi này đã bị hủy", "Hai người dùng chung bài")
    organiser.post(f"/theo-doi/luot-thi/{attempt.id}/huy", status=409, reason="Hai người dùng chung bài")
    organiser.post(f"/theo-doi/luot-thi/{attempt.id}/khoi-phuc", reason="Đã xác minh, không vi phạm").sees(
        "Đã khôi phục"
    )
    assert stored(session, attempt).voided_at is None
    assert {one.event for one in session.query(AuditEntry)} >= {"attempt_voided", "attempt_restored"}


def test_the_attempt_page_shows_the_evidence(world, contest, units, organiser, session):
    attempt = world.sat(contest, "an", 3, units["TR-A"])
    with pytest.raises(Refusal):
        saving.save_sheet(attempt.id, 1, 9, Sheet({1: [3], 2: [3]}).as_text(), world.now)
    organiser.get(f"/theo-doi/luot-thi/{attempt.id}").sees(
        "Bản gửi muộn, không được chấm", "bài đã nộp hoặc đã thu", "đúng 3 trên 5 câu", "Bài làm đã lưu"
    )


def test_attempts_are_found_by_name_number_and_state(world, contest, units, organiser):
    attempt = world.sat(contest, "dat", 3, units["TR-A"])
    world.start(world.joined(contest, world.user("tam", unit=units["TR-B"], full_name="Lê Thị Tâm")))
    organiser.get("/theo-doi/thu-nghiem/luot-thi?tim=nguyen van dat").sees(attempt.number).does_not_see("Lê Thị Tâm")
    organiser.get(f"/theo-doi/thu-nghiem/luot-thi?tim={attempt.number}").sees("Nguyễn Văn Dat")
    organiser.get("/theo-doi/thu-nghiem/luot-thi?trang-thai=answering").sees("Lê Thị Tâm").does_not_see(
        "Nguyễn Văn Dat"
    )


def test_a_judge_sees_results_but_decides_nothing(world, contest, units, person):
    attempt = world.sat(contest, "an", 3, units["TR-A"])
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get("/theo-doi/thu-nghiem", status=403)
    judge.post(f"/theo-doi/luot-thi/{attempt.id}/huy", status=403, reason="Thử xem sao")
