import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.collective import Contribution, UnitInfo, UnitResult, collective_table, headcount

#     1 province
#     ├── 2 commune: 4 school (5, 6 classes), 7 branch
#     └── 3 commune
TREE = {
    1: UnitInfo(None, None),
    2: UnitInfo(1, None),
    3: UnitInfo(1, 500),
    4: UnitInfo(2, None),
    5: UnitInfo(4, 40),
    6: UnitInfo(4, 35),
    7: UnitInfo(2, 25),
}


def part(unit, score=10, attempts=1):
    return Contribution(unit, Decimal(score), attempts)


@st.composite
def trees(draw):
    """Units in which each lies under an earlier one, or under none."""
    size = draw(st.integers(1, 12))
    counts = st.one_of(st.none(), st.integers(0, 50))
    return {
        unit: UnitInfo(draw(st.one_of(st.none(), st.integers(1, unit - 1))) if unit > 1 else None, draw(counts))
        for unit in range(1, size + 1)
    }


contributions = st.lists(st.builds(part, st.integers(1, 12), st.integers(0, 20), st.integers(1, 5)), max_size=15)


def below(unit, units):
    """The unit and all below it, found downwards."""
    children = [child for child, info in units.items() if info.parent == unit]
    return {unit}.union(*(below(child, units) for child in children))


@given(trees(), contributions)
def test_a_unit_has_what_all_below_it_did(units, parts):
    parts = [each for each in parts if each.unit in units]
    table = collective_table(parts, units)
    assert set(table) == set(units)
    for unit, row in table.items():
        inside = [each for each in parts if each.unit in below(unit, units)]
        assert row.participants == len(inside)
        assert row.attempts == sum(each.attempts for each in inside)
        assert row.total == sum((each.score for each in inside), Decimal(0))


@given(trees(), contributions)
def test_the_roots_together_have_everything(units, parts):
    parts = [each for each in parts if each.unit in units]
    table = collective_table(parts, units)
    roots = [table[unit] for unit, info in units.items() if info.parent is None]
    assert sum(row.participants for row in roots) == len(parts)
    assert sum(row.total for row in roots) == sum(each.score for each in parts)


@given(trees())
def test_a_headcount_is_the_units_own_or_the_whole_sum_below(units):
    for unit, info in units.items():
        children = [headcount(child, units) for child, other in units.items() if other.parent == unit]
        summed = sum(children) if children and None not in children else None
        assert headcount(unit, units) == (info.headcount if info.headcount is not None else summed)


def test_headcounts_roll_up_the_tree():
    assert [headcount(unit, TREE) for unit in TREE] == [600, 100, 500, 75, 40, 35, 25]


def test_one_class_without_a_headcount_leaves_its_school_without():
    units = TREE | {6: UnitInfo(4, None)}
    assert [headcount(unit, units) for unit in (4, 2, 1, 5)] == [None, None, None, 40]


def test_a_headcount_of_its_own_wins_over_the_sum():
    assert headcount(2, TREE | {2: UnitInfo(1, 90)}) == 90


def test_rates_and_averages():
    table = collective_table([part(5, 10), part(5, 9), part(6, 8)], TREE)
    assert (table[4].rate, table[4].average) == (3 / 75, Decimal("9.00"))
    assert (table[7].rate, table[7].average) == (0.0, None)
    assert UnitResult(1, None, participants=3).rate is None
    assert UnitResult(1, 0, participants=3).rate is None


@pytest.mark.parametrize(
    ("total", "people", "average"), [("16.25", 2, "8.13"), ("16.27", 2, "8.14"), ("20", 3, "6.67"), ("10", 3, "3.33")]
)
def test_an_average_rounds_halves_up_like_a_spreadsheet(total, people, average):
    assert UnitResult(1, None, people, people, Decimal(total)).average == Decimal(average)


def test_people_of_an_unknown_unit_are_in_no_table():
    assert all(row.participants == 0 for row in collective_table([part(99)], TREE).values())


def test_a_unit_above_itself_is_refused_rather_than_climbed_for_ever():
    with pytest.raises(ValueError, match="above itself"):
        collective_table([part(1)], {1: UnitInfo(2, None), 2: UnitInfo(1, None)})


def test_a_province_of_ten_thousand_classes_takes_no_time():
    schools = {school: UnitInfo(1, None) for school in range(2, 502)}
    classes = {1_000 + n: UnitInfo(2 + n % 500, 40) for n in range(10_000)}
    units = {1: UnitInfo(None, None)} | schools | classes
    began = time.perf_counter()
    table = collective_table([part(1_000 + n) for n in range(10_000)], units)
    assert time.perf_counter() - began < 2
    assert (table[1].headcount, table[1].participants, table[2].headcount) == (400_000, 10_000, 800)
