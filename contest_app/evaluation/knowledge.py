"""What people know: scores, and mastery by topic, level and article of law."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from contest_app.attempts.models import Attempt
from contest_app.bank.models import QuestionVersion
from contest_app.contests.models import Contest
from contest_app.evaluation.answers import Answers
from contest_app.results.queries import valid
from contest_app.results.report import score_distribution
from contest_app.web.words import legal_basis
from exports.evaluation import ENOUGH, FEWEST, ItemFigures, Knowledge, Mastery, MissedPoint
from exports.report import ScoreBin
from question_bank.markup import plain
from question_bank.model import Level
from scoring.statistics.mastery import Share, mastery
from scoring.statistics.table import IntArray, Reason

MOST_MISSED = 10
MISSED = 0.5  # share of the points below which a point of law counts as missed

Versions = Mapping[int, QuestionVersion]


def versions_of(session: Session, answers: Answers) -> Versions:
    query = select(QuestionVersion).options(joinedload(QuestionVersion.question), joinedload(QuestionVersion.topic))
    return {one.id: one for one in session.scalars(query.where(QuestionVersion.id.in_(answers.versions)))}


def knowledge(
    session: Session, contest: Contest, answers: Answers, versions: Versions, items: Sequence[ItemFigures]
) -> Knowledge:
    everything = _share(answers, range(len(answers.versions)))
    return Knowledge(
        scores=score_distribution(session, contest), correct_counts=_correct_counts(session, contest),
        topics=_masteries(answers, versions, lambda one: [one.topic.path if one.topic else ""]),
        levels=_levels(answers, versions),
        articles=_masteries(answers, versions, _articles),
        missed=_missed(answers, versions, items),
        average=everything and everything.share, average_low=everything and everything.low,
        average_high=everything and everything.high,
    )  # fmt: skip


def _correct_counts(session: Session, contest: Contest) -> tuple[ScoreBin, ...]:
    """Valid attempts by number of right answers."""
    query = valid(select(Attempt.correct, func.count(Attempt.id)), contest.id).where(Attempt.closed_at.is_not(None))
    counts = {correct or 0: count for correct, count in session.execute(query.group_by(Attempt.correct))}
    most = contest.rules.paper.question_count
    return tuple(ScoreBin(str(number), counts.get(number, 0)) for number in range(most + 1)) if counts else ()


def _share(answers: Answers, items: Iterable[int]) -> Share | None:
    """Of the points on these questions; None for fewer than five people."""
    table = answers.table
    slices = [table.entries(item) for item in items]
    at: IntArray = np.concatenate([np.arange(one.start, one.stop) for one in slices] or [np.array([], np.intp)])
    found = mastery(table.person[at], table.mark[at], table.maximum[table.item[at]])
    return None if isinstance(found, Reason) or found.people < FEWEST else found


def _masteries(
    answers: Answers, versions: Versions, labels: Callable[[QuestionVersion], Iterable[str]]
) -> tuple[Mastery, ...]:
    """By label, weakest first, those not shown last; a question with two labels counts with both."""
    items: dict[str, list[int]] = defaultdict(list)
    for number, item in answers.item_of.items():
        for label in dict.fromkeys(labels(versions[number])):
            items[label].append(item)
    found = [_mastery(answers, label, of_label) for label, of_label in items.items() if label]
    return tuple(sorted(found, key=lambda one: (one.share is None, one.share, one.label)))


def _mastery(answers: Answers, label: str, items: Sequence[int]) -> Mastery:
    share = _share(answers, items)
    if share is None:
        return Mastery(label, len(items), 0, 0, None, None, None)
    return Mastery(label, len(items), share.people, share.answers, share.share, share.low, share.high)


def _levels(answers: Answers, versions: Versions) -> tuple[Mastery, ...]:
    """In the order of the levels; the label is the level's code, said in words by the presenter."""
    found = {one.label: one for one in _masteries(answers, versions, lambda version: [version.level])}
    return tuple(found[level] for level in Level if level in found)


def _articles(version: QuestionVersion) -> list[str]:
    """Each article of law the question rests on, without its clause."""
    return [legal_basis([{**basis, "clause": ""}]) for basis in version.legal_basis if basis.get("article")]


def _missed(answers: Answers, versions: Versions, items: Sequence[ItemFigures]) -> tuple[MissedPoint, ...]:
    """Questions under half of the points, worst first; one whose key is in doubt says nothing about people."""
    candidates = [
        item for item in items
        if item.people >= ENOUGH and item.verdict != "suspect" and (item.facility or 0) < MISSED
    ]  # fmt: skip
    worst = sorted(candidates, key=lambda item: item.facility or 0)[:MOST_MISSED]
    return tuple(point for item in worst if (point := _missed_point(answers, versions[item.version_id], item)))


def _missed_point(answers: Answers, version: QuestionVersion, item: ItemFigures) -> MissedPoint | None:
    share = _share(answers, [answers.item_of[version.id]])
    if share is None:
        return None
    wrong = max((one for one in item.options if not one.is_right), key=lambda one: one.people, default=None)
    return MissedPoint(
        code=item.code, version_id=version.id, stem=item.stem, legal_basis=legal_basis(version.legal_basis),
        right_answer="; ".join(_right(answers, version)), explanation=plain(version.explanation, version.markup),
        people=share.people, share=share.share, low=share.low, high=share.high,
        common_error=wrong.text if wrong and wrong.people else "",
        common_error_share=wrong.share if wrong and wrong.people else None,
    )  # fmt: skip


def _right(answers: Answers, version: QuestionVersion) -> list[str]:
    """The right options or accepted answers; kinds made of parts are told by their explanation."""
    question = answers.keys[version.id].question
    return [plain(question.options[place].text, version.markup) for place in question.key]
