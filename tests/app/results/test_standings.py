"""Who stands where, who is named how, and what a unit did together."""

import threading
from decimal import Decimal
from time import sleep

import pytest

from contest_app.accounts.models import Role
from contest_app.attempts import decisions
from contest_app.results import services
from contest_app.results.awards import UNDECIDED
from contest_app.results.collective import unit_table
from contest_app.results.models import Standing
from contest_app.results.queries import standings

pytestmark = pytest.mark.usefixtures("questions")


def table(session, contest, **kwargs):
    return [
        (row.rank, row.participation.user.login, row.score) for row in session.scalars(standings(contest.id, **kwargs))
    ]


def ranked(world, contest):
    services.bring_up_to_date(world.session, contest, world.now)
    world.session.commit()


def test_the_chain_of_the_rules_decides(world, units, session):
    contest = world.contest(prediction={"target": "perfect"}, ranking={"chain": ["score", "prediction", "time"]})
    world.sat(contest, "cham", 5, units["TR-A"], minutes=5, prediction=2)
    world.sat(contest, "nhanh", 5, units["TR-A"], minutes=1, prediction=9)
    world.sat(contest, "it-diem", 3, units["TR-B"], prediction=2)
    world.sat(contest, "khong-doan", 3, units["TR-B"])
    ranked(world, contest)
    assert table(session, contest) == [(1, "cham", 10), (2, "nhanh", 10), (3, "it-diem", 6), (4, "khong-doan", 6)]
    rows = session.scalars(standings(contest.id)).all()
    assert [row.decided_by for row in rows] == ["", "prediction", "score", "prediction"]
    assert [row.prediction_distance for row in rows] == [0, 7, 0, None]


def test_equals_share_a_rank_and_a_prize_between_them_waits_for_people(world, units, session):
    prizes = [{"name": "Nhất"}, {"name": "Nhì", "quantity": 2}]
    contest = world.contest(ranking={"chain": ["score"]}, prizes=prizes)
    for login, right in (("mot", 5), ("hai", 5), ("ba", 4), ("bon", 3)):
        world.sat(contest, login, right, units["TR-A"])
    ranked(world, contest)
    rows = session.scalars(standings(contest.id)).all()
    assert [(row.rank, row.award) for row in rows] == [(1, UNDECIDED), (1, UNDECIDED), (3, "Nhì"), (4, "")]


def test_the_best_attempt_counts_and_all_are_counted(world, units, session):
    contest = world.contest(attempts={"per_round": 3, "counting": "best"})
    person = world.joined(contest, world.user("an", unit=units["TR-A"]))
    for right in (2, 4, 3):
        attempt = world.start(person)
        world.time.pass_by(minutes=2)
        world.submit(attempt, right)
    ranked(world, contest)
    row = session.scalars(standings(contest.id)).one()
    assert (row.score, row.attempts) == (8, 3)


def test_rounds_add_up_to_the_overall_standing(world, units, session):
    first = world.document()["rounds"][0]
    contest = world.contest(rounds=[first, {**first, "code": "dot-2", "name": "Đợt 2"}])
    person = world.joined(contest, world.user("an", unit=units["TR-A"]))
    for code, right in (("dot-1", 2), ("dot-2", 5)):
        attempt = world.start(person, code)
        world.submit(attempt, right)
    ranked(world, contest)
    assert table(session, contest) == [(1, "an", 14)]
    assert session.scalars(standings(contest.id)).one().max_score == 20
    assert table(session, contest, round_id=contest.rounds[1].id) == [(1, "an", 10)]


def test_groups_rank_among_themselves_with_prizes_of_their_own(world, units, session):
    groups = [{"code": "A", "name": "Học sinh", "max_age": 18}, {"code": "B", "name": "Người lớn", "min_age": 19}]
    prizes = [{"name": "Nhất A", "group": "A"}, {"name": "Nhất B", "group": "B"}]
    contest = world.contest(audience={"groups": groups}, prizes=prizes)
    for login, right, year in (("lon-1", 5, 1990), ("hs-1", 4, 2009), ("lon-2", 3, 1991), ("hs-2", 2, 2010)):
        attempt = world.start(world.joined(contest, world.user(login, unit=units["TR-A"], birth_year=year)))
        world.submit(attempt, right)
    ranked(world, contest)
    rows = session.scalars(standings(contest.id)).all()
    assert [(row.rank, row.group_rank, row.award) for row in rows] == [
        (1, 1, "Nhất B"), (2, 1, "Nhất A"), (3, 2, ""), (4, 2, ""),
    ]  # fmt: skip
    assert [row[1] for row in table(session, contest, group="A")] == ["hs-1", "hs-2"]


def test_voided_and_mock_attempts_stand_in_no_table(world, units, session):
    first = world.document()["rounds"][0]
    contest = world.contest(rounds=[first, {**first, "code": "thu", "name": "Thi thử", "mock": True}])
    attempt = world.sat(contest, "gian", 5, units["TR-A"])
    honest = world.user("that", unit=units["TR-A"])
    person = world.joined(contest, honest)
    world.submit(world.start(person, "thu"), 5)
    world.submit(world.start(person), 1)
    decisions.void(session, attempt, reason="Nhờ người khác làm bài", actor_id=honest.id, now=world.now)
    ranked(world, contest)
    assert table(session, contest) == [(1, "that", 2)]


def test_an_overdue_paper_is_closed_before_anybody_is_ranked(world, units, session):
    contest = world.contest()
    world.start(world.joined(contest, world.user("bo-do", unit=units["TR-A"])))
    world.time.pass_by(minutes=11)
    ranked(world, contest)
    assert table(session, contest) == [(1, "bo-do", 0)]


def test_the_collective_table_rolls_up_and_ranks_by_rate(world, units, session):
    contest = world.contest(
        collective={"rank_by": "rate"},
        prizes=[{"name": "Tập thể nhất", "kind": "collective"}],
        audience={"units": ["XA"]},
    )
    for login, unit, right in (("a1", "TR-A", 5), ("b1", "TR-B", 3), ("c1", "AP", 4)):
        world.sat(contest, login, right, units[unit])
    ranked(world, contest)
    places = {place.code: place for place in unit_table(session, contest)}
    school, hamlet = places["TR"].result, places["AP"].result
    assert (school.participants, school.rate, school.total, school.average) == (2, 0.05, 16, Decimal("8.00"))
    assert hamlet.rate == 0.1
    assert [(places[code].rank, places[code].award) for code in ("AP", "TR")] == [(1, "Tập thể nhất"), (2, "")]


# Pages


def test_the_public_sees_initials_unless_consent_says_otherwise(world, units, person):
    contest = world.contest(release={"ranking": "on_submit"})
    for login, shows in (("kin", False), ("lo", True)):
        user = world.user(login, unit=units["TR-A"], full_name=f"Nguyễn Thị {login.capitalize()}")
        attempt = world.start(world.joined(contest, user, shows_name=shows))
        world.submit(attempt)
    visitor = person().get("/ket-qua/thu-nghiem")
    visitor.sees("N. T. Kin", "Nguyễn Thị Lo").does_not_see("Nguyễn Thị Kin")
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get("/ket-qua/thu-nghiem").sees("Nguyễn Thị Kin")
    judge.get("/ket-qua/thu-nghiem?cong-khai=1").does_not_see("Nguyễn Thị Kin")


def test_the_ranking_waits_for_its_release(world, units, person):
    contest = world.contest(release={"ranking": "by_hand"})
    world.sat(contest, "an", 5, units["TR-A"])
    person().get("/ket-qua/thu-nghiem", status=403).sees("Bảng xếp hạng chưa được công bố")
    person().get("/ket-qua/thu-nghiem/tap-the", status=403)
    person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"])).get("/ket-qua/thu-nghiem").sees("chưa công bố")


def test_searching_and_filtering_the_ranking(world, units, person):
    contest = world.contest(release={"ranking": "on_submit"})
    for login, name, unit in (("dat", "Phạm Văn Đạt", "TR-A"), ("tam", "Lê Thị Tâm", "AP")):
        user = world.user(login, unit=units[unit], full_name=name)
        world.submit(world.start(world.joined(contest, user, shows_name=True)))
    visitor = person()
    visitor.get("/ket-qua/thu-nghiem?tim=dat").sees("Phạm Văn Đạt").does_not_see("Lê Thị Tâm")
    visitor.get("/ket-qua/thu-nghiem?don-vi=AP").sees("Lê Thị Tâm").does_not_see("Phạm Văn Đạt")
    visitor.get("/ket-qua/thu-nghiem?tim=khong-ai").sees("Không có thí sinh nào khớp")
    visitor.get("/ket-qua/thu-nghiem/tap-the").sees("Trường THPT An Trường")


def test_standings_are_replaced_never_doubled(world, units, session):
    contest = world.contest()
    world.sat(contest, "an", 5, units["TR-A"])
    for _ in range(3):
        ranked(world, contest)
    assert session.query(Standing).count() == 2  # one for the round, one overall


def test_visitors_who_come_at_once_rank_a_stale_table_once(world, units, person, session, monkeypatch):
    contest = world.contest(release={"ranking": "on_submit"})
    world.sat(contest, "an", 5, units["TR-A"])
    real, ranked_by, ready = services.compute_standings, [], threading.Barrier(4)

    def slow(*args):
        ranked_by.append(threading.get_ident())
        sleep(0.2)
        real(*args)

    def visit(visitor):
        ready.wait()
        visitor.get("/ket-qua/thu-nghiem")

    monkeypatch.setattr(services, "compute_standings", slow)
    threads = [threading.Thread(target=visit, args=(person(),)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(ranked_by) == 1
    assert len(table(session, contest)) == 1
