"""How one question did among those who had it, and which options drew the better people.

Contestants draw different papers, so an answer is set against the rest of the same paper: ``rest`` is the share of the
points of all other questions that the contestant earned. The correlation of the two is the item-rest (corrected
item-total) correlation; with papers drawn at random from one pool the rests are comparable, though not equally hard.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isnan, sqrt
from statistics import fmean, variance

import numpy as np
from scipy.special import ndtri, stdtr

from scoring.statistics.discrimination import correlation

FEWEST_TO_CORRELATE = 10
FEWEST_CHOOSERS = 5
CLEARLY_BETTER = 0.05  # of the rest's points
SMALLEST_ERROR = 0.001  # where all did alike, there would be none


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: share of the points and of the rest's, 0 to 1; options chosen, by their positions in the bank."""

    share: float
    rest: float
    answered: bool = True
    chosen: frozenset[int] = frozenset()


def mean_share(responses: Sequence[Response]) -> float:
    """Facility: the mean share of the points earned, 0 to 1."""
    return fmean(one.share for one in responses) if responses else 0.0


def discrimination(responses: Sequence[Response]) -> float | None:
    """Item-rest correlation, -1 to 1; None for too few answers or where all did alike."""
    if len(responses) < FEWEST_TO_CORRELATE:
        return None
    shares, rests = np.array([(one.share, one.rest) for one in responses], dtype=np.float64).T
    found = correlation(shares, rests)
    return None if isnan(found) else found


def leads(responses: Sequence[Response], key: Collection[int]) -> dict[int, float]:
    """Wrong options whose choosers did clearly better on the rest than those who chose the key, and by how much.

    The lead is in standard errors: Welch's statistic of the two means, as a normal deviate of the same chance, since a
    bank has hundreds of options to compare and some lead by luck. Where nobody chose the key, the others stand in for
    its choosers. Fewer than five on either side tell nothing: of a hard key its few choosers may be any.
    """
    right = [one.rest for one in responses if key and set(key) <= one.chosen]
    if 0 < len(right) < FEWEST_CHOOSERS:
        return {}
    found = {}
    for option in {option for one in responses for option in one.chosen} - set(key):
        rests = [one.rest for one in responses if option in one.chosen]
        others = right or [one.rest for one in responses if option not in one.chosen]
        if min(len(rests), len(others)) >= FEWEST_CHOOSERS and (lead := _lead(rests, others)) > 0:
            found[option] = lead
    return found


def _lead(rests: Sequence[float], others: Sequence[float]) -> float:
    """Nothing below a clear margin."""
    ahead = fmean(rests) - fmean(others)
    if ahead < CLEARLY_BETTER:
        return 0.0
    parts = [variance(side) / len(side) for side in (rests, others)]
    error = max(sqrt(sum(parts)), SMALLEST_ERROR)
    spread = sum(part**2 / (len(side) - 1) for part, side in zip(parts, (rests, others), strict=True))
    freedom = sum(parts) ** 2 / spread if spread > 0 else len(rests) + len(others) - 2
    chance = float(stdtr(freedom, -ahead / error))
    return -float(ndtri(chance)) if chance > 0 else ahead / error
