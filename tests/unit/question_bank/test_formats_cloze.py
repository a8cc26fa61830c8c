"""Moodle's embedded answers, in a text of their own and as a cloze of Moodle XML."""

from decimal import Decimal

import pytest
from builders import sample
from hypothesis import given
from hypothesis import strategies as st

from question_bank.formats import cloze_file
from question_bank.formats.embedded_answers import embedded, gaps_in
from question_bank.formats.registry import detect
from question_bank.model import Credit, Gap, Markup, Option, Question, TextRules
from question_bank.text import clean


def reading(text):
    return cloze_file.read(text.encode())


def only(text):
    (found,) = reading(text).questions
    return found.question


def test_the_sample_of_moodle():
    read = cloze_file.read(sample("moodle/cloze/questions.multianswer.txt"))
    question = read.questions[0].question
    assert (question.kind, question.credit, read.problems) == ("cloze", Credit.PARTIAL, ())
    assert question.stem.endswith("* Phoenix: [[4]]\nThe capital of France is [[5]].")
    keys = [[option.text for option in gap.options if option.correct] for gap in question.gaps]
    assert keys == [["California"], ["Arizona"], ["California"], ["Arizona"], ["Paris", "Marseille"]]
    paris, marseille, other = question.gaps[4].options
    assert (paris.weight, marseille.weight, other.text) == (None, Decimal("0.5"), "*")
    assert marseille.feedback == "No, that is the second largest city in France (after\nParis)."


@pytest.mark.parametrize(
    ("number", "code", "params"),
    [
        (1, "too_few_options", {"found": 1, "least": 2, "gap": 1}),
        (3, "answer_not_a_number", {"found": "zero", "gap": 1}),
    ],
)
def test_the_broken_samples_are_refused_with_a_message(number, code, params):
    read = cloze_file.read(sample(f"moodle/cloze/broken_multianswer_{number}.txt"))
    assert [(problem.code, problem.params, problem.row) for problem in read.problems] == [(code, params, 1)]
    assert read.has_errors


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "single") for name in ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCH", "MULTICHOICE_VS", "MCS")),
        *((name, "short") for name in ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "MWC")),
        *((name, "numerical") for name in ("NUMERICAL", "NM")),
    ],
)
def test_every_name_of_a_field_is_known(name, kind):
    (gap,) = only(f"Hỏi {{2:{name}:=1~2}}").gaps
    assert (gap.kind, gap.weight, [option.correct for option in gap.options]) == (kind, Decimal(2), [True, False])


def test_numbers_have_tolerances_and_parts():
    (gap,) = only("Hỏi {1:NM:=3,14:0.01#đúng~%50%3:1~*#sai}").gaps
    assert [(o.text, o.tolerance, o.weight, o.feedback) for o in gap.options] == [
        ("3,14", Decimal("0.01"), None, "đúng"),
        ("3", Decimal(1), Decimal("0.5"), ""),
        ("*", None, None, "sai"),
    ]


def test_case_matters_when_every_typed_gap_says_so():
    assert only("{1:SAC:=Luật} {1:MC:=a~b}").text_rules == TextRules(case=True)
    read = reading("{1:SAC:=Luật} {1:SA:=nghị định}")
    assert (read.questions[0].question.text_rules.case, [p.code for p in read.problems]) == (
        False, ["gaps_differ_in_case"]
    )  # fmt: skip


def test_escapes_and_entities_are_text():
    (gap,) = only(r"Hỏi {1:MC:=a\}b~c\#d~e\~f~&#39;g&#39; &amp; h}").gaps
    assert [option.text for option in gap.options] == ["a}b", "c#d", "e~f", "'g' & h"]


def test_two_full_answers_of_a_drop_down_both_earn_all():
    (gap,) = only("Hỏi {1:MC:=a~=b~c}").gaps
    assert [(o.correct, o.weight) for o in gap.options] == [(True, None), (False, Decimal(1)), (False, None)]


def test_tags_in_the_text_make_it_html():
    question = only("<b>Hỏi</b> {1:MC:=a &lt; b~<i>c</i>}")
    assert (question.markup, question.stem) == (Markup.HTML, "<b>Hỏi</b> [[1]]")
    assert [option.text for option in question.gaps[0].options] == ["a &lt; b", "<i>c</i>"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hỏi {1:MR:=a~=b~c}", "unknown_gap_kind"),
        ("Hỏi {1:MC:=a~b} và {1:FOO:=a}", "gap_unreadable"),
        ("Hỏi {1:MC:=a~b} và {1:SA:=a", "gap_unreadable"),
        ("Hỏi {1:MC:a~b}", "no_key"),
        ("Không có chỗ trống", "no_gaps"),
        ("", "no_gaps"),
    ],
)
def test_a_fault_is_an_error_with_a_line(text, code):
    read = reading(text)
    assert (code, 1) in [(problem.code, problem.row) for problem in read.problems]
    assert read.has_errors


TEXTS = st.text(alphabet='ab{}=~#:%\\\n[<&;"/', min_size=1, max_size=10).map(clean).filter(bool)


@given(st.lists(TEXTS, min_size=2, max_size=4), TEXTS, st.booleans())
def test_what_is_written_is_read_again(texts, feedback, case):
    options = tuple(Option(text, n == 0, feedback=feedback) for n, text in enumerate(texts))
    typed = tuple(Option(text, True, feedback=feedback) for text in texts)
    numbers = (Option("3.5", True, tolerance=Decimal("0.1")), Option("-2", True, weight=Decimal("0.5")))
    gaps = (Gap("single", options, Decimal("0.5")), Gap("short", typed), Gap("numerical", numbers, Decimal(2)))
    question = Question("cloze", "a [[1]] b [[2]] c [[3]]", gaps=gaps, text_rules=TextRules(case=case))
    again = gaps_in(embedded(question), clean)
    assert (again.stem, again.text_rules, again.problems) == (question.stem, question.text_rules, ())
    assert [gap.options for gap in again.gaps] == [gap.options for gap in gaps]
    assert [gap.weight for gap in again.gaps] == [5, 10, 20]


@given(st.text(alphabet="{}1:MC=~#%\\a&;", max_size=60))
def test_no_signs_in_any_order_make_it_raise(text):
    read = cloze_file.read(text.encode())
    assert read.questions or read.problems


@pytest.mark.parametrize("text", ["{1:MC:" * 30_000, "{1:MC:" + "\\" * 100_000, "{1:SA:" + "~=a#b" * 30_000 + "}"])
def test_long_rows_of_signs_are_read_in_time(text):
    assert reading(text).has_errors


def test_a_cloze_text_is_told_by_its_fields():
    assert detect(sample("moodle/cloze/questions.multianswer.txt"), "x.txt") == "cloze"
    assert detect("Câu 1: {1: MC} là gì?\nA. x\nB. y".encode(), "x.txt") == "text"
