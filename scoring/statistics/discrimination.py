"""Whether those who know more do better on an item.

With drawn papers an item is set against the share of the points of the rest of the person's own paper. For a common
paper the rest's points are that share times a constant, so the correlations are the usual ones. All results are NaN for
an item that too few had, that all did alike, or that has no points.
"""

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from scoring.statistics.classical import facility, mean, per_item
from scoring.statistics.table import FloatArray, MarkTable

NORMAL = NormalDist()
THIRD, KELLEY = 1 / 3, 0.27

Edge = Callable[[FloatArray, FloatArray, int], float]


def correlation(x: FloatArray, y: FloatArray) -> float:
    """Product-moment correlation of two arrays of one shape, −1 to 1; NaN for fewer than two or without spread."""
    if len(x) < 2:
        return float("nan")
    from_x, from_y = x - x.mean(), y - y.mean()
    both = float(np.sqrt((from_x @ from_x) * (from_y @ from_y)))
    return float(from_x @ from_y) / both if both >= 1e-12 else float("nan")


def efficiency(x: FloatArray, other: FloatArray) -> float:
    """100 · cov(x, other) / the most it could be, both sorted; NaN without spread (Moodle, same name)."""
    most = covariance(np.sort(x), np.sort(other))
    return 100 * covariance(x, other) / most if most > 1e-12 else float("nan")


def covariance(x: FloatArray, y: FloatArray) -> float:
    """With n − 1 in the denominator; NaN for fewer than two."""
    return float((x - x.mean()) @ (y - y.mean())) / (len(x) - 1) if len(x) > 1 else float("nan")


def item_total_correlation(table: MarkTable) -> FloatArray:
    """Correlation with the share of the whole own paper, the item included, −1 to 1, shape (items,).

    For 0/1 marks the point-biserial correlation (Lord & Novick 1968, 15.3).
    """
    return per_item(table, lambda at: correlation(table.share[at], table.total_share[table.person[at]]))


def item_rest_correlation(table: MarkTable) -> FloatArray:
    """Correlation with the share of the rest of the own paper, −1 to 1, shape (items,).

    The corrected point-biserial (Henrysson 1963); times 100, Moodle's discrimination index.
    """
    return per_item(table, lambda at: correlation(table.share[at], table.rest_share[at]))


def item_rest_biserial(table: MarkTable) -> FloatArray:
    """The item-rest correlation r as if a normal ability lay behind the 0/1 mark, shape (items,).

    r · sqrt(p(1 − p)) / the normal density at its p-quantile (Lord & Novick 1968, 15.5; CTT 2.3.3 ``itemAnalysis``).
    NaN for an item with marks in between. It may pass 1 where the rest is not normal.
    """
    r, p = item_rest_correlation(table), facility(table)
    found = np.full(table.item_count, np.nan)
    for item in np.flatnonzero(table.is_dichotomous & (p > 0) & (p < 1)):
        density = NORMAL.pdf(NORMAL.inv_cdf(float(p[item])))
        found[item] = r[item] * np.sqrt(p[item] * (1 - p[item])) / density
    return found


def discriminative_efficiency(table: MarkTable) -> FloatArray:
    """How much of the discrimination possible with these marks was there, per cent (at most 100), shape (items,)."""
    return per_item(table, lambda at: efficiency(table.share[at], table.rest_share[at]))


def upper_lower(table: MarkTable, part: float = THIRD) -> FloatArray:
    """Facility in the best part less facility in the weakest part of those who had the item, −1 to 1, shape (items,).

    Ranked by the share of the whole own paper; a part holds ⌊n · part⌋ persons. ``THIRD`` as psychometric 2.3
    ``item.exam``, ``KELLEY`` = 27 per cent (Kelley 1939). Of equal shares at the edge of a part, those of a common
    paper are taken in the order of the file, as the references do; drawn papers are short and tie often, so there all
    count, each with an equal part of a person. NaN for an empty part.
    """
    edge = _in_order if table.is_common else _in_parts
    return per_item(table, lambda at: _upper_lower(table.share[at], table.total_share[table.person[at]], part, edge))


def _upper_lower(share: FloatArray, total: FloatArray, part: float, edge: Edge) -> float:
    size = int(len(share) * part + 1e-9)
    return edge(share[::-1], -total[::-1], size) - edge(share, total, size) if size else float("nan")


def _in_order(share: FloatArray, total: FloatArray, size: int) -> float:
    """Mean share of the ``size`` lowest totals, equal ones as they come."""
    return mean(share[np.argsort(total, kind="stable")[:size]])


def _in_parts(share: FloatArray, total: FloatArray, size: int) -> float:
    """Mean share of the ``size`` lowest totals, equal ones at the edge with their mean."""
    last = np.partition(total, size - 1)[size - 1]
    below = total < last
    return float(share[below].sum() + (size - below.sum()) * share[total == last].mean()) / size
