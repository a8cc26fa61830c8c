"""Question pools of Blackboard 6."""

from builders import PNG, sample
from packages import codes, damaged, questions, read_as, told, zipped

from question_bank.formats import blackboard
from question_bank.model import Markup

SAMPLE = "moodle/blackboard/sample_blackboard_pool.dat"


def pool(*parts, title="Ngân hàng"):
    return f"<POOL><TITLE value='{title}'/>{''.join(parts)}</POOL>".encode()


def choice(ident="q1", stem="Câu?", key="a1", html="true"):
    return f"""<QUESTION_MULTIPLECHOICE id='{ident}'><BODY><TEXT><![CDATA[{stem}]]></TEXT>
      <FLAGS><ISHTML value='{html}'/></FLAGS></BODY><ANSWER id='a1'><TEXT>x</TEXT></ANSWER>
      <ANSWER id='a2'><TEXT>y</TEXT></ANSWER><GRADABLE><CORRECTANSWER answer_id='{key}'/></GRADABLE>
      </QUESTION_MULTIPLECHOICE>"""


def test_the_sample_has_its_six_kinds():
    result = read_as("blackboard", sample(SAMPLE), "pool.dat")
    true_false, single, multiple, matching, essay, short = questions(result)
    assert [question.kind for question in questions(result)] == [
        "true_false", "single", "multiple", "matching", "essay", "short",
    ]  # fmt: skip
    assert true_false.stem == "42 is the Absolute Answer to everything."
    assert [(o.text, o.correct, o.feedback) for o in true_false.options] == [
        ("False", False, "42 is the Ultimate Answer."),
        ("True", True, "You gave the right answer."),
    ]
    assert [(o.text, o.correct) for o in single.options] == [("red", False), ("yellow", True), ("blue", False)]
    assert [o.text for o in multiple.options if o.correct] == ["yellow", "off-beige"]
    assert (matching.stem, matching.markup) == ("<i>Classify the animals.</i>", Markup.HTML)
    assert [(o.text, o.match) for o in matching.options] == [
        ("frog", "amphibian"), ("cat", "mammal"), ("newt", "amphibian"), ("", "insect"),
    ]  # fmt: skip
    assert essay.explanation.startswith("Blackboard answer for essay questions")
    assert [(o.text, o.correct) for o in short.options] == [("frog", True)]
    assert {question.topic for question in questions(result)} == {("exam 3 2008-9",)}
    assert {question.points for question in questions(result)} == {None}
    assert told(result) == [("feedback_ignored", 55)]


def test_a_type_nobody_knows_is_named_and_the_next_comes_in():
    result = blackboard.read(pool("<QUESTION_HOTSPOT id='q0'/>", choice()))
    assert [(p.code, p.params) for p in result.problems] == [
        ("unsupported_type", {"found": "QUESTION_HOTSPOT", "title": "q0"})
    ]
    assert [question.key for question in questions(result)] == [(0,)]


def test_points_are_in_the_list_of_questions():
    listed = "<QUESTIONLIST><QUESTION id='q1' points='2.50'/></QUESTIONLIST>"
    (question,) = questions(blackboard.read(pool(listed, choice())))
    assert str(question.points) == "2.5"


def test_text_that_is_no_html_stays_as_it_is():
    (question,) = questions(blackboard.read(pool(choice(stem="1 &lt; <b>2</b>", html="false"))))
    assert question.stem == "1 &lt; <b>2</b>"
    assert question.markup is Markup.TEXT


def test_a_key_of_no_answer_is_told():
    result = blackboard.read(pool(choice(key="a9"), choice("q2", "Hai?")))
    assert ("no_key", result.questions[0].row) in told(result)


def test_scripts_do_not_come_in():
    (question,) = questions(blackboard.read(pool(choice(stem="<b onclick='x()'>A</b><script>alert(1)</script>"))))
    assert question.stem == "<b>A</b>"


def test_the_zip_blackboard_exports_with_its_picture():
    files = {"res00001.dat": pool(choice(stem="<img src='a/b.png'>Hình")), "a/b.png": PNG}
    result = read_as("blackboard", zipped(files), "pool.zip")
    assert [media.data for media in questions(result)[0].media] == [PNG]
    assert [found.row for found in result.questions] == [1]


def test_a_damaged_member_is_named_while_the_others_come_in():
    data = zipped({"a.dat": pool(choice()), "b.dat": pool(choice(stem="Hai?")), "c.dat": b"<POOL"})
    result = blackboard.read(damaged(data, "a.dat"))
    assert [question.stem for question in questions(result)] == ["Hai?"]
    assert codes(result) == ["member_damaged", "broken_xml"]


def test_entities_are_refused():
    result = blackboard.read(b"<!DOCTYPE POOL [<!ENTITY a 'b'>]>" + pool(choice()))
    assert (codes(result), result.questions) == (["unsafe_xml"], ())
