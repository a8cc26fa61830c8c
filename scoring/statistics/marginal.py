"""Marginal maximum likelihood for logistic item response models, on any pattern of shown items.

log odds of a right answer = slope · ability + intercept, ability normal (0, 1) in the population. Items that a person
did not have drop out of the likelihood, which is sound for drawn papers: what is missing does not depend on ability
(Mislevy & Wu 1988). Omitted answers count as wrong. Sources: Bock & Aitkin (1981) for the marginal likelihood; Louis
(1982) for the observed information; abilities at 61 even points from −6 to 6, as mirt does by default.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import ParamSpec, TypeVar

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit, logsumexp
from threadpoolctl import threadpool_limits

from scoring.statistics.table import BoolArray, FloatArray, IntArray, MarkTable

NODES: FloatArray = np.linspace(-6, 6, 61)
LOG_WEIGHTS: FloatArray = -(NODES**2) / 2 - logsumexp(-(NODES**2) / 2)
STEEPEST = 8.0  # slopes beyond mean a step, which no data of this size can tell from a steeper one

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def one_thread(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """For work of many small products, whose threads wait for each other longer than they compute: on a busy machine
    an evaluation took 15 s with two of them and 6 s with one."""

    @wraps(function)
    def alone(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
        with threadpool_limits(limits=1, user_api="blas"):
            return function(*args, **named)

    return alone


@dataclass(frozen=True, eq=False)
class Answers:
    """The 0/1 entries of the items that can be scaled; ``items`` are their numbers in the table."""

    items: IntArray
    person_count: int
    person: IntArray
    item: IntArray
    right: FloatArray

    @cached_property
    def right_matrix(self) -> csr_array:
        return self.sparse(self.right)

    @cached_property
    def shown_matrix(self) -> csr_array:
        return self.sparse(np.ones(len(self.right)))

    def sparse(self, values: FloatArray) -> csr_array:
        return csr_array((values, (self.person, self.item)), shape=(self.person_count, len(self.items)))

    def product(self, left: FloatArray, right: FloatArray) -> FloatArray:
        """Items × items: sums over persons of what stands at two items; by whichever way is quicker."""
        one, other = self.sparse(left), self.sparse(right)
        if len(self.right) > 0.2 * self.person_count * len(self.items):
            return np.asarray(one.toarray().T @ other.toarray(), dtype=np.float64)
        return np.asarray((one.T @ other).toarray(), dtype=np.float64)


def answers(table: MarkTable) -> Answers:
    """Entries of the items whose marks are none or all, and not all alike: the others have no finite difficulty."""
    right = np.bincount(table.item, table.mark > 0, table.item_count)
    usable = table.is_dichotomous & (right > 0) & (right < table.shown)
    items = np.flatnonzero(usable)
    number = np.cumsum(usable) - 1
    at = usable[table.item]
    right_of = (table.mark[at] > 0).astype(np.float64)
    return Answers(items, table.person_count, table.person[at], number[table.item[at]], right_of)


@dataclass(frozen=True, eq=False)
class Curves:
    """The model at given parameters: P and posterior weights of the abilities, with what follows for each item."""

    data: Answers
    slopes: FloatArray
    intercepts: FloatArray

    @cached_property
    def probability(self) -> FloatArray:
        """Items × abilities: chance of a right answer."""
        return np.asarray(expit(self._logit), dtype=np.float64)

    @property
    def _logit(self) -> FloatArray:
        return np.outer(self.slopes, NODES) + self.intercepts[:, None]

    @cached_property
    def _joint(self) -> FloatArray:
        logit = self._logit
        log_wrong = -np.logaddexp(0, logit)
        likelihood = self.data.right_matrix @ logit + self.data.shown_matrix @ log_wrong
        return np.asarray(likelihood + LOG_WEIGHTS, dtype=np.float64)

    @cached_property
    def _person_log_likelihood(self) -> FloatArray:
        return np.asarray(logsumexp(self._joint, axis=1), dtype=np.float64)

    @property
    def log_likelihood(self) -> float:
        return float(self._person_log_likelihood.sum())

    @cached_property
    def posterior(self) -> FloatArray:
        """Persons × abilities, rows add up to 1."""
        return np.asarray(np.exp(self._joint - self._person_log_likelihood[:, None]), dtype=np.float64)

    @cached_property
    def _expected_shown(self) -> FloatArray:
        return np.asarray(self.data.shown_matrix.T @ self.posterior, dtype=np.float64)

    def gradient(self) -> FloatArray:
        """Of the log-likelihood by slopes, then intercepts, shape (2 · items,)."""
        surplus = self.data.right_matrix.T @ self.posterior - self._expected_shown * self.probability
        return np.concatenate([surplus @ NODES, surplus.sum(axis=1)])

    def information(self) -> FloatArray:
        """Observed information (Louis 1982), slopes then intercepts, shape (2 · items, 2 · items).

        What the abilities would tell if they were seen, less what is lost because they are not.
        """
        weight = self._expected_shown * self.probability * (1 - self.probability)
        aa, ad, dd = (np.diag(weight @ NODES**power) for power in (2, 1, 0))
        lost_aa, lost_ad, lost_dd = self._lost()
        return np.block([[aa - lost_aa, ad - lost_ad], [(ad - lost_ad).T, dd - lost_dd]])

    def _lost(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Posterior covariances of the complete-data scores, summed over persons."""
        data, count = self.data, len(self.slopes)
        lost = [np.zeros((count, count)) for _ in range(3)]
        mean_a, mean_d = np.zeros(len(data.right)), np.zeros(len(data.right))
        for node, ability in enumerate(NODES):
            score = data.right - self.probability[data.item, node]
            weighted = score * self.posterior[data.person, node]
            mean_a += ability * weighted
            mean_d += weighted
            both = data.product(score, weighted)
            for power, matrix in zip((2, 1, 0), lost, strict=True):
                matrix += ability**power * both
        pairs = ((mean_a, mean_a), (mean_a, mean_d), (mean_d, mean_d))
        aa, ad, dd = (matrix - data.product(*pair) for matrix, pair in zip(lost, pairs, strict=True))
        return aa, ad, dd


def maximize(data: Answers, design: FloatArray, start: FloatArray, slope_count: int) -> tuple[Curves, FloatArray, bool]:
    """The likeliest parameters and whether the search came to rest.

    ``design``: (2 · items, parameters), from free parameters to slopes and intercepts; the first ``slope_count`` free
    parameters are slopes and stay within ±STEEPEST.
    """
    count = len(data.items)

    def cost(free: FloatArray) -> tuple[float, FloatArray]:
        full = design @ free
        curves = Curves(data, full[:count], full[count:])
        return -curves.log_likelihood / data.person_count, -(design.T @ curves.gradient()) / data.person_count

    bounds = [(-STEEPEST, STEEPEST)] * slope_count + [(None, None)] * (len(start) - slope_count)
    options = {"maxiter": 2000, "maxfun": 4000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 30}
    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    free = np.asarray(found.x, dtype=np.float64)
    slope = np.abs(cost(free)[1][is_within_bounds(free, slope_count)]).max(initial=0.0)
    full = design @ free
    return Curves(data, full[:count], full[count:]), free, bool(slope < 1e-4)


def is_within_bounds(free: FloatArray, slope_count: int) -> BoolArray:
    """Which free parameters may move: all but slopes that stopped at ±STEEPEST. Intercepts have no bound."""
    return (np.abs(free) < STEEPEST) | (np.arange(len(free)) >= slope_count)


def start_intercepts(data: Answers) -> FloatArray:
    """Log odds of a right answer, a little drawn to the middle."""
    shown = np.bincount(data.item, minlength=len(data.items))
    right = np.bincount(data.item, data.right, len(data.items))
    odds = (right + 0.5) / (shown - right + 0.5)
    return np.asarray(np.log(odds), dtype=np.float64)
