"""Interactions in all the ways they are written, and parts of items that are wrong or missing."""

import pytest
from qti_items import BOX, CHOICE, CHOICES, TEMPLATE, branches, compared, correct, item, read

from question_bank.formats import qti

COLUMNS = '<simpleAssociableChoice identifier="{}" matchMax="9">{}</simpleAssociableChoice>'


def matched(first, second, *pairs, template="match_correct"):
    sets = "".join(
        f"<simpleMatchSet>{''.join(COLUMNS.format(*one) for one in each)}</simpleMatchSet>" for each in (first, second)
    )
    body = f'<matchInteraction responseIdentifier="RESPONSE" maxAssociations="0">{sets}</matchInteraction>'
    data = item(body, "", correct(*pairs), "multiple", "directedPair")
    rules = f'<responseProcessing template="{TEMPLATE}/{template}"/></assessmentItem>'
    return qti.read(data.replace(b"</assessmentItem>", rules.encode()))


def test_two_columns_of_true_and_false_are_statements():
    first = [("a", "ý một"), ("b", "ý hai")]
    question = matched(first, [("x", "True"), ("y", "False")], "a y", "b x").questions[0].question
    assert (question.kind, [(one.text, one.correct) for one in question.options]) == (
        "statements", [("ý một", False), ("ý hai", True)],
    )  # fmt: skip


def test_where_the_second_set_has_one_partner_each_it_asks():
    first = [("a", "Luật"), ("b", "Nghị định")]
    question = matched(first, [("x", "36/2024"), ("y", "65/2006"), ("z", "168/2024")], "a x", "a y", "b z")
    assert [(one.text, one.match) for one in question.questions[0].question.options] == [
        ("36/2024", "Luật"), ("65/2006", "Luật"), ("168/2024", "Nghị định"),
    ]  # fmt: skip


def test_what_is_matched_freely_is_named():
    first = [("a", "một"), ("b", "hai")]
    result = matched(first, [("x", "ba"), ("y", "bốn")], "a x", "a y", "b x")
    assert (result.questions, [problem.code for problem in result.problems]) == ((), ["unsupported_type"])


def test_a_pair_nobody_asks_for_is_a_distractor():
    first = [("a", "một"), ("b", "hai")]
    question = matched(first, [("x", "ba"), ("y", "bốn"), ("z", "năm")], "a y", "b x").questions[0].question
    assert [(one.text, one.match) for one in question.options] == [("một", "bốn"), ("hai", "ba"), ("", "năm")]


def test_pairs_within_one_set():
    offered = "".join(COLUMNS.format(*one) for one in (("a", "một"), ("b", "hai"), ("c", "ba"), ("d", "bốn")))
    body = f'<associateInteraction responseIdentifier="RESPONSE">{offered}</associateInteraction>'
    rules = branches(('<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>', 1))
    question, problems = read(body, rules, correct("b a", "c d"), "multiple", "pair")
    assert (question.kind, [(one.text, one.match) for one in question.options]) == (
        "matching", [("hai", "một"), ("ba", "bốn")],
    )  # fmt: skip
    assert problems == []


def test_a_choice_that_belongs_nowhere_in_an_order_is_named():
    body = f'<orderInteraction responseIdentifier="RESPONSE">{CHOICES}</orderInteraction>'
    rules = branches(('<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>', 1))
    question, problems = read(body, rules, correct("C", "A", "B"), "ordered")
    assert [option.text for option in question.options] == ["ý C", "ý A", "ý B"]
    assert problems == ["qti_choice_left_out"]


def test_notes_for_markers_explain_and_those_for_contestants_stay():
    notes = '<rubricBlock view="scorer">chấm</rubricBlock><rubricBlock view="candidate"><p>đọc kỹ</p></rubricBlock>'
    question, _problems = read(f'{notes}<extendedTextInteraction responseIdentifier="RESPONSE"/>', base_type="string")
    assert (question.stem, question.explanation) == ("Hỏi gì?\nđọc kỹ", "chấm")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^(?:(?:[^\s\:\!\?\;\…\€]+)[\s\:\!\?\;\…\€]*){0,250}$", (None, 250)),
        (r"^\s*(?:\S+(?:\s+|$)){20,}$", (20, None)),
        (r"^[0-9]{1,5}$", (None, None)),
        ("", (None, None)),
    ],
)
def test_limits_of_words_stand_in_the_pattern(pattern, expected):
    body = f'<extendedTextInteraction responseIdentifier="RESPONSE" patternMask="{pattern}"/>'
    words = read(body, base_type="string")[0].words
    assert (words.least, words.most) == expected


def test_a_box_with_its_own_line_asks_one_thing():
    own_line = "<p>Tính.<br/><textEntryInteraction responseIdentifier='RESPONSE'/></p>"
    in_text = "<p>Đáp số: <textEntryInteraction responseIdentifier='RESPONSE'/></p>"
    declared, rules = correct("x"), branches((compared("match", "x", "string"), 1))
    assert read(own_line, rules, declared, base_type="string")[0].kind == "short"
    question = read(in_text, rules, declared, base_type="string")[0]
    assert (question.kind, question.stem) == ("cloze", "Hỏi gì?\nĐáp số: [[1]]")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (CHOICE + CHOICE, "2 × choiceInteraction"),
        (CHOICE + BOX, "2 × choiceInteraction"),
        ('<uploadInteraction responseIdentifier="RESPONSE"/>', "uploadInteraction"),
        ('<customInteraction responseIdentifier="RESPONSE"/>', "customInteraction"),
        (f"<choiceInteraction>{CHOICES * 20}</choiceInteraction>", "80 × simpleChoice"),
        ("<matchInteraction/>", "matchInteraction"),
    ],
)
def test_what_cannot_be_asked_is_named(body, found):
    result = qti.read(item(body, label="X"))
    assert (result.questions, [problem.code for problem in result.problems]) == ((), ["unsupported_type"])
    assert result.problems[0].params == {"found": found, "title": "Câu thử"}


def test_a_label_is_the_code():
    question, _problems = read(CHOICE, branches((compared("match", "B"), 1)), label=" VD 01 ")
    assert (question.code, question.title) == ("VD 01", "Câu thử")


def test_the_key_of_an_essay_helps_those_who_mark_it():
    body = '<extendedTextInteraction responseIdentifier="RESPONSE"/>'
    question, problems = read(body, "", correct("Nêu đủ &lt;hai&gt; ý"), base_type="string")
    assert (question.explanation, problems) == ("Nêu đủ <hai> ý", [])
