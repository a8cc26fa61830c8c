"""Whatever order saves and submits arrive in, the highest revision that came in time stands."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest_app.attempts import saving, services
from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import Sheet, from_text
from contest_app.extensions import db
from contest_app.web.refusal import Refusal

steps = st.lists(st.tuples(st.sampled_from(["save", "save", "save", "submit"]), st.integers(1, 30)), max_size=12)


def sheet_of(revision: int) -> str:
    return Sheet({1: [revision % 4], 2: [revision % 3]}, prediction=revision).as_text()


@pytest.fixture
def started(world):
    units = world.units()
    world.bank(units["XA"])
    contest = world.contest(prediction={"target": "participants"}, attempts={"per_round": None})
    return world.joined(contest, world.user("an", unit=units["TR-A"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_interleaving_keeps_the_highest_revision(world, session, started, arrivals):
    attempt = world.start(started)
    expected, is_open = 0, True
    for what, revision in arrivals:
        if what == "save":
            try:
                saving.save_sheet(attempt.id, 1, revision, sheet_of(revision), world.now)
            except Refusal as refused:
                assert refused.code == ("stale" if is_open else "closed")
        else:
            services.submit(session, attempt.id, 1, revision, sheet_of(revision), world.now)
            session.commit()
        if is_open:
            expected = max(expected, revision)
        is_open = is_open and what == "save"
    kept = session.get(Attempt, attempt.id, populate_existing=True)
    assert kept.revision == expected
    assert from_text(kept.sheet).prediction == (expected or None)
    assert (kept.closed_at is None) is is_open
    if is_open:
        world.submit(kept)


def test_saves_at_once_from_many_threads_keep_the_highest(app, world, session, started):
    attempt = world.start(started)
    revisions = list(range(1, 41))
    random.Random(1).shuffle(revisions)

    def save(revision):
        with app.app_context():
            try:
                saving.save_sheet(attempt.id, 1, revision, sheet_of(revision), world.now)
            except Refusal as refused:
                assert refused.code == "stale"
            finally:
                db.session.remove()

    session.commit()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, revisions))
    kept = session.get(Attempt, attempt.id, populate_existing=True)
    assert (kept.revision, kept.sheet) == (40, sheet_of(40))
