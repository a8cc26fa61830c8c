"""Essays: who has still to be read, and what a judge gives. The judge sees the paper's number, never the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import from_text
from contest_app.audit.services import Event, record
from contest_app.bank.models import BankQuestion, QuestionVersion
from contest_app.contests.models import Contest
from contest_app.contests.queries import locked
from contest_app.results.marking import mark_attempts
from contest_app.results.models import EssayMark, StandingsRun
from contest_app.results.queries import attempts_of, in_parts
from contest_app.web.refusal import NotYours, Refusal
from question_bank.kinds import KINDS

NEXT_PAPERS = 50  # looked through at a time for the next essay
_BY_PEOPLE = [code for code, kind in KINDS.items() if kind.is_marked_by_people]


@dataclass(frozen=True, slots=True)
class EssayAnswer:
    """One answer to be read, and what it was given, if it was."""

    attempt: Attempt
    place: int
    version_id: int
    text: str
    mark: EssayMark | None


def essay_answers(session: Session, contest: Contest) -> list[EssayAnswer]:
    """Every essay written in closed attempts that count, unmarked ones first. What was left empty needs no reading."""
    found = _essays_of(session, contest)
    return sorted(found, key=lambda one: (one.mark is not None, one.attempt.id, one.place))


def _essays_of(session: Session, contest: Contest) -> Iterator[EssayAnswer]:
    """By paper and place; only those whose papers somebody still holds stay in memory."""
    if not _has_essays(session, contest):
        return
    for part in in_parts(session, _papers(contest)):
        yield from _essays_in(session, part)


def _papers(contest: Contest) -> Select[tuple[Attempt]]:
    return attempts_of(contest.id).where(Attempt.closed_at.is_not(None), Attempt.voided_at.is_(None))


def _has_essays(session: Session, contest: Contest) -> bool:
    """Whether a paper may hold one: most contests have none, and their papers need not be looked through."""
    if not any(contest.rules.paper.may_hold(kind) for kind in _BY_PEOPLE):
        return False
    query = select(QuestionVersion.id).join(BankQuestion, QuestionVersion.question_id == BankQuestion.id)
    query = query.where(BankQuestion.bank_id == contest.bank_id, QuestionVersion.kind.in_(_BY_PEOPLE))
    return session.scalar(query.limit(1)) is not None


def _essays_in(session: Session, attempts: Sequence[Attempt]) -> list[EssayAnswer]:
    ids = {number for attempt in attempts for number in attempt.version_ids}
    essays = set(
        session.scalars(
            select(QuestionVersion.id).where(QuestionVersion.id.in_(ids), QuestionVersion.kind.in_(_BY_PEOPLE))
        )
    )
    if not essays:
        return []
    marked = select(EssayMark).where(EssayMark.attempt_id.in_([attempt.id for attempt in attempts]))
    given = session.scalars(marked.execution_options(populate_existing=True))  # another judge may have marked since
    marks = {(one.attempt_id, one.place): one for one in given}
    return [one for attempt in attempts for one in _written(attempt, essays, marks)]


def _written(attempt: Attempt, essays: set[int], marks: dict[tuple[int, int], EssayMark]) -> Iterator[EssayAnswer]:
    given = from_text(attempt.sheet).answers
    for place, number in enumerate(attempt.version_ids, start=1):
        text = str(next(iter(given.get(place, [])), None) or "")
        if number in essays and text.strip():
            yield EssayAnswer(attempt, place, number, text, marks.get((attempt.id, place)))


def load_answer(session: Session, contest: Contest, attempt_id: int, place: int) -> EssayAnswer:
    """As it stands in the database now, whatever the session has seen before.

    :raises NotYours: no essay stands there.
    """
    query = _papers(contest).where(Attempt.id == attempt_id).execution_options(populate_existing=True)
    found = _essays_in(session, list(session.scalars(query)))
    answer = next((one for one in found if one.place == place), None)
    if answer is None:
        raise NotYours
    return answer


def next_unread(session: Session, contest: Contest, after: EssayAnswer) -> EssayAnswer | None:
    """The first essay nobody has marked behind this one, else from the beginning: few papers are looked through."""
    own, papers = after.attempt.id, _papers(contest)
    for query in (papers.where(Attempt.id >= own), papers.where(Attempt.id < own)):
        for part in in_parts(session, query, NEXT_PAPERS):
            waiting = (one for one in _essays_in(session, part) if one.mark is None)
            if (found := next(waiting, None)) is not None:
                return found
    return None


def unmarked_count(session: Session, contest: Contest) -> int:
    return sum(one.mark is None for one in _essays_of(session, contest))


def unmarked_in(session: Session, attempt: Attempt) -> int:
    """How many essays of one paper nobody has marked: its score is not the last word until then."""
    return sum(one.mark is None for one in _essays_in(session, [attempt]))


def mark_essay(
    session: Session, contest: Contest, answer: EssayAnswer, points: Decimal, note: str, *, judge_id: int, now: datetime
) -> None:
    """Give an essay its points, again if need be; the paper is marked anew.

    :raises Refusal: results_final, own_paper, bad_points, reason_needed when a mark is changed without saying why.
    :raises NotYours: the paper was voided or reopened meanwhile.
    """
    if locked(session, contest).results_frozen_at:
        raise Refusal("results_final")
    answer = load_answer(session, contest, answer.attempt.id, answer.place)  # what stands there now, nobody else writes
    if answer.attempt.participation.user_id == judge_id:
        raise Refusal("own_paper", 403)
    most = contest.rules.paper.points_of("essay")
    if not 0 <= points <= most or points != round(points, 3):
        raise Refusal("bad_points", 422)
    before = answer.mark
    if before is not None and before.points != points and not note.strip():
        raise Refusal("reason_needed", 422)
    was = None if before is None else str(before.points)
    row = before or EssayMark(attempt_id=answer.attempt.id, place=answer.place)
    row.points, row.note, row.judge_id, row.marked_at = points, note.strip()[:4000], judge_id, now
    session.add(row)
    session.flush()
    mark_attempts(session, contest, [answer.attempt])
    session.execute(delete(StandingsRun).where(StandingsRun.contest_id == contest.id))  # the next page ranks anew
    record(
        session, Event.ESSAY_MARKED, f"attempt:{answer.attempt.id}", actor_id=judge_id, now=now, place=answer.place,
        before=was, after=str(points), note=row.note,
    )  # fmt: skip
