"""Two groups of known abilities who drew from different pools: the difference must come out again."""

from functools import cache
from math import sqrt

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import t as student

from scoring.statistics.linking import common_questions, rasch_shift
from scoring.statistics.response_models import rasch
from scoring.statistics.table import Reason, from_matrix

COMMON = tuple((15 + place, place) for place in range(15))  # of pools of thirty each
BACK = tuple((new, old) for old, new in COMMON)
NODES = np.linspace(-6, 6, 241)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
DIFFICULTY = np.random.default_rng(11).normal(0, 1, 45)
RISE = 0.5  # logits


def group(seed, difficulty, people, mean, length=12):
    """A table of people who drew ``length`` questions each; abilities normal (mean, 1)."""
    random = np.random.default_rng(seed)
    ability = random.normal(mean, 1, people)
    marks = (random.random((people, len(difficulty))) < expit(ability[:, None] - difficulty)).astype(float)
    np.put_along_axis(marks, random.random(marks.shape).argsort(axis=1)[:, length:], np.nan, axis=1)
    return from_matrix(marks)


@cache
def groups(rise, seed=1, drift=0.0):
    later = DIFFICULTY[15:].copy()
    later[3] += drift
    return group(seed, DIFFICULTY[:30], 600, 0.0), group(seed + 1, later, 900, rise)


@cache
def models(rise, seed=1, drift=0.0):
    return tuple(rasch(table) for table in groups(rise, seed, drift))


def true_difference(rise):
    """Of the mean facilities of the common questions, from the model itself."""
    chance = [(WEIGHTS * (expit(rise + NODES - hard) - expit(NODES - hard))).sum() for hard in DIFFICULTY[15:30]]
    return float(np.mean(chance))


@pytest.mark.parametrize("seed", [1, 20])
def test_common_questions_find_the_difference_again(seed):
    found = common_questions(*groups(RISE, seed), COMMON)
    assert (found.questions, found.people_before, found.people_now) == (15, 600, 900)
    assert abs(found.difference - true_difference(RISE)) < 2 * found.standard_error < 0.06
    assert found.difference == pytest.approx(found.now - found.before)
    assert 0 < found.low < true_difference(RISE) < found.high


@pytest.mark.parametrize("seed", [1, 20])
def test_linking_finds_the_rise_again(seed):
    found = rasch_shift(*models(RISE, seed), COMMON)
    assert (found.items + found.drifting, found.drifting) == (15, 0)
    assert abs(found.shift - RISE) < 2 * found.standard_error < 0.25
    assert 0 < found.low < RISE < found.high


def test_groups_alike_differ_by_about_nothing():
    by_common, by_model = common_questions(*groups(0.0), COMMON), rasch_shift(*models(0.0), COMMON)
    assert by_common.low < 0 < by_common.high
    assert by_model.low < 0 < by_model.high
    same = groups(0.0)[0], models(0.0)[0]
    itself = [(item, item) for item in range(30)]
    assert common_questions(same[0], same[0], itself).difference == 0
    assert rasch_shift(same[1], same[1], itself).shift == 0


def test_swapping_the_sides_changes_the_sign_only():
    tables, fitted = groups(RISE), models(RISE)
    for there, back in (
        (common_questions(*tables, COMMON), common_questions(*tables[::-1], BACK)),
        (rasch_shift(*fitted, COMMON), rasch_shift(*fitted[::-1], BACK)),
    ):
        assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
        assert back.standard_error == pytest.approx(there.standard_error)


def test_a_question_that_became_easier_by_itself_is_found_and_left_out():
    found = rasch_shift(*models(RISE, drift=-1.5), COMMON)
    assert found.drifted == (COMMON[3],)
    assert (found.items, found.drifting) == (14, 1)
    assert abs(found.shift - RISE) < 2 * found.standard_error


@pytest.mark.parametrize("seed", [1, 20, 40])
def test_questions_that_leaked_together_do_not_pull_the_others_along(seed):
    """Three of ten common questions became easier by two logits; nobody knows more than before."""
    leaked = DIFFICULTY[15:].copy()
    leaked[:3] -= 2
    tables = group(seed, DIFFICULTY[:30], 1500, 0.0), group(seed + 1, leaked, 1500, 0.0)
    found = rasch_shift(*map(rasch, tables), COMMON[:10])
    assert set(COMMON[:3]) <= set(found.drifted)
    assert found.items >= 6
    assert abs(found.shift) < 3 * found.standard_error
    assert common_questions(*tables, COMMON[:10]).low > 0  # which is why the plain shares alone must not decide


def test_ninety_five_of_a_hundred_intervals_hold_the_difference():
    """Questions answered by some thirty people each, several by each person."""
    truth = true_difference(RISE)
    held = []
    for seed in range(400):
        tables = group(2 * seed, DIFFICULTY[15:30], 80, 0.0, 6), group(2 * seed + 1, DIFFICULTY[15:30], 60, RISE, 6)
        found = common_questions(*tables, [(item, item) for item in range(15)])
        held.append(found.low <= truth <= found.high)
    assert 0.92 <= np.mean(held) <= 0.975


def test_drawing_a_question_more_often_changes_nothing():
    """An easy and a hard question of equal facility in both groups, drawn in opposite proportions."""

    def side(easy_answers, hard_answers):
        blocks = [np.resize([1.0] * 9 + [0.0], easy_answers), np.resize([0.0] * 8 + [1.0] * 2, hard_answers)]
        marks = np.full((easy_answers + hard_answers, 6), np.nan)
        marks[:easy_answers, 0], marks[easy_answers:, 1] = blocks
        marks[:10, 2:] = np.eye(10)[:, :4]
        return from_matrix(marks)

    found = common_questions(side(400, 20), side(20, 400), [(item, item) for item in range(6)])
    assert found.difference == pytest.approx(0)
    assert found.low < 0 < found.high


def test_with_one_common_paper_the_error_is_that_of_two_means():
    """Everybody had everything: the same as Welch's comparison of the persons' mean shares."""
    random = np.random.default_rng(4)
    marks = [(random.random((people, 6)) < random.random((people, 1))).astype(float) for people in (40, 90)]
    found = common_questions(*map(from_matrix, marks), [(item, item) for item in range(6)])
    old, new = (one.mean(axis=1) for one in marks)
    first, second = old.var(ddof=1) / 40, new.var(ddof=1) / 90
    assert found.difference == pytest.approx(new.mean() - old.mean())
    assert found.standard_error == pytest.approx(sqrt(first + second))
    degrees = (first + second) ** 2 / (first**2 / 39 + second**2 / 89)
    assert found.high - found.difference == pytest.approx(student.ppf(0.975, degrees) * sqrt(first + second))


def test_where_all_were_right_on_both_sides_nobody_is_sure_of_no_difference():
    table = from_matrix(np.ones((12, 5)))
    found = common_questions(table, table, [(item, item) for item in range(5)])
    assert found.difference == 0
    assert -0.4 < found.low < -0.1 < 0.1 < found.high < 0.4


def test_reasons():
    rare = from_matrix(np.where(np.arange(40)[:, None] < 9, [np.nan, 1, 1, 1, 1], 1.0)[:18])
    pairs = [(item, item) for item in range(5)]
    assert common_questions(rare, rare, pairs) is Reason.TOO_FEW_ITEMS
    assert common_questions(*groups(RISE), COMMON[:4]) is Reason.TOO_FEW_ITEMS
    assert rasch_shift(*models(RISE), COMMON[:4]) is Reason.TOO_FEW_ITEMS
    assert rasch_shift(*models(RISE, drift=-1.5), COMMON[1:6]) is Reason.ITEMS_DRIFT
    assert rasch_shift(*models(RISE), ()) is Reason.TOO_FEW_ITEMS
    assert common_questions(*groups(RISE), ()) is Reason.TOO_FEW_ITEMS
