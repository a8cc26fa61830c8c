"""One word on each question for those who will reuse it.

Thresholds: Ebel & Frisbie (1991), Essentials of Educational Measurement, ch. 13 (discrimination 0.40 very good, 0.30
good, 0.20 marginal, below it poor); Moodle, "Quiz report statistics" (facility from 0.90 very easy, 0.35 to 0.64 about
right, below it difficult).
"""

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt

from scoring.items import CLEARLY_BETTER, FEWEST_CHOOSERS, FEWEST_TO_DOUBT
from scoring.statistics.distractors import FEWEST_TO_FUNCTION, OMITTED, OptionUse
from scoring.statistics.suspects import Suspect

VERY_EASY = 0.90
DIFFICULT = 0.35
WEAK, POOR = 0.10, 0.20  # item-rest correlation; it lies a little below Ebel & Frisbie's index, hence half of theirs


class Verdict(StrEnum):
    GOOD = "good"
    EASY = "easy"
    HARD = "hard"
    CONFUSING = "confusing"
    SUSPECT = "suspect"
    FEW = "few"


def verdict(
    facility: float, item_rest: float, people: int, options: Sequence[OptionUse] = (), suspect: Suspect | None = None
) -> Verdict:
    """The first that holds, from the most serious on.

    ``facility`` 0 to 1, ``item_rest`` correlation −1 to 1 (NaN where all did alike), ``options`` the distractor table,
    ``suspect`` the item's own entry among the suspected keys. FEW below thirty answers; SUSPECT beyond luck; CONFUSING
    where a distractor draws the better people or the item-rest correlation is weak; EASY from nine in ten; HARD
    below 0.35; GOOD. A question that nine in ten solve is EASY whatever its correlation, which then hangs on a handful.
    """
    if people < FEWEST_TO_DOUBT:
        return Verdict.FEW
    if suspect and suspect.is_beyond_luck:
        return Verdict.SUSPECT
    if misleading_option(options) is not None:
        return Verdict.CONFUSING
    if facility >= VERY_EASY:
        return Verdict.EASY
    if _is_weak(item_rest, people):
        return Verdict.CONFUSING
    return Verdict.HARD if facility < DIFFICULT else Verdict.GOOD


def misleading_option(options: Sequence[OptionUse]) -> int | None:
    """The distractor that counts (one in twenty, five people) and clearly leads the key, be it within luck."""
    of_key = max((row.mean_rest for row in options if row.is_key and row.count), default=1.0)
    leading = [
        row
        for row in options
        if not row.is_key and row.option != OMITTED and row.share >= FEWEST_TO_FUNCTION and row.count >= FEWEST_CHOOSERS
        if row.mean_rest >= of_key + CLEARLY_BETTER
    ]
    return max(leading, key=lambda row: row.mean_rest).option if leading else None


def _is_weak(correlation: float, people: int) -> bool:
    """Weak as found, and still poor if it were one standard error, (1 − r²)/sqrt(n − 1), higher."""
    error = (1 - correlation**2) / sqrt(people - 1)
    return correlation < WEAK and correlation + error < POOR
