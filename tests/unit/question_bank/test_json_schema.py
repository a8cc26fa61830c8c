"""The published schema and the program say the same of our JSON."""

import json
from pathlib import Path

import pytest
from builders import questions_of_every_kind, rich_questions
from jsonschema import Draft202012Validator

from question_bank.__main__ import main
from question_bank.formats import json_file
from question_bank.formats.json_fields import KNOWN
from question_bank.formats.media import _RIFF, _SIGNATURES
from question_bank.kinds import KINDS

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "questions.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def written(questions):
    return json.loads(json_file.write(questions).data)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_what_is_written_fits():
    assert list(VALIDATOR.iter_errors(written(rich_questions() + questions_of_every_kind()))) == []


def test_what_read_prints_fits(tmp_path, capfd):
    file = tmp_path / "a.json"
    file.write_bytes(json_file.write(rich_questions()).data)
    main(["read", str(file), "--json"])
    assert list(VALIDATOR.iter_errors(json.loads(capfd.readouterr().out))) == []


def test_the_schema_knows_every_field_kind_and_medium():
    defined = SCHEMA["$defs"]
    assert set(defined["question"]["properties"]) == KNOWN
    assert set(defined["question"]["properties"]["kind"]["enum"]) == set(KINDS)
    types = {*_SIGNATURES.values(), *_RIFF.values(), "video/mp4", "audio/mp4"}
    assert set(defined["media"]["properties"]["media_type"]["enum"]) == types


@pytest.mark.parametrize(
    "change", [{"kind": "riddle"}, {"stem": None}, {"options": [{}]}, {"colour": "red"}, {"gaps": "x"}]
)
def test_what_the_program_refuses_does_not_fit(change):
    document = written(rich_questions()[:1])
    document["questions"][0] |= change
    assert list(VALIDATOR.iter_errors(document))
    assert json_file.read(json.dumps(document).encode()).problems
