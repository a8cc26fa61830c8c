"""Every kind of question, answered rightly, partly and not at all."""

from decimal import Decimal

import pytest
from builders import questions_of_every_kind

from contest_app.results.keys import answer_of, key_of
from question_bank.answers import comparable, number_in
from question_bank.kinds import KINDS
from question_bank.model import Credit, Gap, Option, Question, TextRules
from scoring.marking import Item, PeopleKey, mark_item

D = Decimal
CHOICE = (Option("một", True), Option("hai"), Option("ba", True))
HALVES = (Option("một", True, weight=D("0.5")), Option("hai", weight=D("-0.5")), Option("ba", True, weight=D("0.5")))
MATCHES = (
    Option("Luật", match="Quốc hội"),
    Option("Nghị định", match="Chính phủ"),
    Option("Nghị quyết", match="Quốc hội"),
    Option("", match="Bộ trưởng"),
)
STEPS = tuple(Option(text) for text in ("một", "hai", "ba", "bốn"))
GAPS = (
    Gap("numerical", (Option("14", True, tolerance=D("0.5")),)),
    Gap("single", (Option("tòa án"), Option("công an", True)), weight=D(2)),
    Gap("short", (Option("Bộ Công an", True), Option("Công an", True, weight=D("0.5")))),
)

QUESTIONS = {
    "single": Question("single", "?", CHOICE[:2]),
    "single with shares": Question("single", "?", (Option("một", True), Option("hai", weight=D("0.4")))),
    "true_false": Question("true_false", "?", (Option("Đúng"), Option("Sai", True))),
    "multiple": Question("multiple", "?", CHOICE),
    "multiple by share": Question("multiple", "?", CHOICE, credit=Credit.PARTIAL),
    "multiple with shares": Question("multiple", "?", HALVES, credit=Credit.PARTIAL),
    "statements": Question("statements", "?", CHOICE, credit=Credit.PARTIAL),
    "statements, all or nothing": Question("statements", "?", CHOICE),
    "short": Question("short", "?", (Option("Bộ Công an", True), Option("Công an", True, weight=D("0.5")))),
    "short, strict": Question("short", "?", (Option("Bộ *", True),), text_rules=TextRules(case=True, spacing=True)),
    "numerical": Question("numerical", "?", (Option("3,5", True, tolerance=D("0.1")), Option("*", weight=D("0.2")))),
    "matching": Question("matching", "?", MATCHES),
    "matching by share": Question("matching", "?", MATCHES, credit=Credit.PARTIAL),
    "ordering": Question("ordering", "?", STEPS),
    "ordering by share": Question("ordering", "?", STEPS, credit=Credit.PARTIAL),
    "cloze": Question("cloze", "[[1]] [[2]] [[3]]", gaps=GAPS, credit=Credit.PARTIAL),
    "cloze, all or nothing": Question("cloze", "[[1]] [[2]] [[3]]", gaps=GAPS),
    "essay": Question("essay", "?"),
    "prediction": Question("prediction", "?"),
}


def earned(name, parts):
    question = QUESTIONS[name]
    return mark_item(Item(key_of(question)), answer_of(question, parts)).points


@pytest.mark.parametrize(
    ("name", "parts", "expected"),
    [
        ("single", (0,), 1),
        ("single", (1,), 0),
        ("single with shares", (0,), 1),
        ("single with shares", (1,), "0.4"),
        ("true_false", (1,), 1),
        ("true_false", (0,), 0),
        ("multiple", (2, 0), 1),
        ("multiple", (0,), 0),
        ("multiple", (0, 1, 2), 0),
        ("multiple by share", (0,), "0.5"),
        ("multiple by share", (0, 1, 2), "0.5"),
        ("multiple with shares", (0, 2), 1),
        ("multiple with shares", (0, 1), 0),
        ("statements", (1, 0, 1), 1),
        ("statements", (1, 1, 1), "0.6667"),
        ("statements", (1, 0, None), "0.6667"),
        ("statements, all or nothing", (1, 0, 1), 1),
        ("statements, all or nothing", (1, 0, 0), 0),
        ("short", (" bộ  công AN ",), 1),
        ("short", ("côngan",), "0.5"),
        ("short", ("cong an",), 0),
        ("short, strict", ("Bộ Tư pháp",), 1),
        ("short, strict", ("bộ Tư pháp",), 0),
        ("numerical", ("3.6",), 1),
        ("numerical", (" 3,45 ",), 1),
        ("numerical", ("4",), "0.2"),
        ("numerical", ("bốn",), 0),
        ("matching", (0, 1, 0), 1),
        ("matching", (0, 1, 2), 0),
        ("matching by share", (0, 1, 0), 1),
        ("matching by share", (0, 2, None), "0.3333"),
        ("ordering", (0, 1, 2, 3), 1),
        ("ordering", (0, 1, 3, 2), 0),
        ("ordering by share", (0, 1, 3, 2), "0.5"),
        ("cloze", ("14,2", 1, "bộ công an"), 1),
        ("cloze", ("15", 1, "công an"), "0.625"),
        ("cloze", ("14", None, ""), "0.25"),
        ("cloze", ("14",), "0.25"),
        ("cloze, all or nothing", ("14", 1, "Bộ Công an"), 1),
        ("cloze, all or nothing", ("14", 1, "Công an"), 0),
        ("essay", ("một bài viết",), 0),
    ],
)
def test_an_answer_earns_its_share(name, parts, expected):
    assert round(earned(name, parts), 4) == D(expected)


@pytest.mark.parametrize("parts", [(), (None,), ("",), (None, None, None)])
@pytest.mark.parametrize("name", QUESTIONS)
def test_an_empty_answer_earns_nothing(name, parts):
    question = QUESTIONS[name]
    mark = mark_item(Item(key_of(question)), answer_of(question, parts))
    assert (mark.answered, mark.points) == (False, 0)


def test_a_text_for_a_number_is_an_answer_all_the_same():
    question = QUESTIONS["numerical"]
    assert mark_item(Item(key_of(question)), answer_of(question, ("bốn",))).answered


def test_people_mark_an_essay():
    assert key_of(QUESTIONS["essay"]) == PeopleKey()
    answer = answer_of(QUESTIONS["essay"], ("một bài viết",))
    assert mark_item(Item(PeopleKey(D("0.75"))), answer).points == D("0.75")


RIGHT = {
    "multiple": (0, 1), "statements": (1, 0, 1, 0), "short": ("Bo Cong an",), "numerical": ("14,3",),
    "matching": (0, 1, 0), "ordering": (0, 1, 2, 3), "cloze": ("14", 0),
}  # fmt: skip
PARTLY = {
    "multiple": ((0,), "0.5"), "statements": ((1, 0, 1, 1), "0.5"), "short": (("công an",), "0.5"),
    "matching": ((0, 0, 0), "0.6667"), "ordering": ((1, 0, 2, 3), "0.5"), "cloze": ((None, 0), "0.6667"),
}  # fmt: skip


@pytest.mark.parametrize("question", questions_of_every_kind(), ids=lambda question: question.kind)
def test_questions_as_people_write_them_are_marked(question):
    item = Item(key_of(question))
    parts, expected = PARTLY.get(question.kind, ((), 0))
    right = mark_item(item, answer_of(question, RIGHT.get(question.kind, ())))
    assert right.points == (question.kind != "essay")
    assert round(mark_item(item, answer_of(question, parts)).points, 4) == D(expected)


def test_no_kind_is_forgotten():
    assert {question.kind for question in QUESTIONS.values()} == set(KINDS)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5.000.000", "5000000"), ("5,000,000", "5000000"), ("1.000.000,5", "1000000.5"), ("-1,000.5", "-1000.5"),
        ("1.000", "1"), ("3,5", "3.5"), ("5 000 000", "5000000"), ("1.00.000", None), ("1.000,000.5", None),
        ("18 tuổi", None),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed, number):
    assert number_in(typed) == (number and D(number))


@pytest.mark.parametrize(("key", "earned"), [("1000", 1), ("1", 1), ("1,5", 0)])
def test_one_group_of_thousands_is_right_by_either_reading(key, earned):
    question = Question("numerical", "?", (Option(key, True),))
    assert mark_item(Item(key_of(question)), answer_of(question, ("1.000",))).points == earned


@pytest.mark.parametrize("pair", ["hoà bình/hòa bình", "THUỶ/THỦY", "khoẻ/khỏe"])
def test_both_places_of_a_tone_are_one_word(pair):
    one, other = pair.split("/")
    assert comparable(one, TextRules()) == comparable(other, TextRules())


@pytest.mark.parametrize("pair", ["hoà/hoá", "hoà/hoa", "của/cuả", "mùa/muà", "hoặc/hoạc"])
def test_other_tones_and_vowels_stay_apart(pair):
    one, other = pair.split("/")
    assert comparable(one, TextRules()) != comparable(other, TextRules())
