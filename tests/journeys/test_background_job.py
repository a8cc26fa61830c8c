"""A workbook too big to wait for: made beside the server, kept over a power cut, downloaded and verified."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert

from contest_app.accounts.models import Role
from contest_app.attempts.models import Attempt
from contest_app.extensions import db
from contest_app.jobs.models import Job, State
from contest_app.jobs.queries import LOST_AFTER
from contest_app.results import services
from contest_app.results.staff import MOST_AT_ONCE
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

SITTINGS = 2 * MOST_AT_ONCE


@pytest.fixture
def server(app) -> Iterator[Server]:
    """As it is run on one small computer: the worker comes with it. It writes from the first second on, so that the
    test starts it when its own writing is done."""
    server = Server(app, "--config", "deploy/gunicorn.conf.py")
    yield server
    server.stop()


@pytest.fixture
def site(server) -> str:
    return server.address


def frozen_contest(world, session):
    """A closed contest with as many sittings as a busy commune has."""
    units = world.units()
    world.bank(units["XA"])
    contest = world.contest(attempts={"per_round": SITTINGS})
    sat = [world.sat(contest, login, right, units["TR-A"]) for login, right in (("an", 5), ("binh", 3), ("chi", 1))]
    kept = [column.key for column in Attempt.__table__.columns if column.key not in ("id", "ordinal")]
    rows = [
        {name: getattr(sat[number % 3], name) for name in kept} | {"ordinal": 2 + number // 3}
        for number in range(SITTINGS - 3)
    ]
    session.commit()
    with db.engine.begin() as connection:
        connection.execute(insert(Attempt), rows)
    services.freeze_results(session, contest, actor_id=None, now=contest.rules.closes_at)
    session.commit()
    return contest, world.user("gk", role=Role.JUDGE, unit=units["XA"])


def without_power_for(session, absence: timedelta) -> None:
    job = session.query(Job).one()
    assert job.state is State.RUNNING, "done before the power went: sit more papers"
    job.heartbeat_at -= absence
    session.commit()


def test_a_big_workbook_survives_a_power_cut(app, server, world, visitor, session, tmp_path):
    contest, judge = frozen_contest(world, session)
    server.start()
    visitor = visitor().log_in(judge)
    page = visitor.go("/ket-qua/")
    visitor.sees("kết quả đã chốt")
    page.locator("form[action$='so-ket-qua.xlsx'] button").click()
    visitor.sees("Sổ kết quả: Cuộc thi thử nghiệm", "đang làm").fits()
    assert page.locator("progress").is_visible()

    server.kill()
    without_power_for(session, 2 * LOST_AFTER)
    server.start()
    page.get_by_text("đã xong").first.wait_for(timeout=120_000)  # the open page found out by itself
    visitor.fits()
    assert session.query(Job.runs).scalar() == 2
    session.commit()

    server.stop()
    server.start()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp").click()
    assert download.value.suggested_filename == f"ket-qua-{contest.slug}.xlsx"
    file = tmp_path / "so.xlsx"
    download.value.save_as(file)
    verified = app.test_cli_runner().invoke(args=["verify-results", contest.slug, str(file)])
    assert verified.exit_code == 0, verified.output
