"""How one question did among those who had it, and whether its key looks wrong.

Contestants draw different papers, so an answer is set against the rest of the same paper: ``rest`` is the share of the
points of all other questions that the contestant earned. The correlation of the two is the item-rest (corrected
item-total) correlation; with papers drawn at random from one pool the rests are comparable, though not equally hard.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isnan, sqrt
from statistics import fmean, variance

import numpy as np

from scoring.statistics.discrimination import correlation

FEWEST_TO_CORRELATE = 10
FEWEST_TO_DOUBT = 30
FEWEST_CHOOSERS = 5
NEGATIVE = -0.1
CLEARLY_BETTER = 0.05  # of the rest's points
STANDARD_ERRORS = 3.0  # beyond luck
SMALLEST_ERROR = 0.001  # where all did alike, there would be none


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: share of the points and of the rest's, 0 to 1; options chosen, by their positions in the bank."""

    share: float
    rest: float
    answered: bool = True
    chosen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a key looks wrong, the strongest reason first; ``option`` is the rival, -1 where there is none."""

    code: str  # "rival" | "negative" | "below_chance"
    option: int = -1


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


def doubt(responses: Sequence[Response], key: Collection[int], option_count: int) -> Doubt | None:
    """The strongest sign that the key is wrong: it needs at least thirty answers."""
    if len(responses) < FEWEST_TO_DOUBT:
        return None
    rival = _rival(responses, key)
    if rival is not None:
        return Doubt("rival", rival)
    correlation = discrimination(responses)
    if correlation is not None and correlation <= min(NEGATIVE, -STANDARD_ERRORS / sqrt(len(responses))):
        return Doubt("negative")
    if option_count and len(key) == 1 and mean_share(responses) < 0.8 / option_count:
        return Doubt("below_chance")
    return None


def _rival(responses: Sequence[Response], key: Collection[int]) -> int | None:
    """A wrong option whose choosers did better on the rest than those who chose the key, beyond luck."""
    found = {option: lead for option, lead in leads(responses, key).items() if lead >= STANDARD_ERRORS}
    return max(found, key=lambda option: found[option]) if found else None


def leads(responses: Sequence[Response], key: Collection[int]) -> dict[int, float]:
    """Wrong options whose choosers did clearly better on the rest than those who chose the key.

    The lead is in standard errors of the difference of the means (Welch's statistic): a bank has hundreds of options to
    compare, and some lead by luck. Options with fewer than five choosers do not count.
    """
    right = [one.rest for one in responses if key and set(key) <= one.chosen]
    choosers: dict[int, list[float]] = {}
    for one in responses:
        for option in one.chosen - set(key):
            choosers.setdefault(option, []).append(one.rest)
    found = {option: _lead(rests, right) for option, rests in choosers.items() if len(rests) >= FEWEST_CHOOSERS}
    return {option: lead for option, lead in found.items() if lead > 0}


def _lead(rests: Sequence[float], others: Sequence[float]) -> float:
    """Nothing below a clear margin; where nobody else is there to compare with, what is clear is taken as just sure."""
    if len(others) < 2:
        return STANDARD_ERRORS if fmean(rests) >= CLEARLY_BETTER else 0.0
    ahead = fmean(rests) - fmean(others)
    error = sqrt(variance(rests) / len(rests) + variance(others) / len(others))
    return ahead / max(error, SMALLEST_ERROR) if ahead >= CLEARLY_BETTER else 0.0
