"""Computing an evaluation, keeping it, and showing the one that is kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contest_app.attempts.models import Attempt
from contest_app.bank.models import QuestionVersion
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest
from contest_app.evaluation.answers import Answers, first_answers
from contest_app.evaluation.comparisons import attempts_to_read, comparisons
from contest_app.evaluation.integrity import integrity
from contest_app.evaluation.items import fitted, item_figures, paper_figures
from contest_app.evaluation.knowledge import knowledge, versions_of
from contest_app.evaluation.models import StoredEvaluation
from contest_app.evaluation.reach import audience, people_of, reach
from contest_app.evaluation.satisfaction import satisfaction
from contest_app.evaluation.visits import visits_of
from contest_app.extensions import separate_transaction
from contest_app.results.queries import last_run, official
from contest_app.results.report import unit_rows
from contest_app.results.services import OFTEN_ENOUGH
from exports.evaluation import FEWEST, Evaluation, Figure, ItemFigures, Knowledge
from exports.report import UnitRow

Step = Callable[[], None]
_DOCUMENT: TypeAdapter[Evaluation] = TypeAdapter(Evaluation)
MOST_WHILE_WAITING = 1_000  # attempts read for an evaluation: some seconds on a small computer
FORMAT = 2  # raise it when the shape or the codes of an evaluation change: those kept before are then made anew


def _nothing() -> None:
    """Nobody waits to hear that a step is done."""


def evaluate(session: Session, contest: Contest, now: datetime, step: Step = _nothing) -> Evaluation:
    """Everything about the official rounds as they stand now, without words; ``step`` is called now and then."""
    answers = first_answers(session, contest)
    step()
    versions = versions_of(session, answers)
    items, test = _questions(answers, versions, step)
    rules, are_enough = contest.rules, len(answers.people) >= FEWEST
    return Evaluation(
        contest_title=contest.title, organiser=contest.unit.name, made_at=now,
        opens_on=in_vietnam(rules.opens_at).date(), closes_on=rules.closing_day,
        is_final=contest.results_frozen_at is not None, reach=reach(session, contest),
        audience=audience(session, contest, people_of(session, contest), answers),
        knowledge=knowledge(session, contest, answers, versions, items) if are_enough else Knowledge(),
        test=test if are_enough else (),
        items=items, integrity=integrity(session, contest), units=_units(session, contest),
        comparisons=comparisons(session, contest, step), satisfaction=satisfaction(session, contest.id),
        analysed=len(answers.people), of_people=answers.of_people, drawn_papers=not answers.table.is_common,
    )  # fmt: skip


def _questions(
    answers: Answers, versions: Mapping[int, QuestionVersion], step: Step
) -> tuple[tuple[ItemFigures, ...], tuple[Figure, ...]]:
    """What is told of each question and of the paper; the models behind it, tens of megabytes, are gone afterwards."""
    models = fitted(answers)
    step()
    found = item_figures(answers, versions, models), paper_figures(answers, models)
    step()
    return found


def _units(session: Session, contest: Contest) -> tuple[UnitRow, ...]:
    """The collective table without units of one to four people.

    Where these together are fewer than five, the next smallest unit keeps its line but not its scores: the total of all
    would otherwise give them away.
    """
    rows = unit_rows(session, contest)
    hidden = sum(row.participants for row in rows if row.participants < FEWEST)
    told = [row for row in rows if not 0 < row.participants < FEWEST]
    silent: set[str] = set()
    for row in sorted(told, key=lambda row: row.participants):
        if 0 < hidden < FEWEST and row.participants:
            silent.add(row.code)
            hidden += row.participants
    return tuple(replace(row, total_score=None, average_score=None) if row.code in silent else row for row in told)


def store(session: Session, contest_id: int, evaluation: Evaluation, run: int | None) -> Evaluation:
    """Keep it in the place of the one before, unless that is of newer results or, of final ones, was made before it.

    :param run: the number of the ranking it was made from.
    :returns: the one that is kept now.
    """
    contest = session.get_one(Contest, contest_id, with_for_update=True)  # several may come to keep their first one
    row = session.scalar(select(StoredEvaluation).where(StoredEvaluation.contest_id == contest_id))
    kept = None if row is None else _read(row)
    if row is not None and kept is not None:
        of_kept, of_this = row.document.get("run") or 0, run or 0
        is_settled = contest.results_frozen_at is not None and of_kept == of_this
        if is_settled or (of_kept, kept.made_at) > (of_this, evaluation.made_at):
            return kept
    row = row or StoredEvaluation(contest_id=contest_id)
    row.made_at = evaluation.made_at
    row.document = {"format": FORMAT, "run": run, "evaluation": _DOCUMENT.dump_python(evaluation, mode="json")}
    session.add(row)
    session.flush()
    return evaluation


def _read(row: StoredEvaluation) -> Evaluation | None:
    """None for one of another version's shape."""
    return _DOCUMENT.validate_python(row.document["evaluation"]) if row.document.get("format") == FORMAT else None


def stored(session: Session, contest: Contest) -> Evaluation | None:
    """The evaluation that is kept, with the visits and ratings of now; None also for one of another version's shape."""
    row = session.scalar(select(StoredEvaluation).where(StoredEvaluation.contest_id == contest.id))
    kept = None if row is None else _read(row)
    return kept and _counted_on(session, contest, kept)


def _counted_on(session: Session, contest: Contest, kept: Evaluation) -> Evaluation:
    """With the visits and ratings of now."""
    reached = replace(kept.reach, visits=visits_of(session, contest.id))
    return replace(kept, reach=reached, satisfaction=satisfaction(session, contest.id))


def is_outdated(session: Session, contest: Contest, now: datetime) -> bool:
    """Whether it was made from another ranking than the last one; while people are still answering, also whether
    somebody began since, at most once a minute.

    Numbers tell, not moments: whoever changes results ranks anew or takes the ranking away, and has read the clock
    before waiting for others.
    """
    columns = select(StoredEvaluation.made_at, StoredEvaluation.document["run"].as_integer())
    kept = session.execute(columns.where(StoredEvaluation.contest_id == contest.id)).first()
    run = _run(session, contest)
    if kept is None or run is None or kept[1] != run:
        return True
    if contest.results_frozen_at is not None:
        return False
    made_at, started = kept[0], _last_start(session, contest)
    return now - made_at > OFTEN_ENOUGH and started is not None and started > made_at


def takes_long(session: Session, contest: Contest, now: datetime) -> bool:
    """Whether an evaluation would have to be made that nobody waits for: it is then the background's work."""
    return is_outdated(session, contest, now) and attempts_to_read(session, contest) > MOST_WHILE_WAITING


def _run(session: Session, contest: Contest) -> int | None:
    run = last_run(session, contest.id)
    return run.id if run else None


def _last_start(session: Session, contest: Contest) -> datetime | None:
    return session.scalar(official(select(func.max(Attempt.started_at)), contest.id))


def current_evaluation(session: Session, contest: Contest, now: datetime, step: Step = _nothing) -> Evaluation:
    """The evaluation of now: the one that is kept where nothing has changed since, else a new one.

    That of final results is kept by whoever first needs it, so that page, files and verification all say the same.
    """
    kept = None if is_outdated(session, contest, now) else stored(session, contest)
    if kept is None and contest.results_frozen_at is None:
        return evaluate(session, contest, now, step)
    return kept or _counted_on(session, contest, _kept_anew(session, contest, now, step))


def keep_up_to_date(session: Session, contest: Contest, now: datetime, step: Step = _nothing) -> None:
    """Evaluate anew if need be, and keep it; ``session`` only reads, a short transaction of its own writes."""
    if is_outdated(session, contest, now) or stored(session, contest) is None:
        _kept_anew(session, contest, now, step)


def _kept_anew(session: Session, contest: Contest, now: datetime, step: Step) -> Evaluation:
    run = _run(session, contest)  # before anything is read: what is ranked meanwhile makes this one outdated
    made, contest_id = evaluate(session, contest, now, step), contest.id
    with separate_transaction() as writing:
        return store(writing, contest_id, made, run)
