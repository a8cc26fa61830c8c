import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.checks import check
from question_bank.formats.words import fixed_positions
from question_bank.model import Option, Question
from question_bank.references import misled, referred, staying

LETTERS = "ABCDEFGHIJ"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Cả A và B", "AB"),
        ("Cả A và C.", "AC"),
        ("A và B đúng", "AB"),
        ("Cả a, b, c đều đúng", "ABC"),
        ("Cả 2 đáp án A và B.", "AB"),
        ("Chỉ A và B", "AB"),
        ("Đáp án B, C đúng", "BC"),
        ("A hoặc B", "AB"),
        ("Cả A, B và C đều sai", "ABC"),
    ],
)
def test_letters_an_option_names(text, named):
    options = ["x", "y", "z", text]
    assert referred(options, 3) == {LETTERS.index(letter) for letter in named}


@pytest.mark.parametrize("text", ["Cả hai ý trên.", "Tất cả các phương án trên", "Cả 3 đáp án trên đều đúng."])
def test_all_above_means_the_options_before(text):
    assert referred(["x", "y", text, "z"], 2) == {0, 1}


@pytest.mark.parametrize(
    "text", ["Cả anh và chị", "A", "Cá và bò", "c và cá nhân", "Bố và mẹ", "Cả nước", "Người từ 16 tuổi trở lên", ""]
)
def test_ordinary_text_names_no_option(text):
    assert referred(["x", "y", text], 2) == frozenset()


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["x", "y", "z"], ""),
        (["x", "y", "Cả A và B"], "C"),  # A and B may change places: both stay named
        (["x", "y", "z", "Cả A và B"], "ABD"),  # C must not come between
        (["x", "y", "z", "Cả A và C"], "ACD"),
        (["x", "y", "z", "Tất cả các ý trên"], "D"),
        (["x", "y", "Cả hai ý trên", "z"], "ABC"),  # nothing else may come above
        (["x", "y", "Cả A và B", "Không có đáp án nào đúng"], "CD"),
    ],
)
def test_what_keeps_its_place(options, kept):
    assert "".join(LETTERS[position] for position in sorted(fixed_positions(options))) == kept


def question(texts, fixed=()):
    return Question("single", "Hỏi?", tuple(Option(t, n == 0, n in fixed) for n, t in enumerate(texts)))


def test_a_question_shuffling_would_falsify_is_warned_about():
    texts = ["x", "y", "z", "Cả A và B"]
    warned = [[p.code for p in check(question(texts, fixed))] for fixed in ((), (3,), (0, 1, 3), (0, 1, 2, 3))]
    assert warned == [["option_names_letters"], ["option_names_letters"], [], []]


option_texts = st.lists(
    st.sampled_from(["x", "y", "z", "Cả A và B", "Cả B và C", "A, C đúng", "Tất cả các ý trên", "Cả A, B và D"]),
    min_size=2,
    max_size=5,
)


@given(option_texts)
def test_no_shuffle_of_the_rest_changes_what_an_option_speaks_of(options):
    kept = staying(options, ())
    free = [place for place in range(len(options)) if place not in kept]
    for mixed in itertools.islice(itertools.permutations(free), 30):
        moved = dict(zip(free, mixed, strict=True))
        order = [moved.get(place, place) for place in range(len(options))]  # displayed place -> written place
        for position in kept:
            named = {place for place in referred(options, position) if place < len(options)}
            assert {order[place] for place in named} == named


@given(option_texts, st.sets(st.integers(0, 6)))
def test_what_stays_is_never_misled(options, fixed):
    kept = staying(options, fixed)
    assert not misled(options, kept)
    assert {place for place in fixed if place < len(options)} <= kept
