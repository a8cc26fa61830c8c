"""``python -m scoring items``: the files it takes, what it prints, and how it refuses."""

import csv
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.__main__ import main
from scoring.response_file import BadFile, read_key, read_responses
from scoring.statistics.report import report
from scoring.statistics.report_text import as_text
from tests.conftest import ROOT

KEY = "item,key\nq1,A\nq2,B\nq3,C\n"
ANSWERS = "q1,q2,q3\nA,B,C\nA,B,\nB,A,C\nA,,\n"


@pytest.fixture
def run(tmp_path, capfdbinary):
    """Run the command on texts; gives the exit code and what was printed."""

    def command(responses, *options, key=None):
        (tmp_path / "answers.csv").write_bytes(responses.encode())
        arguments = ["items", str(tmp_path / "answers.csv"), *options]
        if key is not None:
            (tmp_path / "key.csv").write_bytes(key.encode())
            arguments += ["--key", str(tmp_path / "key.csv")]
        code = main(arguments)
        return code, capfdbinary.readouterr().out.decode()

    return command


def test_answers_with_a_key(run):
    code, printed = run(ANSWERS, "--json", key=KEY)
    found = json.loads(printed)
    assert code == 0
    assert [item["item"] for item in found["items"]] == ["q1", "q2", "q3"]
    assert [item["facility"] for item in found["items"]] == [0.75, 0.5, 0.5]
    assert [item["omitted"] for item in found["items"]] == [0, 1, 2]
    assert [item["not_reached"] for item in found["items"]] == [0, 1, 2]
    assert found["items"][0]["options"][1]["option"] == "B"
    assert found["items"][1]["options"][-1]["option"] is None
    assert found["test"]["mean"] == 1.75
    assert found["reasons"]["rasch"] == "too_few_persons"


def test_without_an_order_nothing_is_not_reached(run):
    found = json.loads(run(ANSWERS, "--json", "--shuffled", key=KEY)[1])
    assert found["items"][2]["not_reached"] is None
    assert found["reasons"]["not_reached"] == "no_order"


def test_a_dash_is_an_item_never_shown(run):
    found = json.loads(run("q1,q2,q3\nA,B,-\nA,-,C\n-,A,\nB,B,-\n", "--json", key=KEY)[1])
    assert found["common_paper"] is False
    assert [item["n"] for item in found["items"]] == [3, 3, 2]
    assert [item["facility"] for item in found["items"]] == [pytest.approx(2 / 3), pytest.approx(2 / 3), 0.5]
    assert found["test"]["mean"] == 1.25
    assert found["items"][0]["effective_weight"] is None
    assert {found["reasons"][name] for name in ("alpha", "sem", "effective_weight")} == {"papers_differ"}


def test_marks_without_a_key_and_points_of_some_items(run):
    found = json.loads(run("a,b\n1,0.5\n0,1\n,0\n", "--json")[1])
    assert [item["facility"] for item in found["items"]] == [pytest.approx(1 / 3), 0.5]
    assert found["items"][0]["options"] == []
    mixed = json.loads(run("a,b\nA,1.5\nB,3\n", "--json", key="item,key,points,options\na,A,1,4\nb,,3,\n")[1])
    assert [item["facility"] for item in mixed["items"]] == [0.5, 0.75]
    assert [item["random_guess_score"] for item in mixed["items"]] == [0.25, None]
    assert [item["maximum"] for item in mixed["items"]] == [1, 3]


def test_without_a_number_of_options_there_is_no_guess_score(run):
    answers = "a,b\n" + "A,A\nB,A\nB,B\nB,A\n" * 40
    untold = json.loads(run(answers, "--json", key="item,key\na,A\nb,A\n")[1])
    assert untold["items"][0]["random_guess_score"] is None
    assert untold["reasons"]["random_guess_score"] == "no_options"
    assert [one["sign"] for one in untold["suspected_keys"]] == []
    told = json.loads(run(answers, "--json", key="item,key,options\na,A,2\nb,A,4\n")[1])
    assert [(one["item"], one["sign"]) for one in told["suspected_keys"]] == [("a", "below_chance")]


def test_an_item_that_all_solve_says_why_it_has_no_correlation(run):
    found = json.loads(run("a,b\n1,0\n1,1\n", "--json")[1])
    assert (found["items"][0]["item_rest_r"], found["items"][0]["reason"]) == (None, "no_spread")


def test_files_of_a_spreadsheet_with_semicolons_and_a_mark_of_the_encoding(run):
    code, printed = run(
        "\ufeffcâu 1;câu 2\r\nA;B\r\n\r\nB;B\r\n", "--json", key="\ufeffitem;key\r\ncâu 1;A\r\ncâu 2;B\r\n"
    )
    assert code == 0
    assert [item["item"] for item in json.loads(printed)["items"]] == ["câu 1", "câu 2"]


def test_tables_for_people(run):
    code, printed = run(ANSWERS, key=KEY)
    assert code == 0
    for word in ("TEST", "ITEMS", "OPTIONS", "NOT GIVEN", "kr20", "facility", "rasch: too_few_persons"):
        assert word in printed


@pytest.mark.parametrize(
    ("responses", "key", "problem"),
    [
        ("", None, ("no_items", 0, "")),
        ("a,b\n", None, ("no_persons", 0, "")),
        ("a,a\n1,1\n", None, ("item_twice", 1, "a")),
        ("a,b\n1,1\n1\n", None, ("cells_missing", 3, "")),
        ("a,b\n1,A\n", None, ("not_a_mark", 2, "b")),
        ("a,b\n1,2\n", None, ("not_a_mark", 2, "b")),
        ("a,b\n1,nan\n", None, ("not_a_mark", 2, "b")),
        ("a,b\nA,B\n", "item,key\na,A\n", ("no_key", 1, "b")),
        ("a\nA\n", "question,answer\na,A\n", ("no_key_column", 1, "")),
        ("a\nA\n", "item,key\na,A\na,B\n", ("item_twice", 3, "a")),
        ("a\nA\n", "item,key,points\na,A,many\n", ("not_a_number", 2, "points")),
        ("a\nA\n", "item,key,points\na,A,-1\n", ("out_of_range", 2, "points")),
        ("a\nA\n", "item,key,points\na,A,1e308\n", ("out_of_range", 2, "points")),
        ("a\nA\n", "item,key,options\na,A,3.7\n", ("out_of_range", 2, "options")),
        ("a\nA\n", "item,key,key\na,A,B\n", ("column_twice", 1, "key")),
        ("a\nA\n", "item,key,option\na,A,4\n", ("no_key_column", 1, "")),
        ("a\nA\n", "item,key\na,-\n", ("not_a_key", 2, "key")),
        ("a\nA\n", "item,key\n,A\n", ("no_name", 2, "")),
        ("a\nA\n", "item,key\na\n", ("cells_missing", 2, "")),
        ("a\nA\n", "item,key\na,A,4\n", ("cells_too_many", 2, "")),
        ("a,b\n1,1,1\n", None, ("cells_too_many", 2, "")),
        ("a,b,\n1,1,\n", None, ("no_name", 1, "")),
        ("a,b\n1," + "1" * 200_000 + "\n", None, ("not_csv", 2, "")),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_by_line_and_column(run, responses, key, problem):
    code, printed = run(responses, "--json", key=key)
    assert code == 1
    (found,) = json.loads(printed)["problems"]
    assert (found["code"], found["row"], found["column"]) == problem
    of_key = key is not None and problem[0] != "no_key"
    assert found["file"].endswith("key.csv" if of_key else "answers.csv")
    assert found["message"]


def test_people_are_told_in_a_sentence(capsys, tmp_path):
    (tmp_path / "answers.csv").write_text("a,b\n1,A\n")
    assert main(["items", str(tmp_path / "answers.csv")]) == 1
    said = capsys.readouterr().err
    assert "answers.csv, line 2, column b: a mark must be a number" in said


@given(st.binary(max_size=60), st.none() | st.binary(max_size=40))
def test_no_file_makes_the_command_break_down(tmp_path_factory, responses, key):
    folder = tmp_path_factory.getbasetemp()
    (folder / "answers.csv").write_bytes(responses)
    (folder / "key.csv").write_bytes(key or b"")
    options = ["--key", str(folder / "key.csv")] if key is not None else []
    assert main(["items", str(folder / "answers.csv"), "--json", *options]) in (0, 1)


def test_a_file_that_is_not_there(capsys, tmp_path):
    assert main(["items", str(tmp_path / "none.csv"), "--json"]) == 2
    assert "cannot read" in capsys.readouterr().err
    (tmp_path / "old.csv").write_bytes("câu 1\n".encode() + "Nguyễn".encode("cp1258", "replace") + b"\xff\xfe")
    assert main(["items", str(tmp_path / "old.csv")]) == 1
    assert "old.csv, line 2: the file is not UTF-8 text" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["CTTdata", "HCI", "LSAT6"])
def test_the_command_prints_the_published_references(shared_data, name):
    folder = shared_data / "psychometrics"
    key = ["--key", str(folder / f"{name}_key.csv")] if (folder / f"{name}_key.csv").exists() else []
    command = [sys.executable, "-m", "scoring", "items", str(folder / f"{name}_responses.csv"), *key, "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout)
    with (folder / f"reference_items_{name}.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    names = {
        "p": "facility", "sd_sample": "sd", "item_total_r": "item_total_r", "item_rest_r": "item_rest_r",
        "alpha_if_deleted": "alpha_if_deleted", "biserial_corrected_CTT": "item_rest_biserial",
        "discrimination_upper_minus_lower_third": "discrimination_thirds",
    }  # fmt: skip
    for item, row in zip(found["items"], expected, strict=True):
        for column, ours in names.items():
            assert item[ours] == pytest.approx(float(row[column]), abs=1e-9), (row["item"], column)
    assert found["rasch"]["log_likelihood"] < found["two_parameter"]["log_likelihood"]


def test_the_command_prints_moodles_statistics(shared_data, run):
    folder = shared_data / "moodle" / "quiz_statistics"
    with (folder / "results00.csv").open(encoding="utf-8") as file:
        rows = [[row[f"slots.{slot}.mark"] for slot in range(1, 8)] for row in csv.DictReader(file)]
    text = "\n".join(",".join(row) for row in [[f"s{slot}" for slot in range(1, 8)], *rows])
    found = json.loads(run(text, "--json")[1])
    with (folder / "qstats00.csv").open(encoding="utf-8") as file:
        expected = [row for row in csv.DictReader(file) if not row["subqname"] and not row["variant"]]
    for item, row in zip(found["items"], expected, strict=True):
        assert item["discrimination_index"] == pytest.approx(float(row["discriminationindex"]), rel=1e-5)
        assert item["effective_weight"] == pytest.approx(float(row["effectiveweight"]), rel=1e-5)
    assert found["test"]["sem"] == pytest.approx(1.1106813066, rel=1.5e-5)
    assert found["reasons"]["kr20"] == "not_dichotomous"


def test_options_seen_are_known_but_not_how_many_there_were():
    file = read_responses("a\nC\nD\n", read_key("item,key\na,A\n"))
    assert file.options == (("A", "C", "D"),)
    assert file.option_count(0) == 0  # who knows how many nobody chose
    assert read_responses("a\nC\nD\n", read_key("item,key,options\na,A,2\n")).option_count(0) == 3
    with pytest.raises(BadFile):
        read_responses("a\nC\n", {})


CELLS = st.sampled_from(["A", "B", "C", "", "-"])


@settings(max_examples=60)
@given(
    st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)),
    st.sampled_from([1, 40, 120]),
    st.booleans(),
)
def test_whatever_people_answered_there_is_a_report(rows, times, has_key):
    """Also for files of nothing but dashes, of one person, of items all solve; and JSON can hold every number of it."""
    header = [f"q{place}" for place in range(len(rows[0]))]
    text = "\n".join(",".join(row) for row in [header, *rows * times])
    keys = read_key("item,key\n" + "\n".join(f"{name},A" for name in header)) if has_key else None
    if not has_key:
        text = text.replace("A", "1").replace("B", "0").replace("C", "0.5")
    if text.count("\n") == text.strip("\n").count("\n"):
        found = report(read_responses(text, keys))
        assert json.loads(json.dumps(found, allow_nan=False)) == found
        assert as_text(found)
