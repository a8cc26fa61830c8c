"""A contest's report: from rows to the plain values ``exports`` writes. Long tables are read while they are written."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from sqlalchemy import BigInteger, Select, func, select, type_coerce
from sqlalchemy.orm import Session, defer

from contest_app.attempts.models import Attempt
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest, Participation
from contest_app.contests.rules_in_words import explain
from contest_app.results.awards import UNDECIDED, UNDECIDED_WORDS
from contest_app.results.collective import unit_table
from contest_app.results.models import Standing
from contest_app.results.queries import AT_A_TIME, attempts_of, in_parts, official, standings, valid
from contest_app.results.report_questions import paper_rows, question_rows
from contest_app.results.unit_names import unit_names
from contest_app.web.words import CLOSED_BY, points
from exports.names import vietnamese_name_bytes
from exports.report import (
    AttemptRow,
    ContestReport,
    Cover,
    DayRow,
    Lazy,
    PaperRow,
    ScoreBin,
    StandingRow,
    UnitRow,
)

MOST_BINS = 20


def contest_report(session: Session, contest: Contest, now: datetime) -> ContestReport:
    """Everything about the official rounds, named in full: for organisers and judges only."""
    attempts, voided = session.execute(
        official(select(func.count(Attempt.id), func.count(Attempt.voided_at)), contest.id)
    ).one()
    return ContestReport(
        cover=_cover(session, contest, attempts, voided, now),
        standings=_standings(session, contest, None),
        standings_by_name=_by_name(session, contest),
        attempts=Lazy(attempts, lambda: _attempts(session, contest)),
        papers=Lazy(attempts, lambda: _papers(session, contest)),
        longest_paper=contest.rules.paper.question_count if attempts else 0,
        voided=voided,
        has_fractions=_has_fractions(session, contest),
        questions=tuple(question_rows(session, contest)),
        units=tuple(unit_rows(session, contest)),
        score_distribution=score_distribution(session, contest),
        days=by_time(session, contest)[1],
        rounds=_rounds(session, contest),
    )


def _cover(session: Session, contest: Contest, attempts: int, voided: int, now: datetime) -> Cover:
    rules = tuple((heading, sentence) for heading, sentences in explain(contest.rules) for sentence in sentences)
    people = session.scalar(valid(select(func.count(func.distinct(Attempt.participation_id))), contest.id)) or 0
    overall = (Standing.contest_id == contest.id, Standing.round_id.is_(None))
    ranked, whole, best = session.execute(
        select(func.count(Standing.id), func.sum(Standing.score), func.max(Standing.score)).where(*overall)
    ).one()
    totals: list[tuple[str, int | float]] = [
        ("Số người dự thi", people),
        ("Số lượt thi, kể cả lượt bị hủy", attempts),
        ("Số lượt bị hủy", voided),
        ("Số người được xếp hạng", ranked),
    ]
    if ranked:
        totals += [("Điểm trung bình", round(float(whole) / ranked, 2)), ("Điểm cao nhất", float(best))]
    return Cover(
        contest_title=contest.title, organiser=unit_names(session, contest)[contest.unit_id],
        generated_at=in_vietnam(now), rules=rules,
        totals=tuple(totals), results_hash=contest.results_digest or "",
    )  # fmt: skip


def _has_fractions(session: Session, contest: Contest) -> bool:
    """Whether any score, or the highest there could be, is no whole number; scores are stored as thousandths."""
    if contest.rules.paper.max_score % 1:
        return True
    broken = type_coerce(Attempt.score, BigInteger) % 1000 != 0
    return session.scalar(official(select(Attempt.id), contest.id).where(broken).limit(1)) is not None


def _rounds(session: Session, contest: Contest) -> tuple[tuple[str, Lazy[StandingRow]], ...]:
    rounds = contest.official_rounds
    return tuple((one.name, _standings(session, contest, one.id)) for one in rounds) if len(rounds) > 1 else ()


def _standings(session: Session, contest: Contest, round_id: int | None) -> Lazy[StandingRow]:
    table = standings(contest.id, round_id)
    count = session.scalar(select(func.count()).select_from(table.order_by(None).subquery())) or 0
    return Lazy(count, lambda: _standing_rows(session, contest, table))


def _standing_rows(session: Session, contest: Contest, table: Select[tuple[Standing]]) -> Iterator[StandingRow]:
    labels = _labels(session, contest)
    for place in session.scalars(table.execution_options(yield_per=AT_A_TIME)):
        yield _standing(place, labels)


def _by_name(session: Session, contest: Contest) -> Lazy[StandingRow]:
    """By given name: only the order is held in memory, rows are fetched in its order."""
    table = standings(contest.id)
    overall = (Standing.contest_id == contest.id, Standing.round_id.is_(None))
    query = select(Standing.id, Participation.full_name).join(Standing.participation).where(*overall)
    named = session.execute(query.order_by(Standing.rank, Standing.participation_id))
    keyed = ((vietnamese_name_bytes(name), place, number) for place, (number, name) in enumerate(named))
    order = [number for _name, _place, number in sorted(keyed)]

    def read() -> Iterator[StandingRow]:
        labels = _labels(session, contest)
        for first in range(0, len(order), AT_A_TIME):
            part = order[first : first + AT_A_TIME]
            found = {row.id: row for row in session.scalars(table.where(Standing.id.in_(part)))}
            yield from (_standing(found[number], labels) for number in part)

    return Lazy(len(order), read)


@dataclass(frozen=True, slots=True)
class _Labels:
    """What units and groups are called."""

    units: Mapping[int | None, str]
    groups: Mapping[str, str]


def _labels(session: Session, contest: Contest) -> _Labels:
    groups = {group.code: group.name for group in contest.rules.audience.groups}
    return _Labels(unit_names(session, contest), groups)


def _standing(row: Standing, labels: _Labels) -> StandingRow:
    person = row.participation
    return StandingRow(
        rank=row.rank, code=person.number, full_name=person.full_name, birth_year=person.birth_year,
        unit=labels.units[person.unit_id], group=labels.groups.get(person.group_code, person.group_code),
        score=float(row.score), max_score=float(row.max_score), prediction_distance=row.prediction_distance,
        seconds_taken=float(row.seconds), submitted_at=in_vietnam(row.submitted_at), attempts=row.attempts,
        award=award_words(row.award),
    )  # fmt: skip


def award_words(award: str) -> str:
    return str(UNDECIDED_WORDS) if award == UNDECIDED else award


def _attempts(session: Session, contest: Contest) -> Iterator[AttemptRow]:
    counting, units = _counting(session, contest), unit_names(session, contest)
    query = attempts_of(contest.id).options(defer(Attempt.sheet), defer(Attempt.marks))
    for part in in_parts(session, query):
        yield from (_attempt(one, units, one.id in counting) for one in part)


def _papers(session: Session, contest: Contest) -> Iterator[PaperRow]:
    counting, units = _counting(session, contest), unit_names(session, contest)
    parts = in_parts(session, attempts_of(contest.id).options(defer(Attempt.sheet)))
    attempts = chain.from_iterable(parts)
    yield from paper_rows(session, attempts, lambda one: _attempt(one, units, one.id in counting))


def _counting(session: Session, contest: Contest) -> set[int]:
    """The attempts that count for the overall table."""
    query = select(Standing.sittings).where(Standing.contest_id == contest.id, Standing.round_id.is_(None))
    return {number for sittings in session.scalars(query) for number in sittings}


def _attempt(one: Attempt, units: Mapping[int | None, str], counts: bool) -> AttemptRow:
    person = one.participation
    return AttemptRow(
        number=one.id, code=person.number, full_name=person.full_name, unit=units[person.unit_id],
        round_name=one.round.name, ordinal=one.ordinal, started_at=in_vietnam(one.started_at),
        closed_at=in_vietnam(one.closed_at) if one.closed_at else None,
        closed_by=str(CLOSED_BY[one.closed_by.value]) if one.closed_by else "đang làm bài",
        seconds_taken=one.milliseconds_taken / 1000 if one.milliseconds_taken is not None else None,
        correct=one.correct or 0, questions=len(one.paper), score=float(one.score or 0), prediction=one.prediction,
        counts=counts, void_reason=one.void_reason,
    )  # fmt: skip


def unit_rows(session: Session, contest: Contest) -> list[UnitRow]:
    return [
        UnitRow(
            rank=place.rank,
            code=place.code,
            name=place.name,
            headcount=place.result.headcount,
            participants=place.result.participants,
            attempts=place.result.attempts,
            total_score=float(place.result.total),
            average_score=float(place.result.average) if place.result.average is not None else None,
            award=award_words(place.award),
        )
        for place in unit_table(session, contest)
    ]


def score_distribution(session: Session, contest: Contest) -> tuple[ScoreBin, ...]:
    """Valid attempts by score."""
    query = select(Attempt.score, func.count(Attempt.id)).where(Attempt.closed_at.is_not(None))
    rows = session.execute(valid(query, contest.id).group_by(Attempt.score))
    counts = {score or Decimal(0): count for score, count in rows}
    return tuple(score_bins(counts, contest.rules.paper.max_score))


def score_bins(counts: Mapping[Decimal, int], highest: Decimal) -> list[ScoreBin]:
    """Every whole score by itself when there are few, else equal ranges; bins reach from 0 to the highest."""
    if not counts:
        return []
    width = Decimal(1) if highest <= MOST_BINS else highest / MOST_BINS * 2
    bins = round(highest / width) + (1 if width == 1 else 0)
    found: Counter[int] = Counter()
    for score, count in counts.items():
        found[min(int(score / width), bins - 1)] += count
    return [ScoreBin(_bin_label(place, width), found[place]) for place in range(bins)]


def _bin_label(place: int, width: Decimal) -> str:
    low = place * width
    return points(low) if width == 1 else f"{points(low)}–{points(low + width)}"


def by_time(session: Session, contest: Contest) -> tuple[tuple[int, ...], tuple[DayRow, ...]]:
    """Attempts begun and not voided: in each hour of the day, and by day with how many people began; Vietnam time."""
    hours: Counter[int] = Counter()
    begun: Counter[date] = Counter()
    people: dict[date, set[int]] = defaultdict(set)
    columns = valid(select(Attempt.started_at, Attempt.participation_id), contest.id)
    for moment, person in session.execute(columns.execution_options(yield_per=AT_A_TIME)):
        local = in_vietnam(moment)
        hours[local.hour] += 1
        begun[local.date()] += 1
        people[local.date()].add(person)
    days = tuple(DayRow(day, begun[day], len(people[day])) for day in sorted(begun))
    return tuple(hours[hour] for hour in range(24)), days
