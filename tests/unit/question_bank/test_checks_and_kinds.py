from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from question_bank.checks import LONGEST_CODE, LONGEST_OPTION, LONGEST_STEM, LONGEST_TOPIC, check
from question_bank.kinds import KINDS, MOST_GAPS
from question_bank.model import Gap, LegalBasis, Option, Question, Severity
from question_bank.text import clean, fold, wording_key


def question(kind="single", count=4, correct=1, **other):
    made = tuple(Option(f"phương án {n}", n < correct) for n in range(count))
    return Question(kind, **({"stem": "Hỏi?", "options": made} | other))


def codes(asked):
    return [problem.code for problem in check(asked)]


@pytest.mark.parametrize(
    ("kind", "options", "correct", "expected"),
    [
        ("single", 1, 1, ["too_few_options"]),
        ("single", 2, 1, []),
        ("single", 10, 1, []),
        ("single", 11, 1, ["too_many_options"]),
        ("single", 4, 0, ["no_key"]),
        ("single", 4, 2, ["too_many_keys"]),
        ("multiple", 1, 1, ["too_few_options"]),
        ("multiple", 2, 1, []),
        ("multiple", 3, 0, ["no_key"]),
        ("multiple", 3, 2, []),
        ("multiple", 10, 10, []),
        ("true_false", 2, 1, []),
        ("true_false", 3, 1, ["too_many_options"]),
        ("prediction", 0, 0, []),
        ("prediction", 2, 1, ["too_many_options", "too_many_keys"]),
        ("statements", 4, 0, []),
        ("statements", 1, 1, ["too_few_options"]),
        ("short", 1, 1, []),
        ("short", 0, 0, ["too_few_options", "no_key"]),
        ("ordering", 1, 0, ["too_few_options"]),
        ("essay", 0, 0, []),
        ("essay", 4, 1, ["too_many_options", "too_many_keys"]),
        ("riddle", 4, 1, ["unknown_kind"]),
    ],
)
def test_options_and_keys_each_kind_demands(kind, options, correct, expected):
    assert codes(question(kind, options, correct)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stem": "  "}, ["empty_stem"]),
        ({"stem": "x" * LONGEST_STEM}, []),
        ({"stem": "x" * (LONGEST_STEM + 1)}, ["stem_too_long"]),
        ({"options": (Option("x", True), Option(" "))}, ["empty_option"]),
        ({"options": (Option("x", True), Option("y" * LONGEST_OPTION))}, []),
        ({"options": (Option("x", True), Option("y" * (LONGEST_OPTION + 1)))}, ["option_too_long"]),
        ({"options": (Option("x", True), Option(" x"))}, ["repeated_option"]),
        ({"code": "c" * LONGEST_CODE}, []),
        ({"code": "c" * (LONGEST_CODE + 1)}, ["code_too_long"]),
        ({"topic": ("t" * LONGEST_TOPIC,)}, []),
        ({"topic": ("t" * (LONGEST_TOPIC + 1),)}, ["topic_too_long"]),
        ({"topic": ("t" * 250, "u" * 247)}, []),  # 500 with the " > " between them
        ({"topic": ("t" * 250, "u" * 248)}, ["topic_too_long"]),
        ({"legal_basis": (LegalBasis("1", "", "", "", date(2025, 1, 1), date(2025, 1, 1)),)}, []),
        (
            {"legal_basis": (LegalBasis("1", "", "", "", date(2025, 1, 2), date(2025, 1, 1)),)},
            ["law_ends_before_start"],
        ),
    ],
)
def test_texts_on_both_sides_of_each_limit(changes, expected):
    assert codes(question(**changes)) == expected


def test_only_the_prediction_is_not_drawn():
    assert [code for code, kind in KINDS.items() if not kind.drawable] == ["prediction"]


@pytest.mark.parametrize(("day", "binds"), [(1, False), (2, True), (3, True), (4, False)])
def test_the_days_an_act_is_in_force(day, binds):
    basis = LegalBasis("1", in_force_from=date(2025, 1, 2), in_force_to=date(2025, 1, 3))
    assert basis.is_in_force(date(2025, 1, day)) is binds


def test_an_act_of_unknown_dates_is_not_excluded():
    assert LegalBasis("1").is_in_force(date(1990, 1, 1))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Luật Đất đai", "luat dat dai"), ("NHÀ NƯỚC", "nha nuoc"), ("nhà nƣớc", "nha nuoc"), ("  a\t b ", "a b")],
)
def test_folding_for_search(typed, folded):
    assert fold(typed) == folded


@given(st.text())
@example(text="M\x08\u0307")  # what stood between a letter and its mark goes
def test_cleaning_and_folding_twice_change_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


def test_the_same_wording_whatever_the_order_and_punctuation():
    assert wording_key("Hỏi gì?", ("Một.", "hai")) == wording_key("HOI GI", ("Hai", "một"))
    assert wording_key("Hỏi gì?", ("một",)) != wording_key("Hỏi gì?", ("hai",))


@pytest.mark.parametrize(("count", "expected"), [(MOST_GAPS, []), (MOST_GAPS + 1, ["too_many_gaps"])])
def test_a_cloze_has_no_more_gaps_than_a_sheet_holds(count, expected):
    stem = " ".join(f"[[{number}]]" for number in range(1, count + 1))
    assert codes(Question("cloze", stem, gaps=(Gap("short", (Option("a", True),)),) * count)) == expected


def test_a_number_people_read_two_ways_is_pointed_out():
    (problem,) = check(Question("numerical", "Bao nhiêu?", (Option("1.000", True),)))
    assert (problem.code, problem.severity) == ("number_read_two_ways", Severity.WARNING)
    assert problem.params == {"found": "1.000", "read": "1", "other": "1000"}
    assert not check(Question("numerical", "Bao nhiêu?", (Option("1000", True), Option("0,125", True))))
