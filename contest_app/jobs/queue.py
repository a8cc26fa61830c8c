"""The queue between those who ask and the worker: Huey on a file beside the database, or on Redis.

It carries only numbers. What is to be done stands in the database, so that a queue that is lost loses nothing.
"""

import logging

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.api import Task
from huey.serializer import SignedSerializer
from huey.signals import SIGNAL_INTERRUPTED

from contest_app import clock
from contest_app.config import Settings
from contest_app.jobs import runner, runs, services

log = logging.getLogger("contest_app.jobs")

_EACH_MINUTE = crontab(minute="*")


class JobQueue:
    def __init__(self, app: Flask) -> None:
        self._app = app
        self.huey = _open(app.config["SETTINGS"])
        self._run = self.huey.task(name="run_job")(self._do)
        self.huey.periodic_task(_EACH_MINUTE, name="requeue", expires=50)(self.requeue)
        self.huey.signal(SIGNAL_INTERRUPTED)(self._hand_back)

    def put(self, job_id: int) -> None:
        """Hand a stored job to the worker. A queue that is away only costs time: ``requeue`` finds the job."""
        try:
            self._run(job_id)
        except Exception:
            log.exception("job not queued id=%s", job_id)

    def requeue(self) -> int:
        """Hand over again what waits but is in no queue, or whose worker is gone: a task taken out is lost with it.

        Each minute; what is older than jobs are kept goes on the same occasion.
        """
        with self._app.app_context():
            services.delete_old(clock.now())
            waiting = {task.args[0] for task in self.huey.pending() if task.args}
            missing = [job_id for job_id in runs.unfinished(clock.now()) if job_id not in waiting]
        for job_id in missing:
            self._run(job_id)
        return len(missing)

    def _do(self, job_id: int) -> None:
        with self._app.app_context():
            runner.run_job(self._app, job_id)

    def _hand_back(self, _signal: str, task: Task) -> None:
        if task.args:
            with self._app.app_context():
                runs.hand_back(task.args[0])


def queue_of(app: Flask) -> JobQueue:
    """The application's queue, opened when first asked for."""
    known: JobQueue | None = app.extensions.get("job_queue")
    if known is None:
        known = app.extensions["job_queue"] = JobQueue(app)
    return known


def put(job_id: int) -> None:
    """Hand a job of the current application to the worker, once its row is committed."""
    queue_of(current_app._get_current_object()).put(job_id)  # type: ignore[attr-defined]  # noqa: SLF001


def _open(settings: Settings) -> Huey:
    signed = SignedSerializer(secret=settings.secret_key, salt="jobs")  # nobody else's pickles are opened
    if settings.job_queue.startswith("sqlite:///"):
        filename = settings.job_queue.removeprefix("sqlite:///")
        return SqliteHuey("jobs", results=False, serializer=signed, filename=filename, strict_fifo=True)
    return RedisHuey("jobs", results=False, serializer=signed, url=settings.job_queue)
