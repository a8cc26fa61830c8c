"""What two papers share: by the formula, and counted on papers really drawn."""

import itertools
from statistics import fmean

import pytest

from question_bank.draw import Candidate, Cell, draw, prepare
from question_bank.exposure import exposure


def candidates(count, topic="A", level="", start=0):
    return [Candidate(start + n, (topic,), level, 4) for n in range(count)]


def test_ten_of_a_hundred():
    found = exposure(prepare(candidates(100), [Cell(10)]))
    assert (found.pool_size, found.drawn, found.lines[0].available) == (100, 10, 100)
    assert found.shared == pytest.approx(1.0)
    assert found.chance == pytest.approx(1 - 0.3304762, abs=1e-6)  # C(90,10)/C(100,10)


def test_a_pool_as_small_as_the_paper_is_shared_whole():
    found = exposure(prepare(candidates(10), [Cell(10)]))
    assert (found.shared, found.chance) == (pytest.approx(10.0), 1.0)


@pytest.mark.parametrize(
    "cells",
    [
        [Cell(4, ("A",)), Cell(3, ("B",))],
        [Cell(4, ("A",)), Cell(3)],
        [Cell(2, ("A",), "recognition"), Cell(3, ("A",)), Cell(2)],
    ],
)
def test_papers_really_drawn_share_as_much(cells):
    pool = prepare([*candidates(20, "A"), *candidates(10, "A", "recognition", 20), *candidates(25, "B", "", 30)], cells)
    papers = [{item.question_id for item in draw(pool, bytes([n // 256, n % 256]) * 16)} for n in range(1200)]
    overlaps = [len(one & other) for one, other in itertools.pairwise(papers)]
    found = exposure(pool)
    assert found.shared == pytest.approx(fmean(overlaps), rel=0.1)
    assert found.chance == pytest.approx(fmean(overlap > 0 for overlap in overlaps), abs=0.06)


def test_lines_come_in_the_blueprint_s_order():
    pool = prepare([*candidates(3, "A"), *candidates(30, "B", "", 10)], [Cell(2, ("B",)), Cell(1, ("A",))])
    assert [(line.wanted, line.available) for line in exposure(pool).lines] == [(2, 30), (1, 3)]
