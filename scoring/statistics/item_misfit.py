"""Whether the answers to an item follow its curve: a score test (Lagrange multiplier; Glas 1999, Psychometrika 64).

Those who had the item are parted by the share right of the rest of their own paper. Were the item's curve another than
the model's, its intercept would have to be moved in some part; how much the likelihood asks for that, against what luck
asks for, is chi-square with parts − 1 degrees of freedom. It holds for drawn papers: nobody needs the same items.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.special import chdtrc

from scoring.statistics.marginal import NODES, Answers, Curves, one_thread
from scoring.statistics.table import FloatArray, IntArray

PARTS = 3
FEWEST_IN_A_PART = 10


@dataclass(frozen=True, slots=True, eq=False)
class Misfit:
    """``statistic`` with its ``degrees`` of freedom and ``p_value``, shape (items,); NaN where parts were too small."""

    statistic: FloatArray
    degrees: FloatArray
    p_value: FloatArray


@one_thread
def item_misfit(curves: Curves, known: FloatArray) -> Misfit:
    """
    :param known: covariance of the estimates, slopes then intercepts, shape (2 · items, 2 · items); NaN for what
        stopped at a bound, which then counts as known.
    """
    data, count = curves.data, len(curves.slopes)
    parts = _parts(data)
    surplus, own, shared = _asked_for(curves, parts)
    known = np.nan_to_num(known)
    found = np.full((3, count), np.nan)
    for item in range(count):
        at = slice(item * PARTS, (item + 1) * PARTS)
        spread = np.diag(own[at]) - shared[at] @ known @ shared[at].T
        found[:, item] = _tested(surplus[at], spread, np.bincount(parts[data.item == item], minlength=PARTS))
    return Misfit(*found)


def _tested(surplus: FloatArray, spread: FloatArray, people: IntArray) -> tuple[float, float, float]:
    """One part is told by the others, as the surplus of all is 0 at the maximum."""
    used = np.flatnonzero(people >= FEWEST_IN_A_PART)[1:]
    if not len(used):
        return (np.nan,) * 3
    within = spread[np.ix_(used, used)]
    if np.linalg.cond(within) > 1e10:
        return (np.nan,) * 3
    statistic = float(surplus[used] @ np.linalg.solve(within, surplus[used]))
    return (statistic, len(used), float(chdtrc(len(used), statistic))) if statistic >= 0 else (np.nan,) * 3


def _parts(data: Answers) -> IntArray:
    """The part of each entry, 0 to PARTS − 1: by the share right of the rest, cut into parts of about one size."""
    right = np.bincount(data.person, data.right, data.person_count)
    had = np.bincount(data.person, minlength=data.person_count)
    rest = (right[data.person] - data.right) / np.maximum(had[data.person] - 1, 1)
    found = np.zeros(len(rest), np.intp)
    for item in range(len(data.items)):
        at = data.item == item
        cuts = np.quantile(rest[at], np.arange(1, PARTS) / PARTS)
        found[at] = np.searchsorted(cuts, rest[at], side="left")
    return found


def _asked_for(curves: Curves, parts: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of the moved intercepts, shape (items · parts,): score, information, and information shared with the estimates.

    The last has shape (items · parts, 2 · items). Observed information (Louis 1982), as in ``Curves.information``.
    """
    data, count = curves.data, len(curves.slopes)
    place = data.item * PARTS + parts
    own = np.zeros(count * PARTS)
    seen, lost = np.zeros((count * PARTS, 2)), np.zeros((count * PARTS, 2 * count))
    mean, mean_ability = np.zeros(len(place)), np.zeros(len(place))
    for node, ability in enumerate(NODES):
        chance = curves.probability[data.item, node]
        posterior = curves.posterior[data.person, node]
        residual, weight = data.right - chance, posterior * chance * (1 - chance)
        mean += posterior * residual
        mean_ability += ability * posterior * residual
        own += np.bincount(place, weight - posterior * residual**2, count * PARTS)
        seen += np.stack([np.bincount(place, ability**power * weight, count * PARTS) for power in (1, 0)], axis=1)
        both = _product(data, place, posterior * residual, residual, count)
        lost += np.hstack([ability * both, both])
    score = np.asarray(np.bincount(place, mean, count * PARTS), dtype=np.float64)
    own += np.bincount(place, mean**2, count * PARTS)
    lost -= np.hstack([_product(data, place, mean, one, count) for one in (mean_ability, mean)])
    of_item = np.repeat(np.arange(count), PARTS)
    rows = np.arange(count * PARTS)
    shared = -lost
    shared[rows, of_item] += seen[:, 0]
    shared[rows, count + of_item] += seen[:, 1]
    return score, own, shared


def _product(data: Answers, place: IntArray, left: FloatArray, right: FloatArray, count: int) -> FloatArray:
    """Sums over persons, shape (items · parts, items)."""
    one = csr_array((left, (data.person, place)), shape=(data.person_count, count * PARTS))
    return np.asarray((one.T @ data.sparse(right)).toarray(), dtype=np.float64)
