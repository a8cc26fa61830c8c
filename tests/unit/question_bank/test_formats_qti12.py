"""QTI 1.2 as Canvas, Respondus and Blackboard write it, and as we write it for Canvas."""

from decimal import Decimal

import pytest
from builders import sample
from packages import codes, questions, read_as, sample_folder, told

from question_bank.formats import qti12
from question_bank.model import Credit, Markup, Severity

ITEMS = "canvas-qti/items_1.2"
d = Decimal


def items_of(name):
    return read_as("qti12", sample(f"{ITEMS}/{name}.xml"), f"{name}.xml")


def only(name):
    (question,) = questions(items_of(name))
    return question


def texts(question):
    return [option.text for option in question.options]


def right(question):
    return [option.text for option in question.options if option.correct]


ONE_OF_EACH = {
    "canvas_multiple_dropdown": "cloze",
    "canvas_multiple_dropdowns": "cloze",
    "canvas_multiple_fib": "cloze",
    "choice_vary_points_by_answer": "single",
    "essay": "essay",
    "fib": "cloze",
    "fib_str": "cloze",
    "matching": "matching",
    "multiple_answer": "multiple",
    "multiple_choice": "single",
    "nq_multiple_fib_answer_types": "cloze",
    "numeric_margin_error_percent": "numerical",
    "numeric_precision": "numerical",
    "ordering": "ordering",
    "ordering.row": "ordering",
    "true_false": "true_false",
}
NAMED = {
    "categorization": ["categorization_question"],
    "formula": ["calculated_question"],
    "formula_mform": ["calculated_question"],
    "hot_spot": ["hot_spot_question"] * 4,
    "upload": ["file_upload_question"],
}


@pytest.mark.parametrize("name", sorted(ONE_OF_EACH))
def test_each_canvas_item_comes_in_without_an_error(name):
    result = items_of(name)
    assert [question.kind for question in questions(result)] == [ONE_OF_EACH[name]]
    assert not result.has_errors


@pytest.mark.parametrize("name", sorted(NAMED))
def test_what_no_contest_can_hold_is_named(name):
    result = items_of(name)
    unsupported = [problem for problem in result.problems if problem.code == "unsupported_type"]
    assert [problem.params["found"] for problem in unsupported] == NAMED[name]
    assert all(problem.row and problem.params["title"] for problem in unsupported)
    assert result.questions == ()


def test_a_choice_has_its_texts_its_key_and_its_name():
    question = only("multiple_choice")
    assert texts(question) == [
        "However long it takes", "30 - 90 minutes", "1 - 2 hours", "At least 3 hours", "6 or more hours",
    ]  # fmt: skip
    assert right(question) == ["At least 3 hours"]
    assert question.stem.startswith("How much time should you spend")
    assert question.title == "How much time each week?"
    assert question.markup is Markup.TEXT


def test_the_four_items_of_one_file():
    true_false, single, multiple, plain = questions(items_of("choice"))
    assert (true_false.kind, right(true_false)) == ("true_false", ["False"])
    assert (single.points, right(single)) == (10, ["At least 3 hours"])
    assert (multiple.kind, len(multiple.key), multiple.credit) == ("multiple", 4, Credit.PARTIAL)
    assert {option.weight for option in multiple.options} == {d("0.25"), d("-0.1")}
    assert texts(plain) == ["a&b", "a && b", "aaa & bbb", "& aabbb"]


def test_all_or_nothing_knows_no_shares():
    question = only("multiple_answer")
    assert question.credit is Credit.ALL_OR_NOTHING
    assert {option.weight for option in question.options} == {None}
    assert question.key == (0, 2, 3, 6)


def test_points_may_differ_by_answer():
    question = only("choice_vary_points_by_answer")
    assert question.points == 10
    assert [(o.text, o.correct, o.weight) for o in question.options] == [("A", True, None), ("B", False, d("0.5"))]


def test_feedback_of_an_answer_and_of_all_right_ones():
    question = only("true_false")
    assert [option.feedback for option in question.options] == ["Incorrect", "Answer was Correct\nCorrect"]
    assert question.explanation == "Neutral"
    assert [option.fixed for option in question.options] == [True, False]


def test_blanks_stand_in_the_stem():
    question = only("canvas_multiple_fib")
    assert question.stem == "Roses are [[1]], violets are [[2]]"
    assert [[o.text for o in gap.options] for gap in question.gaps] == [["red", "Red"], ["blue", "Blue"]]
    assert all(gap.kind == "short" and all(o.correct for o in gap.options) for gap in question.gaps)


def test_dropdowns_have_one_right_word_and_feedback():
    question = only("canvas_multiple_dropdown")
    assert [gap.kind for gap in question.gaps] == ["single", "single"]
    assert [[(o.text, o.correct) for o in gap.options] for gap in question.gaps] == [
        [("red", True), ("plaid", False)],
        [("blue", True), ("paisely", False)],
    ]
    assert question.gaps[0].options[0].feedback == "<p>Yes! <strong>Red</strong>.</p>"


def test_word_banks_of_new_quizzes_are_lists_to_choose_from():
    question = only("nq_multiple_fib_answer_types")
    assert [gap.kind for gap in question.gaps] == ["single"] * 3
    assert [next(o.text for o in gap.options if o.correct) for gap in question.gaps] == ["black", "white", "brown"]


def test_places_to_type_in_may_stand_in_the_middle_of_the_text():
    question = only("fib")
    assert question.stem.endswith("Now is the [[1]] of our discontent made glorious [[2]] by these sons of [[3]]")
    assert [gap.options[0].text for gap in question.gaps] == ["Winter", "Summer", "York"]
    assert question.text_rules.case
    assert question.credit is Credit.ALL_OR_NOTHING


def test_a_matching_keeps_its_distractor():
    question = only("matching")
    assert question.markup is Markup.HTML
    assert [(option.text, option.match[:9]) for option in question.options] == [
        ("Light Microscope", "Magnify u"), ("Electron Microscopes", "Uses a be"), ("", "A distrac"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("numeric_exact_match", [[("1234", None)], [("4321", None), ("1234", None), ("1111", None)]]),
        ("numeric_margin_error_percent", [[("200", d(40))]]),
        ("numeric_precision", [[("1000", d("0.005"))]]),
    ],
)
def test_numbers_and_how_far_off_they_may_be(name, expected):
    assert [[(o.text, o.tolerance) for o in question.options] for question in questions(items_of(name))] == expected


@pytest.mark.parametrize("name", ["ordering", "ordering.row"])
def test_steps_are_in_the_right_order(name):
    assert texts(only(name)) == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def test_a_text_without_a_question_is_told():
    result = items_of("stimulus")
    assert ("text_ignored", 11) in told(result)
    assert codes(result)[-1] == "no_questions"


def test_a_reference_to_another_bank_is_told():
    assert told(items_of("bank_entry_item")) == [("question_elsewhere", 11)]


def test_xml_with_a_fault_is_read_and_the_line_told():
    (problem,) = items_of("fib").problems
    assert (problem.code, problem.severity, problem.row) == ("xml_repaired", Severity.WARNING, 45)


def test_general_feedback_and_that_of_answers():
    result = read_as("qti12", sample("canvas-qti/assessments_1.2/feedback_quiz_1.2.xml"), "x.xml")
    essay, first, second = questions(result)
    assert essay.explanation == "General Feedback"
    assert ("empty_stem", 11) in told(result)
    assert [option.feedback for option in first.options] == ["Answer was True\nCorrect", "Answer was False\nIncorrect"]
    assert [option.feedback for option in second.options] == ["Correct!", "Incorrect!"]


def test_a_test_without_declared_types_comes_in_by_its_structure():
    result = read_as("qti12", sample("canvas-qti/assessments_1.2/interaction_checks_1.2.xml"), "x.xml")
    assert [question.kind for question in questions(result)] == [
        "single", "true_false", "short", "cloze", "multiple", "cloze", "matching", "numerical", "essay",
    ]  # fmt: skip
    assert [p.params["title"] for p in result.problems if p.code == "unsupported_type"] == ["Question 9"]
    matching = questions(result)[6]
    assert [(o.text, o.match) for o in matching.prompts] == [("A", "1"), ("B", "2")]
    assert matching.prompts[0].feedback == "Answer Feedback, A:1 Chosen"
    assert {"repeated_pairs_ignored", "blank_options_ignored"} <= set(codes(result))


CARTRIDGE = "canvas-qti/packages/canvas_cartridge"


def test_an_item_in_three_files_of_a_cartridge_comes_once():
    result = read_as("qti12", sample_folder(CARTRIDGE), "canvas.imscc")
    assert [question.kind for question in questions(result)] == [
        "single", "essay", "true_false", "short", "cloze", "multiple", "cloze", "matching", "numerical",
    ]  # fmt: skip
    assert {question.topic for question in questions(result)} == {("Every Canvas Interaction",)}
    named = [p.params["found"] for p in result.problems if p.code in {"unsupported_type", "text_ignored"}]
    assert named == ["file_upload_question", "calculated_question", "Question 12. Text No Question"]
    assert len({found.row for found in result.questions}) == 9


def test_the_ranges_of_a_number():
    number = questions(qti12.read(sample_folder(CARTRIDGE)))[-1]
    assert [(o.text, o.tolerance) for o in number.options] == [("0", None), ("42", d("0.5")), ("42", d("0.005"))]
    assert number.options[1].feedback.startswith("Answer Feedback, 41.5-42.5, range")


def test_a_package_of_no_version_we_know_is_refused():
    result = qti12.read(sample_folder("canvas-qti/packages/unsupported_version"))
    (problem,) = result.problems
    assert (problem.code, problem.params) == ("unsupported_package", {"found": "IMS Content 1.1.3"})
    assert result.questions == ()


def test_the_smallest_package():
    (question,) = questions(read_as("qti12", sample("qti-minimal/minimal_qti_1.2_sample.zip"), "x.zip"))
    assert right(question) == ["pH = 6.0"]
    assert len(question.options) == 5
    assert "<sub>a</sub>" in question.stem


def test_respondus():
    result = read_as("qti12", sample("qas-editor/ims/canvas_respondus.zip"), "x.zip")
    assert [question.kind for question in questions(result)] == [
        "single", "true_false", "short", "cloze", "multiple", "numerical", "essay", "matching", "single",
    ]  # fmt: skip
    single, _, short, cloze, multiple, number, essay, matching, picture = questions(result)
    assert (right(single), single.points) == (["Answer choice 1"], d("1.5"))
    assert single.explanation == "This is some general feedback."
    assert texts(short) == ["correct answer 1", "correct answer 2"]
    assert cloze.stem == "This is the [[1]] wording for a [[2]] question."
    assert [o.text for o in cloze.gaps[0].options] == ["question", "interrogative"]
    assert [(o.correct, o.weight) for o in multiple.options] == [(False, d("-0.5")), (True, d("0.5"))] * 2
    assert [(o.text, o.tolerance) for o in number.options] == [("1.25", d("0.05"))]
    assert essay.explanation == "correct answer feedback"
    assert [option.match for option in matching.options][-2:] == ["Distractor 1", "Distractor 2"]
    assert [(media.name, media.media_type, media.place) for media in picture.media] == [
        ("header-logo.png", "image/png", None)
    ]
    assert right(picture) == ["B"]
    assert ("text_ignored", 7) in told(result)
    assert ("media_in_feedback", 10) in told(result)


def test_blackboard():
    result = read_as("qti12", sample("qas-editor/ims/bb8.imscc"), "bb8.imscc")
    kinds = [question.kind for question in questions(result)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "numerical": 1, "true_false": 5, "essay": 2, "cloze": 2, "short": 1, "matching": 1, "multiple": 1, "single": 3,
        "ordering": 1,
    }  # fmt: skip
    unsupported = sorted(p.params["found"] for p in result.problems if p.code == "unsupported_type")
    assert unsupported == ["Calculated", "Calculated", "File Upload", "Hot Spot", "Opinion Scale", "Quiz Bowl"]
    by_kind = {question.kind: question for question in reversed(questions(result))}
    assert [(o.text, o.match) for o in by_kind["matching"].options] == [
        (f"left {n}", f"right {n}") for n in range(1, 5)
    ]
    assert texts(by_kind["ordering"]) == ["a", "b", "c", "d"]
    assert right(by_kind["multiple"]) == ["house", "garage"]
    assert by_kind["cloze"].stem == "I'm just a [[1]] [[2]] from a [[3]] [[4]]"
    assert ["Yes", "No"] in [texts(question) for question in questions(result)]
    assert by_kind["essay"].explanation == "Nobody."
