from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from contest_app.accounts.models import Role
from contest_app.ledger.models import Activity
from contest_app.results.services import freeze_results


@pytest.fixture
def finished(world: Any, session: Any, units: Any, questions: None) -> SimpleNamespace:
    """A frozen contest of the commune: three people, four attempts, one of another voided."""
    contest = world.contest(
        attempts={"per_round": 2}, audience={"description": "Học sinh và đoàn viên"}, slug="da-chot",
        title="Tìm hiểu Luật A",
    )  # fmt: skip
    first = world.sat(contest, "mot", 5, units["TR-A"])
    world.submit(world.start(first.participation), 2)
    world.sat(contest, "hai", 3, units["TR-B"])
    world.sat(contest, "ba", 4, units["AP"])
    voided = world.sat(contest, "bon", 1, units["AP"])
    voided.voided_at, voided.void_reason = world.now, "nộp hộ người khác"
    world.time.pass_by(days=8)
    freeze_results(session, contest, actor_id=None, now=world.now)
    activity = session.query(Activity).one()
    session.commit()
    return SimpleNamespace(contest=contest, activity=activity)


@pytest.fixture
def organiser(world: Any, units: Any, person: Callable[[], Any]) -> Any:
    return person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))


@pytest.fixture
def outsider(world: Any, units: Any, person: Callable[[], Any]) -> Any:
    return person().log_in(world.user("xa-khac", role=Role.ORGANISER, unit=units["XK"]))
