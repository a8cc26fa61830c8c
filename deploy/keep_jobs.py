"""Keeps one background worker alive beside gunicorn, and takes it along when gunicorn goes.

Only the standard library: gunicorn's hooks start this with the server, and a process of its own is not reaped by it.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

_WORK = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"]
_AGAIN_AFTER = 5.0  # seconds: a worker that cannot start must not keep the machine busy
_PATIENCE = 10.0  # seconds a worker has to leave


def main() -> None:
    server, told_to_go = os.getppid(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_go.set())

    def is_over(seconds: float) -> bool:
        return told_to_go.wait(seconds) or os.getppid() != server

    while not is_over(0):
        worker = subprocess.Popen(_WORK, cwd=Path(__file__).resolve().parent.parent)  # noqa: S603 - our own command
        while worker.poll() is None:
            if is_over(0.5):
                _end(worker)
                return
        if is_over(_AGAIN_AFTER):
            return


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()


if __name__ == "__main__":
    main()
