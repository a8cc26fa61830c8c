"""Packages of QTI: those others made, and some with parts missing."""

import io
import zipfile

import pytest
from builders import PNG, SHARED_DATA, sample

from question_bank.formats import qti
from question_bank.formats.registry import detect
from question_bank.model import Credit, Severity


def codes(read):
    return [problem.code for problem in read.problems]


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


def packed(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


GOOD = b"""<assessmentItem identifier="i" title="x"><responseDeclaration identifier="RESPONSE" cardinality="single"
baseType="identifier"><correctResponse><value>b</value></correctResponse></responseDeclaration><itemBody>?
<choiceInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">a</simpleChoice><simpleChoice
identifier="b">b</simpleChoice></choiceInteraction></itemBody><responseProcessing template="/match_correct"/>
</assessmentItem>"""


def test_a_broken_item_is_named_and_the_others_come_in():
    result = qti.read(packed({"a.xml": b"<assessmentItem", "b.xml": GOOD, "c.txt": b"?", "d.xml": b"<html/>"}))
    assert [item.row for item in result.questions] == [1]
    assert [(problem.code, problem.params["name"]) for problem in result.problems] == [("broken_xml", "a.xml")]


def test_items_of_one_package_share_their_passage_and_its_picture():
    reference = '<assessmentStimulusRef identifier="s" href="../s/s%201.xml"/>'
    good = GOOD.replace(b"<itemBody>", reference.encode() + b"<itemBody>")
    lost = GOOD.replace(b"<itemBody>", b'<assessmentStimulusRef href="x.xml"/><itemBody>')
    passage = """<qti-assessment-stimulus><qti-stimulus-body><p>Ông A <img src="a.png" alt="nhà"/></p>
</qti-stimulus-body></qti-assessment-stimulus>"""
    result = qti.read(packed({"i/1.xml": good, "i/2.xml": lost, "s/s 1.xml": passage, "s/a.png": PNG}))
    first, second = (item.question for item in result.questions)
    assert (first.situation, first.media[0].alt, second.situation) == ("Ông A", "nhà", "")
    missing = [problem for problem in result.problems if problem.code == "qti_file_missing"]
    assert [(p.severity, p.row, p.params["name"]) for p in missing] == [(Severity.WARNING, 2, "i/x.xml")]


def test_sections_may_stand_in_files_of_their_own_even_in_a_circle():
    section = """<assessmentSection title="Chương 1"><assessmentItemRef href="i/1.xml"/>
<assessmentSectionRef href="s.xml"/></assessmentSection>"""
    test = """<assessmentTest><testPart><assessmentSection title="Phần A"><assessmentSectionRef href="s.xml"/>
</assessmentSection></testPart></assessmentTest>"""
    result = qti.read(packed({"t.xml": test, "s.xml": section, "i/1.xml": GOOD}))
    assert [item.question.topic for item in result.questions] == [("Phần A", "Chương 1")]


def test_a_picture_of_feedback_is_not_shown_with_the_stem():
    modal = b'<modalFeedback outcomeIdentifier="SCORE" identifier="1"><img src="a.png"/>x</modalFeedback>'
    data = GOOD.replace(b"</assessmentItem>", modal + b"</assessmentItem>")
    result = qti.read(packed({"1.xml": data, "a.png": PNG}))
    assert result.questions[0].question.media == ()
    assert "media_ignored" in [problem.code for problem in result.problems]
