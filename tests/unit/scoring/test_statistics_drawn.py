"""Papers drawn at random: every contestant saw other questions. What is known of the pool must come out again."""

from math import sqrt

import numpy as np
import pytest
from scipy.special import expit

from scoring.statistics import reliability
from scoring.statistics.classical import facility, intended_weight, omissions
from scoring.statistics.discrimination import KELLEY, item_rest_correlation, item_total_correlation, upper_lower
from scoring.statistics.response_models import rasch, two_parameter
from scoring.statistics.table import Reason, from_entries, from_matrix
from scoring.statistics.totals import totals

PERSONS, POOL, LENGTH = 3000, 80, 20


def drawn(seed=7, slopes=1.0, ability_sd=1.0, persons=PERSONS, pool=POOL, length=LENGTH):
    """Marks (NaN = not drawn), abilities and difficulties of a known model."""
    random = np.random.default_rng(seed)
    difficulty = random.normal(0, 1, pool)
    ability = random.normal(0, ability_sd, persons)
    marks = (random.random((persons, pool)) < expit(slopes * (ability[:, None] - difficulty))).astype(float)
    order = random.random((persons, pool)).argsort(axis=1)
    np.put_along_axis(marks, order[:, length:], np.nan, axis=1)
    return marks, ability, difficulty


@pytest.fixture(scope="module")
def world():
    return drawn()


@pytest.fixture(scope="module")
def table(world):
    return from_matrix(world[0])


@pytest.fixture(scope="module")
def model(table):
    return rasch(table)


def test_rasch_finds_the_difficulties_of_the_pool_again(world, model):
    _marks, ability, difficulty = world
    found = -model.intercept  # logits: abilities were drawn with a standard deviation of 1 there
    assert len(model.items) == POOL
    assert np.sqrt(((found - difficulty) ** 2).mean()) < 0.12
    assert model.discrimination[0] == pytest.approx(1.0, abs=0.05)
    assert np.corrcoef(model.ability, ability)[0, 1] > 0.85
    assert model.reliability == pytest.approx(np.corrcoef(model.ability, ability)[0, 1] ** 2, abs=0.03)


def test_standard_errors_say_how_far_off_the_difficulties_are(world, model):
    errors = (-model.intercept - world[2]) / model.intercept_se
    assert np.sqrt((errors**2).mean()) == pytest.approx(1, abs=0.25)
    assert np.abs(errors).max() < 4


def test_the_model_that_made_the_answers_fits_them(model):
    fit = model.fit
    assert fit.infit == pytest.approx(np.ones(POOL), abs=0.1)
    assert fit.outfit == pytest.approx(np.ones(POOL), abs=0.2)
    assert fit.outfit.mean() == pytest.approx(1, abs=0.02)


def test_an_item_answered_at_random_does_not_fit(world):
    marks = world[0].copy()
    random = np.random.default_rng(1)
    shown = ~np.isnan(marks[:, 0])
    marks[shown, 0] = random.integers(0, 2, shown.sum())
    fit = rasch(from_matrix(marks)).fit
    assert np.argmax(fit.infit) == np.argmax(fit.outfit) == 0
    assert fit.infit[0] > 1.1


def test_two_parameters_find_slopes_again_and_a_wrong_key_turns_the_slope():
    random = np.random.default_rng(3)
    slopes = random.uniform(0.6, 2.0, 30)
    marks, _ability, difficulty = drawn(seed=5, slopes=slopes, persons=4000, pool=30, length=15)
    marks[:, 4] = 1 - marks[:, 4]
    model = two_parameter(from_matrix(marks))
    assert model.discrimination[4] < -0.3
    sound = np.arange(30) != 4
    assert np.sqrt(((model.discrimination - slopes)[sound] ** 2).mean()) < 0.15
    assert np.sqrt(((model.difficulty - difficulty)[sound] ** 2).mean()) < 0.15


def test_facility_and_correlations_hold_for_drawn_papers(world, table):
    marks, _ability, difficulty = world
    assert facility(table) == pytest.approx(np.nanmean(marks, axis=0))
    assert np.corrcoef(facility(table), -difficulty)[0, 1] > 0.98
    item = 11
    had = ~np.isnan(marks[:, item])
    rest = np.nanmean(np.delete(marks, item, axis=1)[had], axis=1)
    assert item_rest_correlation(table)[item] == pytest.approx(np.corrcoef(marks[had, item], rest)[0, 1])
    assert (item_total_correlation(table) > item_rest_correlation(table)).all()


def test_what_supposes_one_paper_says_so(table):
    for statistic in (reliability.alpha, reliability.kr20, reliability.alpha_if_deleted, reliability.consistency,
                      reliability.standard_error, reliability.effective_weight):  # fmt: skip
        assert statistic(table) is Reason.PAPERS_DIFFER
    assert reliability.error_ratio(reliability.alpha(table)) is Reason.PAPERS_DIFFER
    assert intended_weight(table) == pytest.approx(np.full(POOL, 100 / LENGTH))


def test_the_reliability_of_drawn_papers_is_their_agreement_with_a_second_draw():
    """The same people on a second paper: totals correlate as the coefficient says."""
    random = np.random.default_rng(11)
    ability, difficulty = random.normal(0, 1, 20000), random.normal(0, 1, 400)
    papers = []
    for _ in range(2):
        items = random.integers(0, 400, (20000, 20))
        papers.append((random.random(items.shape) < expit(ability[:, None] - difficulty[items])).astype(float))
    people = np.repeat(np.arange(20000), 20)
    unlike = np.tile(np.arange(20), 20000) + 20 * (people % 2)  # two halves of the pool
    table = from_entries(people, unlike, papers[0].ravel(), np.ones(40), 20000)
    found = reliability.drawn_reliability(table)
    agreement = np.corrcoef(papers[0].sum(1), papers[1].sum(1))[0, 1]
    assert found.coefficient == pytest.approx(agreement, abs=0.02)
    assert found.standard_error == pytest.approx((papers[0].sum(1) - papers[1].sum(1)).std() / np.sqrt(2), rel=0.02)


def test_drawn_reliability_is_kr21_for_right_and_wrong(table):
    """KR-21 with the variance over n, after Lord (1955): k/(k − 1) · (1 − M(k − M)/(k·V)), to the order of 1/n."""
    found = reliability.drawn_reliability(table).coefficient
    total = table.total
    kr21 = LENGTH / (LENGTH - 1) * (1 - total.mean() * (LENGTH - total.mean()) / (LENGTH * total.var()))
    assert found == pytest.approx(kr21, abs=2 / PERSONS)


def test_a_question_thrown_out_of_some_papers_leaves_the_rest_their_figures(world, table):
    """Nineteen questions for some, twenty for others."""
    marks = world[0].copy()
    marks[:, 0] = np.nan
    shorter, whole = from_matrix(marks), reliability.drawn_reliability(table)
    found = reliability.drawn_reliability(shorter)
    assert found.coefficient == pytest.approx(whole.coefficient, abs=0.02)
    assert found.standard_error == pytest.approx(whole.standard_error, rel=0.02)
    assert totals(shorter).kurtosis == pytest.approx(totals(table).kurtosis, abs=0.05)


def test_the_rest_of_a_paper_is_a_little_less_reliable(table):
    whole = reliability.drawn_reliability(table).coefficient
    stepped = reliability.rest_reliability(table)
    assert stepped == pytest.approx(19 * whole / (20 - whole))
    assert reliability.rest_reliability(from_matrix([[1, 0], [1, 0]])) == 1.0


def test_who_came_first_does_not_tell_who_is_better(world):
    """Short drawn papers tie often: the same answers in another order give the same indices."""
    marks = drawn(persons=200, pool=30, length=5)[0]
    turned = upper_lower(from_matrix(marks[::-1]), KELLEY)
    assert upper_lower(from_matrix(marks), KELLEY) == pytest.approx(turned)


def test_drawn_reliability_needs_draws_of_one_kind():
    assert reliability.drawn_reliability(from_matrix([[1, 0], [0, 1]])) is Reason.COMMON_PAPER
    nan = np.nan
    assert reliability.drawn_reliability(from_matrix([[1, nan, nan], [nan, 1, nan]])) is Reason.TOO_FEW_ITEMS
    table = from_matrix([[1, 0, nan], [nan, 1, 2]], [1, 1, 2])
    assert reliability.drawn_reliability(table) is Reason.ITEM_MAXIMA_DIFFER
    assert reliability.drawn_reliability(from_matrix([[1, nan], [nan, 0]])) is Reason.TOO_FEW_ITEMS
    assert reliability.drawn_reliability(from_matrix([[1, 0, nan], [nan, 1, 0]])) is Reason.NO_SPREAD
    assert reliability.drawn_reliability(from_matrix([[1, 0, nan]])) is Reason.TOO_FEW_PERSONS


def test_points_of_papers_with_unequal_maxima_are_not_compared():
    nan = np.nan
    whole = totals(from_matrix([[1, 0, nan], [nan, 1, 2], [1, nan, 2]], [1, 1, 2]))
    assert whole.mean is whole.median is Reason.PAPER_MAXIMA_DIFFER
    assert whole.skewness == pytest.approx(-sqrt(3))  # of the shares 1/2, 1 and 1
    assert whole.mean_share == pytest.approx((0.5 + 1 + 1) / 3)


def test_not_reached_is_the_end_of_the_own_paper():
    """One leaves the middle open, one gives up after the first, one does nothing, each in an order of their own."""
    omitted = [[False, True, False], [False, True, True], [True, True, True]]
    order = [[0, 1, 2], [0, 2, 1], [2, 0, 1]]
    found = omissions(from_matrix([[1, 0, 1], [1, 0, 0], [0, 0, 0]], omitted=omitted, order=order))
    assert found.omitted.tolist() == [1, 3, 2]
    assert found.not_reached.tolist() == [1, 2, 2]
    assert omissions(from_matrix([[1, 0]], omitted=[[False, True]])).not_reached is Reason.NO_ORDER


def test_few_persons_and_items_give_no_model():
    assert rasch(from_matrix(drawn(persons=29, pool=5, length=5)[0])) is Reason.TOO_FEW_PERSONS
    assert two_parameter(from_matrix(drawn(persons=99, pool=5, length=5)[0])) is Reason.TOO_FEW_PERSONS
    assert rasch(from_matrix(drawn(persons=200, pool=2, length=2)[0])) is Reason.TOO_FEW_ITEMS


def test_items_that_all_or_none_solve_or_with_part_marks_are_not_scaled():
    marks = drawn(persons=300, pool=8, length=8)[0]
    marks[:, 0], marks[:, 1], marks[5, 2] = 1, 0, 0.5
    model = rasch(from_matrix(marks))
    assert model.items.tolist() == [3, 4, 5, 6, 7]
    assert np.isfinite(model.intercept_se).all()


def test_a_step_instead_of_a_curve_stops_at_the_bound_and_has_no_standard_error():
    random = np.random.default_rng(2)
    marks = np.repeat(random.integers(0, 2, (400, 1)), 3, axis=1).astype(float)
    model = two_parameter(from_matrix(marks))
    assert isinstance(model, Reason) or np.isnan(model.discrimination_se).any()


def test_a_table_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="matrix"):
        from_matrix([1, 0])
    with pytest.raises(ValueError, match="matrix"):
        from_matrix([[np.inf]])
    with pytest.raises(ValueError, match="shape"):
        from_matrix([[1, 0]], omitted=[[True]])
    with pytest.raises(ValueError, match="twice"):
        from_entries([0, 0], [0, 0], [1, 1], [1], 1)
    with pytest.raises(ValueError, match="not in the table"):
        from_entries([0, 5], [0, 0], [1, 1], [1], 2)


def test_blank_sheets_among_perfect_ones_still_have_a_model():
    """Intercepts run far out: they are no slopes, and have no bound."""
    marks = np.ones((200, 10))
    marks[:6], marks[10, 0], marks[11, 1] = 0, 0, 0
    found = rasch(from_matrix(marks))
    assert (found.intercept > 8).all()
    assert np.isfinite(found.intercept_se).all()


def test_where_nobody_differs_beyond_luck_no_difficulty_is_made_up():
    """Answers by the toss of a coin: the common slope comes out near nought, never below it."""
    found = [rasch(from_matrix(np.random.default_rng(seed).integers(0, 2, (300, 8)))) for seed in range(20)]
    assert Reason.NO_SPREAD in found
    models = [one for one in found if not isinstance(one, Reason)]
    assert all((one.discrimination > 0).all() for one in models)
    free = [two_parameter(from_matrix(np.random.default_rng(seed).integers(0, 2, (300, 8)))) for seed in range(5)]
    assert all(np.nanmax(np.abs(one.difficulty)) < 1000 for one in free if not isinstance(one, Reason))
