"""The pools of rounds, kept ready for drawing."""

from contest_app.contests.models import Round
from question_bank.draw import Pool
from question_bank.pool_file import pool_from

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
