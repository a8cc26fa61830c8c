"""The distribution of the points people earned.

Points of different papers are comparable when the papers have equal maxima; where they have not, only the shares are
told. Sources: Moodle, "Quiz statistics calculations"; Fisher's k-statistics (Kendall & Stuart, The Advanced Theory of
Statistics 1, ch. 12).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import kstat

from scoring.statistics.classical import mean, spread
from scoring.statistics.table import FloatArray, MarkTable, Reason

Told = float | Reason


@dataclass(frozen=True, slots=True)
class Totals:
    """Points over persons who had a paper; ``mean_share`` and ``sd_share`` (n − 1) as shares of the own paper."""

    count: int
    mean_share: Told
    sd_share: Told
    mean: Told
    median: Told
    standard_deviation: Told
    minimum: Told
    maximum: Told
    skewness: Told
    kurtosis: Told


def totals(table: MarkTable) -> Totals:
    """Mean, median, standard deviation (n − 1), extremes, skewness k3/k2^1.5 and kurtosis k4/k2² of the points.

    TOO_FEW_PERSONS below 1, 2, 3 and 4 persons for mean, deviation, skewness and kurtosis; NO_SPREAD for the last two
    where all earned the same. Where papers have unequal maxima, PAPER_MAXIMA_DIFFER for the points, and the last two
    are those of the shares.
    """
    had = table.paper_maximum > 0
    shares, points = table.total_share[had], total_points(table)
    spread_out = points if not isinstance(points, Reason) else shares
    of_shares = (_enough(mean(shares), shares, 1), _enough(spread(shares), shares, 2))
    shape = _shape(spread_out, 3), _shape(spread_out, 4)
    return Totals(len(shares), *of_shares, *_of_points(points), *shape)


def _of_points(points: FloatArray | Reason) -> tuple[Told, Told, Told, Told, Told]:
    """Mean, median, deviation, minimum, maximum."""
    if isinstance(points, Reason) or not len(points):
        why = points if isinstance(points, Reason) else Reason.TOO_FEW_PERSONS
        return why, why, why, why, why
    extremes = float(points.min()), float(points.max())
    return mean(points), float(np.median(points)), _enough(spread(points), points, 2), *extremes


def total_points(table: MarkTable) -> FloatArray | Reason:
    """The points of all who had a paper, where their papers had equal maxima."""
    had = table.paper_maximum > 0
    if had.any() and np.ptp(table.paper_maximum[had]) > 1e-9:
        return Reason.PAPER_MAXIMA_DIFFER
    return table.total[had]


def _shape(points: FloatArray, degree: int) -> Told:
    if len(points) < degree:
        return Reason.TOO_FEW_PERSONS
    second = float(kstat(points, 2))
    return float(kstat(points, degree)) / second ** (degree / 2) if second > 1e-12 else Reason.NO_SPREAD


def _enough(value: float, values: FloatArray, fewest: int) -> Told:
    return value if len(values) >= fewest else Reason.TOO_FEW_PERSONS
