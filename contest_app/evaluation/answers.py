"""First attempts as arrays: what every statistic of an evaluation is computed from.

Each contestant's first valid attempt only: a later one comes after practice, and one person is no two people. Of more
than ``MOST`` people a sample is taken, the same each time for the same contest; counts elsewhere are over everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.contests.models import Contest, Round
from contest_app.results.marking import AnswerKey, KnownKeys, bank_answer
from contest_app.results.models import EssayMark
from contest_app.results.option_bits import as_bits, places
from contest_app.results.queries import valid
from question_bank.kinds import KINDS
from scoring.items import Response
from scoring.statistics.suspects import Asked
from scoring.statistics.table import FloatArray, IntArray, MarkTable, from_entries

MOST = 20_000
CHUNK = 500

COLUMNS = ("person", "item", "points", "left open", "place from 0", "options chosen as bits")
Entry = tuple[int, int, float, bool, int, int]


@dataclass(frozen=True, eq=False)
class Answers:
    """``people[person]``: participation ids. ``versions[item]``: question versions. ``chosen``: for each entry of the
    table the options chosen, by their places in the bank, one bit each; 0 for kinds without options."""

    table: MarkTable
    people: Sequence[int]
    versions: Sequence[int]
    keys: Mapping[int, AnswerKey]
    chosen: IntArray
    of_people: int

    @cached_property
    def item_of(self) -> dict[int, int]:
        return {version: item for item, version in enumerate(self.versions)}

    def option_count(self, item: int) -> int:
        key = self.keys[self.versions[item]]
        return len(key.question.options) if KINDS[key.kind].is_choice else 0

    def asked(self, item: int) -> Asked:
        """The item's answers one by one, as the statistics of options and keys take them."""
        at, key = self.table.entries(item), self.keys[self.versions[item]]
        columns = (self.table.share, self.table.rest_share, self.table.omitted, self.chosen)
        rows = zip(*(np.nan_to_num(column[at]).tolist() for column in columns), strict=True)
        responses = [Response(share, rest, not left_open, places(bits)) for share, rest, left_open, bits in rows]
        count = self.option_count(item)
        return Asked(responses, key.correct if count else (), count)


def first_answers(session: Session, contest: Contest, of_round: Round | None = None, most: int = MOST) -> Answers:
    """Of the contest's official rounds, or of one of them. Questions thrown out for everybody are left out."""
    ids = list(session.scalars(_first_attempts(contest, of_round)))
    used = sorted(Random(contest.id).sample(ids, most)) if len(ids) > most else ids  # noqa: S311 - a sample, no secret
    known, items, people = KnownKeys(session, contest.id), dict[int, int](), list[int]()
    parts = [np.empty((0, len(COLUMNS)))]
    for first in range(0, len(used), CHUNK):
        entries: list[Entry] = []
        rows = _rows(session, used[first : first + CHUNK])
        read = _essays_read(session, [row.id for row in rows])
        for row in rows:
            entries += _entries(row, len(people), known, items, read)
            people.append(row.participation_id)
        parts.append(np.array(entries, np.float64).reshape(-1, len(COLUMNS)))
    points = contest.rules.paper.points_of
    maximum = [float(points(known.found[number].kind)) for number in items]
    return _answers(np.concatenate(parts), people, list(items), maximum, known.found, len(ids))


def _first_attempts(contest: Contest, of_round: Round | None) -> Select[Any]:
    query = valid(select(func.min(Attempt.id)), contest.id).where(
        Attempt.closed_at.is_not(None), Attempt.marks.is_not(None)
    )
    query = query.group_by(Attempt.participation_id)
    return query.where(Round.id == of_round.id) if of_round else query


def _rows(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    columns = (Attempt.id, Attempt.participation_id, Attempt.paper, Attempt.sheet, Attempt.marks)
    return session.execute(select(*columns).where(Attempt.id.in_(ids)).order_by(Attempt.id)).all()


def _essays_read(session: Session, ids: Sequence[int]) -> set[tuple[int, int]]:
    """(attempt, place) of what judges have marked: an essay nobody has read says nothing yet."""
    marks = select(EssayMark.attempt_id, EssayMark.place).where(EssayMark.attempt_id.in_(ids))
    return {(attempt, place) for attempt, place in session.execute(marks)}


def _entries(
    row: Any, person: int, known: KnownKeys, items: dict[int, int], read: set[tuple[int, int]]
) -> Iterator[Entry]:
    keys = known.of([number for number, _order in row.paper])
    given = from_text(row.sheet).answers
    for place, ((number, order), marks) in enumerate(zip(row.paper, row.marks, strict=True)):
        key = keys[number]
        if key.credits_everyone:
            continue
        answered, _right, thousandths = marks
        if KINDS[key.kind].is_marked_by_people and answered and (row.id, place + 1) not in read:
            continue
        bits = 0
        if KINDS[key.kind].is_choice:
            answer = bank_answer(key.question, order, given.get(place + 1, ()))
            bits = as_bits(answer)
        item = items.setdefault(number, len(items))
        yield person, item, thousandths / 1000, not answered, place, bits


def _answers(
    entries: FloatArray, people: Sequence[int], versions: Sequence[int], maximum: Sequence[float],
    keys: Mapping[int, AnswerKey], of_people: int,
) -> Answers:  # fmt: skip
    in_order = entries[np.lexsort((entries[:, 0], entries[:, 1]))]  # as the table has them: by item, then person
    person, item, mark, omitted, place, bits = in_order.T
    table = from_entries(
        person.astype(np.intp), item.astype(np.intp), mark, maximum, len(people), omitted.astype(np.bool_),
        place.astype(np.intp),
    )  # fmt: skip
    return Answers(table, people, versions, keys, bits.astype(np.intp), of_people)
