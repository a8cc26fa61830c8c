"""How hard an item was, how its marks spread, what it is worth, and who left it open.

Every statistic here holds for drawn papers: it looks at one item among those who had it. An omitted answer counts with
its 0 points. Sources: Moodle, "Quiz statistics calculations" (docs.moodle.org/dev); Lord & Novick (1968), ch. 15.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from scoring.marking import ChoiceKey, ClozeKey, Key, MatchingKey, OrderingKey, PeopleKey, StatementsKey, share
from scoring.statistics.table import FloatArray, IntArray, MarkTable, Reason


def per_item(table: MarkTable, statistic: Callable[[slice], float]) -> FloatArray:
    """One number for each item from where its entries stand, shape (items,)."""
    return np.array([statistic(table.entries(item)) for item in range(table.item_count)], dtype=np.float64)


def facility(table: MarkTable) -> FloatArray:
    """Mean share of the item's points among those who had it, 0 to 1, shape (items,).

    NaN for an item nobody had or without points. For 0/1 marks it is the difficulty p.
    """
    return per_item(table, lambda at: mean(table.share[at]))


def standard_deviation(table: MarkTable) -> FloatArray:
    """Spread of the marks in points, n − 1 in the denominator, shape (items,).

    NaN for fewer than two persons and for an item without points.
    """
    return np.where(table.maximum > 0, per_item(table, lambda at: spread(table.mark[at])), np.nan)


def intended_weight(table: MarkTable) -> FloatArray:
    """Per cent of the paper's points that lie on the item, mean over the papers that hold it, shape (items,).

    For a common paper Moodle's intended weight, 100 · maximum / sum of the maxima.
    """
    whole = table.paper_maximum[table.person]
    weight = np.divide(table.maximum[table.item], whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return per_item(table, lambda at: 100 * mean(weight[at]))


@dataclass(frozen=True, slots=True, eq=False)
class Omissions:
    """How many left each item open, and how many of these never came so far; shape (items,)."""

    omitted: IntArray
    not_reached: IntArray | Reason


def omissions(table: MarkTable) -> Omissions:
    """``omitted``: all answers left open. ``not_reached``: those of them at the end of the person's own paper.

    The trailing run of open answers counts as not reached (as in ShinyItemAnalysis, ``recode_nr``); without the order
    in which each person saw the items, NO_ORDER.
    """
    omitted = np.bincount(table.item, table.omitted, table.item_count).astype(np.intp)
    if table.place is None:
        return Omissions(omitted, Reason.NO_ORDER)
    last = np.full(table.person_count, -1)
    answered = ~table.omitted
    np.maximum.at(last, table.person[answered], table.place[answered])
    beyond = table.omitted & (table.place > last[table.person])
    return Omissions(omitted, np.bincount(table.item, beyond, table.item_count).astype(np.intp))


def random_guess_share(key: Key, option_count: int) -> float | None:
    """Mean share of the points a blind guess earns, 0 to 1; None where it cannot be told.

    As Moodle's ``get_random_guess_score``: the mean over the options where one is chosen, one in all matches where each
    prompt has one, 0 for what must be typed, None where any number of options may be chosen. Statements are guessed
    evenly, an order as one of all orders.
    """
    if isinstance(key, ChoiceKey):
        return _guessed_choice(key, option_count)
    if isinstance(key, StatementsKey):
        return _guessed_statements(key)
    if isinstance(key, MatchingKey):
        return _guessed_matching(key, option_count)
    if isinstance(key, OrderingKey):
        return 1 / key.count if key.partial else float(1 / np.prod(np.arange(1, key.count + 1, dtype=np.float64)))
    return None if isinstance(key, ClozeKey | PeopleKey) else 0.0


def _guessed_choice(key: ChoiceKey, option_count: int) -> float | None:
    if len(key.correct) != 1 or option_count < 1:
        return None
    return mean(np.array([float(share(key, (option,))) for option in range(option_count)]))


def _guessed_statements(key: StatementsKey) -> float:
    """Every pattern of true and false is as likely as any other; only the number right matters."""
    count = len(key.truths)
    return float(sum(comb(count, right) * _earned(key, right) for right in range(count + 1)) / 2**count)


def _earned(key: StatementsKey, right: int) -> float:
    """Share of the points for so many right statements, here the first ones."""
    return float(share(key, tuple(int(truth == (place < right)) for place, truth in enumerate(key.truths))))


def _guessed_matching(key: MatchingKey, option_count: int) -> float | None:
    if option_count < 1:
        return None
    return 1 / option_count if key.partial else float(option_count) ** -len(key.matches)


def mean(values: FloatArray) -> float:
    return float(values.mean()) if len(values) else float("nan")


def spread(values: FloatArray) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else float("nan")
