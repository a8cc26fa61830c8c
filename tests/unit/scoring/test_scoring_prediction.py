import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.prediction import Outcome, PredictionTarget, actual, distance

# Contestant 1 sat three times, twice all right; 2 once, all right; 3 twice, never.
OUTCOMES = [
    Outcome(1, True),
    Outcome(1, False),
    Outcome(1, True),
    Outcome(2, True),
    Outcome(3, False),
    Outcome(3, False),
]
COUNTS = {PredictionTarget.PERFECT: 2, PredictionTarget.PARTICIPANTS: 3, PredictionTarget.ATTEMPTS: 6}
outcome_lists = st.lists(st.builds(Outcome, st.integers(1, 5), st.booleans()))


@pytest.mark.parametrize("target", PredictionTarget)
def test_people_count_once_and_attempts_count_each(target):
    assert actual(OUTCOMES, target) == COUNTS[target]


@pytest.mark.parametrize("target", PredictionTarget)
def test_of_nobody_there_is_nothing_to_foresee(target):
    assert actual(iter([]), target) == 0


@given(outcome_lists)
def test_targets_are_nested(outcomes):
    perfect, people, attempts = (actual(iter(outcomes), target) for target in PredictionTarget)
    assert 0 <= perfect <= people <= attempts == len(outcomes)


@given(outcome_lists, st.sampled_from(PredictionTarget))
def test_the_order_of_attempts_does_not_matter(outcomes, target):
    assert actual(outcomes[::-1], target) == actual(outcomes, target)


@pytest.mark.parametrize(("guess", "off"), [(100, 0), (99, 1), (101, 1), (0, 100), (10**9, 10**9 - 100), (None, None)])
def test_over_and_under_count_alike(guess, off):
    assert distance(guess, 100) == off
