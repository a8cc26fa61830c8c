"""What final contests leave behind in the bank: how often drawn, how hard, and whose key looks wrong."""

import json

import pytest

from contest_app.accounts.models import Role
from contest_app.bank.models import BankQuestion, QuestionUse, QuestionVersion
from contest_app.results import services
from contest_app.results.uses import record_uses


@pytest.fixture
def units(world):
    units = world.units()
    world.bank(units["XA"], count=5)
    return units


@pytest.fixture
def organiser(world, units, person):
    return person().log_in(world.user("chu", role=Role.ORGANISER, unit=units["XA"]))


def final(world, contest, session, time):
    time.pass_by(days=8)
    services.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()


def test_final_results_leave_their_numbers_with_each_question(world, units, organiser, session, time):
    contest = world.contest()
    for number in range(12):
        world.sat(contest, f"nguoi{number}", right=number % 6, unit=units["TR-A"])
    assert session.query(QuestionUse).count() == 0
    final(world, contest, session, time)
    uses = session.query(QuestionUse).all()
    assert [use.drawn for use in uses] == [12] * 5
    assert sum(float(use.earned) * 12 for use in uses) == pytest.approx(2 * sum(range(6)), abs=0.05)
    question = session.get(BankQuestion, uses[0].question_id)
    bank_id, code, number = question.bank_id, question.code, question.id
    session.commit()
    organiser.get(f"/ngan-hang/{bank_id}/suc-khoe").sees("Tất cả (5)", "Chưa dùng (0)", code, "12")
    organiser.get(f"/ngan-hang/cau-hoi/{number}").sees("Đã dùng trong các cuộc thi", "Cuộc thi thử nghiệm")


def test_a_key_that_good_contestants_never_choose_is_told(world, units, organiser, session, time):
    """The bank says B; whoever knows the other answers chooses C here, and the others choose B."""
    contest = world.contest(paper={"blueprint": [{"count": 5}], "minutes": 10, "shuffle_options": False})
    doubtful = session.query(QuestionVersion).order_by(QuestionVersion.id).first().id
    session.commit()
    for number in range(36):
        user = world.user(f"nguoi{number}", unit=units["TR-A"])
        attempt = world.start(world.joined(contest, user, units["TR-A"]))
        able = number % 2 == 0
        answers = {
            place: ([2] if able else [1]) if version == doubtful else ([1] if able else [number % 3])
            for place, (version, _order) in enumerate(attempt.paper, start=1)
        }
        attempt.sheet = json.dumps({"answers": answers})
        session.commit()
    final(world, contest, session, time)
    told = session.query(QuestionUse).filter(QuestionUse.doubt != "").one()
    assert (told.version_id, told.doubt) == (doubtful, "rival:2")
    bank_id = contest.bank_id
    session.commit()
    organiser.get(f"/ngan-hang/{bank_id}/suc-khoe?loc=nghi-sai").sees("Nghi sai đáp án (1)", "đáp án có thể phải là C")


def test_contests_that_were_final_before_are_caught_up_once(world, units, organiser, session, time):
    contest = world.contest()
    world.sat(contest, "mot", right=3, unit=units["TR-A"])
    final(world, contest, session, time)
    session.query(QuestionUse).delete()
    bank_id = contest.bank_id
    session.commit()
    page = f"/ngan-hang/{bank_id}/suc-khoe"
    organiser.get(page).sees("1 cuộc thi đã chốt chưa được tính", "Chưa dùng (5)")
    organiser.post(page).sees("Đã cập nhật từ 1 cuộc thi", "Chưa dùng (0)").does_not_see("chưa được tính")
    assert record_uses(session, contest) == 5
    assert session.query(QuestionUse).count() == 5


def test_the_contest_page_tells_how_wide_the_pool_is(world, units, organiser):
    world.contest(opened=False)
    organiser.get("/quan-ly/thu-nghiem").sees("Kho có 5 câu cho mỗi đề 5 câu", "trùng 5 câu", "Kho hẹp", "15 câu")
