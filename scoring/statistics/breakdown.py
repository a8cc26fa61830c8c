"""One item taken apart: which question a random place drew, which variant of a question was shown.

Source: Moodle, "Quiz statistics calculations" and the expected values of its own tests. There a question drawn by a
random place is set against the whole total, a variant against the rest; formulas as for whole items, over the persons
who had the part.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.statistics.classical import mean, spread
from scoring.statistics.discrimination import correlation, efficiency
from scoring.statistics.table import FloatArray, MarkTable


@dataclass(frozen=True, slots=True)
class Part:
    """``count`` persons; facility 0 to 1; deviation in points (n − 1); correlation −1 to 1; efficiency per cent."""

    label: Hashable
    count: int
    facility: float
    standard_deviation: float
    correlation: float
    efficiency: float


def by_drawn_question(table: MarkTable, item: int, labels: Sequence[Hashable]) -> list[Part]:
    """One row for each question a random place drew, in order of first use; ``labels`` in the order of the entries.

    Against the share of the whole own paper. NaN as in ``discrimination``.
    """
    return _parts(table, item, labels, table.total_share[table.person[table.entries(item)]])


def by_variant(table: MarkTable, item: int, labels: Sequence[Hashable]) -> list[Part]:
    """One row for each variant of a question, in order of first use, against the share of the rest of the own paper."""
    return _parts(table, item, labels, table.rest_share[table.entries(item)])


def _parts(table: MarkTable, item: int, labels: Sequence[Hashable], other: FloatArray) -> list[Part]:
    at = table.entries(item)
    if len(labels) != at.stop - at.start:
        raise ValueError("each entry of the item needs one label")
    return [
        _part(label, table.mark[at][chosen], float(table.maximum[item]), other[chosen])
        for label in dict.fromkeys(labels)
        for chosen in [np.array([one == label for one in labels])]
    ]


def _part(label: Hashable, mark: FloatArray, maximum: float, other: FloatArray) -> Part:
    share = mark / maximum if maximum else np.full(mark.shape, np.nan)
    return Part(label, len(mark), mean(share), spread(mark), correlation(share, other), efficiency(share, other))
