"""The same queue on a Redis that several nodes share; a server of the test's own, where one is installed."""

import shutil
import socket
import subprocess
import time as real_time
from dataclasses import replace

import pytest

from contest_app.jobs.models import Job, State
from contest_app.jobs.queue import JobQueue

REDIS = shutil.which("redis-server")
pytestmark = pytest.mark.skipif(REDIS is None, reason="Redis is not installed: sudo apt-get install redis-server")


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = str(tmp_path_factory.mktemp("redis"))
    server = subprocess.Popen([REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder])
    for _ in range(100):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                break
        real_time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/1"
    server.terminate()
    server.wait(10)


@pytest.fixture
def nodes(app, monkeypatch, redis_url):
    """Two nodes of one site, each with its own connection to the queue."""
    settings = replace(app.config["SETTINGS"], job_queue_url=redis_url)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    found = JobQueue(app), JobQueue(app)
    found[0].huey.storage.flush_queue()
    return found


def do_all(node):
    while (task := node.huey.dequeue()) is not None:
        node.huey.execute(task)


def stored(session, job):
    session.rollback()
    return session.get(Job, job.id, populate_existing=True)


def test_what_one_node_asks_for_another_does(session, nodes, kind, job):
    kind(lambda reading, parameters, out, progress: out.write(b"xong") and {})
    asking, working = nodes
    asking.put(job.id)
    assert [task.args for task in working.huey.pending()] == [(job.id,)]
    do_all(working)
    assert (stored(session, job).state, job.size) == (State.DONE, 4)
    assert asking.huey.pending() == []


def test_a_queue_that_was_lost_is_filled_again_once(session, nodes, kind, job):
    kind(lambda reading, parameters, out, progress: {})
    first, second = nodes
    first.put(job.id)
    first.huey.storage.flush_queue()  # Redis was started anew
    session.commit()
    assert (first.requeue(), second.requeue()) == (1, 0)
    do_all(second)
    assert stored(session, job).state is State.DONE


def test_a_redis_that_is_away_only_costs_time(app, session, monkeypatch, kind, job, caplog):
    settings = replace(app.config["SETTINGS"], job_queue_url="redis://127.0.0.1:1/1")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    JobQueue(app).put(job.id)
    assert "job not queued" in caplog.text
    assert stored(session, job).state is State.QUEUED
