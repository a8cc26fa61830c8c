"""The digest of a contest's results: what the workbook prints and ``flask verify-results`` checks."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sqlalchemy.orm import Session

from contest_app.contests.models import Contest
from contest_app.results.models import Standing
from contest_app.results.queries import AT_A_TIME, standings


def standings_digest(session: Session, contest: Contest) -> str:
    """SHA-256 of every table of the contest."""
    content = hashlib.sha256()
    for text in _digested(session, contest):
        content.update(text.encode())
    return content.hexdigest()


def _digested(session: Session, contest: Contest) -> Iterator[str]:
    """[slug, version of the rules, tables, frozen units] as JSON, in pieces: a table may be longer than memory."""
    yield f"[{_json(contest.slug)},{_json(contest.rules_version)},["
    for number, round_id in enumerate(_tables(contest)):
        yield ",[" if number else "["
        places = session.scalars(standings(contest.id, round_id).execution_options(yield_per=AT_A_TIME))
        for place, row in enumerate(places):
            yield ("," if place else "") + _json(_line(row))
        yield "]"
    yield f"],{_json(contest.frozen_units)}]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tables(contest: Contest) -> list[int | None]:
    """The overall table, then those of the rounds in order."""
    return [None, *(one.id for one in contest.official_rounds)]


def _line(row: Standing) -> list[Any]:
    person = row.participation
    return [
        row.rank,
        row.group_rank,
        person.number,
        person.full_name,
        person.group_code,
        int(row.score * 1000),
        int(row.seconds * 1000),
        row.submitted_at.astimezone(UTC).isoformat(),
        row.attempts,
        row.prediction_distance,
        row.award,
        row.sittings,
    ]
