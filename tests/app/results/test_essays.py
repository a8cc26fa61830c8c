"""Essays: read by judges who see no names, marked with a reason where a mark is changed, and not forgotten."""

import threading
from contextlib import suppress
from decimal import Decimal

import pytest
from sqlalchemy import event

from contest_app.accounts.models import Role
from contest_app.accounts.services import grant_role
from contest_app.attempts import services as sittings
from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import Sheet
from contest_app.audit.models import AuditEntry
from contest_app.bank.models import QuestionVersion
from contest_app.contests.models import Contest
from contest_app.extensions import separate_transaction
from contest_app.results import essays, services
from contest_app.results.essays import essay_answers, unmarked_count
from contest_app.results.models import EssayMark
from contest_app.web.refusal import Refusal
from tests.app.kinds import contest_of_every_kind, place_of


@pytest.fixture
def contest(world, units):
    return contest_of_every_kind(world, units["XA"])


@pytest.fixture
def judge(world, units, person):
    return person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))


def sat(world, contest, login, **parts):
    """Somebody who joined and answered, by kind of question."""
    person = world.joined(contest, world.user(login, full_name=f"Tên Mật {login}"))
    attempt = world.start(person)
    answers = {place_of(world, attempt, kind)[0]: given for kind, given in parts.items()}
    world.session.commit()
    done = sittings.submit(world.session, attempt.id, attempt.seat, 1, Sheet(answers).as_text(), world.now)
    world.session.commit()
    return done


def path(world, attempt):
    place, _order = place_of(world, attempt, "essay")
    world.session.commit()
    return f"/ket-qua/thu-nghiem/tu-luan/{attempt.id}/{place}"


def score(session, attempt):
    session.commit()
    return session.get(Attempt, attempt.id, populate_existing=True).score


def test_the_receipt_says_that_an_essay_is_still_to_be_marked(world, contest, judge, person, session):
    done = sat(world, contest, "mot", essay=["Bài của người thứ nhất"], numerical=["14"])
    writer = person().log_in(done.participation.user)
    writer.get(f"/bai-thi/{done.id}").sees("điểm", "Còn 1 bài tự luận giám khảo chưa chấm")
    judge.post(path(world, done), points="1,5", note="Đủ ý")
    writer.get(f"/bai-thi/{done.id}").sees("3,5 điểm").does_not_see("chưa chấm")


def test_a_judge_reads_without_names_and_the_paper_is_marked_anew(world, contest, judge, session):
    first = sat(world, contest, "mot", essay=["Bài của người thứ nhất"], numerical=["14"])
    sat(world, contest, "hai", essay=["Bài của người thứ hai"])
    sat(world, contest, "ba", essay=["   "])
    judge.get("/ket-qua/thu-nghiem/tu-luan").sees("2 bài viết", "2 chưa chấm", first.number).does_not_see("Tên Mật")
    judge.get(path(world, first)).sees("Viết về pháp luật", "5 từ", "Ý chính: BÍ MẬT").does_not_see("Tên Mật")
    judge.post(path(world, first), points="1,5", note="Đủ ý").sees("Đã ghi điểm", "Bài của người thứ hai")
    assert score(session, first) == Decimal("3.5")
    entry = session.query(AuditEntry).filter_by(event="essay_marked").one()
    assert (entry.details["before"], entry.details["after"], entry.details["note"]) == (None, "1.5", "Đủ ý")


def test_a_changed_mark_needs_a_reason_and_keeps_both(world, contest, judge, session):
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    judge.post(path(world, attempt), points="1")
    judge.post(path(world, attempt), 422, points="2")
    judge.post(path(world, attempt), points="2", note="Chấm lại theo kết luận của ban giám khảo")
    assert score(session, attempt) == Decimal(2)
    entries = session.query(AuditEntry).filter_by(event="essay_marked").order_by(AuditEntry.id)
    assert [(one.details["before"], one.details["after"]) for one in entries] == [(None, "1"), ("1", "2")]


@pytest.mark.parametrize("points", ["-1", "2,1", "mười", "", "nan", "1e9"])
def test_points_outside_the_question_are_refused(world, contest, judge, session, points):
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    judge.post(path(world, attempt), 422, points=points).sees("Điểm phải là số từ 0")
    assert score(session, attempt) == 0


def test_results_are_not_final_before_every_essay_is_read(world, contest, judge, session, time, units):
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    organiser = world.user("btc", role=Role.ORGANISER, unit=units["XA"])
    time.pass_by(days=8)
    with pytest.raises(Refusal) as refused:
        services.freeze_results(session, contest, actor_id=organiser.id, now=world.now)
    assert (refused.value.code, refused.value.params) == ("essays_unmarked", {"count": 1})
    session.rollback()
    judge.post(path(world, attempt), points="2")
    services.freeze_results(session, contest, actor_id=organiser.id, now=world.now)
    session.commit()
    judge.post(path(world, attempt), 409, points="1", note="đổi ý rồi")
    assert score(session, attempt) == Decimal(2)


def test_nobody_marks_their_own_paper(world, contest, units, person, session):
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    user = attempt.participation.user
    grant_role(session, user, Role.JUDGE, units["XA"], actor_id=None, now=world.now)
    session.commit()
    person().log_in(user).post(path(world, attempt), 403, points="2")


def test_a_judge_of_another_unit_finds_nothing(world, contest, units, person):
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    stranger = person().log_in(world.user("khac", role=Role.JUDGE, unit=units["XK"]))
    stranger.get("/ket-qua/thu-nghiem/tu-luan", 404)
    stranger.get(path(world, attempt), 404)


def test_a_voided_paper_is_not_read(world, contest, session):
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    attempt.voided_at = world.now
    session.commit()
    assert essay_answers(session, contest) == []


def test_an_accepted_answer_is_added_to_a_short_question(world, contest, units, person, session):
    attempt = sat(world, contest, "mot", short=["bộ công an"])
    assert score(session, attempt) == 0
    version = session.query(QuestionVersion).filter_by(kind="short").one()
    session.commit()
    organiser = person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))
    page = f"/ket-qua/thu-nghiem/cau-hoi/{version.id}"
    organiser.get(page).sees("Các câu trả lời được chấp nhận")
    organiser.post(page, do="preview", accepted="Công an\nBộ Công an").sees("0 → 2")
    organiser.post(page, do="apply", accepted="Công an\nBộ Công an", reason="Hướng dẫn chấm bổ sung")
    assert score(session, attempt) == Decimal(2)


def test_a_corrected_number_keeps_its_tolerance(world, contest, units, person, session):
    attempt = sat(world, contest, "mot", numerical=["15,3"])
    version = session.query(QuestionVersion).filter_by(kind="numerical").one()
    session.commit()
    organiser = person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))
    page = f"/ket-qua/thu-nghiem/cau-hoi/{version.id}"
    organiser.get(page).sees("14 ± 0,5")
    organiser.post(page, 422, do="apply", accepted="15 ± x", reason="Sai số không đọc được")
    organiser.post(page, do="preview", accepted="15").sees("15 ± 0,5", "0 → 2")
    organiser.post(page, do="apply", accepted="15", reason="Đáp án phải là 15")
    assert score(session, attempt) == Decimal(2)
    organiser.get(page).sees("15 ± 0,5")
    organiser.post(page, do="apply", accepted="15 ± 0,1", reason="Sai số nhỏ hơn")
    assert score(session, attempt) == 0


def test_an_accepted_answer_that_stays_keeps_its_weight(world, contest, units, person, session):
    attempt = sat(world, contest, "mot", short=["công an xã"])
    version = session.query(QuestionVersion).filter_by(kind="short").one()
    session.commit()
    organiser = person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))
    page = f"/ket-qua/thu-nghiem/cau-hoi/{version.id}"
    organiser.post(page, do="apply", accepted="Công an\ncông an xã\nBộ Công an", reason="Thêm một đáp án")
    assert score(session, attempt) == Decimal(1)


def test_other_kinds_can_only_be_thrown_out(world, contest, units, person, session):
    attempt = sat(world, contest, "mot", matching=[None, 0])
    version = session.query(QuestionVersion).filter_by(kind="matching").one()
    session.commit()
    organiser = person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))
    page = f"/ket-qua/thu-nghiem/cau-hoi/{version.id}"
    organiser.get(page).sees("chỉ có thể bỏ câu")
    organiser.post(page, 422, do="apply", correct="1", reason="thử đổi đáp án")
    organiser.post(page, do="apply", everyone="1", reason="Câu hỏi sai căn cứ")
    assert score(session, attempt) == Decimal(2)


def test_points_are_kept_as_they_were_given(world, contest, judge, session, time):
    """A third of three points must not become 0.999 when everything is marked once more at freezing."""
    attempt = sat(world, contest, "mot", essay=["Một bài viết"])
    for given, kept in (("0,667", Decimal("0.667")), ("1", Decimal(1))):
        judge.post(path(world, attempt), points=given, note="chấm theo hướng dẫn")
        assert score(session, attempt) == kept
    time.pass_by(days=8)
    services.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()
    assert score(session, attempt) == 1


def test_a_contest_that_asks_for_no_essay_is_not_searched_for_any(world, units, questions, session):
    contest = world.contest()
    world.sat(contest, "an", 3, units["TR-A"])
    asked, engine = [], session.get_bind()

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert unmarked_count(session, contest) == 0
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not [statement for statement in asked if "attempt.sheet" in statement]
    assert [statement for statement in asked if "question_version" in statement]


def test_two_judges_at_once_lose_no_mark(app, world, contest, units, session):
    """Both have the page open; each has to see what the other gave, and the log tells every step."""
    done = sat(world, contest, "mot", essay=["Một bài viết"])
    place, _order = place_of(world, done, "essay")
    judges = [world.user(f"gk{n}", role=Role.JUDGE, unit=units["XA"]).id for n in range(2)]
    session.commit()
    number, attempt_id, now = contest.id, done.id, world.now

    def together(*given):
        """How it went when points and note are given at the same time."""
        ready, went = threading.Barrier(2), []

        def judge(judge_id, points, note):
            with app.app_context(), suppress(Refusal), separate_transaction() as own:
                own_contest = own.get_one(Contest, number)
                answer = essays.load_answer(own, own_contest, attempt_id, place)
                with suppress(threading.BrokenBarrierError):
                    ready.wait(0.5)  # on SQLite the other cannot even read before this one is done
                went.append("refused")
                essays.mark_essay(own, own_contest, answer, Decimal(points), note, judge_id=judge_id, now=now)
                went[went.index("refused")] = "marked"

        threads = [threading.Thread(target=judge, args=(who, *one)) for who, one in zip(judges, given, strict=True)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return sorted(went)

    assert together(("1", ""), ("2", "")) == ["marked", "refused"]
    assert together(("0.5", "Lạc đề"), ("1.5", "Đủ ý")) == ["marked", "marked"]
    entries = session.query(AuditEntry).filter_by(event="essay_marked").order_by(AuditEntry.id).all()
    steps = [(one.details["before"], one.details["after"]) for one in entries]
    assert [before for before, _after in steps] == [None, *(after for _before, after in steps[:-1])]
    assert session.query(EssayMark).one().points == Decimal(steps[-1][1])


def test_the_next_essay_is_the_one_behind_and_then_the_first_left(world, contest, judge, session):
    papers = [sat(world, contest, f"so-{n}", essay=[f"Bài thứ {n}."]) for n in range(4)]
    judge.get(path(world, papers[3]))
    judge.post(path(world, papers[2]), points="1").sees("Bài thứ 3.")
    judge.post(path(world, papers[3]), points="1").sees("Bài thứ 0.")
    judge.post(path(world, papers[0]), points="1").sees("Bài thứ 1.")
    judge.post(path(world, papers[1]), points="1").sees("Đã chấm xong mọi bài tự luận")


def test_one_essay_is_found_without_reading_every_paper(world, contest, session):
    done = sat(world, contest, "mot", essay=["Một bài viết"])
    for n in range(3):
        sat(world, contest, f"so-{n}", essay=["Bài khác"])
    place, _order = place_of(world, done, "essay")
    session.expunge_all()
    loaded = []

    def note(attempt, _context):
        loaded.append(attempt.id)

    event.listen(Attempt, "load", note)
    try:
        essays.load_answer(session, session.merge(contest), done.id, place)
    finally:
        event.remove(Attempt, "load", note)
    assert loaded == [done.id]
