"""A pool as it is published: enough to repeat every draw, nothing that tells a key."""

import hashlib
import json
from typing import Any

from question_bank.draw import Candidate, Cell, Pool


def pool_document(pool: Pool) -> dict[str, Any]:
    """Plain values, ready for JSON."""
    return {
        "places": list(pool.places),
        "cells": [
            {
                "count": cell.count,
                "topic": list(cell.topic),
                "level": cell.level,
                "kind": cell.kind,
                "candidates": [
                    [c.id, list(c.topic), c.level, c.option_count, list(c.fixed_options), c.kind, c.situation]
                    for c in candidates
                ],
            }
            for cell, candidates in pool.cells
        ],
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
    return Cell(document["count"], tuple(document["topic"]), document["level"], document.get("kind", ""))


def _candidate(values: list[Any]) -> Candidate:
    number, topic, level, option_count, fixed, *more = values  # pools published earlier end here
    kind, situation = more or ("", "")
    return Candidate(number, tuple(topic), level, option_count, tuple(fixed), kind, situation)
