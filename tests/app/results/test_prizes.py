"""Who is printed with which prize, and with how much money."""

import pytest

from contest_app.documents.gathering import prizes_of
from contest_app.results import services as results

pytestmark = pytest.mark.usefixtures("questions")


def test_prizes_of_one_name_keep_their_own_money(world, units, session):
    """The winner of all belongs to the group of pupils, whose first prize has the same name and is smaller."""
    groups = [{"code": "hs", "name": "Học sinh", "max_age": 18}, {"code": "nl", "name": "Người lớn", "min_age": 19}]
    contest = world.contest(
        audience={"groups": groups},
        prizes=[
            {"name": "Nhất", "amount": 1_000_000}, {"name": "Nhì", "amount": 700_000},
            {"name": "Nhất", "group": "hs", "amount": 300_000},
            {"name": "Nhất", "kind": "collective", "amount": 2_000_000},
            {"name": "Nhất", "kind": "collective", "scope": "round", "amount": 100_000},
        ],
    )  # fmt: skip
    for login, right in (("an", 5), ("binh", 4), ("chi", 3), ("dung", 2)):
        world.sat(contest, login, right, units["TR-A"])
    world.time.go_to(contest.rules.closes_at)
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    found = prizes_of(session, contest)
    assert [(one.name.split()[-1], one.award, one.money, one.part) for one in found.individual] == [
        ("An", "Nhất", 1_000_000, ""), ("Binh", "Nhì", 700_000, ""), ("Chi", "Nhất", 300_000, "Học sinh"),
    ]  # fmt: skip
    assert [(one.money, one.part) for one in found.collective] == [(2_000_000, ""), (100_000, "Đợt 1")]


def test_equals_of_two_prizes_that_only_share_a_name_wait_for_people(world, units, session):
    prizes = [{"name": "Nhất", "amount": 2_000_000}, {"name": "Nhất", "amount": 1_000_000}]
    contest = world.contest(ranking={"chain": ["score"]}, prizes=prizes)
    for login in ("an", "binh"):
        world.sat(contest, login, 5, units["TR-A"])
    world.time.go_to(contest.rules.closes_at)
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    assert [(one.is_open, one.money) for one in prizes_of(session, contest).individual] == [(True, None)] * 2
