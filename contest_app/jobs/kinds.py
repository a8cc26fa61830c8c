"""The kinds of jobs. A feature declares its own with ``@job_kind`` in a ``jobs.py`` that ``setup.py`` loads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy.orm import Session

from contest_app.db_types import Json
from contest_app.jobs.models import Job
from contest_app.permissions import Permission

Progress = Callable[[int, int], None]
Make = Callable[[Session, Json, BinaryIO, Progress], Json | None]
OnDownload = Callable[[Session, Job, int, datetime], None]


@dataclass(frozen=True, slots=True)
class Kind:
    permission: Permission  # for ``queries.unit_of`` the job: to see it, run it again, have its file
    make: Make
    on_download: OnDownload | None = None


KINDS: dict[str, Kind] = {}


def job_kind(code: str, permission: Permission, *, on_download: OnDownload | None = None) -> Callable[[Make], Make]:
    """Declare ``make(session, parameters, out, progress)`` as the work of a kind.

    ``session`` only reads, from one snapshot that begins at its first query; what is to be written goes through
    ``extensions.separate_transaction``, kept short. ``out`` is an empty temporary file; a kind without a file leaves
    it empty. ``progress(done, total)`` is cheap, so call it often: it raises when the job was cancelled. What is
    returned is kept as the job's ``facts``. A ``Refusal`` tells the person why it failed. The work may be begun again
    from the start.

    ``on_download(session, job, actor_id, now)`` runs before a file is sent, to put it on record.
    """

    def declare(make: Make) -> Make:
        KINDS[code] = Kind(permission, make, on_download)
        return make

    return declare
