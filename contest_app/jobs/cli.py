from flask import current_app
from flask.cli import AppGroup

from contest_app.jobs.queue import queue_of

jobs = AppGroup("jobs", help="Background jobs.")


@jobs.command("work")
def work() -> None:
    """Do background jobs, one at a time, until told to stop. gunicorn starts this by itself."""
    queue = queue_of(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    queue.requeue()
    queue.huey.create_consumer(workers=1, max_delay=1.0).run()
