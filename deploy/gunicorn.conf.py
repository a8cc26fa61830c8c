"""gunicorn for one small computer: one process, several threads. With PostgreSQL raise WEB_CONCURRENCY."""

import os
import subprocess
import sys
from pathlib import Path

worker_class = "gthread"
threads = 8
timeout = 60
max_requests = 50_000  # a worker is renewed now and then, one at a time
max_requests_jitter = 5_000
accesslog = None  # the program writes its own request log, without addresses and names
loglevel = "warning"
control_socket_disable = True


def when_ready(server):
    """Start the background worker with the server; JOBS_IN_SERVER=0 leaves it to a service of its own."""
    if os.environ.get("JOBS_IN_SERVER", "1") != "0":
        keeper = [sys.executable, str(Path(__file__).resolve().with_name("keep_jobs.py"))]
        # A session of its own: Ctrl+C reaches the server, which then tells the keeper.
        server.job_keeper = subprocess.Popen(keeper, start_new_session=True)  # noqa: S603 - our own command


def on_exit(server):
    if hasattr(server, "job_keeper"):
        server.job_keeper.terminate()
        server.job_keeper.wait(15)


def on_reload(server):
    """New code for the worker as well."""
    on_exit(server)
    when_ready(server)
