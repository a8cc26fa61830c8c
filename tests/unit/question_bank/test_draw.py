from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.draw import Candidate, Cell, PaperItem, Pool, Shortage, draw, prepare, shortages

TOPICS = [(), ("A",), ("A", "x"), ("A", "y"), ("B",), ("B", "z")]
LEVELS = ["", "recognition", "application"]
SEEDS = [bytes([n]) for n in range(20)]


def bank(size, topic=(), level="recognition", first=1):
    return [Candidate(number, topic, level, 4) for number in range(first, first + size)]


@st.composite
def candidates(draw_from, levels=tuple(LEVELS[1:])):
    size = draw_from(st.integers(0, 40))
    return [
        Candidate(
            id=number,
            topic=draw_from(st.sampled_from(TOPICS)),
            level=draw_from(st.sampled_from(levels)),
            option_count=(count := draw_from(st.integers(2, 6))),
            fixed_options=tuple(sorted(draw_from(st.sets(st.integers(0, count - 1))))),
        )
        for number in range(1, size + 1)
    ]


cells = st.builds(Cell, st.integers(0, 3), st.sampled_from(TOPICS), st.sampled_from(LEVELS))
blueprints = st.lists(cells, min_size=1, max_size=4)
seeds = st.binary(min_size=1, max_size=32)


@given(candidates(), blueprints, seeds)
def test_a_pool_without_shortages_always_fills_the_blueprint(bank, blueprint, seed):
    pool = prepare(bank, blueprint)
    if shortages(pool):
        return
    paper = draw(pool, seed)
    ids = [item.question_id for item in paper]
    assert len(ids) == len(set(ids)) == sum(cell.count for cell in blueprint)


@given(candidates(), blueprints, seeds)
def test_each_cell_gets_exactly_its_questions(bank, blueprint, seed):
    pool = prepare(bank, blueprint)
    if shortages(pool):
        return
    known = {candidate.id: candidate for candidate in bank}
    paper = [known[item.question_id] for item in draw(pool, seed, shuffle_questions=False)]
    for cell in blueprint:  # unshuffled, the parts come as the blueprint lists them
        part, paper = paper[: cell.count], paper[cell.count :]
        assert all(cell.covers(candidate) for candidate in part)
    assert paper == []


@given(candidates(), blueprints, seeds, st.randoms(use_true_random=False))
def test_the_paper_depends_on_the_seed_and_not_on_the_order_of_the_bank(bank, blueprint, seed, chance):
    pool = prepare(bank, blueprint)
    if shortages(pool):
        return
    mixed = list(bank)
    chance.shuffle(mixed)
    assert draw(prepare(mixed, blueprint), seed) == draw(pool, seed)


@given(candidates(), seeds)
def test_options_are_permuted_and_fixed_ones_stay(bank, seed):
    known = {candidate.id: candidate for candidate in bank}
    for item in draw(prepare(bank, [Cell(len(bank))]), seed):
        candidate = known[item.question_id]
        assert sorted(item.option_order) == list(range(candidate.option_count))
        assert all(item.option_order[place] == place for place in candidate.fixed_options)


@given(candidates(), seeds)
def test_options_that_are_not_shuffled_stay_as_written(bank, seed):
    paper = draw(prepare(bank, [Cell(len(bank))]), seed, shuffle_options=False)
    assert all(item.option_order == tuple(range(len(item.option_order))) for item in paper)


@given(candidates(), blueprints, seeds)
def test_a_pool_never_gives_a_short_paper(bank, blueprint, seed):
    """Where a shortage was overlooked, drawing refuses: it never leaves questions out."""
    try:
        paper = draw(prepare(bank, blueprint), seed)
    except ValueError:
        assert shortages(prepare(bank, blueprint))
        return
    assert len(paper) == sum(cell.count for cell in blueprint)


tree_cells = st.builds(Cell, st.integers(0, 4), st.sampled_from(TOPICS))


@given(candidates(levels=("recognition",)), st.lists(tree_cells, min_size=1, max_size=5))
def test_among_cells_of_a_topic_tree_a_shortage_is_a_real_one(bank, blueprint):
    """By Hall's theorem: some cell and all cells inside it together ask for more than it holds."""
    pool = prepare(bank, blueprint)
    members = [{candidate.id for candidate in candidates} for _, candidates in pool.cells]
    asked = [
        sum(inner.count for (inner, _), theirs in zip(pool.cells, members, strict=True) if theirs <= mine)
        for mine in members
    ]
    impossible = any(count > len(mine) for count, mine in zip(asked, members, strict=True))
    assert bool(shortages(pool)) == impossible


def test_a_cell_with_too_few_questions_is_short_by_how_many_there_are():
    cell = Cell(3, ("A",))
    assert shortages(prepare(bank(2, ("A",)), [cell])) == [Shortage(cell, available=2)]


def test_a_cell_without_any_question_is_short():
    cell = Cell(1, level="advanced")
    assert shortages(prepare(bank(9), [cell])) == [Shortage(cell, available=0)]


def test_exactly_enough_is_no_shortage():
    assert shortages(prepare(bank(3, ("A",)), [Cell(3, ("A",))])) == []


@pytest.mark.parametrize("any_first", [True, False])
def test_a_wide_cell_leaves_the_narrow_one_its_questions(any_first):
    """Seven of any ten and three of the nine in A: only when A draws first is it sure to work."""
    pair = [Cell(7), Cell(3, ("A",))] if any_first else [Cell(3, ("A",)), Cell(7)]
    pool = prepare([*bank(9, ("A",)), *bank(1, ("B",), first=10)], pair)
    assert shortages(pool) == []
    assert all(len(draw(pool, seed)) == 10 for seed in SEEDS)


def test_the_same_cell_twice_shares_its_questions():
    twice = [Cell(2, ("A",)), Cell(2, ("A",))]
    assert shortages(prepare(bank(4, ("A",)), twice)) == []
    assert shortages(prepare(bank(3, ("A",)), twice)) == [Shortage(twice[1], available=1)]


def test_questions_two_earlier_cells_share_are_not_counted_twice():
    """Of the eight easy ones only three lie in A, whatever the two cells of A ask for."""
    blueprint = [Cell(3, ("A",)), Cell(3, ("A",)), Cell(4, level="recognition")]
    easy_in_a, hard_in_a = bank(3, ("A",)), bank(4, ("A",), "application", first=20)
    pool = prepare([*easy_in_a, *hard_in_a, *bank(5, ("B",), first=40)], blueprint)
    assert shortages(pool) == []
    assert all(len(draw(pool, seed)) == 10 for seed in SEEDS)


def test_crossing_cells_are_judged_on_the_safe_side():
    """Topic A and "easy" share two questions: unlucky draws would leave the second cell with one."""
    blueprint = [Cell(2, ("A",)), Cell(2, level="recognition")]
    shared, hard, easy = bank(2, ("A",)), bank(1, ("A",), "application", 10), bank(1, ("B",), first=20)
    pool = prepare([*shared, *hard, *easy], blueprint)
    assert [short.available for short in shortages(pool)] == [1]


def test_drawing_from_a_short_pool_is_refused():
    with pytest.raises(ValueError, match="has only 1 questions left"):
        draw(prepare(bank(1), [Cell(2)]), b"seed")


def test_a_candidate_listed_twice_counts_once():
    pool = prepare([*bank(2), *bank(2)], [Cell(2)])
    assert pool.size == 2
    assert sorted(item.question_id for item in draw(pool, b"seed")) == [1, 2]


def test_an_empty_blueprint_gives_an_empty_paper():
    assert draw(prepare(bank(3), []), b"seed") == []


def test_a_pool_made_without_places_keeps_the_order_of_its_cells():
    pool = Pool(((Cell(1), tuple(bank(1))), (Cell(1), tuple(bank(1, first=2)))))
    assert [item.question_id for item in draw(pool, b"seed", shuffle_questions=False)] == [1, 2]


def test_the_paper_is_the_published_one():
    """From an implementation of the recipe written apart from ours; it must never drift."""
    candidates = [
        Candidate(
            number,
            ("A",) if number <= 6 else ("B",),
            "recognition" if number <= 3 else "application",
            option_count=4,
            fixed_options=(3,) if number % 2 == 0 else (),
        )
        for number in range(1, 13)
    ]
    blueprint = [Cell(2), Cell(2, ("A",)), Cell(1, ("A",), "recognition")]
    assert draw(prepare(candidates, blueprint), bytes.fromhex("0f" * 32)) == [
        PaperItem(6, (2, 0, 1, 3)),
        PaperItem(4, (2, 0, 1, 3)),
        PaperItem(3, (2, 3, 0, 1)),
        PaperItem(1, (3, 2, 0, 1)),
        PaperItem(12, (0, 2, 1, 3)),
    ]


def test_every_question_and_every_place_of_the_key_is_equally_likely():
    pool = prepare(bank(10), [Cell(3)])
    papers = [draw(pool, f"uniform {n}".encode()) for n in range(4_000)]
    drawn = Counter(item.question_id for paper in papers for item in paper)
    assert sum((drawn[n] - 1_200) ** 2 / 1_200 for n in range(1, 11)) < 27.88  # 9 degrees, one in 1,000
    places = Counter(item.option_order.index(0) for paper in papers for item in paper)
    assert sum((places[n] - 3_000) ** 2 / 3_000 for n in range(4)) < 16.27  # 3 degrees, one in 1,000


@pytest.mark.parametrize("kind", ["ordering", "matching"])
def test_what_its_order_would_tell_is_always_shuffled(kind):
    candidate = Candidate(1, (), "recognition", 3, fixed_options=(0, 1, 2), kind=kind)
    pool = prepare([candidate], [Cell(1)])
    for number in range(60):
        (item,) = draw(pool, bytes([number]) * 32, shuffle_options=False)
        assert sorted(item.option_order) == [0, 1, 2]
        assert item.option_order != (0, 1, 2)
    two = prepare([Candidate(1, (), "recognition", 1, kind=kind)], [Cell(1)])
    assert draw(two, b"seed")[0].option_order == (0,)
