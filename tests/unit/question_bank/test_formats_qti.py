"""Items, tests and packages of QTI 2.0 to 3.0 as others wrote them."""

import io
import zipfile
from decimal import Decimal

import pytest
from builders import SHARED_DATA, sample

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


def zipped(folder):
    """A folder of the samples as the package it was taken from."""
    root = SHARED_DATA / folder
    if not root.exists():
        pytest.skip(f"{root} is not here: set CONTEST_SHARED_DATA to the folder of sample banks")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for file in sorted(root.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(root).as_posix())
    return stream.getvalue()


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


def test_a_test_gives_the_order_and_the_topics():
    read = qti.read(zipped("qti3-components/examples"))
    found = [(item.row, item.question.title, item.question.topic) for item in read.questions]
    assert found == [
        (2, "Unattended Luggage", ("examples-a1",)),
        (5, "Richard III (Take 3)", ("examples-a1",)),
        (10, "Richard III (Take 2)", ("examples-a2",)),
        (11, "Characters and Plays", ("examples-a2",)),
        (12, "Relativity", ("examples-a2",)),
        (13, "Grand Prix of Bahrain", ("examples-a2",)),
    ]
    missing = [problem.params["name"] for problem in read.problems if problem.code == "qti_file_missing"]
    assert len(missing) == 10
    assert missing[0] == "items/choice_multiple.xml"


KENNISNET = [
    (2, "multiple", Credit.ALL_OR_NOTHING),
    (3, "matching", Credit.ALL_OR_NOTHING),
    (4, "matching", Credit.ALL_OR_NOTHING),
    (5, "cloze", Credit.PARTIAL),
    (7, "cloze", Credit.PARTIAL),
    (8, "multiple", Credit.ALL_OR_NOTHING),
    (9, "essay", Credit.ALL_OR_NOTHING),
    (10, "ordering", Credit.ALL_OR_NOTHING),
]


def test_rules_written_by_hand_are_carried_out():
    read = qti.read(zipped("qti3-components/kennisnet-1"))
    questions = {item.row: item.question for item in read.questions}
    assert [(row, question.kind, question.credit) for row, question in questions.items()] == KENNISNET
    assert right(questions[2]) == ["Dit", "tekst"]
    assert [option.match for option in questions[3].options] == ["Hình 1", "Hình 2", "Hình 3"]
    assert [(option.text, option.match) for option in questions[4].options] == [
        ("Kalf", "Koe"), ("Kuiken", "Kip"), ("Kitten", "Kat"),
    ]  # fmt: skip
    assert [right(gap) for gap in questions[5].gaps] == [["plank"], ["haring"], ["knaagt"], ["vlecht"], ["eiland"]]
    assert questions[7].stem == "Als de [[1]] van huis is, dansen de [[2]] op tafel."
    assert [right(gap) for gap in questions[7].gaps] == [["kat"], ["muizen"]]
    assert not questions[7].text_rules.case
    assert right(questions[8]) == ["L", "C", "M"]
    assert "De student moet drie specifieke" in questions[9].explanation
    assert texts(questions[10])[0] == "Opstaan"


def test_what_a_package_cannot_give_is_named_by_the_place_of_the_item():
    read = qti.read(zipped("qti3-components/kennisnet-1"))
    assert {(problem.row, problem.code) for problem in read.problems} == {
        (1, "qti_nothing_to_answer"),
        (2, "qti_scoring_not_understood"),  # it maps a response that has no mapping
        (2, "qti_feedback_left_out"),
        (3, "media_missing"),
        (3, "qti_feedback_left_out"),
        (4, "qti_feedback_left_out"),
        (5, "qti_scores_approximated"),  # a wrong word takes from the others
        (5, "qti_feedback_left_out"),
        (6, "unsupported_type"),
        (7, "qti_feedback_left_out"),
        (10, "qti_feedback_left_out"),
    }


def test_a_whole_package_comes_in():
    read = qti.read(sample("qti3-packages/valid-package.zip"))
    kinds = [item.question.kind for item in read.questions]
    assert (kinds.count("single"), kinds.count("essay"), len(kinds)) == (31, 15, 46)
    assert [item.row for item in read.questions] == [*range(1, 38), *range(39, 48)]
    first = read.questions[0].question
    assert (first.title, first.topic) == ("Plantenanatomie", ("Section",))
    assert [media.name for media in first.media] == ["scru0959.jpg", "figb1699.jpg", "figa0346.jpg"]
    assert all(media.place is None and media.media_type == "image/jpeg" for media in first.media)
    assert [option.correct for option in first.options] == [True, False, False, False]
    assert "Het juiste antwoord is" in first.options[1].feedback
    assert first.options[0].feedback == ""
    essay = next(item.question for item in read.questions if item.row == 44)
    assert essay.explanation == "- zaden / vruchten"
    assert sum(len(item.question.media) for item in read.questions) == 30


def test_items_of_a_package_that_lost_their_interaction_are_named():
    """The converter that made the package dropped the drop-downs of questions 37 and 38."""
    read = qti.read(sample("qti3-packages/valid-package.zip"))
    assert {(problem.row, problem.code) for problem in read.problems} == {
        (37, "qti_no_interaction"),
        (37, "qti_not_scored"),
        (37, "qti_feedback_left_out"),
        (37, "too_few_options"),
        (38, "qti_nothing_to_answer"),
    }


def test_items_nobody_can_score_come_in_with_a_warning():
    read = qti.read(sample("qti3-packages/no-response-processing.zip"))
    question = read.questions[0].question
    assert (question.kind, question.credit, question.points) == ("matching", Credit.PARTIAL, 4)
    assert question.options[0].match == "isolatie en vervoer van eiwitten"
    assert [problem.severity for problem in read.problems if problem.code == "qti_not_scored"] == [Severity.WARNING]


def test_a_package_of_version_2():
    data = zipped("canvas-qti/packages/imsqti_2.2_package")
    read = qti.read(data)
    question = read.questions[0].question
    assert right(question) == ["You must stay with your luggage at all times."]
    assert [(media.name, media.alt) for media in question.media] == [("sign.png", "NEVER LEAVE LUGGAGE UNATTENDED")]
    assert read.problems == ()
    assert detect(data, "goi.zip") == "qti21"


def test_items_the_manifest_calls_by_a_wrong_name_come_in_last():
    read = qti.read(zipped("canvas-qti/packages/package_shared"))
    assert [(item.row, item.question.title) for item in read.questions] == [(3, "Flying Home")]
    assert [media.name for media in read.questions[0].question.media] == ["ukair.png"]
    named = [(problem.code, problem.row) for problem in read.problems]
    assert named == [("qti_file_missing", 1), ("unsupported_type", 2)]


def test_a_package_without_items_is_refused():
    assert codes(qti.read(zipped("canvas-qti/packages/unsupported_version"))) == ["qti_no_items"]


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
