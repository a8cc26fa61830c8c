"""95 % intervals that several statistics share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from scipy.stats import t as student

SURE = 0.975  # the quantile that leaves 2.5 % on either side
Z = NormalDist().inv_cdf(SURE)


@dataclass(frozen=True, slots=True)
class Part:
    """One independent source of chance in an estimate: its variance, and the degrees of freedom this was found with."""

    variance: float
    degrees: float


def half_width(parts: Sequence[Part]) -> float:
    """Student's t times the standard error of a sum or difference of independent parts.

    Degrees of freedom by Welch (1947) and Satterthwaite (1946): (Σ v)² / Σ v²/f. Without any variance 0.
    """
    whole = sum(part.variance for part in parts)
    if whole <= 0:
        return 0.0
    degrees = 1 / sum((part.variance / whole) ** 2 / part.degrees for part in parts)
    return float(student.ppf(SURE, degrees)) * sqrt(whole)


def wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's (1927) score interval of a share among ``count`` independent ones; it never shrinks to a point."""
    pull = Z**2 / count
    middle = (share + pull / 2) / (1 + pull)
    reach = Z * sqrt(share * (1 - share) / count + pull / (4 * count)) / (1 + pull)
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def wilson_error(share: float, count: int) -> float:
    """The standard error Wilson's interval stands for, where all did alike and their spread says nothing."""
    low, high = wilson(share, count)
    return (high - low) / (2 * Z)
