from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.counting import AcrossRounds, Counting, Sitting, combine, count

START = datetime(2026, 2, 3, 7, tzinfo=UTC)


def sitting(number, score, seconds, hour, prediction=None):
    return Sitting(number, Decimal(score), Decimal(seconds), START + timedelta(hours=hour), prediction)


FOUR = [
    sitting(1, 8, 100, 0, prediction=11),
    sitting(2, 10, 300, 1, prediction=12),
    sitting(3, 10, 200, 2, prediction=13),
    sitting(4, 9, 50, 3, prediction=14),
]


@pytest.mark.parametrize(
    ("counting", "ids", "score", "seconds", "prediction"),
    [
        (Counting.BEST, (3,), 10, 200, 13),
        (Counting.BEST_EARLIEST, (2,), 10, 300, 12),
        (Counting.FIRST, (1,), 8, 100, 11),
        (Counting.LAST, (4,), 9, 50, 14),
        (Counting.SUM, (1, 2, 3, 4), 37, 650, 14),
    ],
)
def test_each_policy_counts_its_attempts(counting, ids, score, seconds, prediction):
    counted = count(FOUR, counting)
    assert (counted.sittings, counted.score, counted.seconds, counted.prediction) == (ids, score, seconds, prediction)
    assert counted.submitted_at == max(s.submitted_at for s in FOUR if s.id in ids)
    assert counted.attempts == 4


@pytest.mark.parametrize("counting", Counting)
def test_without_a_valid_attempt_nothing_counts(counting):
    assert count([], counting) is None


def test_the_best_of_equal_score_and_time_is_the_earlier():
    assert count([sitting(1, 5, 60, 2), sitting(2, 5, 60, 1)], Counting.BEST).sittings == (2,)


scores = st.sampled_from([Decimal(0), Decimal(5), Decimal("7.5"), Decimal(10)])
hours = st.integers(0, 3).map(lambda hour: START + timedelta(hours=hour))
guesses = st.one_of(st.none(), st.integers(0, 9))
sittings = st.lists(
    st.builds(Sitting, st.integers(1, 99), scores, st.integers(0, 3).map(Decimal), hours, guesses),
    max_size=6,
    unique_by=lambda each: each.id,
)


@given(sittings, st.sampled_from(Counting), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(given_sittings, counting, chance):
    mixed = list(given_sittings)
    chance.shuffle(mixed)
    assert count(mixed, counting) == count(given_sittings, counting)


@given(sittings.filter(bool), st.sampled_from(Counting))
def test_what_counts_is_what_was_sat(given_sittings, counting):
    counted = count(given_sittings, counting)
    chosen = [each for each in given_sittings if each.id in counted.sittings]
    assert len(chosen) == (len(given_sittings) if counting is Counting.SUM else 1)
    assert counted.score == sum(each.score for each in chosen)
    assert counted.seconds == sum(each.seconds for each in chosen)
    assert counted.attempts == len(given_sittings)


@given(sittings.filter(bool))
def test_no_attempt_beats_the_best(given_sittings):
    best, earliest = (count(given_sittings, counting) for counting in (Counting.BEST, Counting.BEST_EARLIEST))
    top = [each for each in given_sittings if each.score == max(s.score for s in given_sittings)]
    assert best.score == earliest.score == top[0].score
    assert best.seconds == min(each.seconds for each in top)
    assert earliest.submitted_at == min(each.submitted_at for each in top)


@given(sittings.filter(bool))
def test_first_and_last_are_the_ends_of_time(given_sittings):
    times = [each.submitted_at for each in given_sittings]
    assert count(given_sittings, Counting.FIRST).submitted_at == min(times)
    assert count(given_sittings, Counting.LAST).submitted_at == max(times)


ROUNDS = [count([sitting(7, 8, 100, 0, 5), sitting(8, 9, 90, 1, 6)], Counting.BEST), count(FOUR[1:2], Counting.BEST)]


def test_rounds_add_up():
    whole = combine(ROUNDS, AcrossRounds.SUM)
    assert (whole.score, whole.seconds, whole.attempts, whole.sittings) == (19, 390, 3, (2, 8))


def test_the_best_round_stands_for_all_but_every_attempt_is_told():
    whole = combine(ROUNDS, AcrossRounds.BEST)
    assert (whole.score, whole.seconds, whole.prediction, whole.attempts) == (10, 300, 12, 3)


@pytest.mark.parametrize("across", AcrossRounds)
def test_rounds_may_come_in_any_order_or_not_at_all(across):
    assert combine(ROUNDS[::-1], across) == combine(iter(ROUNDS), across)
    assert combine([], across) is None
