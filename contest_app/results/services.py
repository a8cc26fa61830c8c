"""Bringing results up to date, correcting a key, freezing and verifying."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.attempts.services import close_overdue
from contest_app.audit.services import Event, reason_given, record
from contest_app.bank.models import QuestionVersion
from contest_app.contests.models import Contest
from contest_app.contests.queries import locked
from contest_app.ledger.services import record_contest
from contest_app.results.collective import tables_to_freeze
from contest_app.results.digest import standings_digest
from contest_app.results.essays import unmarked_count
from contest_app.results.keys import key_of
from contest_app.results.marking import (
    CORRECTABLE,
    AnswerKey,
    KnownKeys,
    answer_keys,
    corrected,
    essay_points,
    mark,
    mark_attempts,
)
from contest_app.results.models import KeyCorrection
from contest_app.results.queries import (
    AT_A_TIME,
    closed_count,
    in_parts,
    is_anybody_answering,
    last_run,
    official,
    standings,
)
from contest_app.results.standings import compute_standings
from contest_app.results.unit_names import names_to_freeze
from contest_app.results.uses import Use, keep_uses, uses_of
from contest_app.web.refusal import NotYours, Refusal
from question_bank.formats.kind_text import TYPED, answer_text, typed_answer
from question_bank.kinds import KINDS
from question_bank.model import Question
from scoring.timing import RoundPhase

OFTEN_ENOUGH = timedelta(seconds=60)


def bring_up_to_date(session: Session, contest: Contest, now: datetime) -> None:
    """Close what is overdue and rank again; frozen results stay as they are."""
    if locked(session, contest).results_frozen_at is None:
        _close_all_overdue(session, contest, now)
        compute_standings(session, contest, now)


def _close_all_overdue(session: Session, contest: Contest, now: datetime) -> None:
    while close_overdue(session, now, contest_id=contest.id, waits=True):
        pass


def rank_if_stale(session: Session, contest: Contest, now: datetime) -> None:
    """Asked once more under the lock: of all who came for a stale table the first ranks, the others find it done."""
    if is_stale(session, locked(session, contest), now):
        bring_up_to_date(session, contest, now)


def is_stale(session: Session, contest: Contest, now: datetime) -> bool:
    """Whether a page should have the standings computed before it shows them: at most once a minute.

    Decisions about attempts and marks take the run away; what was only closed since is seen by the number of attempts.
    """
    if contest.results_frozen_at is not None or contest.opened_at is None:
        return False
    run = last_run(session, contest.id)
    if run is None:
        return True
    return now - run.computed_at > OFTEN_ENOUGH and run.attempts != closed_count(session, contest.id)


class ScoreChange(NamedTuple):
    """What a corrected key does to one attempt; of a large contest there may be a hundred thousand."""

    attempt_id: int
    before: Decimal | None
    after: Decimal


def affected_by_key(
    session: Session, contest: Contest, version: QuestionVersion, correct: Sequence[int | str], credits_everyone: bool
) -> list[ScoreChange]:
    """The attempts whose score a corrected key would change."""
    known, changed = KnownKeys(session, contest.id), []
    closed = official(select(Attempt), contest.id).where(Attempt.closed_at.is_not(None)).order_by(Attempt.id)
    for part in in_parts(session, closed):
        asked = [one for one in part if version.id in one.version_ids]
        keys = dict(known.of(number for one in asked for number in one.version_ids))
        essays = essay_points(session, asked, keys)
        if version.id in keys:
            mended = corrected(keys[version.id].question, correct)
            keys[version.id] = AnswerKey(mended, key_of(mended), credits_everyone)
        for attempt in asked:
            after = mark(attempt, keys, contest.rules, essays.get(attempt.id, {})).score
            if after != attempt.score:
                changed.append(ScoreChange(attempt.id, attempt.score, after))
    return changed


def correct_key(
    session: Session,
    contest: Contest,
    version: QuestionVersion,
    correct: Sequence[int | str],
    *,
    credits_everyone: bool,
    reason: str,
    actor_id: int,
    now: datetime,
) -> int:
    """Mend a wrong key for this contest, mark again and rank again. Returns how many scores changed.

    :raises Refusal: reason_needed, results_final, correction_empty.
    """
    reason = reason_given(reason)
    if locked(session, contest).results_frozen_at:
        raise Refusal("results_final")
    if not credits_everyone and not _is_key(version, correct):
        raise Refusal("correction_empty", 422)
    before = written_key(answer_keys(session, contest.id, [version.id])[version.id].question)
    changed = affected_by_key(session, contest, version, correct, credits_everyone)
    correction = KeyCorrection(
        contest_id=contest.id, question_version_id=version.id, correct=list(correct), reason=reason,
        credits_everyone=credits_everyone, author_id=actor_id, made_at=now, changed_attempts=len(changed),
    )  # fmt: skip
    session.add(correction)
    session.flush()
    for first in range(0, len(changed), AT_A_TIME):
        ids = [one.attempt_id for one in changed[first : first + AT_A_TIME]]
        mark_attempts(session, contest, list(session.scalars(select(Attempt).where(Attempt.id.in_(ids)))))
    compute_standings(session, contest, now)
    scores = [[one.attempt_id, str(one.before), str(one.after)] for one in changed]
    record(
        session, Event.KEY_CORRECTED, f"contest:{contest.id}", actor_id=actor_id, now=now, question=version.id,
        reason=reason, changed={"key_before": before, "key_after": list(correct), "scores": scores},
    )  # fmt: skip
    return len(changed)


def written_key(question: Question) -> list[int | str]:
    """The key as a correction states it: positions, or the texts accepted."""
    if question.kind in TYPED:
        return [
            answer_text(option) if question.kind == "numerical" else option.text
            for option in question.options
            if option.correct
        ]
    return list(question.key)


def _is_key(version: QuestionVersion, correct: Sequence[int | str]) -> bool:
    """Whether it can be the key of that kind: a statement may well be false in every part."""
    if version.kind not in CORRECTABLE:
        return False
    if version.kind in TYPED:
        return _are_answers(version.kind, [text for text in correct if isinstance(text, str) and text.strip()])
    is_there = all(isinstance(place, int) and 0 <= place < len(version.options) for place in correct)
    return is_there and (bool(correct) or version.kind == "statements")


def _are_answers(kind: str, texts: Sequence[str]) -> bool:
    faults: list[str] = []
    options = tuple(typed_answer(kind, text, lambda code, *_field, **_params: faults.append(code)) for text in texts)
    return not faults and not any(KINDS[kind].problems(Question(kind, "-", options)))


def corrections(session: Session, contest_id: int) -> list[KeyCorrection]:
    query = select(KeyCorrection).where(KeyCorrection.contest_id == contest_id).order_by(KeyCorrection.id)
    return list(session.scalars(query))


class Prepared(NamedTuple):
    """What freezing needs and takes long to find, and the results of which it is true."""

    of: tuple[int, int, int]
    uses: Sequence[Use]


def prepare_freezing(session: Session, contest: Contest, now: datetime) -> Prepared | None:
    """Read beforehand, while others may write; None where nothing is ranked.

    :raises Refusal: as ``freeze_results``.
    """
    _refuse_unless_over(session, contest, now)
    results = _results_of(session, contest)
    return results and Prepared(results, uses_of(session, contest))


def _results_of(session: Session, contest: Contest) -> tuple[int, int, int] | None:
    """Numbers that are others as soon as a score, a key, a decision or a rule is another."""
    run = last_run(session, contest.id)
    return run and (run.id, closed_count(session, contest.id), contest.rules_version)


def _refuse_unless_over(session: Session, contest: Contest, now: datetime) -> None:
    if contest.results_frozen_at:
        raise Refusal("results_final")
    running = any(one.phase(now) is not RoundPhase.CLOSED for one in contest.official_rounds)
    if running or is_anybody_answering(session, contest, now):
        raise Refusal("not_all_closed")
    if unmarked := unmarked_count(session, contest):
        raise Refusal("essays_unmarked", 409, count=unmarked)


def freeze_results(
    session: Session, contest: Contest, *, actor_id: int | None, now: datetime, prepared: Prepared | None = None
) -> str:
    """Mark and rank everything once more, and make it final under a digest.

    :param prepared: counts where results are still those it was made from.
    :raises Refusal: not_all_closed while a round runs or somebody answers; essays_unmarked; results_final.
    """
    _refuse_unless_over(session, locked(session, contest), now)
    _close_all_overdue(session, contest, now)
    is_prepared = prepared is not None and prepared.of == _results_of(session, contest)
    papers = official(select(Attempt), contest.id).order_by(Attempt.id)
    for part in in_parts(session, papers):  # a key mended at the last moment
        mark_attempts(session, contest, part)
    compute_standings(session, contest, now)
    contest.frozen_units = tables_to_freeze(session, contest) | names_to_freeze(session, contest)
    contest.results_digest, contest.results_frozen_at = standings_digest(session, contest), now
    keep_uses(session, contest, prepared.uses if prepared and is_prepared else uses_of(session, contest))
    record_contest(session, contest, now)
    count = session.scalar(select(func.count()).select_from(standings(contest.id).order_by(None).subquery()))
    record(
        session, Event.RESULTS_FROZEN, f"contest:{contest.id}", actor_id=actor_id, now=now,
        digest=contest.results_digest, contestants=count,
    )  # fmt: skip
    return contest.results_digest


def load_version(session: Session, version_id: int, contest: Contest) -> QuestionVersion:
    """:raises NotYours: a version outside the contest's bank."""
    version = session.get(QuestionVersion, version_id)
    if version is None or version.question.bank_id != contest.bank_id:
        raise NotYours
    return version
