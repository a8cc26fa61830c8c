"""Worked ranking cases from real rules, in a table that legal staff extend (tests/walkthroughs/README.md)."""

import csv
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from scoring.counting import Counting, Sitting, count
from scoring.prediction import distance
from scoring.ranking import Entry, RankKey, rank

FILE = Path(__file__).resolve().parents[2] / "walkthroughs" / "ranking.csv"


def _rows():
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["case"])


CASES = {case: list(rows) for case, rows in groupby(_rows(), key=lambda row: row["case"])}


def _sitting(number, row):
    guess = int(row["guess"]) if row["guess"] else None
    submitted_at = datetime.fromisoformat(row["submitted_at"])
    return Sitting(number, Decimal(row["score"]), Decimal(row["seconds"]), submitted_at, guess)


def _entry(number, rows, counting):
    counted = count([_sitting(place, row) for place, row in enumerate(rows)], counting)
    actual = int(rows[0]["actual"] or 0)
    guessed = distance(counted.prediction, actual)
    return Entry(number, counted.score, counted.seconds, counted.submitted_at, counted.attempts, guessed)


@pytest.mark.parametrize("case", CASES)
def test_a_worked_case_ranks_as_its_rules_say(case):
    rows = CASES[case]
    counting = Counting(rows[0]["counting"])
    chain = [RankKey(key.strip()) for key in rows[0]["chain"].split(">")]
    people = list(dict.fromkeys(row["person"] for row in rows))
    entries = [_entry(n, [row for row in rows if row["person"] == name], counting) for n, name in enumerate(people)]
    found = {people[ranked.entry.id]: (ranked.rank, ranked.decided_by) for ranked in rank(entries, chain)}
    expected = {
        row["person"]: (int(row["rank"]), RankKey(row["decided_by"]) if row["decided_by"] else None) for row in rows
    }
    assert found == expected


@pytest.mark.parametrize("case", CASES)
def test_the_table_does_not_contradict_itself(case):
    for columns in (("contest", "counting", "chain", "actual"), ("person", "rank", "decided_by")):
        by_first = {
            (row["person"] if columns[0] == "person" else "", *(row[c] for c in columns)) for row in CASES[case]
        }
        assert len(by_first) == (len({row["person"] for row in CASES[case]}) if columns[0] == "person" else 1)
