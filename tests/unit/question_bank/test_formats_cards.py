"""Kahoot's CSV and Anki's text export: read, never written."""

import pytest
from builders import sample

from question_bank.__main__ import main
from question_bank.formats import aiken, anki, kahoot
from question_bank.formats.registry import detect
from question_bank.model import Option

HEADINGS = "Question,Answer 1,Answer 2,Answer 3,Answer 4,Time limit (sec),Correct answer(s)"


def codes(read):
    return [(problem.code, problem.row) for problem in read.problems]


def rows(*lines):
    return kahoot.read("\n".join([HEADINGS, *lines]).encode())


def test_the_kahoot_sample_holds_the_questions_of_the_aiken_one():
    quiz = [found.question for found in kahoot.read(sample("qas-editor/kahoot/kahoot.csv")).questions]
    same = [found.question for found in aiken.read(sample("qas-editor/aiken/aiken_1.txt")).questions]
    assert quiz[1:] == same[1:]
    assert [option.text for option in quiz[0].options] == ["2.6", "-2.0", "2.0", "2.5"]
    assert [question.key for question in quiz] == [(3,), (0,), (0,), (1,), (0,)]


def test_rows_of_kahoot_are_lines_of_the_file():
    read = rows('"Hỏi\nhai dòng?",a,b,,,20,1', "", 'Hỏi nữa?,a,b,c,,20,"1,3"')
    assert [(f.row, f.question.kind, f.question.key) for f in read.questions] == [
        (2, "single", (0,)), (5, "multiple", (0, 2)),
    ]  # fmt: skip
    assert [(p.code, p.column, p.params) for p in read.problems] == [("parts_not_taken", "time", {"found": 2})]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Hỏi?,a,b,,,20,3", "key_letter_without_option"),
        ("Hỏi?,a,b,,,20,x", "unreadable_key"),
        ("Hỏi?,a,b", "no_key"),
        ("Hỏi?,a,,,,20,1", "too_few_options"),
        (",a,b,,,20,1", "empty_stem"),
    ],
)
def test_a_fault_is_named_by_its_line_and_the_rest_comes_in(line, code):
    read = rows(line, "Tốt?,a,b,,,20,1")
    assert (code, 2) in codes(read)
    assert "Tốt?" in [found.question.stem for found in read.questions]


def test_semicolons_part_cells_too():
    read = kahoot.read(f"{HEADINGS}\nHỏi?,a,b,,,20,2".replace(",", ";").encode())
    assert read.questions[0].question.options == (Option("a"), Option("b", True))


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2", HEADINGS.replace("Correct", "Right").encode()])
def test_other_tables_are_refused(data):
    assert codes(kahoot.read(data)) == [("kahoot_headings", None)]


def test_a_cell_without_end_is_refused_with_its_line():
    assert codes(rows('"' + "x" * 200_000)) == [("broken_csv", None)]


def test_every_card_becomes_a_short_answer():
    read = anki.read(sample("qas-editor/anki/math.txt"))
    assert len(read.questions) == 91
    last = read.questions[-1]
    assert (last.row, last.question.stem, last.question.options) == (
        91, "Card front \\(\\sqrt{x}\\)", (Option("Card Back", True),)
    )  # fmt: skip
    assert codes(read) == [("cards_are_short_answers", None)]


def test_cards_in_html_with_headers():
    text = (
        '#separator:tab\n#html:true\n<b>Ai</b> ký?\tThủ&nbsp;tướng\n{{c1::x}} là\ty\n<img src="a.png"> là?\t"biển\ncấm"'
    )
    read = anki.read(text.encode())
    assert [(f.row, f.question.stem, f.question.options[0].text) for f in read.questions] == [
        (3, "<b>Ai</b> ký?", "Thủ tướng"),
        (5, "là?", "biển cấm"),
    ]
    assert codes(read)[1:] == [("unsupported_type", 4), ("media_missing", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "một hai\tba",
        "Câu 1: Hỏi gì?\tĐáp án A\nCâu 2: Hỏi?\tB",
        "A. một hai\tB. ba\nC. bốn năm\tD. sáu",
        "1\tA\n2\tB",
    ],
)
def test_other_texts_are_no_cards(text):
    assert codes(anki.read(text.encode())) == [("no_cards", None)]
    assert detect(text.encode(), "x.txt") == "text"


@pytest.mark.parametrize(("name", "file", "status"), [("kahoot", "kahoot.csv", 1), ("anki", "math.txt", 0)])
def test_the_command_line_knows_them(name, file, status, tmp_path):
    """The last question of the Kahoot sample has the same text four times."""
    data = sample(f"qas-editor/{name}/{file}")
    assert detect(data, file) == name
    (tmp_path / file).write_bytes(data)
    assert main(["read", str(tmp_path / file), "--json"]) == status
