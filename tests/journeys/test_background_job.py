"""A workbook too big to wait for: made beside the server, kept over a power cut, downloaded and verified."""

from collections.abc import Iterator

import pytest
from sqlalchemy import insert

from contest_app.accounts.models import Role
from contest_app.attempts.models import Attempt
from contest_app.extensions import db
from contest_app.jobs.models import Job, State
from contest_app.results import services
from contest_app.results.staff import MOST_AT_ONCE
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

SITTINGS = 3 * MOST_AT_ONCE


@pytest.fixture
def server(app) -> Iterator[Server]:
    """As it is run on one small computer: the worker comes with it."""
    server = Server(app, "--config", "deploy/gunicorn.conf.py")
    server.start()
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


def test_a_big_workbook_survives_a_power_cut(app, server, world, visitor, session, tmp_path):
    contest, judge = frozen_contest(world, session)
    visitor = visitor().log_in(judge)
    page = visitor.go("/ket-qua/")
    visitor.sees("kết quả đã chốt")
    page.locator("form[action$='so-ket-qua.xlsx'] button").click()
    visitor.sees("Sổ kết quả: Cuộc thi thử nghiệm", "đang làm").fits()
    assert page.locator("progress").is_visible()

    server.kill()
    assert session.query(Job.state).scalar() is not State.DONE, "done before the power went: sit more papers"
    session.commit()
    server.start()
    visitor.sees("đã xong").fits()  # the open page found out by itself
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
