"""An evaluation is kept, made anew when results change, and of final results once."""

import threading
from datetime import timedelta
from time import sleep

import pytest
from sqlalchemy import select

from contest_app.accounts.models import Role
from contest_app.attempts import decisions
from contest_app.evaluation import services
from contest_app.evaluation.models import StoredEvaluation
from contest_app.extensions import separate_transaction
from contest_app.results import services as results
from contest_app.results.queries import last_run

pytestmark = pytest.mark.usefixtures("questions")
WHOLE_BANK = {"blueprint": [{"count": 12}], "minutes": 10, "points_per_question": "2"}


def keep(session, contest, made):
    run = last_run(session, contest.id)
    return services.store(session, contest.id, made, run.id if run else None)


def test_a_stored_evaluation_comes_back_as_it_was(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1])
    made = services.evaluate(session, contest, world.now)
    services.store(session, contest.id, made, None)
    assert services.stored(session, contest) == made


def test_a_contest_with_a_voided_attempt_is_stored_and_shown(world, units, session, sat_by, person):
    contest = world.contest()
    first, second, third, *_ = sat_by(contest, [5, 4, 4, 3, 2, 1, 0])
    for attempt, reason in ((first, "Bỏ thi"), (second, "Nhờ người thi hộ"), (third, "Nhờ người thi hộ")):
        decisions.void(session, attempt, reason=reason, actor_id=world.user(f"btc{attempt.id}").id, now=world.now)
    session.commit()
    made = services.evaluate(session, contest, world.now)
    services.store(session, contest.id, made, None)
    assert services.stored(session, contest).integrity.voided == (("Nhờ người thi hộ", 2), ("Bỏ thi", 1))
    session.rollback()
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("Nhờ người thi hộ: 2 lượt", "Bỏ thi: 1 lượt")


def test_an_evaluation_is_made_anew_when_results_change(world, session, sat_by, units):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    results.bring_up_to_date(session, contest, world.now)
    keep(session, contest, services.evaluate(session, contest, world.now))
    assert not services.is_outdated(session, contest, world.now)
    world.time.pass_by(minutes=5)
    sat_by(contest, [1], prefix="muon")
    assert services.is_outdated(session, contest, world.now)


def test_an_evaluation_of_another_version_is_made_anew(world, session, sat_by, units, person):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    keep(session, contest, services.evaluate(session, contest, world.now))
    row = session.scalars(select(StoredEvaluation)).one()
    row.document = {"items": []}
    session.commit()
    assert services.stored(session, contest) is None
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    session.commit()
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("5 người dự thi")


def test_a_key_corrected_at_once_makes_a_new_evaluation(world, session, sat_by):
    contest = world.contest(paper=WHOLE_BANK)
    first, *_ = sat_by(contest, [6] * 6)
    results.bring_up_to_date(session, contest, world.now)
    keep(session, contest, services.evaluate(session, contest, world.now))
    world.time.pass_by(seconds=5)
    version = results.load_version(session, first.version_ids[0], contest)
    results.correct_key(
        session, contest, version, [2], credits_everyone=False, reason="Đáp án sai", now=world.now,
        actor_id=world.user("btc").id,
    )  # fmt: skip
    assert services.is_outdated(session, contest, world.now)


def test_slow_work_does_not_replace_a_newer_evaluation(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    old = services.evaluate(session, contest, world.now)
    new = services.evaluate(session, contest, world.now + timedelta(minutes=1))
    keep(session, contest, new)
    keep(session, contest, old)
    assert services.stored(session, contest).made_at == new.made_at


def test_what_was_made_while_results_were_frozen_is_not_final(world, session, sat_by):
    """The freeze reads the clock, a judge opens the page a second later, and only then the freeze is done."""
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    results.bring_up_to_date(session, contest, world.now)
    world.time.go_to(contest.rules.closes_at)
    keep(session, contest, services.evaluate(session, contest, world.now + timedelta(seconds=1)))
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()
    world.time.pass_by(hours=5)
    assert services.is_outdated(session, contest, world.now)
    assert services.current_evaluation(session, contest, world.now).is_final
    session.commit()
    assert services.stored(session, contest).is_final


def test_what_was_made_while_a_key_was_corrected_is_outdated(world, session, sat_by):
    contest = world.contest(paper=WHOLE_BANK)
    first, *_ = sat_by(contest, [6] * 6)
    results.bring_up_to_date(session, contest, world.now)
    world.time.pass_by(minutes=5)
    keep(session, contest, services.evaluate(session, contest, world.now + timedelta(seconds=1)))
    version = results.load_version(session, first.version_ids[0], contest)
    results.correct_key(
        session, contest, version, [2], credits_everyone=False, reason="Đáp án sai", now=world.now, actor_id=None
    )
    assert services.is_outdated(session, contest, world.now + timedelta(hours=5))


def test_slow_work_from_an_older_ranking_does_not_replace_a_newer_one(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    results.bring_up_to_date(session, contest, world.now)
    old = last_run(session, contest.id).id
    results.bring_up_to_date(session, contest, world.now)
    new = services.evaluate(session, contest, world.now)
    keep(session, contest, new)
    late = services.evaluate(session, contest, world.now + timedelta(minutes=1))
    assert services.store(session, contest.id, late, old) == new
    assert not services.is_outdated(session, contest, world.now)


def test_the_first_evaluation_of_final_results_stays(world, session, sat_by, units):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    world.time.go_to(contest.rules.closes_at)
    results.freeze_results(session, contest, actor_id=None, now=world.now)
    session.commit()
    first = services.current_evaluation(session, contest, world.now)
    session.commit()
    units["TR"].headcount = 4000
    session.commit()
    late = services.evaluate(session, contest, world.now + timedelta(hours=1))
    assert late.audience != first.audience
    assert keep(session, contest, late) == first
    session.commit()
    assert services.current_evaluation(session, contest, world.now + timedelta(days=9)) == first


def test_two_may_open_the_first_evaluation_at_once(app, world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    made, number = services.evaluate(session, contest, world.now), contest.id
    session.commit()
    ready, kept = threading.Barrier(2), []

    def judge():
        with app.app_context():
            ready.wait()
            with separate_transaction() as own:
                kept.append(services.store(own, number, made, None))
                sleep(0.1)  # so that the other meets an unfinished transaction

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert kept == [made, made]
    assert services.stored(session, contest) == made
