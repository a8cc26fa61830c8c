"""Doing a job: the work reads at length, and everything written beside it is short."""

import logging
import threading
from tempfile import TemporaryFile

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from contest_app import clock
from contest_app.extensions import snapshot
from contest_app.jobs.kinds import KINDS
from contest_app.jobs.models import State
from contest_app.jobs.runs import Cancelled, Lost, Run, Stopped, claim, end, finish, held, store
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import Refusal

log = logging.getLogger("contest_app.jobs")

EVERY = 1.0  # seconds between two beats


def run_job(app: Flask, job_id: int) -> None:
    """Claim the job and do it; does nothing when somebody else has it. Never raises for what the work does."""
    run = claim(job_id, clock.now())
    if run is None:
        return
    try:
        _work(app, run)
    except Cancelled:
        end(run, State.CANCELLED)
    except Lost:
        log.warning("job lost to another worker id=%s run=%s", run.job_id, run.number)
    except Refusal as refusal:
        end(run, State.FAILED, refusal_text(refusal))
    except Exception:
        log.exception("job failed id=%s kind=%s", run.job_id, run.kind)
        end(run, State.FAILED, _("Chương trình gặp lỗi ngoài dự kiến khi làm việc này. Nhật ký máy chủ ghi rõ lỗi."))


def _work(app: Flask, run: Run) -> None:
    with TemporaryFile() as out:
        with Pulse(app, run) as pulse, snapshot() as session:
            facts = KINDS[run.kind].make(session, run.parameters, out, pulse.progress)
            with held(run, **pulse.told):
                pass
        finish(run, store(run, out), facts or {})


class Pulse:
    """A thread beside the work that tells the database how far it is, and the work when it is to stop."""

    def __init__(self, app: Flask, run: Run) -> None:
        self.told: dict[str, int] = {}
        self._app, self._run = app, run
        self._over = threading.Event()
        self._stopped: type[Stopped] | None = None
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def progress(self, done: int, total: int) -> None:
        """:raises Stopped: cancelled, or lost."""
        self.told = {"done": done, "total": total}
        if self._stopped is not None:
            raise self._stopped

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        with self._app.app_context():
            while self._stopped is None and not self._over.wait(EVERY):
                self._tell()

    def _tell(self) -> None:
        try:
            with held(self._run, **self.told):
                pass
        except Stopped as stopped:
            self._stopped = type(stopped)
        except OperationalError:  # the database is busy or away for a moment: the next beat tries again
            log.warning("job beat missed id=%s", self._run.job_id)
