"""A round's pool as it is stored, published and drawn from."""

import hashlib
import json
from typing import Any

from contest_app.contests.models import Round
from question_bank.draw import Candidate, Cell, Pool


def pool_document(pool: Pool) -> dict[str, Any]:
    """Plain values: enough to repeat every draw, nothing that tells a key."""
    return {
        "places": list(pool.places),
        "cells": [
            {
                "count": cell.count,
                "topic": list(cell.topic),
                "level": cell.level,
                "candidates": [
                    [c.id, list(c.topic), c.level, c.option_count, list(c.fixed_options)] for c in candidates
                ],
            }
            for cell, candidates in pool.cells
        ]
    }


def published_form(document: dict[str, Any]) -> bytes:
    """The bytes whose SHA-256 is the pool's digest."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(document: dict[str, Any]) -> str:
    return hashlib.sha256(published_form(document)).hexdigest()


def pool_from(document: dict[str, Any]) -> Pool:
    cells = tuple((_cell(one), tuple(map(_candidate, one["candidates"]))) for one in document["cells"])
    return Pool(cells, tuple(document["places"]))


def _cell(document: dict[str, Any]) -> Cell:
    return Cell(document["count"], tuple(document["topic"]), document["level"])


def _candidate(values: list[Any]) -> Candidate:
    number, topic, level, option_count, fixed = values
    return Candidate(number, tuple(topic), level, option_count, tuple(fixed))


_MOST_KEPT = 64
_kept: dict[str, Pool] = {}


def pool_of(of_round: Round) -> Pool:
    """The round's pool, read from the database once in each process: a published pool never changes.

    :raises LookupError: the round has not been opened.
    """
    if of_round.pool_digest is None:
        raise LookupError(of_round.code)
    pool = _kept.get(of_round.pool_digest)
    if pool is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        pool = _kept[of_round.pool_digest] = pool_from(of_round.pool or {"cells": [], "places": []})
    return pool
