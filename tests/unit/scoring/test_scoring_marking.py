"""Marking as a function of key and answer, whatever the question: properties, and worked examples."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.marking import (
    ChoiceKey,
    ClozeKey,
    Item,
    MatchingKey,
    NumberKey,
    OrderingKey,
    PeopleKey,
    StatementsKey,
    TextKey,
    mark_item,
    mark_paper,
    share,
)

D = Decimal
HALF = D("0.5")
positions = st.integers(0, 5)
texts = st.text(alphabet="ab*\\ ", max_size=6)
shares = st.decimals(-1, 1, places=2)
decimals = st.decimals(-9, 9, places=1)

keys = st.one_of(
    st.builds(
        ChoiceKey, st.frozensets(positions, min_size=1, max_size=4),
        st.one_of(st.just(()), st.tuples(*[st.none() | shares] * 6)), st.booleans(),
    ),
    st.builds(StatementsKey, st.lists(st.booleans(), min_size=2, max_size=6).map(tuple), st.booleans()),
    st.builds(TextKey, st.lists(st.tuples(texts, shares.filter(lambda one: one >= 0)), max_size=3).map(tuple)),
    st.builds(
        NumberKey,
        st.lists(st.tuples(st.none() | decimals, st.decimals(0, 2, places=1), st.just(HALF))).map(tuple),
    ),
    st.builds(MatchingKey, st.just((0, 1, 1)), st.just((HALF, HALF, HALF)), st.booleans()),
    st.builds(OrderingKey, st.integers(2, 5), st.booleans()),
    st.builds(PeopleKey, st.none() | st.just(HALF)),
)  # fmt: skip
parts = st.none() | positions | texts | st.decimals(-9, 9, places=1)
answers = st.lists(parts, max_size=6).map(tuple)
items = st.builds(Item, keys, st.sampled_from([D(1), D("0.25"), D(5), D("3.3")]), st.booleans())
papers = st.lists(items, max_size=8)
sheets = st.dictionaries(st.integers(-1, 10), answers, max_size=10)


@given(papers, sheets)
def test_a_score_lies_between_nothing_and_everything(paper, sheet):
    assert 0 <= mark_paper(paper, sheet).score <= sum((item.points for item in paper), D(0))


@given(papers)
def test_an_empty_sheet_earns_only_what_everyone_gets(paper):
    mark = mark_paper(paper, {})
    assert mark.score == sum((item.points for item in paper if item.credit_everyone), D(0))
    assert [item.answered for item in mark.items] == [False] * len(paper)


@given(items, answers)
def test_marking_twice_is_marking_once(item, answer):
    assert mark_item(item, answer) == mark_item(item, answer)


@given(st.frozensets(positions, min_size=1), st.frozensets(positions))
def test_all_or_nothing_takes_nothing_less(correct, chosen):
    assert share(ChoiceKey(correct), tuple(chosen)) == (1 if chosen == correct else 0)


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [((0, 1), 1), ((0,), HALF), ((0, 2), 0), ((0, 1, 2), HALF), ((2, 3), 0), ((0, 1, 2, 3), 0)],
)
def test_partial_credit_takes_a_part_for_each_wrong_option(chosen, earned):
    """Canvas, multiple answers: (right - wrong) / all right, never below nothing."""
    assert share(ChoiceKey(frozenset({0, 1}), partial=True), chosen) == earned


def test_weights_of_thirds_add_up_to_all():
    third = D("0.33333")
    assert share(ChoiceKey(frozenset({0, 1, 2}), (third, third, third, D(-1)), True), (0, 1, 2)) == 1


@pytest.mark.parametrize("right", range(5))
def test_the_school_form_of_2025(right):
    """Decision 764/QĐ-BGDĐT: 0.1, 0.25, 0.5 and 1 point for 1, 2, 3 and 4 right statements."""
    answer = (1,) * right + (0,) * (4 - right)
    assert share(StatementsKey((True,) * 4), answer) == [D(0), D("0.1"), D("0.25"), HALF, D(1)][right]


def test_a_statement_left_open_is_not_right():
    assert share(StatementsKey((False,) * 4), (0, 0, None, None)) == D("0.25")
    assert share(StatementsKey((True, False, True)), (1, 1, None)) == D(1) / 3
    assert share(StatementsKey((True, False), partial=False), (1, None)) == 0


@pytest.mark.parametrize(
    ("pattern", "typed", "fits"),
    [
        ("công an", "công an", True), ("công an", "công an xã", False), ("công an*", "công an xã", True),
        ("*an*", "công an xã", True), ("a*b*c", "a-c-b", False), ("a*b*c", "abc", True), ("a*a", "a", False),
        (r"5 \* 2", "5 * 2", True), (r"5 \* 2", "5 x 2", False), ("*", "gì cũng được", True),
    ],
)  # fmt: skip
def test_a_star_stands_for_anything(pattern, typed, fits):
    assert (share(TextKey(((pattern, D(1)),)), (typed,)) == 1) is fits


def test_a_long_pattern_of_stars_takes_no_time():
    assert share(TextKey((("*a" * 5000 + "b", D(1)),)), ("a" * 20_000,)) == 0


def test_the_best_accepted_answer_counts():
    key = TextKey((("*", D("0.1")), ("công an*", HALF), ("công an xã", D(1))))
    assert [share(key, (typed,)) for typed in ("công an xã", "công an", "tòa án")] == [D(1), HALF, D("0.1")]


@pytest.mark.parametrize(("typed", "earned"), [("13.5", 1), ("14.5", 1), ("14.51", 0), ("13.49", 0), ("20", HALF)])
def test_a_number_counts_up_to_its_tolerance(typed, earned):
    assert share(NumberKey(((D(14), HALF, D(1)), (D(20), D(0), HALF))), (D(typed),)) == earned


def test_a_text_is_no_number():
    assert share(NumberKey(((D(14), HALF, D(1)),)), ("mười bốn",)) == 0


def test_matching_all_or_by_pairs():
    answer = (0, 1, 0)
    weights = (D("0.25"), D("0.25"), HALF)
    assert share(MatchingKey((0, 1, 1), weights), answer) == 0
    assert share(MatchingKey((0, 1, 1), weights, True), answer) == HALF
    assert share(MatchingKey((0, 1, 1), weights, True), (0, 1, 1)) == 1


def test_ordering_all_or_by_places():
    assert share(OrderingKey(4), (0, 1, 3, 2)) == 0
    assert share(OrderingKey(4, True), (0, 1, 3, 2)) == HALF
    assert share(OrderingKey(4), (0, 1, 2, 3)) == 1
    assert share(OrderingKey(4, True), (0, None, 2)) == HALF


def test_gaps_weigh_what_their_author_says():
    key = ClozeKey(((NumberKey(((D(14), D(0), D(1)),)), D(1)), (ChoiceKey(frozenset({1})), D(3))))
    assert share(key, (D(14), 0)) == D("0.25")
    assert share(key, (None, 1)) == D("0.75")
    assert share(key, (D(14),)) == D("0.25")
    assert share(ClozeKey(key.gaps, partial=False), (None, 1)) == 0


def test_only_people_mark_an_essay():
    assert mark_item(Item(PeopleKey(), D(5)), ("bài viết",)).points == 0
    assert mark_item(Item(PeopleKey(D("2.5")), D(5)), ("bài viết",)).points == D("2.5")
    assert mark_item(Item(PeopleKey(D(5)), D(5)), ("bài viết",)).correct
    assert mark_item(Item(PeopleKey(HALF), D(5)), ("",)).points == 0


@given(papers, sheets)
def test_answers_beyond_the_paper_are_ignored(paper, sheet):
    inside = {place: answer for place, answer in sheet.items() if 1 <= place <= len(paper)}
    assert mark_paper(paper, sheet) == mark_paper(paper, inside)


@given(items, answers)
def test_a_question_thrown_out_earns_full_points_whatever_was_answered(item, answer):
    mark = mark_item(Item(item.key, item.points, credit_everyone=True), answer)
    assert (mark.correct, mark.points) == (True, item.points)


def test_points_add_up_exactly():
    paper = [Item(ChoiceKey(frozenset({0})), D("0.1"))] * 3
    assert mark_paper(paper, {1: (0,), 2: (0,), 3: (0,)}).score == D("0.3")
