"""Aiken: the samples, what people get wrong, and which texts are no Aiken."""

import json

import pytest
from builders import sample
from hypothesis import given
from hypothesis import strategies as st
from round_trips import assert_nothing_unnamed_is_lost, every_question

from question_bank.__main__ import main
from question_bank.formats import aiken
from question_bank.formats.registry import detect
from question_bank.model import Option, Question, Severity
from question_bank.text import clean

SAMPLES = ["moodle/aiken/questions.aiken.txt", "qas-editor/aiken/aiken_1.txt"]
GOOD = "Thủ đô?\nA) Hà Nội\nB) Huế\nANSWER: A"


def reading(text):
    return aiken.read(text.encode())


def test_the_sample_of_moodle():
    read = aiken.read(sample(SAMPLES[0]))
    first, second = (found.question for found in read.questions)
    assert [option.text for option in first.options] == ["Petr Skoda", "Martin Dougiamas", "Eloy Lafuente", "Tim Hunt"]
    assert (first.key, second.key, [found.row for found in read.questions]) == ((1,), (0,), [1, 8])
    assert '<html class="cool"> & images:' in second.stem
    assert read.problems == ()


def test_the_other_sample_holds_one_question_whose_options_are_all_alike():
    read = aiken.read(sample(SAMPLES[1]))
    assert [found.question.key for found in read.questions] == [(4,), (0,), (0,), (1,), (0,)]
    assert {(problem.code, problem.row) for problem in read.problems} == {("repeated_option", 27)}


@pytest.mark.parametrize("text", ["A. x\nB. y", "A)  x\nB) y", "A.\tx\nB) y"])
def test_labels_are_a_letter_and_a_sign(text):
    (found,) = reading(f"Hỏi\ndòng hai?\n{text}\nANSWER: B").questions
    assert (found.question.stem, [o.text for o in found.question.options]) == ("Hỏi\ndòng hai?", ["x", "y"])
    assert found.question.key == (1,)


def test_true_and_false_and_options_about_others_are_known():
    read = reading("Đúng chứ?\nA) Đúng\nB) Sai\nANSWER: A\n\nHỏi?\nA) x\nB) y\nC) Cả A và B\nANSWER: C")
    assert [found.question.kind for found in read.questions] == ["true_false", "single"]
    assert [option.fixed for option in read.questions[1].question.options] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("Hỏi?\nA) x\nANSWER: A", "too_few_options", 6),
        ("Hỏi?\nA) x\nB) y\nANSWER: D", "key_letter_without_option", 9),
        ("Hỏi?\nA) x\nB) y\nANSWER: D", "no_key", 6),
        ("Hỏi?\nA) x\nB) y\nANSWER: A, B", "unreadable_key", 9),
        ("Hỏi?\nA) x\nB) y", "aiken_not_finished", 6),
        ("Hỏi?", "aiken_not_finished", 6),
        ("Hỏi?\nA)x\nB) y\nANSWER: A", "aiken_no_space", 7),
        ("Hỏi?\nA) x\nA) y\nB) z\nANSWER: A", "option_label_repeated", 8),
        ("Hỏi?\nA) x\nC) y\nANSWER: A", "option_label_skipped", 8),
        ("ANSWER: A", "aiken_not_started", 6),
        ("B) lạc", "aiken_not_started", 6),
        ("Hỏi?\na) x\nb) y\nANSWER: A", "too_few_options", 6),
    ],
)
def test_a_fault_is_named_by_its_line_and_the_rest_comes_in(text, code, row):
    read = reading(f"{GOOD}\n\n{text}\n\n{GOOD.replace('Thủ đô', 'Cố đô')}")
    assert (code, row) in [(problem.code, problem.row) for problem in read.problems]
    assert {"Thủ đô?", "Cố đô?"} <= {found.question.stem for found in read.questions}


def test_without_a_space_the_option_still_counts():
    (found,) = reading("A.B. Nguyễn là ai?\nA)x\nB)y\nANSWER: B").questions
    assert (found.question.stem, found.question.key) == ("A.B. Nguyễn là ai?", (1,))


@given(st.text(alphabet="AB).: \nANSWERx", max_size=80))
def test_no_lines_in_any_order_make_it_raise(text):
    read = aiken.read(text.encode())
    assert read.questions or read.problems


def test_writing_loses_only_what_it_names():
    again = assert_nothing_unnamed_is_lost(every_question(), aiken.write, aiken.read)
    assert len(again.questions) > 3


@pytest.mark.parametrize("path", SAMPLES)
def test_the_samples_survive_writing_and_reading(path):
    questions = [found.question for found in aiken.read(sample(path)).questions]
    assert_nothing_unnamed_is_lost(questions, aiken.write, aiken.read)


TEXTS = st.text(alphabet="ABx).: \nANSWER<&", min_size=1, max_size=12).map(clean).filter(bool)


@given(stem=TEXTS, texts=st.lists(TEXTS, min_size=2, max_size=4, unique_by=lambda text: " ".join(text.split())))
def test_no_text_is_taken_for_a_label(stem, texts):
    question = Question("single", stem, tuple(Option(text, n == 0) for n, text in enumerate(texts)))
    assert_nothing_unnamed_is_lost([question], aiken.write, aiken.read)


def test_a_stem_that_reads_like_an_option_is_not_written_but_named():
    written = aiken.write([Question("single", "A) là gì?", (Option("x", True), Option("y")))])
    assert ("text_not_in_format", Severity.ERROR, 1) in [(p.code, p.severity, p.row) for p in written.problems]
    assert written.data.strip() == b""


@pytest.mark.parametrize("path", SAMPLES)
def test_aiken_is_told_from_other_texts(path):
    assert detect(sample(path), "bank.txt") == "aiken"


@pytest.mark.parametrize(
    "text",
    [
        "Câu 1: Hỏi?\nA. x\nB. y\nANSWER: A",
        "1. Hỏi?\nA. x\nB. y\nĐáp án: A",
        "Hỏi?\nA. x\nB. y\n\nANSWER: A\nANSWER: B",
        "ANSWER: A",
    ],
)
def test_other_papers_are_not_taken_for_aiken(text):
    assert detect(text.encode(), "de.txt") == "text"


def test_the_command_line_reads_and_writes(tmp_path, capfd):
    (tmp_path / "bank.txt").write_bytes(sample(SAMPLES[0]))
    assert main(["read", str(tmp_path / "bank.txt"), "--json"]) == 0
    (tmp_path / "bank.json").write_text(capfd.readouterr().out)
    assert main(["write", str(tmp_path / "bank.json"), "--to", "aiken", str(tmp_path / "again.aiken")]) == 0
    capfd.readouterr()
    assert main(["read", str(tmp_path / "again.aiken"), "--json"]) == 0
    assert len(json.loads(capfd.readouterr().out)["questions"]) == 2
