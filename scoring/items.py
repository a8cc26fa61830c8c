"""How one question did among those who had it, and whether its key looks wrong.

Contestants draw different papers, so an answer is set against the rest of the same paper: ``rest`` is the share of the
points of all other questions that the contestant earned. The correlation of the two is the item-rest (corrected
item-total) correlation; with papers drawn at random from one pool the rests are comparable, though not equally hard.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

FEWEST_TO_CORRELATE = 10
FEWEST_TO_DOUBT = 30
FEWEST_CHOOSERS = 5
NEGATIVE = -0.1
CLEARLY_BETTER = 0.05  # of the rest's points
STANDARD_ERRORS = 3.0  # beyond luck


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
    shares, rests = [one.share for one in responses], [one.rest for one in responses]
    mean_of_shares, mean_of_rests = fmean(shares), fmean(rests)
    spread = sqrt(sum((x - mean_of_shares) ** 2 for x in shares) * sum((y - mean_of_rests) ** 2 for y in rests))
    if spread < 1e-12:
        return None
    together = sum((x - mean_of_shares) * (y - mean_of_rests) for x, y in zip(shares, rests, strict=True))
    return together / spread


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
    """A wrong option whose choosers did clearly better on the rest than those who chose the key."""
    right = [one.rest for one in responses if key and set(key) <= one.chosen]
    choosers: dict[int, list[float]] = {}
    for one in responses:
        for option in one.chosen - set(key):
            choosers.setdefault(option, []).append(one.rest)
    better = {
        option: fmean(rests)
        for option, rests in choosers.items()
        if len(rests) >= FEWEST_CHOOSERS and _did_better(rests, right)
    }
    return max(better, key=lambda option: better[option]) if better else None


def _did_better(rests: Sequence[float], others: Sequence[float]) -> bool:
    """By a clear margin, and by more than luck (Welch's statistic): a bank has hundreds of options to compare."""
    if len(others) < 2:
        return fmean(rests) >= CLEARLY_BETTER
    ahead = fmean(rests) - fmean(others)
    error = sqrt(variance(rests) / len(rests) + variance(others) / len(others))
    return ahead >= CLEARLY_BETTER and ahead >= STANDARD_ERRORS * error
