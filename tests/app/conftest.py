"""The application on a real database: every test here runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from contest_app import clock, create_app
from contest_app.accounts.models import Unit
from contest_app.config import Settings
from contest_app.extensions import db
from tests.app.factories import World
from tests.app.person import Person
from tests.conftest import DATABASES

START = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam


@pytest.fixture(scope="session", params=DATABASES)
def migrated_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with its tables made by the migrations, once a run and database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'contest.db'}"
    else:
        url = request.getfixturevalue("postgresql_server")
    queue = f"sqlite:///{tmp_path_factory.mktemp('queue') / 'jobs.db'}"
    app = create_app(Settings(environment="test", secret_key="k" * 40, database_url=url, job_queue_url=queue))
    with app.app_context():
        flask_migrate.upgrade()
    return app


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    with migrated_app.app_context():
        yield migrated_app
        db.session.rollback()
        _empty()
        db.session.remove()


def _empty() -> None:
    tables = [table.name for table in reversed(db.metadata.sorted_tables)]
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        else:
            for table in tables:
                connection.exec_driver_sql(f"DELETE FROM {table}")
            connection.exec_driver_sql("DELETE FROM sqlite_sequence")


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The test's own session, beside those of the requests it makes.

    Looking must not lock SQLite, or the requests would wait for the test: hence ``writes=False``, and objects that stay
    readable after a commit.
    """
    with Session(db.engine.execution_options(writes=False), expire_on_commit=False) as own:
        yield own


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> "Time":
    return Time(monkeypatch)


class Time:
    """The server's clock, standing where the test puts it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = START
        monkeypatch.setattr(clock, "now", lambda: self.moment)

    def go_to(self, moment: datetime) -> None:
        self.moment = moment

    def pass_by(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


@pytest.fixture
def world(session: Session, time: Time) -> World:
    """Builds what a test needs, at the clock's moment."""
    return World(session, time)


@pytest.fixture
def units(world: World) -> dict[str, Unit]:
    """The small tree every test works in, by code."""
    return world.units()


@pytest.fixture
def questions(world: World, units: dict[str, Unit]) -> None:
    """An approved bank of the commune's, enough for the contests tests make."""
    world.bank(units["XA"])


@pytest.fixture
def person(app: Flask) -> Callable[[], Person]:
    """Somebody with a browser of their own."""
    return lambda: Person(app)
