"""Moodle XML: Moodle's own samples of every type, files inside, and what must be refused."""

import base64
import json
from decimal import Decimal

import pytest
from builders import PNG, SHARED_DATA, sample
from hypothesis import given
from hypothesis import strategies as st
from round_trips import assert_nothing_unnamed_is_lost, every_question

from question_bank.__main__ import main
from question_bank.formats import moodle_xml, moodle_xml_write
from question_bank.formats.registry import detect
from question_bank.model import Credit, Markup, Media, Option, Question, Severity, TextRules, WordLimit
from question_bank.text import clean

XML = [f"moodle/xml/{file.name}" for file in sorted((SHARED_DATA / "moodle/xml").glob("*.xml"))]
QAS = [f"qas-editor/moodle/{file.name}" for file in sorted((SHARED_DATA / "qas-editor/moodle").glob("*.xml"))]


def reading(inside):
    return moodle_xml.read(f"<quiz>\n{inside}\n</quiz>".encode())


def of_type(kind, inside, text="Hỏi?"):
    return (
        f'<question type="{kind}"><name><text>Tên</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>'
    )


def answer(text, fraction, more=""):
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}</answer>'


GOOD = of_type("truefalse", answer("true", 100) + answer("false", 0), "Tốt?")


def sampled(path):
    (found,) = moodle_xml.read(sample(path)).questions
    return found.question


def codes(read):
    return [(problem.code, problem.row) for problem in read.problems]


# --- the samples


@pytest.mark.parametrize(
    ("name", "kind", "topic"),
    [
        ("multichoice", "single", ("Default for testhead", "Multichoice")),
        ("multianswer", "cloze", ("Default for Test images in backup",)),
        ("nested_categories", "true_false", ("Delta", "Epsilon", "Zeta")),
        ("category_with_description", "true_false", ("Alpha",)),
        ("export_category", "true_false", ("Alpha",)),
        ("qtype_ddwtos.moodle", "cloze", ("Default for C1",)),
        ("qtype_essay.moodle", "essay", ("Default for C1",)),
        ("qtype_match.moodle", "matching", ("Test questions",)),
        ("qtype_ordering_testimport.moodle", "ordering", ()),
        ("qtype_ordering_testoldquestion.moodle", "ordering", ("Test questions",)),
        ("qtype_shortanswer.moodle", "short", ("Test questions",)),
        ("qtype_truefalse.moodle", "true_false", ("Test questions",)),
    ],
)
def test_each_sample_holds_one_question_in_its_category(name, kind, topic):
    read = moodle_xml.read(sample(f"moodle/xml/{name}.xml"))
    (found,) = read.questions
    assert (found.question.kind, found.question.topic, read.has_errors) == (kind, topic, False)


def test_the_description_of_a_category_is_named_with_its_line():
    problems = moodle_xml.read(sample("moodle/xml/nested_categories.xml")).problems
    told = [(problem.row, problem.params["found"]) for problem in problems]
    assert told == [
        (4, "This is Delta category for test"),
        (15, "This is Epsilon category for test"),
        (26, "This is Zeta category for test"),
    ]
    assert sampled("moodle/xml/nested_categories.xml").title == "Zeta Question"


def test_a_fraction_moodle_does_not_know_is_refused():
    read = moodle_xml.read(sample("moodle/xml/error_invalid_grades.xml"))
    (problem,) = read.problems
    assert (read.questions, problem.code, problem.severity, problem.row) == ((), "illegal_fraction", Severity.ERROR, 4)
    assert problem.params == {"found": "33", "title": "Question with invalid grades : x > 1 & x < 2"}


def test_media_come_out_of_stem_and_options():
    question = sampled("moodle/xml/multichoice.xml")
    assert [(media.name, media.media_type, media.place, media.alt) for media in question.media] == [
        ("bonjour.mp3", "audio/mpeg", None, ""),
        ("flag-uk.jpg", "image/jpeg", 0, "British Flag"),
        ("flag-france.jpg", "image/jpeg", 1, "French flag"),
        ("flag-german.jpg", "image/jpeg", 2, "German flag"),
        ("flag-denmark.jpg", "image/jpeg", 3, "Denmark flag"),
    ]
    assert [option.text for option in question.options] == ["English", "French", "German", "Danish"]
    assert question.options[1] == Option("French", True, feedback="Yes, well done!")


def test_a_cloze_keeps_its_pictures_and_names_the_one_of_the_feedback():
    read = moodle_xml.read(sample("moodle/xml/multianswer.xml"))
    question = read.questions[0].question
    assert [media.name for media in question.media] == ["california-state-flag.png", "arizona_2.png"]
    assert len(question.gaps) == 5
    assert question.explanation == "This is a Moodle question"
    assert [(p.code, p.params) for p in read.problems] == [("media_ignored", {"name": "moodle.png"})]


def test_words_for_gaps_are_offered_in_each():
    question = sampled("moodle/xml/qtype_ddwtos.moodle.xml")
    assert question.stem == "The [[1]] [[2]] on the [[3]]."
    assert [[o.text for o in gap.options if o.correct] for gap in question.gaps] == [["cat"], ["sat"], ["mat"]]
    assert {len(gap.options) for gap in question.gaps} == {5}


def test_gaps_are_counted_anew_and_keep_to_their_group():
    words = "".join(
        f"<dragbox><text>{word}</text><group>{group}</group></dragbox>"
        for word, group in (("a", 1), ("b", 2), ("c", 1), ("d", 2))
    )
    (found,) = reading(of_type("ddwtos", words, "x [[4]] y [[1]] z [[1]]")).questions
    assert found.question.stem == "x [[1]] y [[2]] z [[3]]"
    assert [[o.text for o in gap.options] for gap in found.question.gaps] == [["b", "d"], ["a", "c"], ["a", "c"]]


def test_settings_of_the_samples():
    assert sampled("moodle/xml/qtype_essay.moodle.xml").words == WordLimit(None, 20)
    toad = sampled("moodle/xml/qtype_shortanswer.moodle.xml").options[1]
    assert (toad.text, toad.correct, toad.weight) == ("toad", True, Decimal("0.8"))
    assert sampled("moodle/xml/qtype_match.moodle.xml").options[3] == Option("", match="insect")
    assert sampled("moodle/xml/qtype_ordering_testoldquestion.moodle.xml").code == "dd1"
    assert sampled("moodle/xml/qtype_truefalse.moodle.xml").options[0] == Option(
        "Đúng", True, feedback="This is the right answer."
    )


def test_the_other_samples():
    points = {"essay": "1.1", "matching": "1.11", "multichoice": "1.3", "shortanswer": "1.12"}
    for name, mark in points.items():
        assert sampled(f"qas-editor/moodle/{name}.xml").points == Decimal(mark)
    question = sampled("qas-editor/moodle/multichoice.xml")
    assert (question.markup, [media.name for media in question.media]) == (Markup.HTML, ["4.png"])
    assert "<sub>exponent</sub> and <sup>indice</sup>" in question.stem
    assert "href" not in question.stem
    assert sampled("qas-editor/moodle/cloze.xml").gaps[0].options[3].weight == Decimal("0.5")


def test_a_calculated_question_is_named():
    read = moodle_xml.read(sample("qas-editor/moodle/calculated.xml"))
    (problem,) = read.problems
    assert (read.questions, problem.code, problem.row) == ((), "unsupported_type", 3)
    assert problem.params == {"found": "calculatedmulti", "title": "Calculée"}


# --- the types in detail


def test_several_answers_earn_parts():
    answers = answer("a", 50) + answer("b", 50) + answer("c", "-33.33333") + answer("d", 0)
    (found,) = reading(of_type("multichoice", "<single>false</single>" + answers)).questions
    assert (found.question.kind, found.question.credit, found.question.key) == ("multiple", Credit.PARTIAL, (0, 1))
    assert [option.weight for option in found.question.options] == [
        Decimal("0.5"), Decimal("0.5"), Decimal("-0.3333333"), None,
    ]  # fmt: skip


def test_a_set_is_all_or_nothing():
    answers = answer("a", 100) + answer("b", 100) + answer("c", 0)
    (found,) = reading(of_type("multichoiceset", answers)).questions
    assert (found.question.kind, found.question.credit, found.question.key) == (
        "multiple", Credit.ALL_OR_NOTHING, (0, 1)
    )  # fmt: skip


def test_options_that_are_not_shuffled_keep_their_places():
    answers = "<single>true</single>{}" + answer("a", 100) + answer("b", 0)
    still = reading(of_type("multichoice", answers.format("<shuffleanswers>0</shuffleanswers>")))
    moving = reading(of_type("multichoice", answers.format("<shuffleanswers>1</shuffleanswers>")))
    assert [[o.fixed for o in read.questions[0].question.options] for read in (still, moving)] == [
        [True, True], [False, False],
    ]  # fmt: skip


def test_numbers_and_case():
    number = answer("14", 100, "<tolerance>0.5</tolerance>") + answer("*", 0, "<feedback><text>sai</text></feedback>")
    (found,) = reading(of_type("numerical", number)).questions
    assert found.question.options == (Option("14", True, tolerance=Decimal("0.5")), Option("*", feedback="sai"))
    (found,) = reading(of_type("shortanswer", "<usecase>1</usecase>" + answer("Luật", 100))).questions
    assert found.question.text_rules == TextRules(case=True)


def test_tags_number_and_feedback():
    more = (
        "<idnumber>GT1</idnumber><tags><tag><text>luật</text></tag><tag><text>xe</text></tag></tags>"
        "<generalfeedback format='html'><text>Theo &lt;b&gt;Điều 5&lt;/b&gt;</text></generalfeedback>"
    )
    question = reading(of_type("essay", more)).questions[0].question
    assert (question.code, question.tags, question.explanation) == ("GT1", ("luật", "xe"), "Theo <b>Điều 5</b>")
    assert question.markup is Markup.HTML


def test_a_pair_whose_prompt_is_a_picture_is_no_distractor():
    file = f'<file name="b.png" encoding="base64">{base64.b64encode(PNG).decode()}</file>'
    picture = f'<text>&lt;img src="@@PLUGINFILE@@/b.png" alt="Biển cấm"&gt;</text>{file}'
    pairs = "".join(
        f'<subquestion format="html">{prompt}<answer><text>{match}</text></answer></subquestion>'
        for prompt, match in ((picture, "cấm"), ("<text>chữ</text>", "khác"))
    )
    question = reading(of_type("matching", pairs)).questions[0].question
    assert [option.text for option in question.prompts] == ["Biển cấm", "chữ"]
    assert [(media.name, media.place) for media in question.media] == [("b.png", 0)]


def test_plain_text_is_not_read_as_html():
    text = '<questiontext format="plain_text"><text>a &lt;b&gt; c\n\nd</text></questiontext>'
    question = reading(f'<question type="essay">{text}</question>').questions[0].question
    assert (question.stem, question.markup) == ("a <b> c\n\nd", Markup.TEXT)


# --- what cannot be taken


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (of_type("description", ""), "unsupported_type"),
        (of_type("calculated", ""), "unsupported_type"),
        ("<question><name><text>x</text></name></question>", "unsupported_type"),
        (of_type("multichoice", answer("a", 33)), "illegal_fraction"),
        (of_type("shortanswer", answer("a", "x")), "illegal_fraction"),
        (of_type("multichoice", "<single>true</single>" + answer("a", 0) + answer("b", 0)), "no_key"),
        (of_type("multichoice", "<single>true</single>" + answer("a", 100) + answer("b", 100)), "several_full_answers"),
        (of_type("truefalse", ""), "no_key"),
        (of_type("matching", ""), "too_few_options"),
        (of_type("numerical", answer("x", 100)), "answer_not_a_number"),
        (of_type("cloze", "", "Hỏi {1:MC:=a}"), "too_few_options"),
        (of_type("cloze", "", "Hỏi"), "no_gaps"),
        (of_type("gapselect", "", "Hỏi [[1]]"), "no_key"),
        (of_type("essay", "", ""), "empty_stem"),
        (of_type("essay", "", "<img src='@@PLUGINFILE@@/a.png'> x"), "media_missing"),
        (of_type("essay", "", "<img src='http://a/b.png'> x"), "media_missing"),
    ],
)
def test_a_fault_is_named_by_its_line_and_the_rest_comes_in(inside, code):
    read = reading(f"{GOOD}\n{inside}\n{GOOD.replace('Tốt', 'Cũng tốt')}")
    assert (code, 3) in codes(read)
    assert {"Tốt?", "Cũng tốt?"} <= {found.question.stem for found in read.questions}


@pytest.mark.parametrize("name", ["hint", "graderinfo", "correctfeedback"])
def test_what_has_no_place_is_named_once_for_the_file(name):
    with_part = of_type("essay", f"<{name} format='html'><text>x</text></{name}>")
    read = reading(with_part + with_part.replace("Hỏi", "Nói"))
    assert [(p.code, p.column, p.params) for p in read.problems] == [("parts_not_taken", name, {"found": 2})]


@pytest.mark.parametrize("content", ["", "?", "PHN2Zz4="])
def test_a_file_that_is_no_picture_is_named(content):
    inside = f'<file name="a.png" encoding="base64">{content}</file></questiontext>'
    read = reading(of_type("essay", "", "x <img src='@@PLUGINFILE@@/a.png'>").replace("</questiontext>", inside))
    assert [problem.code for problem in read.problems] in (["media_ignored"], ["media_missing"])


HOSTILE = {
    b"<!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>": "unsafe_xml",
    b"<!DOCTYPE q [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><quiz>&x;</quiz>": "unsafe_xml",
    b"<quiz><question type=": "broken_xml",
    b"": "broken_xml",
    b"<quiz/>": "no_questions",
    b"<html/>": "unknown_format",
    b"<quiz>" + b"<question>" * 5_000: "broken_xml",
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.items())
def test_a_hostile_file_gives_one_problem(data, code):
    read = moodle_xml.read(data)
    assert (read.questions, [problem.code for problem in read.problems]) == ((), [code])


def test_words_without_number_are_bounded():
    words = "<selectoption><text>x</text></selectoption>" * 5_000
    read = reading(of_type("gapselect", words, "[[1]]" * 20_000))
    assert read.has_errors
    assert len(read.questions[0].question.gaps) < 1_000


def test_nothing_that_runs_comes_in():
    evil = "<b onclick=x()>Hỏi</b><script>alert(1)</script><a href='javascript:x'>y</a><iframe src=z></iframe>"
    question = reading(of_type("essay", "", evil)).questions[0].question
    assert question.stem == "<b>Hỏi</b>y"


@given(
    st.lists(
        st.sampled_from(["quiz", "question", "text", "answer", "name", "questiontext", "file", "tags"]), max_size=6
    ),
    st.sampled_from(["multichoice", "matching", "cloze", "ordering", "gapselect", "category", "", "essay"]),
    st.text(alphabet='a{}[1]:=~<&"', max_size=20),
)
def test_no_elements_in_any_order_make_it_raise(names, kind, text):
    opening = "".join(f'<{name} type="{kind}" fraction="{len(text)}">' for name in names)
    closing = "".join(f"</{name}>" for name in reversed(names))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    read = reading(opening + escaped + closing)
    assert read.questions or read.problems


# --- writing


def test_writing_loses_only_what_it_names():
    assert_nothing_unnamed_is_lost(every_question(), moodle_xml_write.write, moodle_xml.read)


@pytest.mark.parametrize("path", [*XML, *QAS])
def test_the_samples_survive_writing_and_reading(path):
    questions = [found.question for found in moodle_xml.read(sample(path)).questions]
    assert_nothing_unnamed_is_lost(questions, moodle_xml_write.write, moodle_xml.read)


def test_what_is_lost_of_every_question_is_only_level_and_law():
    problems = moodle_xml_write.write(every_question()).problems
    named = {problem.column for problem in problems if problem.code == "not_in_format"}
    assert named == {"level", "legal_basis", "situation", "shows_count", "text_rules", "credit", "fixed"}


def test_two_files_of_one_name_stay_two():
    media = tuple(Media("a.png", "image/png", PNG + bytes([n])) for n in range(2))
    data = moodle_xml_write.write([Question("essay", "Hỏi", media=media)]).data
    again = moodle_xml.read(data).questions[0].question
    assert [(m.name, m.data) for m in again.media] == [("a.png", media[0].data), ("2-a.png", media[1].data)]


TEXTS = st.text(min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@given(stem=TEXTS, texts=st.lists(TEXTS, min_size=2, max_size=3, unique=True))
def test_every_character_xml_knows_is_kept(stem, texts):
    stem, *texts = (clean("".join(c for c in text if c not in "\ufffe\uffff") + "x") for text in (stem, *texts))
    options = tuple(Option(text, n == 0) for n, text in enumerate(texts))
    questions = [Question("single", stem, options), Question("short", stem, (Option(texts[0], True),))]
    assert_nothing_unnamed_is_lost(questions, moodle_xml_write.write, moodle_xml.read)


def test_a_yes_and_no_of_other_words_becomes_a_choice_and_is_named():
    question = Question("true_false", "Có không?", (Option("Có", True), Option("Không")))
    assert_nothing_unnamed_is_lost([question], moodle_xml_write.write, moodle_xml.read)
    assert "kind" in {problem.column for problem in moodle_xml_write.write([question]).problems}


# --- the command line


@pytest.mark.parametrize("path", [*XML, *QAS])
def test_moodle_xml_is_told_by_its_root(path):
    assert detect(sample(path), "bank") == "moodle_xml"


def test_the_command_line_reads_and_writes(tmp_path, capfd):
    (tmp_path / "bank.xml").write_bytes(sample("moodle/xml/multichoice.xml"))
    assert main(["read", str(tmp_path / "bank.xml"), "--json"]) == 0
    (tmp_path / "bank.json").write_text(capfd.readouterr().out)
    assert main(["write", str(tmp_path / "bank.json"), "--to", "moodle", str(tmp_path / "again.xml")]) == 0
    capfd.readouterr()
    assert main(["read", str(tmp_path / "again.xml"), "--format", "moodle-xml", "--json"]) == 0
    assert len(json.loads(capfd.readouterr().out)["questions"][0]["media"]) == 5
