"""How far the order of the totals can be trusted.

Alpha and what follows from it need one common paper. Where every paper is a draw of its own, items are nested in
persons, and the coefficient of that design is given instead. Sources: Cronbach (1951); Kuder & Richardson (1937);
Guttman (1945); Lord (1955), "Sampling fluctuations resulting from the sampling of test items"; Brennan (2001),
Generalizability Theory, the i:p design.
"""

from dataclasses import dataclass

import numpy as np

from scoring.statistics.classical import spread
from scoring.statistics.table import FloatArray, MarkTable, Reason
from scoring.statistics.totals import total_points


def alpha(table: MarkTable) -> float | Reason:
    """Cronbach's alpha, p/(p − 1) · (1 − Σ var x / var T), at most 1; times 100, Moodle's internal consistency.

    Negative where items go against each other. Items without points do not count. PAPERS_DIFFER for drawn papers;
    TOO_FEW_ITEMS below two, TOO_FEW_PERSONS below two, NO_SPREAD where all totals are equal.
    """
    marks = _common(table)
    return marks if isinstance(marks, Reason) else _alpha(np.cov(marks, rowvar=False))


def kr20(table: MarkTable) -> float | Reason:
    """Alpha where every mark is none or all (Kuder & Richardson 1937, formula 20); else NOT_DICHOTOMOUS."""
    counts = table.maximum > 0
    return alpha(table) if table.is_dichotomous[counts].all() else Reason.NOT_DICHOTOMOUS


def alpha_if_deleted(table: MarkTable) -> FloatArray | Reason:
    """Alpha of the paper without each item, shape (items,); NaN for an item without points; reasons as ``alpha``."""
    marks = _common(table)
    if isinstance(marks, Reason):
        return marks
    if marks.shape[1] < 3:
        return Reason.TOO_FEW_ITEMS
    between = np.cov(marks, rowvar=False)
    without = [_alpha(np.delete(np.delete(between, item, 0), item, 1)) for item in range(marks.shape[1])]
    found = np.full(table.item_count, np.nan)
    found[table.maximum > 0] = [np.nan if isinstance(one, Reason) else one for one in without]
    return found


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the items' correlations say of a common paper."""

    standardized_alpha: float | Reason
    average_correlation: float
    guttman_lambda6: float | Reason


def consistency(table: MarkTable) -> Consistency | Reason:
    """From the p × p correlations R: mean r off the diagonal, p·r/(1 + (p − 1)·r), and 1 − Σ(1 − smc)/ΣR.

    smc is the squared multiple correlation of an item with all others (Guttman 1945; psych 2.2.9 ``alpha``). Reasons as
    ``alpha``; NO_SPREAD where an item's marks are all equal, for standardized alpha where the items cancel out, and for
    lambda 6 where they repeat each other.
    """
    marks = _common(table)
    if isinstance(marks, Reason):
        return marks
    if (np.ptp(marks, axis=0) == 0).any():
        return Reason.NO_SPREAD
    r = np.atleast_2d(np.corrcoef(marks, rowvar=False))
    count = len(r)
    average = float((r.sum() - count) / (count * (count - 1)))
    whole = 1 + (count - 1) * average
    return Consistency(count * average / whole if whole > 1e-12 else Reason.NO_SPREAD, average, _lambda6(r))


def _lambda6(r: FloatArray) -> float | Reason:
    if np.linalg.cond(r) > 1e12:
        return Reason.NO_SPREAD
    return float(1 - (1 / np.diag(np.linalg.inv(r))).sum() / r.sum())


@dataclass(frozen=True, slots=True)
class DrawnReliability:
    """``coefficient``: share of the variance of totals between persons; ``standard_error`` of a total, in points."""

    coefficient: float
    standard_error: float


def drawn_reliability(table: MarkTable) -> DrawnReliability | Reason:
    """Reliability where each paper is a random draw: (MSp − MSi:p) / MSp, error of a total sqrt(k · MSi:p) for k items.

    The generalizability coefficient of the i:p design, one-way analysis of variance of marks in persons. For 0/1 marks
    it is KR-21 (with n − 1), as Lord (1955) derived it. Papers may differ in length, as where a question was thrown out
    of some: k is then (Σk − Σk²/Σk)/(n − 1) (Searle, Casella & McCulloch 1992, ch. 3). What a blueprint holds fixed
    counts as error too, so with strata it is a lower bound. ITEM_MAXIMA_DIFFER where papers are no draws of one kind;
    COMMON_PAPER where alpha applies; TOO_FEW_PERSONS, TOO_FEW_ITEMS below two; NO_SPREAD where all earned the same.
    """
    if table.is_common:
        return Reason.COMMON_PAPER
    had = int((table.paper_length > 0).sum())
    if had < 2:
        return Reason.TOO_FEW_PERSONS
    if np.ptp(table.maximum[table.item]) > 1e-9:
        return Reason.ITEM_MAXIMA_DIFFER
    return _one_way(table, had) if len(table.item) > had else Reason.TOO_FEW_ITEMS


def _one_way(table: MarkTable, persons: int) -> DrawnReliability | Reason:
    length, count = table.paper_length, len(table.mark)
    means = np.divide(table.total, length, out=np.zeros(len(length)), where=length > 0)
    between = float((length * (means - table.mark.mean()) ** 2).sum()) / (persons - 1)
    within = float(((table.mark - means[table.person]) ** 2).sum()) / (count - persons)
    if between < 1e-12:
        return Reason.NO_SPREAD
    usual_length = (count - float((length**2).sum()) / count) / (persons - 1)
    return DrawnReliability((between - within) / between, float(np.sqrt(usual_length * within)))


def rest_reliability(table: MarkTable) -> float:
    """Of a paper without one of its items, 0 to 1: alpha or the drawn coefficient, stepped down by Spearman and Brown.

    1 where neither can be told, so that nothing is corrected for it.
    """
    drawn = drawn_reliability(table)
    whole = drawn.coefficient if isinstance(drawn, DrawnReliability) else alpha(table)
    if isinstance(whole, Reason) or whole >= 1:
        return 1.0
    length = float(table.paper_length[table.paper_length > 0].mean())
    stepped = (length - 1) / length
    return max(0.0, stepped * whole / (1 + (stepped - 1) * whole))


def error_ratio(reliability: float | Reason) -> float | Reason:
    """Per cent of the standard deviation of totals that is error: 100 · sqrt(1 − reliability) (Moodle)."""
    return reliability if isinstance(reliability, Reason) else 100 * float(np.sqrt(1 - reliability))


def standard_error(table: MarkTable) -> float | Reason:
    """Standard error of measurement of a total, points: sd(T) · sqrt(1 − alpha); reasons as ``alpha``."""
    ratio, points = error_ratio(alpha(table)), total_points(table)
    if isinstance(ratio, Reason):
        return ratio
    return points if isinstance(points, Reason) else ratio / 100 * spread(points)


def effective_weight(table: MarkTable) -> FloatArray | Reason:
    """Per cent of the spread of totals that comes from each item, shape (items,); they add up to 100.

    100 · sqrt(cov(x, T)) / Σ sqrt(cov(x_j, T)), a negative covariance counted as 0 (Moodle). NaN for an item without
    points. It supposes one common paper; reasons as ``alpha``.
    """
    marks = _common(table)
    if isinstance(marks, Reason):
        return marks
    with_total = np.cov(marks, rowvar=False).sum(axis=1)
    roots = np.sqrt(np.maximum(with_total, 0))
    if roots.sum() < 1e-12:
        return Reason.NO_SPREAD
    found = np.full(table.item_count, np.nan)
    found[table.maximum > 0] = 100 * roots / roots.sum()
    return found


def _common(table: MarkTable) -> FloatArray | Reason:
    """Persons × items that have points, where all had the same."""
    if table.person_count < 2:
        return Reason.TOO_FEW_PERSONS
    if not table.is_common:
        return Reason.PAPERS_DIFFER
    counts = table.maximum > 0
    return table.matrix()[:, counts] if counts.sum() > 1 else Reason.TOO_FEW_ITEMS


def _alpha(between: FloatArray) -> float | Reason:
    """From the covariances of the items."""
    whole, count = float(between.sum()), len(between)
    if whole < 1e-12:
        return Reason.NO_SPREAD
    return count / (count - 1) * (1 - float(np.trace(between)) / whole)
