"""The test of an item's curve: silent where the model made the answers, loud where it did not."""

import numpy as np
import pytest
from scipy.special import expit

from scoring.statistics.response_models import rasch, two_parameter
from scoring.statistics.table import from_matrix


def answered(seed, persons, pool, length=None, slopes=1.0):
    """Marks of a known model, NaN where not drawn, and the abilities."""
    random = np.random.default_rng(seed)
    ability, difficulty = random.normal(0, 1, persons), random.normal(0, 1, pool)
    marks = (random.random((persons, pool)) < expit(slopes * (ability[:, None] - difficulty))).astype(float)
    if length:
        np.put_along_axis(marks, random.random(marks.shape).argsort(axis=1)[:, length:], np.nan, axis=1)
    return marks, ability


@pytest.mark.parametrize("fit", [rasch, two_parameter])
@pytest.mark.parametrize(("persons", "pool", "length"), [(500, 20, None), (1500, 60, 15)])
def test_where_the_model_holds_one_item_in_twenty_is_below_a_twentieth(fit, persons, pool, length):
    slopes = 1.0 if fit is rasch else np.random.default_rng(0).uniform(0.6, 1.8, pool)
    found = [fit(from_matrix(answered(seed, persons, pool, length, slopes)[0])).misfit for seed in range(4)]
    chance = np.concatenate([one.p_value for one in found])
    assert np.isfinite(chance).all()
    assert 0.005 < (chance < 0.05).mean() < 0.11
    assert np.median(chance) == pytest.approx(0.5, abs=0.12)
    assert np.concatenate([one.statistic for one in found]).mean() == pytest.approx(
        2, abs=0.4
    )  # its degrees of freedom


@pytest.mark.parametrize(("persons", "pool", "length"), [(600, 20, None), (2400, 60, 15)])
def test_an_item_that_the_middling_solve_worst_follows_no_curve(persons, pool, length):
    marks, ability = answered(9, persons, pool, length)
    solved = np.random.default_rng(5).random(persons) < expit(ability**2 - 1)
    marks[:, 0] = np.where(np.isnan(marks[:, 0]), np.nan, solved)
    for fit in (rasch, two_parameter):
        chance = fit(from_matrix(marks)).misfit.p_value
        assert chance[0] < 0.001
        assert (chance[1:] < 0.001).sum() <= 1


def test_an_item_answered_at_random_has_a_slope_of_its_own_but_no_place_in_the_rasch_model():
    marks, _ability = answered(9, 600, 20)
    marks[:, 0] = np.random.default_rng(5).integers(0, 2, 600)
    assert rasch(from_matrix(marks)).misfit.p_value[0] < 0.001
    assert two_parameter(from_matrix(marks)).misfit.p_value[0] > 0.01


def test_where_parts_are_too_small_nothing_is_said():
    marks, _ability = answered(3, 30, 8)
    marks[12:, 0] = np.nan
    found = rasch(from_matrix(marks)).misfit
    assert np.isnan(found.p_value[0])
    assert np.isnan(found.statistic[0])
