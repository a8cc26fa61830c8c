"""Items and tests of QTI 2.0 to 3.0 as others wrote them."""

from decimal import Decimal

import pytest
from builders import sample

from question_bank.formats import qti
from question_bank.formats.registry import FORMATS, detect
from question_bank.model import Credit, Markup, Severity

D = Decimal
SDK = "qti-sdk"


def codes(read):
    return [problem.code for problem in read.problems]


def the_question(path):
    read = qti.read(sample(path))
    assert len(read.questions) == 1, read.problems
    return read.questions[0].question


def texts(question):
    return [option.text for option in question.options]


def right(question):
    return [option.text for option in question.options if option.correct]


@pytest.fixture(params=["items_2_1", "items_2_2"])
def version(request):
    return f"{SDK}/{request.param}"


def test_a_choice(version):
    question = the_question(f"{version}/choice.xml")
    assert (question.kind, question.title) == ("single", "Unattended Luggage")
    assert question.stem == "Look at the text in the picture.\nWhat does it say?"
    assert right(question) == ["You must stay with your luggage at all times."]
    assert len(question.options) == 3


def test_a_multiple_choice_with_a_mapping(version):
    question = the_question(f"{version}/choice_multiple.xml")
    assert (question.kind, question.credit, question.points) == ("multiple", Credit.PARTIAL, 2)
    assert right(question) == ["Hydrogen", "Oxygen"]
    shares = dict(zip(texts(question), (option.weight for option in question.options), strict=True))
    assert shares == {
        "Hydrogen": D("0.5"), "Helium": -1, "Carbon": -1, "Oxygen": D("0.5"), "Nitrogen": -1, "Chlorine": D("-0.5"),
    }  # fmt: skip


def test_a_drop_down_inside_a_text(version):
    question = the_question(f"{version}/inline_choice.xml")
    assert (question.kind, question.markup) == ("cloze", Markup.HTML)
    assert "by this sun of [[1]];" in question.stem
    assert [(gap.kind, texts(gap), right(gap)) for gap in question.gaps] == [
        ("single", ["Gloucester", "Lancaster", "York"], ["York"])
    ]


def test_a_box_inside_a_text(version):
    question = the_question(f"{version}/text_entry.xml")
    assert question.kind == "cloze"
    assert question.text_rules.case
    assert [(option.text, option.weight) for option in question.gaps[0].options] == [("York", None), ("york", D("0.5"))]


def test_an_essay(version):
    question = the_question(f"{version}/extended_text.xml")
    assert (question.kind, question.options) == ("essay", ())
    assert "Here is a postcard of my town." in question.stem
    assert "Write Sam a postcard." in question.stem


def test_an_essay_with_nothing_around_its_prompt():
    question = the_question(f"{SDK}/items_2_2/essay.xml")
    assert question.kind == "essay"
    assert "Martin Luther King Jr." in question.stem


def test_a_match_with_unequal_pairs(version):
    question = the_question(f"{version}/match.xml")
    assert (question.kind, question.credit, question.points) == ("matching", Credit.PARTIAL, 3)
    assert [(option.text, option.match, option.weight) for option in question.options] == [
        ("Capulet", "Romeo and Juliet", D("0.33333")),
        ("Demetrius", "A Midsummer-Night's Dream", D("0.16667")),
        ("Lysander", "A Midsummer-Night's Dream", D("0.16667")),
        ("Prospero", "The Tempest", D("0.33333")),
    ]


def test_an_order_is_written_in_the_right_order(version):
    question = the_question(f"{version}/order.xml")
    assert (question.kind, question.credit) == ("ordering", Credit.ALL_OR_NOTHING)
    assert texts(question) == ["Michael Schumacher", "Rubens Barrichello", "Jenson Button"]


def test_an_order_on_a_picture_uses_its_identifiers(version):
    read = qti.read(sample(f"{version}/graphic_order.xml"))
    assert texts(read.questions[0].question) == ["A", "D", "C", "B"]
    assert codes(read) == ["media_missing"]


def test_words_to_put_into_gaps():
    question = the_question(f"{SDK}/items_2_1/gap_match.xml")
    assert (question.kind, question.points) == ("cloze", 3)
    assert [(gap.weight, right(gap)) for gap in question.gaps] == [(1, ["winter"]), (2, ["summer"])]
    assert all(texts(gap) == ["winter", "spring", "summer", "autumn"] for gap in question.gaps)
    assert "Now is the [[1]] of our discontent" in question.stem


def test_words_with_formulas_to_put_into_gaps():
    question = the_question(f"{SDK}/items_2_2/gap_match.xml")
    assert (question.kind, right(question.gaps[0])) == ("cloze", ["adipisicing ."])
    assert "<msup><mn>12</mn><mn>2</mn></msup>" in question.gaps[0].options[3].text
    assert question.points is None  # MAXSCORE counts a mark given by people besides


def test_words_picked_in_a_text_stay_there(version):
    question = the_question(f"{version}/hottext.xml")
    assert (question.kind, right(question)) == ("single", ["includes"])
    assert texts(question) == ["who bought", "includes", "at least", "whose", "No error."]
    assert "Sponsors of the Olympic Games who bought advertising time" in question.stem


def test_a_formula_is_kept(version):
    question = the_question(f"{version}/math.xml")
    assert right(question) == ["Einstein"]
    assert "<msup>" in question.stem


def test_true_and_false_are_known_by_their_words(version):
    for name, said in (("feedbackInline", ["That's correct", "That's not correct"]),
                       ("modalFeedback", ["correct", "incorrect"])):  # fmt: skip
        question = the_question(f"{version}/{name}.xml")
        assert (question.kind, right(question), question.points) == ("true_false", ["True"], 10)
        assert [option.feedback for option in question.options] == said


def test_a_questionnaire_has_no_key(version):
    read = qti.read(sample(f"{version}/likert.xml"))
    assert texts(read.questions[0].question) == ["1", "2", "3", "4", "5"]
    assert codes(read) == ["qti_not_scored", "no_key"]


@pytest.mark.parametrize(
    ("name", "found", "title"),
    [
        ("slider", "sliderInteraction", "Jedi Knights"),
        ("template", "template", "Digging a Hole"),
        ("mc_calc3", "template", "The number divisors"),
        ("feedbackblock_adaptive", "adaptive", "Adaptive - choice of input type"),
    ],
)
def test_what_no_kind_holds_is_named(version, name, found, title):
    read = qti.read(sample(f"{version}/{name}.xml"))
    assert read.questions == ()
    problem = read.problems[0]
    assert (problem.code, problem.severity) == ("unsupported_type", Severity.ERROR)
    assert problem.params == {"found": found, "title": title}


def test_an_item_of_version_3_in_the_names_of_version_2():
    question = the_question(f"{SDK}/items_3_0/aqti_tmh_sample_1.xml")
    assert (question.kind, right(question)) == ("single", ["About 200"])
    assert [option.fixed for option in question.options] == [True, True, True]


def test_an_item_that_shows_nothing_to_answer_is_read_by_its_key():
    read = qti.read(sample(f"{SDK}/items_3_0/empty_item.xml"))
    assert right(read.questions[0].question) == ["optionA"]
    assert codes(read) == ["qti_no_interaction", "qti_not_scored", "too_few_options"]


@pytest.mark.parametrize(
    "name",
    ["basic_statistics_as_outcomes", "categories_of_item", "controlling_the_duration_of_an_item_attempt",
     "items_arranged_into_sections_within_tests", "simple_feedback_test"],
)  # fmt: skip
def test_a_test_without_its_items_is_named(name):
    assert codes(qti.read(sample(f"{SDK}/tests_2_x/{name}.xml"))) == ["qti_test_alone"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("invalid/malformed.xml", "broken_xml"),
        ("invalid/noversion.xml", "not_qti"),
        ("hostile_markup/php_highjacking_1.xml", "not_qti"),
        ("hostile_markup/script_highjacking_1.xml", "not_qti"),
        ("results/simple-assessment-result-v2p2.xml", "not_qti"),
    ],
)
def test_what_is_no_item_is_refused(path, code):
    read = qti.read(sample(f"{SDK}/{path}"))
    assert (read.questions, codes(read)) == ((), [code])


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("choice", "single", ["You must stay with your luggage at all times."]),
        ("math", "single", ["Einstein"]),
        ("order", "ordering", []),
        ("match", "matching", []),
        ("inline_choice", "cloze", []),
        ("text_entry", "cloze", []),
    ],
)
def test_the_examples_of_version_3(name, kind, key):
    question = the_question(f"qti3-components/examples/items/{name}.xml")
    old = the_question(f"qti-scoring/items/{name}.xml") if name != "math" else the_question(f"{SDK}/items_2_1/math.xml")
    assert (question.kind, right(question)) == (kind, key)
    assert (question.options, question.gaps, question.points) == (old.options, old.gaps, old.points)


def test_a_page_to_read_is_named():
    read = qti.read(sample("qti3-components/examples/items/info_start.xml"))
    assert codes(read) == ["qti_nothing_to_answer", "no_questions"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{SDK}/items_2_1/choice.xml", "qti21"),
        (f"{SDK}/tests_2_x/categories_of_item.xml", "qti21"),
        ("qti3-components/examples/items/choice.xml", "qti30"),
        ("qti3-packages/valid-package.zip", "qti30"),
    ],
)
def test_the_format_is_told_by_what_the_file_holds(path, name):
    data = sample(path)
    assert detect(data, "tep.bin") == name
    assert FORMATS[name].read(data) == qti.read(data)
