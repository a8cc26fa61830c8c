"""Standings: written here and nowhere else, read by pages, workbook and freeze."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.contests.models import Contest, Participation
from contest_app.results.awards import Placed, in_a_word, individual_prizes
from contest_app.results.models import Standing, StandingsRun
from contest_app.results.queries import AT_A_TIME, valid
from contest_app.rules.model import Rules
from scoring.counting import AcrossRounds, Counted, Sitting, combine, count
from scoring.prediction import Outcome, actual, distance
from scoring.ranking import Entry, Ranked, RankKey, rank

_RANKED_BY = (
    Attempt.id, Attempt.round_id, Attempt.participation_id, Attempt.score, Attempt.correct, Attempt.closed_at,
    Attempt.deadline, Attempt.prediction, Attempt.milliseconds_taken,
    func.json_array_length(Attempt.paper).label("questions"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    group: str
    lot: str


def compute_standings(session: Session, contest: Contest, now: datetime) -> None:
    """Rank every official round and the contest as a whole anew, from the attempts that are closed and not voided.

    The caller has closed what is overdue. Old rows are replaced in the same transaction, so nobody sees half a table.
    """
    rules = contest.rules
    by_round = _sittings(session, contest)
    people = _people(session, contest)
    session.execute(delete(Standing).where(Standing.contest_id == contest.id))
    session.execute(delete(StandingsRun).where(StandingsRun.contest_id == contest.id))
    counted: dict[int, list[Counted]] = defaultdict(list)
    for of_round in contest.official_rounds:
        attempts = by_round.get(of_round.id, [])
        table = {person: count(own, rules.attempts.counting) for person, own in _by_person(attempts).items()}
        found = {person: one for person, one in table.items() if one is not None}
        for person, one in found.items():
            counted[person].append(one)
        _write_table(session, contest, of_round.id, found, people, _run(attempts, rules, now))
    overall = _overall(counted, rules)
    everything = [attempt for attempts in by_round.values() for attempt in attempts]
    _write_table(session, contest, None, overall, people, _run(everything, rules, now))
    session.flush()


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed attempt as far as ranking cares: hundreds of thousands of them fit in memory, their sheets would not."""

    person: int
    sitting: Sitting
    is_perfect: bool


def _sittings(session: Session, contest: Contest) -> dict[int, list[Closed]]:
    query = valid(select(*_RANKED_BY), contest.id).where(Attempt.closed_at.is_not(None))
    by_round: dict[int, list[Closed]] = defaultdict(list)
    for row in session.execute(query.order_by(Attempt.id).execution_options(yield_per=AT_A_TIME)):
        by_round[row.round_id].append(Closed(row.participation_id, _plain(row), row.correct == row.questions))
    return by_round


def _people(session: Session, contest: Contest) -> dict[int, Person]:
    columns = select(Participation.id, Participation.group_code)
    rows = session.execute(columns.where(Participation.contest_id == contest.id))
    secret = _lot_secret(contest)
    return {number: Person(group, _lot(secret, number)) for number, group in rows}


def _lot_secret(contest: Contest) -> bytes:
    """The last official round's secret: committed to before anybody answered, published after all have."""
    last = max(contest.official_rounds, key=lambda one: (one.closes_at, one.id))
    return last.secret


def _lot(secret: bytes, participation_id: int) -> str:
    return hmac.new(secret, f"lot:{participation_id}".encode(), hashlib.sha256).hexdigest()


def _by_person(attempts: Iterable[Closed]) -> dict[int, list[Sitting]]:
    own: dict[int, list[Sitting]] = defaultdict(list)
    for attempt in attempts:
        own[attempt.person].append(attempt.sitting)
    return own


def _plain(row: Any) -> Sitting:
    seconds = Decimal(row.milliseconds_taken or 0) / 1000
    return Sitting(row.id, row.score or Decimal(0), seconds, row.closed_at or row.deadline, row.prediction)


def _run(attempts: Sequence[Closed], rules: Rules, now: datetime) -> StandingsRun:
    return StandingsRun(computed_at=now, attempts=len(attempts), prediction_actual=_actual(attempts, rules))


def _actual(attempts: Sequence[Closed], rules: Rules) -> int | None:
    if rules.prediction is None:
        return None
    outcomes = (Outcome(one.person, one.is_perfect) for one in attempts)
    return actual(outcomes, rules.prediction.target)


def _overall(counted: Mapping[int, list[Counted]], rules: Rules) -> dict[int, Counted]:
    per_round = rules.attempts.across_rounds
    combined = {person: combine(rounds, per_round) for person, rounds in counted.items()}
    return {person: one for person, one in combined.items() if one is not None}


def _write_table(
    session: Session,
    contest: Contest,
    round_id: int | None,
    counted: Mapping[int, Counted],
    people: Mapping[int, Person],
    run: StandingsRun,
) -> None:
    rules = contest.rules
    entries = [_entry(person, one, people[person].lot, run.prediction_actual) for person, one in counted.items()]
    ranked = rank(entries, rules.ranking.chain)
    group_ranks = _group_ranks(entries, people, rules)
    placed = [Placed(one.entry.id, one.rank, people[one.entry.id].group, group_ranks[one.entry.id]) for one in ranked]
    awards = in_a_word(individual_prizes(placed, rules, per_round=round_id is not None))
    for first in range(0, len(ranked), AT_A_TIME):
        rows = [
            _row(one, counted[one.entry.id], _max_score(rules, round_id, counted[one.entry.id]))
            | {"contest_id": contest.id, "round_id": round_id, "group_rank": group_ranks[one.entry.id]}
            | {"award": awards.get(one.entry.id, "")}
            for one in ranked[first : first + AT_A_TIME]
        ]
        session.execute(insert(Standing), rows)
    run.contest_id, run.round_id = contest.id, round_id
    session.add(run)


def _entry(person: int, one: Counted, lot: str, prediction_actual: int | None) -> Entry:
    off = None if prediction_actual is None else distance(one.prediction, prediction_actual)
    return Entry(person, one.score, one.seconds, one.submitted_at, one.attempts, off, lot)


def _group_ranks(entries: Sequence[Entry], people: Mapping[int, Person], rules: Rules) -> dict[int, int]:
    by_group: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_group[people[entry.id].group].append(entry)
    return {one.entry.id: one.rank for group in by_group.values() for one in rank(group, rules.ranking.chain)}


def _max_score(rules: Rules, round_id: int | None, one: Counted) -> Decimal:
    """What the sittings that count could have brought; overall, every official round where rounds add up."""
    sums_rounds = round_id is None and rules.attempts.across_rounds is AcrossRounds.SUM
    papers = max(len(one.sittings), len(rules.official_rounds) if sums_rounds else 1)
    return rules.paper.max_score * papers


def _row(one: Ranked, counted: Counted, max_score: Decimal) -> dict[str, Any]:
    entry = one.entry
    return {
        "participation_id": entry.id, "rank": one.rank, "decided_by": _said(one.decided_by), "score": entry.score,
        "max_score": max_score, "seconds": entry.seconds, "prediction": counted.prediction,
        "prediction_distance": entry.prediction_distance, "submitted_at": entry.submitted_at,
        "attempts": entry.attempts, "sittings": list(counted.sittings),
    }  # fmt: skip


def _said(key: RankKey | None) -> str:
    return key.value if key else ""
