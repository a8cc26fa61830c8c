"""How erratic the answers to each item are, beside a Rasch model.

Mean squares of residuals, 1 where the model holds; over 1, answers are more erratic than the model says, under 1 more
regular. Abilities are not known, so squares are averaged over each person's posterior, which keeps their expectation at
1 (Wu 1997; Adams & Wu 2007, as ConQuest and TAM do) but draws them together: an item that tells nothing may stay below
1.3, the rule made for point estimates of ability. They order items; whether one fits is told by ``item_misfit``. Where
every item has a slope of its own they are always near 1 and say nothing. They hold for drawn papers.
"""

from dataclasses import dataclass

import numpy as np

from scoring.statistics.marginal import NODES, Curves
from scoring.statistics.table import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ItemFit:
    """``infit`` is weighted by information, ``outfit`` by none and so moved by single odd answers; shape (items,)."""

    infit: FloatArray
    outfit: FloatArray


def item_fit(curves: Curves) -> ItemFit:
    """Infit Σ(x − P)² / ΣP(1 − P) and outfit mean of (x − P)² / P(1 − P) over those who had the item."""
    data, count = curves.data, len(curves.slopes)
    squares, weights, ratios = (np.zeros(count) for _ in range(3))
    for node in range(len(NODES)):
        chance = curves.probability[data.item, node]
        posterior = curves.posterior[data.person, node]
        square, variance = (data.right - chance) ** 2, np.maximum(chance * (1 - chance), 1e-12)
        squares += np.bincount(data.item, posterior * square, count)
        weights += np.bincount(data.item, posterior * variance, count)
        ratios += np.bincount(data.item, posterior * square / variance, count)
    return ItemFit(squares / weights, ratios / np.bincount(data.item, minlength=count))
