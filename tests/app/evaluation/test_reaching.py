"""Visits, devices, ratings: counts that name nobody."""

from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import OperationalError

from contest_app.accounts.models import Role
from contest_app.attempts.models import Attempt
from contest_app.evaluation import visits
from contest_app.evaluation.devices import device_of
from contest_app.evaluation.models import RatingCount, VisitCount
from contest_app.evaluation.visits import counter, visits_of
from contest_app.extensions import db, separate_transaction

pytestmark = pytest.mark.usefixtures("questions")
PHONE = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
TABLET = "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
IPAD = "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1"
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "device"),
    [(PHONE, "phone"), (IPHONE, "phone"), (TABLET, "tablet"), (IPAD, "tablet"), (COMPUTER, "computer"), ("", "")],
)
def test_only_the_kind_of_device_is_told(agent, device):
    assert device_of(agent) == device


def test_the_kind_of_device_stands_with_the_attempt(world, units, person, session):
    contest = world.contest()
    user = world.user("an", unit=units["TR-A"])
    world.joined(contest, user)
    visitor = person().log_in(user)
    visitor.client.environ_base["HTTP_USER_AGENT"] = PHONE
    visitor.post(f"/cuoc-thi/{contest.slug}/dot-1/bat-dau")
    assert session.scalar(select(Attempt.device)) == "phone"


def test_visits_are_counted_by_the_hour_and_staff_are_none(world, units, person, session):
    contest = world.contest()
    counter.write()
    for _visit in range(3):
        person().get(f"/cuoc-thi/{contest.slug}")
    world.time.pass_by(hours=1)
    person().get(f"/cuoc-thi/{contest.slug}")
    organiser = person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))
    organiser.get(f"/cuoc-thi/{contest.slug}")
    counter.write()
    assert visits_of(session, contest.id) == 4
    assert sorted(session.scalars(select(VisitCount.visits))) == [1, 3]


def test_visits_of_several_processes_add_up(world, session):
    contest = world.contest()
    for _process in range(2):
        counter.count(contest.id, world.now)
        counter.write()
    assert visits_of(session, contest.id) == 2


def test_visits_are_written_when_they_have_waited_long_enough(world, session):
    contest = world.contest()
    counter.write()
    counter.count(contest.id, world.now)
    assert visits_of(session, contest.id) is None
    session.commit()
    counter.count(contest.id, world.now + timedelta(seconds=20))
    assert visits_of(session, contest.id) == 2


# One tap


def rated(person, world, units, contest, login, score):
    attempt = world.sat(contest, login, 3, units["TR-A"])
    user = attempt.participation.user
    world.session.commit()
    visitor = person().log_in(user)
    visitor.get(f"/bai-thi/{attempt.id}").sees("Bạn thấy cuộc thi thế nào?")
    return visitor.post(f"/bai-thi/{attempt.id}/hai-long", score=score), attempt


def test_a_rating_is_added_to_a_count_and_to_nothing_else(world, units, person, session):
    contest = world.contest()
    visitor, _attempt = rated(person, world, units, contest, "an", 4)
    visitor.sees("Bạn đã chấm mức hài lòng")
    assert [(one.score, one.ratings, one.waiting) for one in session.scalars(select(RatingCount))] == [(4, 0, 1)]
    # nothing in any table could tie the rating to the one who gave it
    columns = {column["name"] for column in inspect(db.engine).get_columns("rating_count")}
    assert columns == {"id", "contest_id", "score", "ratings", "waiting"}


def test_a_second_rating_and_an_odd_one_are_refused(world, units, person, session):
    contest = world.contest()
    visitor, attempt = rated(person, world, units, contest, "an", 5)
    visitor.post(f"/bai-thi/{attempt.id}/hai-long", status=409, score=1)
    other = world.sat(contest, "binh", 3, units["TR-A"])
    person().log_in(other.participation.user).post(f"/bai-thi/{other.id}/hai-long", status=422, score=6)
    person().log_in(world.user("chi")).post(f"/bai-thi/{other.id}/hai-long", status=404, score=5)
    assert [(one.score, one.waiting) for one in session.scalars(select(RatingCount))] == [(5, 1)]


def test_ratings_are_shown_from_five_on(world, units, person):
    contest = world.contest()
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    path = f"/ket-qua/{contest.slug}/danh-gia"
    for number, score in enumerate((5, 4, 3, 4), start=1):
        rated(person, world, units, contest, f"ts{number}", score)
    judge.get(path).sees("Chưa đủ 5 lượt chấm nên chưa hiện.")
    rated(person, world, units, contest, "ts5", 4)
    judge.get(path).sees("Trung bình 4 trên 5, từ 5 lượt chấm")
    rated(person, world, units, contest, "ts6", 1)  # alone it would tell what one person thinks
    judge.get(path).sees("Trung bình 4 trên 5, từ 5 lượt chấm")


def test_a_mock_round_is_not_rated(world, units, person, session):
    first = world.document()["rounds"][0]
    contest = world.contest(rounds=[{**first, "code": "thu", "name": "Thi thử", "mock": True}, first])
    attempt = world.submit(world.start(world.joined(contest, world.user("an", unit=units["TR-A"])), "thu"))
    user = attempt.participation.user
    session.commit()
    person().log_in(user).post(f"/bai-thi/{attempt.id}/hai-long", status=404, score=5)


def test_a_visitor_does_not_wait_until_others_have_written(world, session):
    contest = world.contest()
    counter.write()
    counter.count(contest.id, world.now)
    session.commit()
    with separate_transaction() as another:
        another.execute(select(1))
        began = monotonic()
        counter.count(contest.id, world.now + timedelta(seconds=20))
        assert monotonic() - began < 2
    counter.write()
    assert visits_of(session, contest.id) == 2


def test_visits_wait_when_the_database_is_busy(world, session, monkeypatch):
    contest = world.contest()
    counter.write()
    counter.count(contest.id, world.now)

    def busy(_patience):
        raise OperationalError("busy", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(visits, "separate_transaction", busy)
        counter.write()
    counter.write()
    assert visits_of(session, contest.id) == 1
