"""Nobody can be found in a group that is too small."""

from hypothesis import given
from hypothesis import strategies as st

from contest_app.evaluation.small_groups import FEWEST, Group, shown

SIZES = st.lists(st.integers(0, 12), max_size=8)


def groups(sizes):
    return [Group(str(n), f"nhóm {n}", size, 2 * size, size / 2, size) for n, size in enumerate(sizes)]


@given(SIZES)
def test_no_small_group_is_told_and_none_follows_from_the_total(sizes):
    found = shown(groups(sizes))
    assert all(one.people is None or one.people >= FEWEST for one in found)
    told = sum(one.people for one in found if one.people)
    if sum(sizes) >= FEWEST:
        assert told == sum(sizes)  # nobody is lost, and what is missing is never a small remainder
    else:
        assert told == 0


@given(SIZES)
def test_large_groups_keep_their_order_and_numbers(sizes):
    alone = [one for one in shown(groups(sizes)) if one.code]
    assert [int(one.code) for one in alone] == sorted(int(one.code) for one in alone)
    assert all(one.people == sizes[int(one.code)] and one.attempts == 2 * one.people for one in alone if one.people)


def test_one_small_group_takes_the_next_smallest_with_it():
    assert [(one.code, one.people) for one in shown(groups([30, 6, 2]))] == [("0", 30), ("", 8)]


def test_attempts_of_a_group_without_people_are_not_lost():
    phone, tablet = Group("phone", "", 6, 6), Group("tablet", "", 0, 1)
    assert [(one.code, one.people, one.attempts) for one in shown([phone, tablet])] == [("", 6, 7)]
    assert shown([phone, Group("tablet", "", 0, 0)])[0].code == "phone"


def test_small_groups_that_are_five_together_stand_alone():
    assert [(one.code, one.people) for one in shown(groups([30, 3, 2, 6]))] == [("0", 30), ("3", 6), ("", 5)]
