"""A contest's report: from rows to the plain values ``exports`` writes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.bank.models import QuestionVersion
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest
from contest_app.contests.rules_in_words import explain
from contest_app.results.awards import UNDECIDED, UNDECIDED_WORDS
from contest_app.results.collective import unit_table
from contest_app.results.marking import answer_keys, bank_answer
from contest_app.results.models import Standing
from contest_app.results.queries import attempts_of, standings
from contest_app.web.words import CLOSED_BY, LEVELS, legal_basis, points
from exports.report import (
    AttemptRow,
    ContestReport,
    Cover,
    DayRow,
    QuestionRow,
    ScoreBin,
    StandingRow,
    UnitRow,
)
from question_bank.kinds import KINDS
from question_bank.markup import plain
from question_bank.model import Level

MOST_BINS = 20


def contest_report(session: Session, contest: Contest, now: datetime) -> ContestReport:
    """Everything about the official rounds, named in full: for organisers and judges only."""
    attempts = list(session.scalars(attempts_of(contest.id)))
    places = list(session.scalars(standings(contest.id)))
    valid = [one for one in attempts if one.closed_at and not one.voided_at]
    rows = tuple(_standing(place, contest) for place in places)
    return ContestReport(
        cover=_cover(contest, attempts, rows, now),
        standings=rows,
        attempts=tuple(_attempts(attempts, places)),
        questions=tuple(_questions(session, contest, valid)),
        units=tuple(unit_rows(session, contest)),
        score_distribution=tuple(
            score_bins([float(one.score or 0) for one in valid], float(contest.rules.paper.max_score))
        ),
        days=tuple(_days(attempts)),
        rounds=tuple(_rounds(session, contest)),
    )


def _cover(contest: Contest, attempts: Sequence[Attempt], rows: Sequence[StandingRow], now: datetime) -> Cover:
    rules = tuple((heading, sentence) for heading, sentences in explain(contest.rules) for sentence in sentences)
    voided = sum(one.voided_at is not None for one in attempts)
    scores = [row.score for row in rows]
    totals: list[tuple[str, int | float]] = [
        ("Số người dự thi", len({one.participation_id for one in attempts})),
        ("Số lượt thi", len(attempts)),
        ("Số lượt bị hủy", voided),
        ("Số người được xếp hạng", len(rows)),
    ]
    if scores:
        totals += [("Điểm trung bình", round(sum(scores) / len(scores), 2)), ("Điểm cao nhất", max(scores))]
    return Cover(
        contest_title=contest.title, organiser=contest.unit.name, generated_at=in_vietnam(now), rules=rules,
        totals=tuple(totals), results_hash=contest.results_digest or "",
    )  # fmt: skip


def _rounds(session: Session, contest: Contest) -> Iterator[tuple[str, tuple[StandingRow, ...]]]:
    if len(contest.official_rounds) > 1:
        for one in contest.official_rounds:
            places = session.scalars(standings(contest.id, one.id))
            yield one.name, tuple(_standing(place, contest) for place in places)


def _standing(row: Standing, contest: Contest) -> StandingRow:
    person = row.participation
    groups = {group.code: group.name for group in contest.rules.audience.groups}
    return StandingRow(
        rank=row.rank, code=person.number, full_name=person.full_name, birth_year=person.birth_year,
        unit=person.unit.name if person.unit else "", group=groups.get(person.group_code, person.group_code),
        score=float(row.score), max_score=float(row.max_score), prediction_distance=row.prediction_distance,
        seconds_taken=float(row.seconds), submitted_at=in_vietnam(row.submitted_at), attempts=row.attempts,
        award=award_words(row.award),
    )  # fmt: skip


def award_words(award: str) -> str:
    return str(UNDECIDED_WORDS) if award == UNDECIDED else award


def _attempts(attempts: Sequence[Attempt], places: Sequence[Standing]) -> list[AttemptRow]:
    counting = {number for place in places for number in place.sittings}
    return [_attempt(one, one.id in counting) for one in attempts]


def _attempt(one: Attempt, counts: bool) -> AttemptRow:
    person = one.participation
    return AttemptRow(
        number=one.id, code=person.number, full_name=person.full_name, unit=person.unit.name if person.unit else "",
        round_name=one.round.name, ordinal=one.ordinal, started_at=in_vietnam(one.started_at),
        closed_at=in_vietnam(one.closed_at) if one.closed_at else None,
        closed_by=str(CLOSED_BY[one.closed_by.value]) if one.closed_by else "đang làm bài",
        seconds_taken=one.milliseconds_taken / 1000 if one.milliseconds_taken is not None else None,
        correct=one.correct or 0, questions=len(one.paper), score=float(one.score or 0), prediction=one.prediction,
        counts=counts, void_reason=one.void_reason,
    )  # fmt: skip


def _questions(session: Session, contest: Contest, valid: Sequence[Attempt]) -> list[QuestionRow]:
    """How each question that was drawn did, over attempts that are closed and not voided."""
    shown: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    correct: Counter[int] = Counter()
    chosen: dict[int, Counter[int]] = {}
    keys = answer_keys(session, contest.id, {number for attempt in valid for number in attempt.version_ids})
    for attempt in valid:
        given = from_text(attempt.sheet).answers
        for place, ((version_id, order), marks) in enumerate(zip(attempt.paper, attempt.marks or [], strict=True), 1):
            shown[version_id] += 1
            answered[version_id] += marks[0]
            correct[version_id] += marks[1]
            if keys[version_id].question.options and KINDS[keys[version_id].kind].is_choice:
                answer = bank_answer(keys[version_id].question, order, given.get(place, ()))
                chosen.setdefault(version_id, Counter()).update(part for part in answer if isinstance(part, int))
    query = select(QuestionVersion).where(QuestionVersion.id.in_(shown)).options(
        joinedload(QuestionVersion.question), joinedload(QuestionVersion.topic)
    )  # fmt: skip
    versions = sorted(session.scalars(query), key=lambda version: (version.question.code, version.number))
    return [
        QuestionRow(
            code=version.question.code,
            stem=plain(version.stem, version.markup),
            topic=version.topic.path if version.topic else "",
            level=str(LEVELS[Level(version.level)]),
            legal_basis=legal_basis(version.legal_basis),
            shown=shown[version.id],
            answered=answered[version.id],
            correct=correct[version.id],
            option_counts=tuple(
                (plain(option["text"], version.markup), chosen[version.id][place], place in keys[version.id].correct)
                for place, option in enumerate(version.options)
                if version.id in chosen
            ),
            version_id=version.id,
        )
        for version in versions
    ]


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


def score_bins(scores: Sequence[float], highest: float) -> list[ScoreBin]:
    """Every whole score by itself when there are few, else equal ranges; bins reach from 0 to the highest."""
    if not scores:
        return []
    width = 1.0 if highest <= MOST_BINS else highest / MOST_BINS * 2
    bins = round(highest / width) + (1 if width == 1.0 else 0)
    counts = Counter(min(int(score / width), bins - 1) for score in scores)
    return [ScoreBin(_bin_label(place, width), counts[place]) for place in range(bins)]


def _bin_label(place: int, width: float) -> str:
    low = place * width
    return points(low) if width == 1.0 else f"{points(low)}–{points(low + width)}"


def _days(attempts: Sequence[Attempt]) -> list[DayRow]:
    begun: Counter[date] = Counter()
    people: dict[date, set[int]] = defaultdict(set)
    for one in attempts:
        day = in_vietnam(one.started_at).date()
        begun[day] += 1
        people[day].add(one.participation_id)
    return [DayRow(day, begun[day], len(people[day])) for day in sorted(begun)]
