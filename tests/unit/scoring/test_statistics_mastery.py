"""Shares of points with persons as clusters: against hand-made fractions, by simulation, and what must always hold."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statistics.intervals import wilson
from scoring.statistics.mastery import Share, difference, mastery
from scoring.statistics.table import Reason

T_975 = {2: 4.302653, 3: 3.182446}  # Student's t, printed tables
ANSWERS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.sampled_from([0.5, 1.0, 2.0])),
    min_size=1,
    max_size=40,
)


def found(answers):
    """From (person, share of the points, points)."""
    person, share, maximum = (np.array(column) for column in zip(*answers, strict=True))
    return mastery(person, share * maximum, maximum)


def test_a_worked_example():
    """Three people with 2 of 2, 1 of 3 and 0 of 1 points: R = 3/6."""
    result = mastery(np.array([7, 7, 3, 3, 9]), np.array([1.0, 1, 1, 0, 0]), np.array([1.0, 1, 1, 2, 1]))
    ratio = Fraction(3, 6)
    squares = (2 - ratio * 2) ** 2 + (1 - ratio * 3) ** 2 + (0 - ratio * 1) ** 2
    variance = Fraction(3, 2) * squares / 6**2
    assert (squares, variance) == (Fraction(3, 2), Fraction(1, 16))
    assert (result.share, result.people, result.answers) == (0.5, 3, 5)
    assert result.standard_error == pytest.approx(0.25)
    assert (result.low, result.high) == (0.0, 1.0)  # 0.5 ± 4.30 · 0.25 is cut off


def test_a_narrow_interval_is_not_cut_off():
    """Four people with 9, 10, 10 and 11 of 20 points each."""
    result = mastery(np.arange(4), np.array([9.0, 10, 10, 11]), np.full(4, 20.0))
    error = sqrt(Fraction(4, 3) * 2 / 80**2)
    assert (result.low, result.high) == pytest.approx((0.5 - T_975[3] * error, 0.5 + T_975[3] * error), abs=1e-6)


@pytest.mark.parametrize(("share", "low", "high"), [(0.0, 0.0, 0.277533), (1.0, 0.722467, 1.0)])
def test_where_all_did_alike_the_number_of_people_decides(share, low, high):
    """Wilson for 0 and 10 of 10: z²/(n + z²) = 3.841459/13.841459; three answers each are no thirty people."""
    person = np.repeat(np.arange(10), 3)
    result = mastery(person, np.full(30, share), np.ones(30))
    assert (result.share, result.low, result.high) == pytest.approx((share, low, high), abs=1e-6)
    assert result.standard_error > 0


def test_wilson_of_a_share_in_between():
    """7 of 10: (0.7 + z²/20 ± z·sqrt(0.021 + z²/400)) / (1 + z²/10)."""
    assert wilson(0.7, 10) == pytest.approx((0.3968, 0.8922), abs=1e-4)


def test_reasons():
    assert found([(1, 1.0, 1.0), (1, 0.0, 1.0)]) is Reason.TOO_FEW_PERSONS
    assert mastery(np.array([1, 2]), np.zeros(2), np.zeros(2)) is Reason.NO_POINTS
    assert mastery(np.array([1, 2, 2]), np.zeros(3), np.array([1.0, 0, 0])) is Reason.TOO_FEW_PERSONS
    assert mastery(np.array([], int), np.array([]), np.array([])) is Reason.NO_POINTS


def clustered(random, people, spread=2.0):
    """Answers of people of unequal ability, one to six each, drawn independently of it; true share 0.6."""
    ability = random.beta(0.6 * spread, 0.4 * spread, people)
    person = np.repeat(np.arange(people), random.integers(1, 7, people))
    return person, (random.random(len(person)) < ability[person]).astype(float), np.ones(len(person))


def test_ninety_five_of_a_hundred_intervals_hold_the_true_share():
    random = np.random.default_rng(1)
    results = [mastery(*clustered(random, 60)) for _ in range(2000)]
    assert 0.93 <= np.mean([one.low <= 0.6 <= one.high for one in results]) <= 0.97


def test_ninety_five_of_a_hundred_intervals_hold_the_true_difference():
    random = np.random.default_rng(2)
    results = [difference(*(mastery(*clustered(random, people)) for people in (25, 120))) for _ in range(2000)]
    assert 0.93 <= np.mean([one.low <= 0 <= one.high for one in results]) <= 0.97


def test_a_difference_by_hand():
    """Standard errors 0.03 and 0.04 give 0.05; Welch: 0.05⁴ / (0.03⁴/2 + 0.04⁴/2) = 3.71 degrees, t = 2.865."""
    before, now = Share(0.5, 0, 1, 3, 30, 0.03), Share(0.7, 0, 1, 3, 30, 0.04)
    result = difference(before, now)
    assert (result.difference, result.standard_error) == pytest.approx((0.2, 0.05))
    assert (result.low, result.high) == pytest.approx((0.2 - 2.865 * 0.05, 0.2 + 2.865 * 0.05), abs=2e-4)
    back = difference(now, before)
    assert (back.difference, back.low, back.high) == pytest.approx((-result.difference, -result.high, -result.low))


@given(ANSWERS)
def test_the_interval_holds_the_share_and_is_one_of_shares(answers):
    result = found(answers)
    if len({person for person, _share, _maximum in answers}) < 2:
        assert result is Reason.TOO_FEW_PERSONS
    else:
        assert 0 <= result.low <= result.share <= result.high <= 1
        assert result.low < result.high
        assert result.standard_error > 0


@given(ANSWERS, st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(answers, random):
    mixed = [(100 - 3 * person, share, maximum) for person, share, maximum in answers]
    random.shuffle(mixed)
    one, other = found(answers), found(mixed)
    if isinstance(one, Reason):
        assert one is other
    else:
        assert (one.share, one.low, one.high) == pytest.approx((other.share, other.low, other.high))
        assert (one.people, one.answers) == (other.people, other.answers)


@given(ANSWERS)
def test_answering_everything_twice_makes_nobody_surer(answers):
    one, twice = found(answers), found(answers * 2)
    if not isinstance(one, Reason):
        assert (twice.people, twice.answers) == (one.people, 2 * one.answers)
        assert (twice.low, twice.high) == pytest.approx((one.low, one.high))
