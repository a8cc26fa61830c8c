"""After the run: does the database hold what was acknowledged? A bench that loses answers must fail."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from flask import Flask
from sqlalchemy.orm import Session

from bench import bare
from bench.setup import PLACES, submitted_body
from bench.work import BareWork, SaveWork, Saving, StartWork, SubmitWork
from contest_app.attempts.models import Attempt, ClosedBy
from contest_app.attempts.sheets import sheet_from
from contest_app.extensions import db


def problems(
    app: Flask, conninfo: str, bare_work: Sequence[BareWork], save: SaveWork, start: StartWork, submit: SubmitWork
) -> list[str]:
    """What is missing or different, in words; empty when everything acknowledged is there."""
    with app.app_context():
        session = db.session()
        found = [
            *_bare_problems(conninfo, bare_work),
            *(text for one in save.sittings for text in _save_problems(session, one)),
            *_start_problems(session, start),
            *_submit_problems(session, submit),
        ]
        db.session.remove()
        db.engine.dispose()
    return found


def _bare_problems(conninfo: str, all_work: Sequence[BareWork]) -> Iterator[str]:
    stored = bare.changes(conninfo)
    for row, acknowledged in sum((one.acknowledged for one in all_work), Counter()).items():
        if stored.get(row) != acknowledged:
            yield f"yardstick row {row}: {acknowledged} changes acknowledged, {stored.get(row)} stored"


def _save_problems(session: Session, sent: Saving) -> Iterator[str]:
    stored = session.get_one(Attempt, sent.attempt_id)
    if stored.revision != sent.acknowledged:
        yield f"attempt {stored.id}: revision {sent.acknowledged} acknowledged, {stored.revision} stored"
    elif stored.sheet != _as_stored(sent.body(sent.acknowledged)):
        yield f"attempt {stored.id}: revision {stored.revision} is not the sheet that was sent"
    if stored.closed_at is not None:
        yield f"attempt {stored.id}: closed although nobody submitted it"


def _start_problems(session: Session, work: StartWork) -> Iterator[str]:
    stored = {one.id: one for one in session.query(Attempt)}
    for person, attempt_id in work.acknowledged.items():
        attempt = stored.get(attempt_id)
        if attempt is None or attempt.participation_id != person or len(attempt.paper) != PLACES:
            yield f"participation {person}: was sent to attempt {attempt_id}, which is not theirs or has no paper"
    people = [one.participation_id for one in stored.values()]
    if len(people) != len(set(people)):
        yield "somebody has two attempts"


def _submit_problems(session: Session, work: SubmitWork) -> Iterator[str]:
    stored = session.query(Attempt).where(Attempt.id.in_(work.acknowledged)).all()
    if len(stored) != len(work.acknowledged):
        yield f"{len(work.acknowledged)} submissions acknowledged, {len(stored)} of the attempts stored"
    for attempt in stored:
        if attempt.closed_by is not ClosedBy.CONTESTANT or attempt.revision != 1:
            yield f"attempt {attempt.id}: submission acknowledged, not stored"
        elif attempt.score is None or len(attempt.marks or ()) != PLACES:
            yield f"attempt {attempt.id}: closed and not marked"
        elif attempt.sheet != _as_stored(submitted_body(attempt)):
            yield f"attempt {attempt.id}: does not hold the sheet it was submitted with"


def _as_stored(body: bytes) -> str:
    return sheet_from(json.loads(body)).as_text()
