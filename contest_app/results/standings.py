"""Standings: written here and nowhere else, read by pages, workbook and freeze."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.contests.models import Contest, Participation, Round
from contest_app.results.awards import Placed, individual_awards
from contest_app.results.models import Standing, StandingsRun
from contest_app.rules.model import Rules
from scoring.counting import AcrossRounds, Counted, Sitting, combine, count
from scoring.prediction import Outcome, actual, distance
from scoring.ranking import Entry, Ranked, RankKey, rank


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
        table = {person: count(_plain(own), rules.attempts.counting) for person, own in _by_person(attempts).items()}
        found = {person: one for person, one in table.items() if one is not None}
        for person, one in found.items():
            counted[person].append(one)
        _write_table(session, contest, of_round.id, found, people, _actual(attempts, rules), now)
    overall = _overall(counted, rules)
    everything = [attempt for attempts in by_round.values() for attempt in attempts]
    _write_table(session, contest, None, overall, people, _actual(everything, rules), now)
    session.flush()


def _sittings(session: Session, contest: Contest) -> dict[int, list[Attempt]]:
    query = (
        select(Attempt)
        .join(Attempt.round)
        .where(
            Round.contest_id == contest.id,
            Round.is_mock.is_(False),
            Attempt.closed_at.is_not(None),
            Attempt.voided_at.is_(None),
        )
        .order_by(Attempt.id)
    )
    by_round: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in session.scalars(query):
        by_round[attempt.round_id].append(attempt)
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


def _by_person(attempts: Iterable[Attempt]) -> dict[int, list[Attempt]]:
    own: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        own[attempt.participation_id].append(attempt)
    return own


def _plain(attempts: Iterable[Attempt]) -> list[Sitting]:
    return [
        Sitting(
            attempt.id, attempt.score or Decimal(0), Decimal(attempt.milliseconds_taken or 0) / 1000,
            attempt.closed_at or attempt.deadline, attempt.prediction,
        )
        for attempt in attempts
    ]  # fmt: skip


def _actual(attempts: Sequence[Attempt], rules: Rules) -> int | None:
    if rules.prediction is None:
        return None
    outcomes = (Outcome(one.participation_id, one.correct == len(one.paper)) for one in attempts)
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
    prediction_actual: int | None,
    now: datetime,
) -> None:
    rules = contest.rules
    entries = [_entry(person, one, people[person].lot, prediction_actual) for person, one in counted.items()]
    ranked = rank(entries, rules.ranking.chain)
    group_ranks = _group_ranks(entries, people, rules)
    placed = [Placed(one.entry.id, one.rank, people[one.entry.id].group, group_ranks[one.entry.id]) for one in ranked]
    awards = individual_awards(placed, rules, per_round=round_id is not None)
    for one in ranked:
        person = one.entry.id
        row = _row(one, counted[person], _max_score(rules, round_id, counted[person]))
        row.contest_id, row.round_id = contest.id, round_id
        row.group_rank, row.award = group_ranks[person], awards.get(person, "")
        session.add(row)
    session.add(
        StandingsRun(contest_id=contest.id, round_id=round_id, computed_at=now, prediction_actual=prediction_actual)
    )


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


def _row(one: Ranked, counted: Counted, max_score: Decimal) -> Standing:
    entry = one.entry
    return Standing(
        participation_id=entry.id, rank=one.rank, decided_by=_said(one.decided_by), score=entry.score,
        max_score=max_score, seconds=entry.seconds, prediction=counted.prediction,
        prediction_distance=entry.prediction_distance, submitted_at=entry.submitted_at, attempts=entry.attempts,
        sittings=list(counted.sittings),
    )  # fmt: skip


def _said(key: RankKey | None) -> str:
    return key.value if key else ""
