"""Keys made wrong on purpose must come first, and sound ones must not be accused."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.items import Response
from scoring.response_file import read_key, read_responses
from scoring.statistics.report import report
from scoring.statistics.suspects import Asked, evidence, suspected_keys


def asked(chosen_by_rest, key=0, options=4):
    """Responses from (rest, option) pairs; the key's choosers get the point."""
    responses = [Response(float(option == key), rest, True, frozenset({option})) for rest, option in chosen_by_rest]
    return Asked(responses, (key,), options)


def spread(mean, option, count):
    return [(mean + 0.1 * (n % 5 - 2) / 2, option) for n in range(count)]


SOUND = spread(0.7, 0, 40) + spread(0.4, 1, 20) + spread(0.4, 2, 20)
WRONG_KEY = spread(0.7, 1, 40) + spread(0.4, 0, 20) + spread(0.4, 2, 20)
TOO_HARD = spread(0.5, 1, 40) + spread(0.5, 2, 40) + spread(0.5, 0, 4)


def test_a_rival_comes_before_bad_luck_and_a_sound_key_is_not_named():
    found = suspected_keys({"sound": asked(SOUND), "hard": asked(TOO_HARD), "wrong": asked(WRONG_KEY)})
    assert [(one.item, one.code, one.option) for one in found] == [("wrong", "rival", 1), ("hard", "below_chance", -1)]
    assert found[0].is_beyond_luck
    assert evidence(found[0], "ABCD", "A") == (
        "40 chose B and earned 70 % of the rest, while 20 chose the key A and earned 40 %."
    )
    assert evidence(found[1]) == "Only 5 % of 84 who answered have it right, where blind guessing gives 25 %."


def test_marks_without_options_can_only_go_against_the_rest():
    responses = [Response(float(n % 2), 0.6 - 0.4 * (n % 2) + n % 7 / 50) for n in range(60)]
    (found,) = suspected_keys({"typed": Asked(responses)})
    assert found.code == "negative"
    assert evidence(found).startswith("Those who did better on the rest did worse here: item-rest correlation -0.9")


def test_a_key_that_nobody_chose_has_nobody_to_compare_with():
    (found,) = suspected_keys({"none": asked(spread(0.7, 1, 40), key=0)})
    assert (found.code, found.values["facility"]) == ("below_chance", 0)
    (found,) = suspected_keys({"none": asked(spread(0.7, 1, 40) + spread(0.4, 2, 40), key=0)})
    assert found.code == "rival"
    assert evidence(found, "ABCD", "A") == (
        "40 chose B and earned 70 % of the rest, more than the others, and nobody chose the key A."
    )


def test_the_strongest_sign_is_told_and_ranks():
    """A rival within luck must not hide that hardly anybody finds the key."""
    near = [(0.25 + n % 9 / 12, 1) for n in range(16)] + [(0.40 + n / 100, 0) for n in range(5)]
    hard = asked(near + [(0.2 + n % 9 / 16, 2) for n in range(80)])
    found = suspected_keys({"hard": hard, "wrong": asked(WRONG_KEY)})
    assert [(one.item, one.code) for one in found] == [("wrong", "rival"), ("hard", "below_chance")]
    assert found[1].is_beyond_luck


def test_few_answers_accuse_nobody():
    assert suspected_keys({"few": asked(WRONG_KEY[:29])}) == []


@pytest.fixture(scope="module")
def files(shared_data):
    folder = shared_data / "psychometrics"
    read = {
        name: ((folder / f"{name}_responses.csv").read_text("utf-8"), (folder / f"{name}_key.csv").read_text("utf-8"))
        for name in ("CTTdata", "HCI")
    }
    return {name: (responses, read_key(key)) for name, (responses, key) in read.items()}


def questions(responses, keys):
    file = read_responses(responses, keys)
    table, found = file.table, {}
    for item, name in enumerate(file.items):
        at = table.entries(item)
        people = zip(table.share[at], table.rest_share[at], table.omitted[at], file.chosen[at], strict=True)
        rows = [Response(float(s), float(r), not o, frozenset({int(c)} - {-1})) for s, r, o, c in people]
        found[name] = Asked(rows, (file.options[item].index(keys[name].option),), file.option_count(item))
    return found


@pytest.mark.parametrize(("name", "fewest"), [("CTTdata", 50), ("HCI", 56)])
def test_of_sixty_wrong_keys_nearly_all_are_ranked_first(files, name, fewest):
    """Each item of the real tests keyed with each of its distractors in turn; with the true key nobody is named."""
    responses, keys = files[name]
    sound = questions(responses, keys)
    assert suspected_keys(sound) == []
    first = 0
    for item, key in keys.items():
        for wrong in set("ABCD") - {key.option}:
            place = "ABCD".index(wrong)
            rows = [replace(one, share=float(place in one.chosen)) for one in sound[item].responses]
            found = suspected_keys({**sound, item: Asked(rows, (place,), 4)})
            first += bool(found) and found[0].item == item
    assert first >= fewest


def test_a_wrong_key_among_drawn_papers_is_named_in_the_report():
    """Forty items, twelve for each person; of the item "q7" the key says B where A is right."""
    random = np.random.default_rng(4)
    ability = random.normal(0, 1, 1500)
    lines = [",".join(f"q{item}" for item in range(40))]
    for person in ability:
        drawn = set(random.permutation(40)[:12].tolist())
        right = random.random(40) < 1 / (1 + np.exp(-person))
        cells = ["A" if knows else str(random.choice(list("BCD"))) for knows in right]
        lines.append(",".join(cell if item in drawn else "-" for item, cell in enumerate(cells)))
    keys = read_key("item,key\n" + "\n".join(f"q{item},{'B' if item == 7 else 'A'}" for item in range(40)))
    found = report(read_responses("\n".join(lines), keys))
    suspect = found["suspected_keys"][0]
    assert (suspect["item"], suspect["key"], suspect["rival"], suspect["beyond_luck"]) == ("q7", "B", "A", True)
    assert found["reasons"]["alpha"] == "papers_differ"
    assert found["test"]["drawn_reliability"] > 0.3
    assert found["two_parameter"]["items"][7]["discrimination"] < 0
