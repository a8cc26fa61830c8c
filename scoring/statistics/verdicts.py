"""One word on each question for those who will reuse it.

Thresholds: Ebel & Frisbie (1991), Essentials of Educational Measurement, ch. 13 (discrimination 0.40 very good, 0.30
good, 0.20 marginal, below it poor); Moodle, "Quiz report statistics" (facility from 0.90 very easy, 0.35 to 0.64 about
right, below it difficult).
"""

from enum import StrEnum
from math import sqrt

from scoring.statistics.suspects import FEWEST_TO_DOUBT, Suspect

VERY_EASY = 0.90
DIFFICULT = 0.35
WEAK, POOR = 0.10, 0.20  # corrected item-rest correlation: half of Ebel & Frisbie's index, above which it seldom lies
ONCE_IN_TWENTY = 1.645  # standard errors, on one side
LEAST_RELIABLE = 0.1  # a rest that says next to nothing must not make any question look sharp


class Verdict(StrEnum):
    GOOD = "good"
    EASY = "easy"
    HARD = "hard"
    CONFUSING = "confusing"
    SUSPECT = "suspect"
    FEW = "few"


def verdict(
    facility: float, item_rest: float, people: int, *, suspect: Suspect | None = None, is_misleading: bool = False,
    rest_reliability: float = 1.0,
) -> Verdict:  # fmt: skip
    """The first that holds, from the most serious on.

    ``facility`` 0 to 1, ``item_rest`` correlation −1 to 1 (NaN where all did alike), ``suspect`` the item's own entry
    among the suspected keys, ``is_misleading``: a distractor draws the better people. ``rest_reliability`` 0 to 1: of
    the rest of the paper; the correlation is corrected for it (Lord & Novick 1968, 3.9), or the same question would
    look poorer on a short paper. FEW below thirty answers; SUSPECT beyond luck; CONFUSING where a distractor misleads
    or the correlation is weak; EASY from nine in ten; HARD below 0.35; GOOD. A question that nine in ten solve is EASY
    whatever its correlation, which then hangs on a handful.
    """
    if people < FEWEST_TO_DOUBT:
        return Verdict.FEW
    if suspect and suspect.is_beyond_luck:
        return Verdict.SUSPECT
    if is_misleading:
        return Verdict.CONFUSING
    if facility >= VERY_EASY:
        return Verdict.EASY
    if _is_weak(item_rest, people, max(rest_reliability, LEAST_RELIABLE)):
        return Verdict.CONFUSING
    return Verdict.HARD if facility < DIFFICULT else Verdict.GOOD


def _is_weak(correlation: float, people: int, rest_reliability: float) -> bool:
    """Weak as found, and poor even where luck hid what it hides once in twenty; the error is (1 − r²)/sqrt(n − 1)."""
    error = (1 - correlation**2) / sqrt(people - 1)
    scale = sqrt(rest_reliability)
    return correlation / scale < WEAK and (correlation + ONCE_IN_TWENTY * error) / scale < POOR
