import json

import pytest
from builders import PNG, questions_of_every_kind, rich_questions

from question_bank.formats import json_file


def codes(result):
    return [problem.code for problem in result.problems]


def reading(**changes):
    """One good question, changed."""
    question = json_file.as_json(rich_questions()[0]) | changes
    return json_file.read(json.dumps({"format": json_file.FORMAT, "version": 1, "questions": [question]}).encode())


def test_writing_and_reading_loses_nothing():
    questions = rich_questions() + questions_of_every_kind()
    result = json_file.read(json_file.write(questions).data)
    assert [f.question for f in result.questions] == questions
    assert not result.has_errors


def test_a_byte_order_mark_is_no_error():
    assert not json_file.read(b"\xef\xbb\xbf" + json_file.write(rich_questions()).data).has_errors


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"9" * 10_000, "not_json"),
        (b"\xff\xfe\xfa", "not_text"),
        (b"[]", "wrong_json_format"),
        (b'{"format":"x"}', "wrong_json_format"),
        (b'{"format":"thi-phap-luat/questions","version":2}', "unknown_version"),
        (b'{"format":"thi-phap-luat/questions","version":1,"questions":{}}', "questions_not_a_list"),
        (b'{"format":"thi-phap-luat/questions","version":1,"questions":[]}', "no_questions"),
        (b'{"format":"thi-phap-luat/questions","version":1,"questions":[3]}', "not_an_object"),
    ],
)
def test_a_bad_file_is_a_problem(data, code):
    assert codes(json_file.read(data)) == [code]


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"stem": 5}, "wrong_type", "stem"),
        ({"options": "A"}, "wrong_type", "options"),
        ({"options": [1]}, "wrong_type", "options[0]"),
        ({"options": [{"text": "x", "correct": "yes"}]}, "wrong_type", "options[0].correct"),
        ({"topic": [["x"]]}, "wrong_type", "topic[0]"),
        ({"level": "hard"}, "unknown_value", "level"),
        ({"kind": "riddle"}, "unknown_kind", "kind"),
        ({"legal_basis": [{"in_force_from": "01/01/2025"}]}, "unreadable_date", "legal_basis[0].in_force_from"),
        ({"media": {}}, "wrong_type", "media"),
        ({"picture": {}}, "unknown_field", "picture"),
        ({"media": [{"data_base64": "?"}]}, "media_not_base64", "media[0].data_base64"),
        (
            {"media": [{"data_base64": "PHN2Zz4=", "media_type": "image/svg+xml"}]},
            "media_type_differs",
            "media[0].media_type",
        ),
        ({"colour": "red"}, "unknown_field", "colour"),
    ],
)
def test_a_bad_field_is_named_by_question_and_path(changes, code, column):
    assert (code, 1, column) in [(p.code, p.row, p.column) for p in reading(**changes).problems]


@pytest.mark.parametrize("value", [None, 0, -1.5, True, "x", [], {}, [None], [{}], {"a": 1}, "\ud800", float("nan")])
@pytest.mark.parametrize("field", sorted(json_file.as_json(rich_questions()[-1])))
def test_no_value_in_any_field_raises(field, value):
    assert len(reading(**{field: value}).questions) == 1


def test_a_large_picture_is_refused(monkeypatch):
    monkeypatch.setattr("question_bank.formats.json_fields.largest_for", lambda _type: len(PNG) - 1)
    assert "media_too_large" in codes(json_file.read(json_file.write(rich_questions()).data))
