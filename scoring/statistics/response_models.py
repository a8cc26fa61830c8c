"""Rasch and two-parameter logistic models by marginal maximum likelihood, for common and for drawn papers alike.

Sources: Rasch (1960); Birnbaum (1968); Thissen (1982) for the Rasch model with a common slope, ability normal (0, 1).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import chi2

from scoring.statistics.item_fit import ItemFit, item_fit
from scoring.statistics.item_misfit import Misfit, item_misfit
from scoring.statistics.marginal import (
    NODES,
    Answers,
    Curves,
    answers,
    is_within_bounds,
    maximize,
    one_thread,
    start_intercepts,
)
from scoring.statistics.table import FloatArray, IntArray, MarkTable, Reason

FEWEST_FOR_RASCH = 30  # Linacre (1994): difficulties within ±1 logit
FEWEST_FOR_TWO_PARAMETERS = 100  # of use from some hundreds on: look at the standard errors
FEWEST_ITEMS = 3
FLAT = 0.01  # a slope with which no ability tells anything: difficulties would lie hundreds of deviations away


@dataclass(frozen=True, eq=False)
class ResponseModel:
    """A fitted model; arrays of items go by ``items`` (their numbers in the table), shape (scaled items,).

    log odds = discrimination · (ability − difficulty) = discrimination · ability + intercept; abilities and
    difficulties in standard deviations of the population. In the Rasch model the discrimination is common and not
    negative: it is the standard deviation of abilities in logits, and −intercept is the difficulty in logits. Standard
    errors are NaN where the information is singular or the discrimination stopped at its bound, a difficulty where its
    item's discrimination is flat. ``ability`` (mean of the posterior) and
    ``ability_se`` have shape (persons,); a person without a scaled item stays at the population's 0 ± 1.
    """

    items: IntArray
    discrimination: FloatArray
    difficulty: FloatArray
    intercept: FloatArray
    discrimination_se: FloatArray
    difficulty_se: FloatArray
    intercept_se: FloatArray
    log_likelihood: float
    parameter_count: int
    person_count: int
    ability: FloatArray
    ability_se: FloatArray
    curves: Curves
    covariance: FloatArray

    @cached_property
    def fit(self) -> ItemFit:
        return item_fit(self.curves)

    @cached_property
    def misfit(self) -> Misfit:
        return item_misfit(self.curves, self.covariance)

    @property
    def aic(self) -> float:
        return 2 * self.parameter_count - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        return float(np.log(self.person_count)) * self.parameter_count - 2 * self.log_likelihood

    @property
    def reliability(self) -> float:
        """Empirical reliability: variance of the abilities over itself plus the mean error variance; 0 to 1.

        It holds for drawn papers too (Bock & Mislevy 1982; mirt ``empirical_rxx``).
        """
        spread, error = float(self.ability.var()), float((self.ability_se**2).mean())
        return spread / (spread + error)


def rasch(table: MarkTable) -> ResponseModel | Reason:
    """One slope for all items, one intercept for each.

    Items with marks in between, or that all or none solved, are left out. TOO_FEW_PERSONS below thirty, TOO_FEW_ITEMS
    below three scaled, NOT_CONVERGED, NO_SPREAD where persons do not differ beyond luck.
    """
    return _fit(table, FEWEST_FOR_RASCH, common_slope=True)


def two_parameter(table: MarkTable) -> ResponseModel | Reason:
    """A slope and an intercept for each item; TOO_FEW_PERSONS below a hundred, otherwise as ``rasch``.

    The direction of ability is that in which most items are solved, so a wrong key shows as a negative discrimination.
    """
    return _fit(table, FEWEST_FOR_TWO_PARAMETERS, common_slope=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Likelihood-ratio test of the Rasch model against the two-parameter model on the same data."""

    statistic: float
    degrees_of_freedom: int
    p_value: float


def compare(simple: ResponseModel, free: ResponseModel) -> Comparison:
    """Twice the gain in log-likelihood, chi-square with the difference of the numbers of parameters."""
    statistic = max(0.0, 2 * (free.log_likelihood - simple.log_likelihood))
    degrees = free.parameter_count - simple.parameter_count
    return Comparison(statistic, degrees, float(chi2.sf(statistic, degrees)))


@one_thread
def _fit(table: MarkTable, fewest: int, *, common_slope: bool) -> ResponseModel | Reason:
    data = answers(table)
    if int((table.paper_length > 0).sum()) < fewest:
        return Reason.TOO_FEW_PERSONS
    if len(data.items) < FEWEST_ITEMS:
        return Reason.TOO_FEW_ITEMS
    slope_count = 1 if common_slope else len(data.items)
    design = _design(len(data.items), slope_count)
    start = np.concatenate([np.ones(slope_count), start_intercepts(data)])
    curves, free, is_at_rest = maximize(data, design, start, slope_count)
    if not is_at_rest:
        return Reason.NOT_CONVERGED
    if common_slope:
        if abs(free[0]) < FLAT:
            return Reason.NO_SPREAD
        free[0] = abs(free[0])  # the likelihood is the same on either side of 0
        curves = Curves(data, np.abs(curves.slopes), curves.intercepts)
    return _model(curves, design, free)


def _design(count: int, slope_count: int) -> FloatArray:
    slopes = np.ones((count, 1)) if slope_count == 1 else np.eye(count)
    return np.block([[slopes, np.zeros((count, count))], [np.zeros((count, slope_count)), np.eye(count)]])


def _model(curves: Curves, design: FloatArray, free: FloatArray) -> ResponseModel:
    data, slopes, intercepts = curves.data, curves.slopes, curves.intercepts
    covariance = _covariance(curves, design, free)
    slope_se, difficulty_se, intercept_se = _errors(slopes, intercepts, covariance)
    ability = curves.posterior @ NODES
    deviation = np.sqrt(np.maximum(curves.posterior @ NODES**2 - ability**2, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        difficulty = np.where(np.abs(slopes) < FLAT, np.nan, -intercepts / slopes)
    return ResponseModel(
        data.items, slopes, difficulty, intercepts, slope_se, difficulty_se, intercept_se, curves.log_likelihood,
        len(free), _persons_with_items(data), ability, deviation, curves, covariance,
    )  # fmt: skip


def _covariance(curves: Curves, design: FloatArray, free: FloatArray) -> FloatArray:
    """Of slopes and intercepts: the inverse observed information of the free parameters, NaN for one at its bound."""
    moved = is_within_bounds(free, len(free) - len(curves.intercepts))
    used = design[:, moved]
    information = used.T @ curves.information() @ used
    found = np.full((len(design), len(design)), np.nan)
    if np.linalg.cond(information) > 1e12:
        return found
    fixed = (design[:, ~moved] != 0).any(axis=1)
    known = used @ np.linalg.inv(information) @ used.T
    found[np.ix_(~fixed, ~fixed)] = known[np.ix_(~fixed, ~fixed)]
    return found


def _errors(
    slopes: FloatArray, intercepts: FloatArray, covariance: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of slopes, difficulties −d/a (delta method) and intercepts."""
    count = len(slopes)
    of_slope, of_intercept = np.diag(covariance)[:count], np.diag(covariance)[count:]
    both = np.diag(covariance[:count, count:])
    with np.errstate(divide="ignore", invalid="ignore"):
        by_slope, by_intercept = intercepts / slopes**2, -1 / slopes
        of_difficulty = by_slope**2 * of_slope + 2 * by_slope * by_intercept * both + by_intercept**2 * of_intercept
        of_difficulty[np.abs(slopes) < FLAT] = np.nan
        slope_se, difficulty_se, intercept_se = (np.sqrt(one) for one in (of_slope, of_difficulty, of_intercept))
    return slope_se, difficulty_se, intercept_se


def _persons_with_items(data: Answers) -> int:
    return len(np.unique(data.person))
