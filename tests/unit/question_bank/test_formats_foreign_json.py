"""Banks other programs keep as JSON."""

import json
import unicodedata
from collections import Counter

import pytest
from builders import questions_of_every_kind, rich_questions, sample

from question_bank.formats import json_file, plain_text
from question_bank.model import Severity
from question_bank.repair import damaged, repaired
from question_bank.text import fold


def read(items):
    return json_file.read(json.dumps(items).encode())


def errors(result):
    return [(p.code, p.row) for p in result.problems if p.severity is Severity.ERROR]


def codes(result):
    return Counter(problem.code for problem in result.problems)


@pytest.fixture(scope="module")
def driving():
    return json_file.read(sample("vn-gplx-600/zquestion.json"))


def test_the_six_hundred_driving_questions(driving):
    questions = [found.question for found in driving.questions]
    assert errors(driving) == []
    assert [found.row for found in driving.questions] == list(range(1, 601))
    assert Counter(len(question.options) for question in questions) == {2: 108, 3: 325, 4: 167}
    assert Counter(question.key[0] + 1 for question in questions) == {1: 200, 2: 187, 3: 152, 4: 61}
    assert [n for _, n in sorted(Counter(q.topic for q in questions).items())] == [180, 25, 58, 37, 185, 115]
    assert sum(question.tags == ("điểm liệt",) for question in questions) == 60
    assert codes(driving)["media_missing"] == 318  # the pictures are other files: each question is told


def test_letters_are_composed(driving):
    raw = sample("vn-gplx-600/zquestion.json").decode()
    assert not unicodedata.is_normalized("NFC", raw)
    texts = [t for f in driving.questions for t in (f.question.stem, *(o.text for o in f.question.options))]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


def test_what_has_no_place_in_a_question_is_named_once(driving):
    columns = [p.column for p in driving.problems if p.code == "unknown_field"]
    assert {"INGROUP_A1", "INGROUP_B", "Z_PK"} <= set(columns)
    assert "ZLEARNED" not in columns  # 0 everywhere
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize("name", ["vn-gplx-600/zlicense.json", "vn-gplx-600/zquestion_type.json"])
def test_lists_of_something_else_stay_no_bank(name):
    assert errors(json_file.read(sample(name))) == [("wrong_json_format", None)]


def test_the_bank_as_published_equals_the_bank_as_text():
    entries = json.loads(sample("vn-phap-luat-dai-cuong/cau-001-150-expected.json"))
    by_json = json_file.read(sample("vn-phap-luat-dai-cuong/cau-001-150-expected.json"))
    by_text = plain_text.read(sample("vn-phap-luat-dai-cuong/cau-001-150.txt"))
    assert errors(by_json) == errors(by_text) == []
    assert [f.question.key for f in by_json.questions] == [(entry["correctAnswer"],) for entry in entries]
    assert [f.question.topic for f in by_json.questions] == [(entry["category"],) for entry in entries]
    pairs = [(one.question, other.question) for one, other in zip(by_json.questions, by_text.questions, strict=True)]
    assert [(one.stem, one.key) for one, _ in pairs] == [(other.stem, other.key) for _, other in pairs]
    differing = [n for n, (one, other) in enumerate(pairs, start=1) if one.explanation != other.explanation]
    assert differing == [50, 100, 150]  # where the published copy runs on into the heading of the next part
    assert all(one.explanation.startswith(other.explanation) for one, other in pairs)


@pytest.fixture(scope="module")
def legacy():
    return json_file.read(sample("vn-pldc-legacy-text/questions-first-half.json"))


def test_keys_are_counted_from_one_where_the_file_shows_it(legacy):
    """The README says from 0, but no key is 0 and 24 of 100 are 4 beside four options."""
    entries = json.loads(sample("vn-pldc-legacy-text/questions-first-half.json"))
    assert errors(legacy) == []
    assert [f.question.key for f in legacy.questions] == [(entry["correctAnswer"] - 1,) for entry in entries]
    assert [p.params for p in legacy.problems if p.code == "keys_counted_from"] == [{"base": 1}]
    assert legacy.questions[0].question.options[1].text.startswith("Do có sự phân hóa giai cấp")


def test_letters_of_old_fonts_are_reported_and_kept(legacy):
    hurt = [found for found in legacy.questions if damaged(found.question)]
    assert len(hurt) == 66
    (problem,) = [p for p in legacy.problems if p.code == "old_font_letters"]
    assert (problem.severity, problem.row, problem.params["found"]) == (Severity.WARNING, 1, 66)
    assert "Nhà nƣớc" in legacy.questions[0].question.stem
    assert fold("nhà nước") in fold(legacy.questions[0].question.stem)


def test_a_repair_changes_those_letters_and_nothing_else(legacy):
    for found in legacy.questions:
        mended = repaired(found.question)
        assert not damaged(mended)
        assert (mended == found.question) is not damaged(found.question)
        assert mended.stem == found.question.stem.replace("ƣ", "ư").replace("Ƣ", "Ư")
    assert "Nhà nước" in repaired(legacy.questions[0].question).stem
    for question in rich_questions() + questions_of_every_kind():
        assert repaired(question) == question


def test_legal_questions_with_the_articles_that_answer_them():
    read = json_file.read(sample("vn-alqac2023/train.json"))
    assert errors(read) == []
    assert Counter(f.question.kind for f in read.questions) == {"true_false": 50, "single": 40, "short": 8, "essay": 2}
    assert all(len(f.question.legal_basis) == 1 for f in read.questions)
    assert len({f.question.legal_basis[0].title for f in read.questions}) == 8
    first = read.questions[0].question
    assert (first.code, first.legal_basis[0].article, first.key) == ("DS-1", "32", (0,))
    free = [f for f in read.questions if f.question.kind in {"short", "essay"}]
    said = [p.row for p in read.problems if p.code.startswith("free_answer")]
    assert sorted(f.row for f in free) == sorted(said)
    assert all(f.question.explanation for f in free if f.question.kind == "essay")
    assert errors(json_file.read(sample("vn-alqac2023/articles.json"))) == [("wrong_json_format", None)]


OPTIONS = ["một", "hai", "ba"]


@pytest.mark.parametrize(
    ("items", "keys"),
    [
        ([{"question": "Hỏi?", "options": OPTIONS, "correctAnswer": "B"}], [(1,)]),
        ([{"question": "Hỏi?", "options": OPTIONS, "answer": "ba"}], [(2,)]),
        ([{"question": "Hỏi?", "options": OPTIONS, "answer": ["A", "C"]}], [(0, 2)]),
        ([{"noiDung": "Hỏi?", "phuongAnA": "x", "phuongAnB": "y", "dapAn": "B"}], [(1,)]),
        ([{"question": "Hỏi?", "choices": {"A": "x", "B": "y"}, "answer": "B"}], [(1,)]),
        ({"questions": [{"text": "Hỏi?", "answers": [{"text": "x"}, {"text": "y"}], "correctIndex": 0}]}, [(0,)]),
    ],
)
def test_shapes_that_can_be_told(items, keys):
    result = read(items)
    assert errors(result) == []
    assert [f.question.key for f in result.questions] == keys


def test_a_number_that_may_count_from_zero_or_one_is_said_to_be_a_guess():
    result = read([{"question": "Hỏi?", "options": OPTIONS, "correctAnswer": 1}])
    assert [(p.code, p.params) for p in result.problems if "counted" in p.code] == [
        ("keys_perhaps_counted_from", {"base": 0})
    ]


def test_one_bad_object_among_good_ones_is_named_and_the_rest_comes_in():
    good = {"question": "Hỏi?", "options": OPTIONS, "correctAnswer": 0}
    bad = {"question": "Hỏi gì?", "options": OPTIONS, "correctAnswer": 9}
    items = [good | {"question": f"Hỏi {n}?"} for n in range(20)] + [bad]
    result = read(items)
    assert len(result.questions) == 21
    assert set(errors(result)) == {("unreadable_key", 21), ("no_key", 21)}


@pytest.mark.parametrize(
    "items",
    [
        [], [1], {}, {"a": [], "b": []}, [{"question": "Hỏi?"}], [{"question": "Hỏi?", "options": OPTIONS}],
        [{"question": 5, "options": OPTIONS, "answer": 1}], {"format": "khác", "questions": [{"question": "x"}]},
    ],
)  # fmt: skip
def test_what_cannot_be_told_stays_an_error(items):
    assert {code for code, _ in errors(read(items))} == {"wrong_json_format"}


@pytest.mark.parametrize(
    "value", [None, 0, -1, 1.5, True, "\ud800", [], {}, [None], [{}], {"a": 1}, "x" * 9000, 10**50]
)
@pytest.mark.parametrize("field", ["question", "options", "correctAnswer", "category", "id", "level", "image"])
def test_no_value_in_any_field_raises(field, value):
    good = [{"question": f"Hỏi {n}?", "options": OPTIONS, "correctAnswer": 0} for n in range(20)]
    result = read([*good, {"question": "Hỏi?", "options": OPTIONS, "correctAnswer": 1} | {field: value}])
    assert len(result.questions) == 21
