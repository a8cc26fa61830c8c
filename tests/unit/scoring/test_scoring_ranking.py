from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranking import Entry, RankKey, rank, sort_value

START = datetime(2026, 2, 3, 7, tzinfo=UTC)


def entry(number, score=10, seconds=60, hour=0, attempts=1, off=None, lot=""):
    return Entry(number, Decimal(score), Decimal(seconds), START + timedelta(hours=hour), attempts, off, lot)


small = st.integers(0, 2)
entries = st.builds(
    Entry,
    id=st.integers(1, 999),
    score=small.map(Decimal),
    seconds=small.map(Decimal),
    submitted_at=small.map(lambda hour: START + timedelta(hours=hour)),
    attempts=st.integers(1, 3),
    prediction_distance=st.one_of(st.none(), small),
    lot=st.sampled_from(["", "0a", "ff"]),
)
fields = st.lists(entries, max_size=12, unique_by=lambda each: each.id)
chains = st.lists(st.sampled_from(RankKey), unique=True, max_size=6)


def behind(first, second, chain):
    """Whether the second stands behind the first: told by ranking just the two."""
    return rank([first, second], chain)[-1].rank == 2 and rank([first, second], chain)[-1].entry is second


def tied(first, second, chain):
    return [ranked.rank for ranked in rank([first, second], chain)] == [1, 1]


@given(entries, entries, chains)
def test_of_two_one_is_ahead_or_they_are_equal(first, second, chain):
    assert [behind(first, second, chain), behind(second, first, chain), tied(first, second, chain)].count(True) == 1


@given(entries, entries, entries, chains)
def test_who_beats_the_winner_beats_the_loser(first, second, third, chain):
    not_ahead = [(a, b) for a, b in ((first, second), (second, third)) if behind(b, a, chain)]
    if not not_ahead:
        assert not behind(third, first, chain)


@given(fields, chains, st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_input(field, chain, chance):
    mixed = list(field)
    chance.shuffle(mixed)
    assert rank(mixed, chain) == rank(iter(field), chain)


@given(fields, chains)
def test_a_rank_is_one_more_than_the_number_ahead(field, chain):
    """Competition ranking, counted without sorting."""
    for ranked in rank(field, chain):
        ahead = sum(sort_value(other, chain) < sort_value(ranked.entry, chain) for other in field)
        assert ranked.rank == ahead + 1


@given(fields, chains)
def test_the_deciding_key_is_the_first_that_differs(field, chain):
    table = rank(field, chain)
    assert [ranked.decided_by for ranked in table[:1]] in ([], [None])
    for above, below in pairwise(table):
        differing = [key for key in chain if sort_value(above.entry, [key]) != sort_value(below.entry, [key])]
        assert below.decided_by == (differing[0] if differing else None)
        assert (below.decided_by is None) == (above.rank == below.rank)


@given(fields, chains)
def test_everyone_is_ranked_once(field, chain):
    assert sorted(ranked.entry.id for ranked in rank(field, chain)) == sorted(each.id for each in field)


AHEAD = {
    RankKey.SCORE: (entry(2, score="9.75"), entry(1, score="9.5")),
    RankKey.PREDICTION: (entry(2, off=3), entry(1, off=4)),
    RankKey.TIME: (entry(2, seconds="59.999"), entry(1, seconds=60)),
    RankKey.EARLIER: (entry(2, hour=1), entry(1, hour=2)),
    RankKey.FEWER_ATTEMPTS: (entry(2, attempts=1), entry(1, attempts=2)),
    RankKey.LOT: (entry(2, lot="0f"), entry(1, lot="f0")),
}


@pytest.mark.parametrize("key", RankKey)
def test_each_key_says_who_is_ahead(key):
    first, second = AHEAD[key]
    table = rank([second, first], [key])
    assert [(ranked.rank, ranked.entry.id, ranked.decided_by) for ranked in table] == [(1, 2, None), (2, 1, key)]


@pytest.mark.parametrize("chain", list(permutations(RankKey, 2)))
def test_a_key_decides_where_those_before_it_are_equal(chain):
    better, worse = AHEAD[chain[-1]]
    table = rank([worse, better], chain)
    assert [ranked.entry.id for ranked in table] == [2, 1]
    assert table[1].decided_by is chain[-1]


def test_the_chain_works_in_any_order():
    """Two who differ in everything: the one ahead by the first key of the chain is ahead."""
    one = entry(1, score=10, seconds=99, hour=0, attempts=2, off=0, lot="ff")
    two = entry(2, score=9, seconds=10, hour=5, attempts=1, off=7, lot="00")
    for chain in permutations(RankKey):
        one_leads = chain[0] in {RankKey.SCORE, RankKey.EARLIER, RankKey.PREDICTION}
        table = rank([two, one], chain)
        assert table[0].entry is (one if one_leads else two)
        assert table[1].decided_by is chain[0]


def test_the_earlier_key_outweighs_the_later():
    fast, exact = entry(1, seconds=10, off=9), entry(2, seconds=99, off=0)
    assert [r.entry.id for r in rank([fast, exact], [RankKey.PREDICTION, RankKey.TIME])] == [2, 1]
    assert [r.entry.id for r in rank([fast, exact], [RankKey.TIME, RankKey.PREDICTION])] == [1, 2]


def test_equal_ranks_leave_a_gap_behind_them():
    table = rank([entry(1, 10), entry(2, 9), entry(3, 9), entry(4, 8)], [RankKey.SCORE])
    assert [ranked.rank for ranked in table] == [1, 2, 2, 4]
    assert [ranked.decided_by for ranked in table] == [None, RankKey.SCORE, None, RankKey.SCORE]


def test_no_guess_stands_behind_every_guess():
    table = rank([entry(1, off=None), entry(2, off=10**9), entry(3, off=0)], [RankKey.PREDICTION])
    assert [ranked.entry.id for ranked in table] == [3, 2, 1]


def test_scores_written_with_more_zeros_are_equal():
    assert [ranked.rank for ranked in rank([entry(1, "9.50"), entry(2, "9.5")], [RankKey.SCORE])] == [1, 1]


def test_without_a_chain_all_are_equal_and_without_people_there_is_no_table():
    assert [ranked.rank for ranked in rank([entry(2), entry(1, 0)], [])] == [1, 1]
    assert rank([], list(RankKey)) == []
