"""Who chose which option. Every row holds for drawn papers: options are set against the rest of the own paper."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.items import Response
from scoring.statistics.classical import mean
from scoring.statistics.discrimination import correlation
from scoring.statistics.table import BoolArray, FloatArray

OMITTED = -1
FEWEST_TO_FUNCTION = 0.05  # Haladyna & Downing (1993)


@dataclass(frozen=True, slots=True)
class OptionUse:
    """One option, or -1 for answers left open.

    ``share`` of those who had the item; ``mean_rest`` 0 to 1 of those who chose it (NaN where nobody did);
    ``correlation`` −1 to 1 of choosing it with the share of the rest of the own paper (NaN where nobody or everybody
    did); ``lower``, ``middle``, ``upper``: how many of each third by that share.
    """

    option: int
    is_key: bool
    count: int
    share: float
    mean_rest: float
    correlation: float
    lower: int
    middle: int
    upper: int

    @property
    def is_functioning(self) -> bool:
        """A distractor that draws at least one in twenty, and rather the weaker (Haladyna & Downing 1993)."""
        return not self.is_key and self.share >= FEWEST_TO_FUNCTION and self.correlation < 0


def distractor_table(responses: Sequence[Response], key: Collection[int], option_count: int) -> list[OptionUse]:
    """One row for each option in the order of the bank, then one for answers left open, if there are any.

    Lower and upper third hold ⌊n/3⌋ persons each; equal shares stay in the order of the responses. Options
    chosen beyond ``option_count`` get rows too. Where several options may be chosen, shares add up to more than 1.
    """
    rest = np.array([one.rest for one in responses], dtype=np.float64)
    third = _thirds(rest)
    most = max([option_count, *(option + 1 for one in responses for option in one.chosen)])
    rows = [
        _row(option, option in key, np.array([option in one.chosen for one in responses], dtype=np.bool_), rest, third)
        for option in range(most)
    ]
    left_open = np.array([not one.answered for one in responses], dtype=np.bool_)
    return [*rows, _row(OMITTED, False, left_open, rest, third)] if left_open.any() else rows


def _thirds(rest: FloatArray) -> FloatArray:
    """0, 1, 2 for the weakest, the middle and the best."""
    size, third = len(rest) // 3, np.ones(len(rest))
    ranked = np.argsort(np.round(rest, 12), kind="stable")
    third[ranked[:size]], third[ranked[len(rest) - size :]] = 0, 2
    return third


def _row(option: int, is_key: bool, chose: BoolArray, rest: FloatArray, third: FloatArray) -> OptionUse:
    lower, middle, upper = (int((third[chose] == number).sum()) for number in range(3))
    return OptionUse(
        option, is_key, int(chose.sum()), mean(chose.astype(np.float64)), mean(rest[chose]),
        correlation(chose.astype(np.float64), rest), lower, middle, upper,
    )  # fmt: skip
