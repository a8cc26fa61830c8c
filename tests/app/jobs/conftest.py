"""Kinds of work made for a test, and a worker that does what waits."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from contest_app.accounts.models import Role
from contest_app.jobs import runner
from contest_app.jobs.kinds import KINDS, Kind
from contest_app.jobs.models import Job
from contest_app.jobs.queue import JobQueue, queue_of
from contest_app.jobs.services import ask_for
from contest_app.permissions import Permission


@pytest.fixture
def queue(app: Flask, monkeypatch: pytest.MonkeyPatch) -> JobQueue:
    """The application's queue, empty, and a worker that beats fast."""
    monkeypatch.setattr(runner, "EVERY", 0.02)
    found = queue_of(app)
    found.huey.storage.flush_queue()
    return found


@pytest.fixture
def work(queue: JobQueue) -> Callable[[], int]:
    """Do everything in the queue as the consumer would; says how many tasks there were."""

    def do() -> int:
        done = 0
        while (task := queue.huey.dequeue()) is not None:
            queue.huey.execute(task)
            done += 1
        return done

    return do


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Declares the work of kind "thu"."""
    return lambda make: monkeypatch.setitem(KINDS, "thu", Kind(Permission.SEE_RESULTS, make))


@pytest.fixture
def job(world, session) -> Job:
    """A job of kind "thu", asked for by the judge "gk" and not handed over yet."""
    units = world.units()
    judge = world.user("gk", role=Role.JUDGE, unit=units["XA"])
    new = Job(
        kind="thu", subject="contest:1", title="Việc thử", unit_id=units["XA"].id, made_by_id=judge.id,
        parameters={"n": 3}, filename="tệp thử.bin", media_type="application/octet-stream",
    )  # fmt: skip
    stored = ask_for(session, new, world.now)
    session.commit()
    return stored
