"""Each verdict at its threshold and just beside it, and what it says of real tests."""

from math import nan

import numpy as np
import pytest

from scoring.items import Response
from scoring.statistics.suspects import Asked, Suspect, misleading_option, suspected
from scoring.statistics.verdicts import Verdict, verdict


def sign(strength, code="rival"):
    return Suspect("item", code, strength, 1)


def people(key_rest, rival_rest, rivals=20, left_open=0):
    """Sixty people chose the key A, some B; those who left it open are the best."""
    rows = [(0, key_rest + n % 5 / 100) for n in range(60)] + [(1, rival_rest + n % 5 / 100) for n in range(rivals)]
    chose = [Response(float(option == 0), rest, True, frozenset({option})) for option, rest in rows]
    return Asked(chose + [Response(0.0, 1.0, answered=False)] * left_open, (0,), 4)


@pytest.mark.parametrize(
    ("facility", "item_rest", "people", "expected"),
    [
        (0.6, 0.4, 29, "few"),
        (0.6, 0.4, 30, "good"),
        (0.90, 0.4, 100, "easy"),
        (0.899, 0.4, 100, "good"),
        (0.35, 0.4, 100, "good"),
        (0.349, 0.4, 100, "hard"),
        (0.6, 0.099, 1000, "confusing"),
        (0.6, 0.10, 1000, "good"),
        (0.6, -0.05, 30, "good"),  # its standard error is 0.185: it may well be 0.20
        (0.6, -0.15, 30, "confusing"),
        (0.2, -0.05, 200, "confusing"),  # hard because nobody knows what is meant
        (0.97, 0.02, 1000, "easy"),
        (1.0, nan, 100, "easy"),
        (0.0, nan, 100, "hard"),
    ],
)
def test_thresholds(facility, item_rest, people, expected):
    assert verdict(facility, item_rest, people) == expected


@pytest.mark.parametrize("code", ["rival", "negative", "below_chance"])
def test_only_a_sign_beyond_luck_makes_a_suspect(code):
    assert verdict(0.6, 0.4, 100, suspect=sign(3.0, code)) is Verdict.SUSPECT
    assert verdict(0.6, 0.4, 100, suspect=sign(2.9, code)) is Verdict.GOOD
    assert verdict(0.6, 0.4, 29, suspect=sign(9.0, code)) is Verdict.FEW


def test_a_distractor_that_draws_better_people_confuses():
    assert misleading_option(people(0.5, 0.56)) == 1
    assert misleading_option(people(0.5, 0.54)) is None
    assert misleading_option(people(0.5, 0.9, rivals=4)) is None  # four people are no pattern
    assert verdict(0.75, 0.3, 80, is_misleading=True) is Verdict.CONFUSING
    assert verdict(0.95, 0.3, 64, is_misleading=True) is Verdict.CONFUSING


def test_a_lead_within_luck_misleads_nobody():
    wide = [Response(0.0, rest, True, frozenset({1})) for rest in (0.2, 0.4, 0.6, 0.8, 1.0)]
    key = [Response(1.0, rest, True, frozenset({0})) for rest in (0.1, 0.3, 0.5, 0.7, 0.9)] * 6
    assert misleading_option(Asked(wide + key, (0,), 4)) is None


def test_leaving_it_open_is_no_distractor():
    assert misleading_option(people(0.5, 0.3, left_open=20)) is None


def test_the_same_question_is_judged_alike_on_a_short_and_on_a_long_paper():
    """The rest of a short paper says little of a person: what it hides is no fault of the question."""
    assert verdict(0.6, 0.09, 1000, rest_reliability=0.9) is Verdict.CONFUSING
    assert verdict(0.6, 0.09, 1000, rest_reliability=0.3) is Verdict.GOOD
    assert verdict(0.6, 0.0, 1000, rest_reliability=0.0) is Verdict.CONFUSING


def judged(random, slope, people=400):
    """A question of middling difficulty with three distractors that draw at random among the wrong."""
    ability = random.normal(0, 1, people)
    right = random.random(people) < 1 / (1 + np.exp(-slope * ability))
    rest = np.clip(0.6 + 0.15 * ability + random.normal(0, 0.1, people), 0, 1)
    chosen = np.where(right, 0, random.integers(1, 4, people))
    found = [
        Response(float(r), float(x), True, frozenset({int(c)})) for r, x, c in zip(right, rest, chosen, strict=True)
    ]
    asked = Asked(found, (0,), 4)
    item_rest, misleads = float(np.corrcoef(right, rest)[0, 1]), misleading_option(asked) is not None
    return verdict(float(right.mean()), item_rest, people, suspect=suspected(asked), is_misleading=misleads)


def test_sound_questions_are_good_and_those_answered_at_random_are_not():
    random = np.random.default_rng(6)
    sound = [judged(random, 1.0) for _ in range(200)]
    by_chance = [judged(random, 0.0) for _ in range(200)]
    assert sound.count(Verdict.GOOD) >= 198
    assert by_chance.count(Verdict.CONFUSING) + by_chance.count(Verdict.SUSPECT) >= 190
