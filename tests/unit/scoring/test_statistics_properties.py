"""What must hold whatever the marks: bounds, invariances, and one way of counting being the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.items import Response, discrimination, leads
from scoring.marking import ChoiceKey, ClozeKey, MatchingKey, OrderingKey, PeopleKey, StatementsKey, TextKey
from scoring.statistics import classical, reliability
from scoring.statistics.discrimination import (
    KELLEY,
    discriminative_efficiency,
    item_rest_correlation,
    item_total_correlation,
    upper_lower,
)
from scoring.statistics.distractors import OMITTED, distractor_table
from scoring.statistics.suspects import Asked, suspected
from scoring.statistics.table import Reason, from_entries, from_matrix
from scoring.statistics.totals import totals

SHAPES = st.tuples(st.integers(1, 25), st.integers(1, 6))
MARKS = st.sampled_from([0.0, 0.25, 0.5, 1.0])
COMMON = SHAPES.flatmap(lambda shape: arrays(float, shape, elements=MARKS))
DRAWN = SHAPES.flatmap(lambda shape: arrays(float, shape, elements=st.sampled_from([0.0, 0.5, 1.0, np.nan])))
ITEM_STATISTICS = (
    classical.facility, classical.standard_deviation, classical.intended_weight, item_total_correlation,
    item_rest_correlation, discriminative_efficiency, upper_lower,
)  # fmt: skip


def same(found, expected):
    assert np.allclose(found, expected, atol=1e-9, equal_nan=True)


@given(DRAWN)
def test_every_statistic_stays_within_its_bounds(marks):
    table = from_matrix(marks)
    for statistic, low, high in (
        (classical.facility, 0, 1),
        (item_total_correlation, -1, 1),
        (item_rest_correlation, -1, 1),
        (upper_lower, -1, 1),
        (discriminative_efficiency, -np.inf, 100),
        (classical.intended_weight, 0, 100),
    ):
        values = statistic(table)
        assert values.shape == (table.item_count,)
        known = values[~np.isnan(values)]
        assert (known >= low - 1e-9).all()
        assert (known <= high + 1e-9).all()


@given(DRAWN, st.randoms(use_true_random=False))
def test_the_order_of_persons_matters_only_where_ties_are_cut(marks, random):
    order = list(range(len(marks)))
    random.shuffle(order)
    table, again = from_matrix(marks), from_matrix(marks[order])
    for statistic in ITEM_STATISTICS[:-1]:
        same(statistic(table), statistic(again))


@given(DRAWN)
def test_a_table_built_of_entries_in_any_order_is_the_same(marks):
    person, item = np.nonzero(~np.isnan(marks))
    backwards = slice(None, None, -1)
    entries = person[backwards], item[backwards], marks[person, item][backwards]
    table = from_entries(*entries, np.ones(marks.shape[1]), len(marks))
    same(table.matrix(), marks)
    for statistic in ITEM_STATISTICS:
        same(statistic(table), statistic(from_matrix(marks)))


@given(COMMON, st.sampled_from([0.1, 2.0, 30.0]))
def test_points_of_another_size_change_only_what_is_in_points(marks, factor):
    table, scaled = from_matrix(marks), from_matrix(marks * factor, factor)
    for statistic in ITEM_STATISTICS:
        unit = factor if statistic is classical.standard_deviation else 1
        same(statistic(table) * unit, statistic(scaled))
    for statistic in (reliability.alpha, reliability.alpha_if_deleted):
        found = statistic(table), statistic(scaled)
        assert found[0] is found[1] if isinstance(found[0], Reason) else np.allclose(*found, equal_nan=True)


@given(COMMON)
def test_weights_of_a_common_paper_add_up_to_all(marks):
    table = from_matrix(marks)
    assert classical.intended_weight(table).sum() == pytest.approx(100)
    effective = reliability.effective_weight(table)
    assert isinstance(effective, Reason) or effective.sum() == pytest.approx(100)


@given(COMMON)
def test_alpha_is_at_most_one_and_its_error_never_negative(marks):
    table = from_matrix(marks)
    found = reliability.alpha(table)
    if isinstance(found, Reason):
        assert found in {Reason.TOO_FEW_PERSONS, Reason.TOO_FEW_ITEMS, Reason.NO_SPREAD}
        assert reliability.standard_error(table) is found
    else:
        assert found <= 1 + 1e-9
        assert reliability.standard_error(table) == pytest.approx(
            totals(table).standard_deviation * np.sqrt(max(0, 1 - found)), abs=1e-9
        )


@given(COMMON)
def test_an_item_nobody_can_earn_on_changes_nothing_and_has_no_statistics(marks):
    table = from_matrix(marks)
    wider = from_matrix(np.column_stack([marks, np.zeros(len(marks))]), [*np.ones(marks.shape[1]), 0])
    for statistic in ITEM_STATISTICS:
        found = statistic(wider)
        same(found[:-1], statistic(table))
        assert np.isnan(found[-1]) or statistic is classical.intended_weight
    alpha = reliability.alpha(table)
    assert reliability.alpha(wider) is alpha or reliability.alpha(wider) == pytest.approx(alpha)


RESPONSES = st.lists(
    st.builds(
        lambda rest, chosen: Response(float(chosen == 0), rest, chosen >= 0, frozenset({chosen} - {-1})),
        st.floats(0, 1), st.integers(-1, 3),
    ), max_size=60,
)  # fmt: skip


@given(RESPONSES)
def test_everyone_stands_in_the_distractor_table_once(responses):
    rows = distractor_table(responses, {0}, 4)
    assert sum(row.count for row in rows) == len(responses)
    assert [row.option for row in rows if row.option != OMITTED] == [0, 1, 2, 3]
    for row in rows:
        assert row.lower + row.middle + row.upper == row.count
    assert {sum(row.lower for row in rows), sum(row.upper for row in rows)} == {len(responses) // 3}


@given(RESPONSES)
def test_the_key_row_of_the_distractor_table_is_the_item_rest_correlation(responses):
    found = discrimination(responses)
    row = distractor_table(responses, {0}, 4)[0]
    assert found is None or row.correlation == pytest.approx(found)


@given(RESPONSES)
def test_a_key_in_doubt_for_a_rival_has_that_rival_ahead(responses):
    found = suspected(Asked(responses, (0,), 4))
    ahead = leads(responses, {0})
    assert found is None or found.code != "rival" or ahead[found.option] == max(ahead.values()) >= 2


@pytest.mark.parametrize(
    ("key", "options", "expected"),
    [
        (ChoiceKey(frozenset({2})), 4, 0.25),
        (ChoiceKey(frozenset({0, 1})), 4, None),
        (ChoiceKey(frozenset({0})), 0, None),
        (StatementsKey((True, False, True, True)), 0, (4 * 0.1 + 6 * 0.25 + 4 * 0.5 + 1) / 16),
        (StatementsKey((True, False), partial=False), 0, 0.25),
        (MatchingKey((0, 1), (), partial=True), 4, 0.25),
        (MatchingKey((0, 1), ()), 4, 1 / 16),
        (MatchingKey((0, 1), ()), 0, None),
        (OrderingKey(3), 0, 1 / 6),
        (OrderingKey(3, partial=True), 0, 1 / 3),
        (TextKey(()), 0, 0.0),
        (ClozeKey(()), 0, None),
        (PeopleKey(), 0, None),
    ],
)
def test_what_a_blind_guess_earns(key, options, expected):
    assert classical.random_guess_share(key, options) == (expected if expected is None else pytest.approx(expected))


def test_ties_are_cut_in_the_order_of_the_file():
    """Nine people, all with one of two right: the first three are the lower third, the last three the upper."""
    table = from_matrix([[0, 1]] * 5 + [[1, 0]] * 4)
    assert upper_lower(table).tolist() == [1, -1]
    assert upper_lower(table, KELLEY).tolist() == [1, -1]
    assert np.isnan(upper_lower(from_matrix([[1, 0], [0, 1]]))).all()


def test_small_tables_say_why_they_tell_nothing():
    one = from_matrix([[1.0, 0.0]])
    assert reliability.alpha(one) is totals(one).standard_deviation is Reason.TOO_FEW_PERSONS
    assert totals(from_matrix(np.empty((0, 2)))).mean is Reason.TOO_FEW_PERSONS
    assert reliability.alpha(from_matrix([[1.0], [0.0]])) is Reason.TOO_FEW_ITEMS
    assert reliability.alpha_if_deleted(from_matrix([[1, 0], [0, 1]])) is Reason.TOO_FEW_ITEMS
    alike = from_matrix([[1.0, 0.0]] * 5)
    assert reliability.alpha(alike) is reliability.consistency(alike) is totals(alike).kurtosis is Reason.NO_SPREAD
    assert reliability.effective_weight(alike) is Reason.NO_SPREAD
    assert reliability.kr20(from_matrix([[0.5, 0], [1, 1]])) is Reason.NOT_DICHOTOMOUS
    assert reliability.consistency(from_matrix([[0, 0], [1, 1], [0, 0]])).guttman_lambda6 is Reason.NO_SPREAD
