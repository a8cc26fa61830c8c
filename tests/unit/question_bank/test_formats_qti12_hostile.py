"""Broken and hostile files of QTI 1.2: all that is sound comes in, the rest is told."""

import time

import pytest
from builders import PNG
from packages import codes, damaged, questions, zipped

from question_bank.formats import qti12
from question_bank.model import Media


def item(body, ident="i1", type_="multiple_choice_question"):
    return f"""<item ident="{ident}" title="T"><itemmetadata><qtimetadata><qtimetadatafield>
      <fieldlabel>question_type</fieldlabel><fieldentry>{type_}</fieldentry></qtimetadatafield></qtimetadata>
      </itemmetadata>{body}</item>"""


def condition(respident, value, score="100"):
    asked = f'<conditionvar><varequal respident="{respident}">{value}</varequal></conditionvar>'
    return f'<respcondition>{asked}<setvar action="Set">{score}</setvar></respcondition>'


def choice(stem="Câu?", key="a", score="100"):
    return f"""<presentation><material><mattext texttype="text/html">{stem}</mattext></material>
      <response_lid ident="r" rcardinality="Single"><render_choice>
      <response_label ident="a"><material><mattext>x</mattext></material></response_label>
      <response_label ident="b"><material><mattext>y</mattext></material></response_label>
      </render_choice></response_lid></presentation>
      <resprocessing>{condition("r", key, score)}</resprocessing>"""


def whole(*items):
    return f"<questestinterop><assessment><section>{''.join(items)}</section></assessment></questestinterop>".encode()


def test_a_key_that_names_no_answer_is_told_while_the_good_one_comes_in():
    result = qti12.read(whole(item(choice(key="?"), "i1"), item(choice("Hai?"), "i2")))
    assert [question.key for question in questions(result)] == [(), (0,)]
    assert [p.row for p in result.problems if p.code == "no_key"] == [result.questions[0].row]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<presentation/>", "text_ignored"),
        ("", "text_ignored"),
        ("<presentation><response_grp ident='g'/></presentation>", "unsupported_type"),
        ("<presentation><response_lid ident='r'/></presentation>", "too_few_options"),
        ("<resprocessing><respcondition/></resprocessing>", "unsupported_type"),
    ],
)
def test_a_broken_item_is_told_and_the_next_comes_in(body, problem):
    result = qti12.read(whole(item(body, "i1"), item(choice(), "i2")))
    assert problem in codes(result)
    assert questions(result)[-1].key == (0,)


def test_scripts_and_handlers_do_not_come_in():
    stem = "&lt;p onclick='x()'&gt;&lt;b&gt;A&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;"
    (question,) = questions(qti12.read(whole(item(choice(stem)))))
    assert question.stem == "<p><b>A</b></p>"


def test_a_package_reads_around_a_member_that_hurts():
    bomb = b'<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><questestinterop>&b;</questestinterop>'
    good = whole(item(choice()))
    result = qti12.read(zipped({"a.xml": bomb, "b.xml": good, "c.xml": b"<questestinterop"}))
    assert [question.key for question in questions(result)] == [(0,)]
    assert [(p.code, p.params["name"]) for p in result.problems] == [("unsafe_xml", "a.xml"), ("broken_xml", "c.xml")]


def test_a_damaged_member_is_named_while_the_others_come_in():
    data = zipped({"a.xml": whole(item(choice(), "i1")), "b.xml": whole(item(choice("Hai?"), "i2"))})
    result = qti12.read(damaged(data, "a.xml"))
    assert [question.stem for question in questions(result)] == ["Hai?"]
    assert [(p.code, p.params) for p in result.problems] == [("member_damaged", {"name": "a.xml"})]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"../x.xml": b"<questestinterop/>"}, "path_traversal"),
        ({"/etc/x.xml": b"<questestinterop/>"}, "path_traversal"),
        ({"x.bin": b"\0" * (12 * 1024 * 1024)}, "zip_bomb"),
        ({"x.xml": b" " * (31 * 1024 * 1024)}, "zip_bomb"),
        ({}, "unsupported_package"),
        ({"imsmanifest.xml": b"<manifest"}, "unsupported_package"),
    ],
)
def test_a_hostile_package_gives_one_problem(files, code):
    result = qti12.read(zipped(files))
    assert (codes(result), result.questions) == ([code], ())


def test_idents_used_again_in_another_file_are_other_questions():
    files = {
        "a.xml": whole(item(choice("Một?"))),
        "b.xml": whole(item(choice("Hai?"))),
        "c.xml": whole(item(choice("Hai?"))),
    }
    assert [question.stem for question in questions(qti12.read(zipped(files)))] == ["Một?", "Hai?"]


def test_a_member_of_another_version_is_told():
    result = qti12.read(zipped({"a.xml": whole(item(choice())), "b.xml": b"<assessmentItem><x/></assessmentItem>"}))
    assert [(p.code, p.params) for p in result.problems] == [("member_of_other_format", {"name": "b.xml"})]


@pytest.mark.parametrize(
    "address",
    ["$IMS-CC-FILEBASE$/Uploaded%20Media/a.png", "%24IMS-CC-FILEBASE%24/Uploaded%20Media/a.png?canvas_download=1",
     "$IMS_CC_FILE_BASE$Uploaded Media/a.png", "../Uploaded Media/a.png", "a.png"],
)  # fmt: skip
def test_a_picture_is_found_however_its_address_is_written(address):
    document = whole(item(choice(f"Hình &lt;img src='{address}' alt='Biển'&gt;")))
    result = qti12.read(zipped({"quiz/quiz.xml": document, "web_resources/Uploaded Media/a.png": PNG}))
    assert questions(result)[0].media == (Media("a.png", "image/png", PNG, alt="Biển"),)
    assert result.problems == ()


def test_a_picture_that_is_not_there_is_told():
    result = qti12.read(whole(item(choice("&lt;img src='x.png'&gt; Hình"))))
    assert codes(result) == ["media_missing"]


def test_common_feedback_is_not_copied_without_end():
    long = f"<itemfeedback ident='correct_fb'><material><mattext>{'x' * 5000}</mattext></material></itemfeedback>"
    result = qti12.read(whole(item(choice() + long)))
    assert questions(result)[0].options[0].feedback == ""
    assert codes(result) == ["feedback_ignored"]


SLOW = {
    "deep": b"<questestinterop>" + b"<flow>" * 100_000,
    "items in items": b"<questestinterop>" + b"<item ident='x'>" * 200 + b"<mattext>x</mattext>" * 50_000,
    "many conditions": whole(item(f"<resprocessing>{condition('[a]', 'x') * 50_000}</resprocessing>")),
    "many responses": whole(item("<presentation>" + "<response_str ident='a'/>" * 50_000 + "</presentation>")),
    "brackets": whole(item(choice("[" * 200_000))),
    "huge numbers": whole(item(f"{choice(score='1e30')}<resprocessing>{condition('r', 'b', '1e-30')}</resprocessing>")),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_file_holds_the_reader_up(name):
    begun = time.monotonic()
    result = qti12.read(SLOW[name])
    assert result.questions or result.problems
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("number", ["1E-999999999", "1e30", "-1e-30", "9" * 30, "NaN", "1e31"])
def test_strange_numbers_do_not_raise(number):
    told = condition("r", number, number).replace("<varequal", f'<varequal margin="{number}" margintype="percent"')
    body = "<presentation><response_num ident='r'><render_fib/></response_num></presentation>"
    body += f"<resprocessing>{told}</resprocessing>"
    result = qti12.read(whole(item(body, type_="numerical_question")))
    assert [question.kind for question in questions(result)] == ["numerical"]
