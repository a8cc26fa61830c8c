"""QTI items taken in and marked by us earn what another engine of QTI gives for the same responses."""

import json
from decimal import Decimal

import pytest
from builders import SHARED_DATA, sample

from contest_app.results.keys import answer_of, key_of
from question_bank.formats.qti_item import read_item
from question_bank.formats.qti_tree import normalised
from question_bank.formats.safe_xml import parsed
from scoring.marking import Item, mark_item

FOLDER = "qti-scoring"
PAIRS = SHARED_DATA / FOLDER / "expected_scores.json"
CASES = json.loads(PAIRS.read_bytes()) if PAIRS.exists() else []


def item_read(path):
    return read_item(normalised(parsed(sample(path))), lambda _name: None, 1)


def parts_of(read, values):
    """The response of a fixture as the parts of our answer sheet."""
    kind, names = read.question.kind, read.identifiers
    if kind == "matching":
        chosen = dict(value.split() for value in values)
        return [names.matches.index(chosen[one]) if one in chosen else None for one in names.options]
    if kind == "cloze" and read.question.gaps[0].kind == "single":
        return [names.gaps[0].index(value) for value in values]
    return [names.options.index(value) if names.options else value for value in values]


def earned(read, values):
    question = read.question
    item = Item(key_of(question), Decimal(1) if question.points is None else question.points)
    return mark_item(item, answer_of(question, parts_of(read, values))).points


@pytest.mark.skipif(not CASES, reason="the sample items are not here")
def test_every_pair_is_there():
    assert len(CASES) == 31


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['item'][6:-4]} {case['responses']['RESPONSE']}")
def test_a_response_earns_what_it_earns_elsewhere(case):
    read = item_read(f"{FOLDER}/{case['item']}")
    assert earned(read, case["responses"]["RESPONSE"]) == pytest.approx(Decimal(case["expected"]), abs=Decimal("0.001"))
