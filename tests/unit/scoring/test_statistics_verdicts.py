"""Each verdict at its threshold and just beside it, and what it says of real tests."""

from math import nan

import numpy as np
import pytest

from scoring.items import Response
from scoring.statistics.distractors import distractor_table
from scoring.statistics.suspects import Asked, Suspect, suspected_keys
from scoring.statistics.verdicts import Verdict, verdict


def sign(strength, code="rival"):
    return Suspect("item", code, strength, 1)


def table(key_rest, rival_rest, rivals=20, left_open=0):
    """Sixty people chose the key A, some B; -1 and a high rest for those who left it open."""
    rows = [(0, key_rest)] * 60 + [(1, rival_rest)] * rivals
    people = [Response(float(option == 0), rest, True, frozenset({option})) for option, rest in rows]
    return distractor_table(people + [Response(0.0, 1.0, False)] * left_open, (0,), 4)


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
        (0.6, 0.05, 30, "good"),  # one standard error is 0.185: it may well be 0.20
        (0.6, 0.01, 30, "confusing"),
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
    assert verdict(0.75, 0.3, 80, table(0.5, 0.56)) is Verdict.CONFUSING
    assert verdict(0.75, 0.3, 80, table(0.5, 0.54)) is Verdict.GOOD
    assert verdict(0.95, 0.3, 64, table(0.5, 0.9, rivals=4)) is Verdict.EASY  # four people are no pattern


def test_leaving_it_open_is_no_distractor():
    assert verdict(0.6, 0.3, 100, table(0.5, 0.3, left_open=20)) is Verdict.GOOD


def test_a_key_that_nobody_chose_is_left_to_the_suspects():
    people = [Response(0.0, 0.5, True, frozenset({1}))] * 40
    assert verdict(0.0, nan, 40, distractor_table(people, (0,), 4)) is Verdict.HARD


def judged(random, slope, people=400):
    """A question of middling difficulty with three distractors that draw at random among the wrong."""
    ability = random.normal(0, 1, people)
    right = random.random(people) < 1 / (1 + np.exp(-slope * ability))
    rest = np.clip(0.6 + 0.15 * ability + random.normal(0, 0.1, people), 0, 1)
    chosen = np.where(right, 0, random.integers(1, 4, people))
    found = [
        Response(float(r), float(x), True, frozenset({int(c)})) for r, x, c in zip(right, rest, chosen, strict=True)
    ]
    signs = suspected_keys({"item": Asked(found, (0,), 4)})
    item_rest = float(np.corrcoef(right, rest)[0, 1])
    return verdict(
        float(right.mean()), item_rest, people, distractor_table(found, (0,), 4), signs[0] if signs else None
    )


def test_sound_questions_are_good_and_those_answered_at_random_are_not():
    random = np.random.default_rng(6)
    sound = [judged(random, 1.0) for _ in range(200)]
    by_chance = [judged(random, 0.0) for _ in range(200)]
    assert sound.count(Verdict.GOOD) >= 198
    assert by_chance.count(Verdict.CONFUSING) + by_chance.count(Verdict.SUSPECT) >= 190
