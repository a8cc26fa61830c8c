"""Whether those who sat one contest knew more than those who sat another, told from the questions both asked.

The two groups drew from different pools, so their plain averages cannot be compared. Groups count as independent; where
people sat both contests, the intervals are rather too wide than too narrow. ``pairs`` holds each common question once:
its number in the earlier table and in the later one. What is later less earlier is positive where the later group did
better. Swapping the sides changes the sign and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from scoring.statistics.intervals import Part, half_width, wilson_error
from scoring.statistics.response_models import ResponseModel
from scoring.statistics.table import BoolArray, FloatArray, IntArray, MarkTable, Reason

FEWEST_ANSWERS = 10  # to a question in either group
FEWEST_COMMON = 5  # questions
DRIFT_LOGITS = 0.5  # Wright & Douglas (1975): half a logit begins to matter
DRIFT_ERRORS = 2.0
MOST_ROUNDS = 20  # of leaving out and taking the mean anew; a few suffice


@dataclass(frozen=True, slots=True)
class CommonComparison:
    """Mean facility of ``questions`` common questions, 0 to 1; ``people`` had at least one of them."""

    questions: int
    before: float
    now: float
    difference: float
    low: float
    high: float
    standard_error: float
    people_before: int
    people_now: int


def common_questions(before: MarkTable, now: MarkTable, pairs: Sequence[tuple[int, int]]) -> CommonComparison | Reason:
    """Mean of the differences in facility over the common questions, with its 95 % interval (Welch's t).

    Each question weighs the same, so it does not matter which was drawn more often. Questions without points, or that
    fewer than ten people had on either side, are left out; TOO_FEW_ITEMS where fewer than five are left.
    """
    usable = np.array([(old, new) for old, new in pairs if _is_usable(before, old) and _is_usable(now, new)], np.intp)
    if len(usable) < FEWEST_COMMON:
        return Reason.TOO_FEW_ITEMS
    old, new = (_mean_facility(table, items) for table, items in ((before, usable[:, 0]), (now, usable[:, 1])))
    parts = [Part(side.standard_error**2, side.people - 1) for side in (old, new)]
    found, reach = new.mean - old.mean, half_width(parts)
    return CommonComparison(
        len(usable), old.mean, new.mean, found, max(-1.0, found - reach), min(1.0, found + reach),
        sqrt(sum(part.variance for part in parts)), old.people, new.people,
    )  # fmt: skip


def _is_usable(table: MarkTable, item: int) -> bool:
    return bool(table.shown[item] >= FEWEST_ANSWERS and table.maximum[item] > 0)


@dataclass(frozen=True, slots=True)
class _Side:
    mean: float
    standard_error: float
    people: int


def _mean_facility(table: MarkTable, items: IntArray) -> _Side:
    """Each person adds Σ (share − facility)/n over the own questions; n answers to a question, and persons as clusters.

    sqrt(n(n − 1)) stands for n, which makes the variance exact both where everybody had every question and where
    nobody had two.
    """
    at = np.isin(table.item, items)
    person, item, share = table.person[at], table.item[at], table.share[at]
    facility = np.bincount(item, share, table.item_count)[items] / table.shown[items]
    own = np.zeros(table.item_count)
    own[items] = facility
    answers = table.shown[item]
    surplus = np.bincount(person, (share - own[item]) / np.sqrt(answers * (answers - 1.0)), table.person_count)
    mean, people = float(facility.mean()), len(np.unique(person))
    error = float(np.sqrt((surplus**2).sum())) / len(items)
    return _Side(mean, error if error > 1e-10 else wilson_error(min(1.0, mean), people), people)


@dataclass(frozen=True, slots=True)
class RaschShift:
    """How much the mean ability rose, in logits; ``items`` common questions told it, ``drifting`` others were left out.

    ``drifted``: the pairs left out.
    """

    shift: float
    low: float
    high: float
    standard_error: float
    items: int
    drifted: tuple[tuple[int, int], ...] = ()

    @property
    def drifting(self) -> int:
        return len(self.drifted)


def rasch_shift(before: ResponseModel, now: ResponseModel, pairs: Sequence[tuple[int, int]]) -> RaschShift | Reason:
    """Mean-mean linking of two Rasch models (Loyd & Hoover 1980; Kolen & Brennan 2014, ch. 6), with a 95 % interval.

    Either model has its own group's mean ability at 0 and −intercept as difficulty in logits, so a common item looks
    easier by as much as the group is better: the shift is the mean of intercept now − intercept before. Items that
    moved by more than half a logit and two standard errors against the others are left out: first against the median,
    which a leak of several questions cannot pull along, then against the mean of those kept until they stay the same.
    TOO_FEW_ITEMS where fewer than five common items were scaled on both sides, ITEMS_DRIFT where fewer than five stay.
    """
    common = _common_items(before, now, pairs)
    if len(common.pairs) < FEWEST_COMMON:
        return Reason.TOO_FEW_ITEMS
    drifts = _drifting(common)
    moved, error = common.moved[~drifts], common.error[~drifts]
    if len(moved) < FEWEST_COMMON:
        return Reason.ITEMS_DRIFT
    parts = [_link(moved, error), _group(before), _group(now)]
    shift, reach = float(moved.mean()), half_width(parts)
    drifted = tuple(pair for pair, drift in zip(common.pairs, drifts, strict=True) if drift)
    whole = sqrt(sum(part.variance for part in parts))
    return RaschShift(shift, shift - reach, shift + reach, whole, len(moved), drifted)


@dataclass(frozen=True, slots=True, eq=False)
class _Common:
    """The common items scaled on both sides, and how far each moved, in logits, with its standard error."""

    pairs: list[tuple[int, int]]
    moved: FloatArray
    error: FloatArray


def _common_items(before: ResponseModel, now: ResponseModel, pairs: Sequence[tuple[int, int]]) -> _Common:
    places = [{int(item): place for place, item in enumerate(model.items)} for model in (before, now)]
    scaled = [(old, new) for old, new in pairs if old in places[0] and new in places[1]]
    old = np.array([places[0][pair[0]] for pair in scaled], np.intp)
    new = np.array([places[1][pair[1]] for pair in scaled], np.intp)
    error = np.hypot(before.intercept_se[old], now.intercept_se[new])
    known = np.isfinite(error)
    moved = now.intercept[new] - before.intercept[old]
    return _Common([pair for pair, is_known in zip(scaled, known, strict=True) if is_known], moved[known], error[known])


def _drifting(common: _Common) -> BoolArray:
    """Which items moved otherwise than most, shape (common items,)."""
    drifts, centre = np.zeros(len(common.moved), np.bool_), float(np.median(common.moved))
    for _round in range(MOST_ROUNDS):
        away = np.abs(common.moved - centre)
        found = (away > DRIFT_LOGITS) & (away > DRIFT_ERRORS * common.error)
        if (~found).sum() < FEWEST_COMMON or (found == drifts).all():
            return found
        drifts, centre = found, float(common.moved[~found].mean())
    return drifts


def _link(moved: FloatArray, error: FloatArray) -> Part:
    """Chance in the choice and the estimates of the common items: the larger of two variances of the mean.

    The items' standard errors say how far estimates alone may be off. The spread of the single differences holds this
    and also what no model foresees: questions that became easier or harder for reasons of their own. With few items
    the spread is small by luck now and then, so the other is its floor.
    """
    count = len(moved)
    by_errors, by_spread = float((error**2).sum()) / count**2, float(moved.var(ddof=1)) / count
    return Part(max(by_errors, by_spread), count - 1)


def _group(model: ResponseModel) -> Part:
    """Chance in who sat: deviation²/persons, of the mean ability. It moves all items alike: no spread shows it."""
    return Part(float(model.discrimination[0]) ** 2 / model.person_count, model.person_count - 1)
