"""How questions did: worked examples, a published reference, and keys that are wrong on purpose."""

import csv
import os
from pathlib import Path
from random import Random

import pytest

from scoring.items import Response, discrimination, leads, mean_share
from scoring.statistics.suspects import Asked, suspected

PSYCHOMETRICS = Path(os.environ.get("CONTEST_SHARED_DATA", "../shared/data")) / "psychometrics"


def doubt(responses, key, options):
    return suspected(Asked(responses, key, options))


def contestants(count=200, *, wrong_key=False, seed=1):
    """Able people pick option 1, the others guess among four; the key says 1, or wrongly 2."""
    random = Random(seed)
    responses = []
    for _ in range(count):
        rest = random.random()
        chosen = 1 if random.random() < rest else random.randrange(4)
        share = float(chosen == (2 if wrong_key else 1))
        responses.append(Response(share, rest, True, frozenset({chosen})))
    return responses


def test_a_sound_question_discriminates_and_raises_no_doubt():
    responses = contestants()
    assert 0.3 < discrimination(responses) < 0.9
    assert doubt(responses, {1}, 4) is None
    assert mean_share(responses) == pytest.approx(sum(one.share for one in responses) / 200)


def test_a_wrong_key_is_told_by_its_rival():
    responses = contestants(wrong_key=True)
    assert discrimination(responses) < 0
    assert doubt(responses, {2}, 4).option == 1


def test_a_key_nobody_finds_is_below_chance():
    responses = [Response(0.0, n % 2 * 0.5, True, frozenset({n % 3})) for n in range(60)]
    assert doubt(responses, {3}, 4).code == "below_chance"
    typed = [Response(float(n < 3), 0.5) for n in range(60)]
    assert doubt(typed, {0}, 4).code == "below_chance"
    assert doubt(typed, (), 0) is None


def test_who_left_a_question_open_did_not_guess():
    """One in five came so far, and most of them knew it."""
    reached = [Response(float(n % 10 < 7), 0.5, True, frozenset({int(n % 10 >= 7)})) for n in range(80)]
    left_open = [Response(0.0, 0.5, answered=False)] * 320
    assert doubt(reached + left_open, {0}, 4) is None


def test_a_few_who_chose_the_key_are_no_measure_for_a_rival():
    """All-or-nothing questions with several right options have few who found the whole key, by luck or not."""
    others = [Response(0.0, 0.61, True, frozenset({1 + n % 3})) for n in range(34)]
    found_it = Response(1.0, 0.50, True, frozenset({0}))
    assert leads([*others, *[found_it] * 4], {0}) == {}
    assert set(leads([*others, *[found_it] * 5], {0})) == {1, 2, 3}


def test_where_nobody_chose_the_key_the_others_stand_in():
    better = [Response(0.0, 0.70 + n % 5 / 100, True, frozenset({1})) for n in range(20)]
    others = [Response(0.0, 0.40 + n % 5 / 100, True, frozenset({2})) for n in range(20)]
    assert set(leads(better + others, {0})) == {1}
    assert leads(better, {0}) == {}


def test_a_lead_of_few_is_worth_less_than_its_statistic():
    """Welch's statistic of 5 against 5 is no normal deviate: 2.9 there is 2.3 here (t with 8 degrees of freedom)."""

    def side(mean, option):
        return [Response(0.0, mean + step, True, frozenset({option})) for step in (-0.1, -0.05, 0, 0.05, 0.1)]

    (lead,) = leads(side(0.5 + 0.145, 1) + side(0.5, 0), {0}).values()
    assert lead == pytest.approx(2.326, abs=0.01)


def test_few_answers_prove_nothing():
    assert doubt(contestants(29, wrong_key=True), {2}, 4) is None
    assert discrimination(contestants(9)) is None
    assert discrimination([Response(1.0, 0.5)] * 50) is None
    assert mean_share([]) == 0.0


@pytest.mark.parametrize("name", ["CTTdata", "HCI", "LSAT6"])
def test_published_item_statistics(name):
    """psych 2.2.9 and CTT 2.3.3: proportion right and the point-biserial without the item."""
    if not PSYCHOMETRICS.exists():
        pytest.skip(f"{PSYCHOMETRICS} is not here: set CONTEST_SHARED_DATA")
    with (PSYCHOMETRICS / f"{name}_responses.csv").open() as file:
        rows = list(csv.DictReader(file))
    with (PSYCHOMETRICS / f"reference_items_{name}.csv").open() as file:
        expected = {row["item"]: row for row in csv.DictReader(file)}
    key_file = PSYCHOMETRICS / f"{name}_key.csv"
    key = {}
    if key_file.exists():
        with key_file.open() as file:
            key = dict(zip(expected, (row["key"] for row in csv.DictReader(file)), strict=True))
    # LSAT6 is scored already, and its columns are named otherwise in the reference: the order is the same
    scores = [
        {item: float(given == key.get(item, "1")) for item, given in zip(expected, row.values(), strict=True)}
        for row in rows
    ]
    for item, reference in expected.items():
        others = len(expected) - 1
        responses = [Response(one[item], (sum(one.values()) - one[item]) / others) for one in scores]
        assert mean_share(responses) == pytest.approx(float(reference["p"]), abs=1e-9)
        assert discrimination(responses) == pytest.approx(float(reference["item_rest_r"]), abs=1e-6)
