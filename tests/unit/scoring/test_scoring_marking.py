from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.marking import Item, chosen_options, mark_item, mark_paper


@st.composite
def items(draw):
    count = draw(st.integers(2, 6))
    kind = draw(st.sampled_from(["single", "multiple", "true_false"]))
    most = 1 if kind != "multiple" else count
    return Item(
        kind=kind,
        key=frozenset(draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=most))),
        option_order=tuple(draw(st.permutations(range(count)))),
        points=draw(st.sampled_from([Decimal(1), Decimal("0.25"), Decimal(5), Decimal("3.3")])),
        credit_everyone=draw(st.booleans()),
    )


papers = st.lists(items(), max_size=8)
answers = st.dictionaries(st.integers(-1, 10), st.lists(st.integers(-3, 9), max_size=6), max_size=10)


def displayed(item, chosen):
    """Where the chosen options stand on this paper."""
    return [item.option_order.index(option) for option in chosen]


def maximum(paper):
    return sum((item.points for item in paper), Decimal(0))


@given(papers, answers)
def test_a_score_lies_between_nothing_and_everything(paper, sheet):
    assert 0 <= mark_paper(paper, sheet).score <= maximum(paper)


@given(papers)
def test_all_right_earns_everything(paper):
    sheet = {place: displayed(item, item.key) for place, item in enumerate(paper, start=1)}
    mark = mark_paper(paper, sheet)
    assert (mark.score, mark.correct, mark.is_perfect) == (maximum(paper), len(paper), True)


@given(papers)
def test_an_empty_sheet_earns_only_what_everyone_gets(paper):
    mark = mark_paper(paper, {})
    assert mark.score == sum((item.points for item in paper if item.credit_everyone), Decimal(0))
    assert [item.answered for item in mark.items] == [False] * len(paper)


@given(items(), st.data())
def test_the_order_of_options_does_not_change_the_mark(item, data):
    chosen = data.draw(st.sets(st.sampled_from(item.option_order)))
    other = Item(item.kind, item.key, data.draw(st.permutations(item.option_order)), item.points, item.credit_everyone)
    assert mark_item(item, displayed(item, chosen)) == mark_item(other, displayed(other, chosen))


@given(items(), st.lists(st.integers(-9, 99)))
def test_positions_outside_the_question_are_ignored(item, places):
    inside = [place for place in places if 0 <= place < len(item.option_order)]
    assert mark_item(item, places) == mark_item(item, inside)


@given(papers, answers)
def test_answers_beyond_the_paper_are_ignored(paper, sheet):
    inside = {place: chosen for place, chosen in sheet.items() if 1 <= place <= len(paper)}
    assert mark_paper(paper, sheet) == mark_paper(paper, inside)


@given(items(), st.lists(st.integers(0, 9), max_size=5))
def test_a_question_thrown_out_earns_full_points_whatever_was_answered(item, places):
    thrown_out = Item(item.kind, item.key, item.option_order, item.points, credit_everyone=True)
    mark = mark_item(thrown_out, places)
    assert (mark.correct, mark.points) == (True, item.points)


@pytest.mark.parametrize(
    ("kind", "key", "chosen", "points"),
    [
        ("single", {1}, [1], 2),
        ("single", {1}, [0], 0),
        ("single", {1}, [0, 1], 0),
        ("multiple", {0, 2}, [2, 0], 2),
        ("multiple", {0, 2}, [0, 2, 2], 2),
        ("multiple", {0, 2}, [0], 0),  # half right is not right
        ("multiple", {0, 2}, [0, 1, 2], 0),  # nor is more than right
        ("true_false", {0}, [0], 2),
        ("true_false", {0}, [1], 0),
        ("single", set(), [1], 0),  # a question whose key was lost earns nobody anything
        ("single", set(), [], 0),
    ],
)
def test_all_or_nothing(kind, key, chosen, points):
    assert mark_item(Item(kind, frozenset(key), (0, 1, 2), Decimal(2)), chosen).points == points


def test_displayed_places_are_translated_to_the_bank():
    """Shown first is the bank's third option."""
    assert chosen_options((2, 0, 1), [0]) == {2}
    assert mark_item(Item("single", frozenset({2}), (2, 0, 1)), [0]).correct


def test_points_add_up_exactly():
    paper = [Item("single", frozenset({0}), (0, 1), Decimal("0.1"))] * 3
    assert mark_paper(paper, {1: [0], 2: [0], 3: [0]}).score == Decimal("0.3")
