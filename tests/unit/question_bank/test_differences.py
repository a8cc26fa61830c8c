"""What changed is told in whole words, and nothing of either text is lost in the telling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.differences import Fate, differences


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("đủ 14 tuổi", "đủ 16 tuổi", [("kept", "đủ "), ("removed", "14"), ("added", "16"), ("kept", " tuổi")]),
        ("một hai", "một ba hai", [("kept", "một "), ("added", "ba "), ("kept", "hai")]),
        ("a b c", "x y z", [("removed", "a b c"), ("added", "x y z")]),
        ("Đúng.", "Đúng?", [("kept", "Đúng"), ("removed", "."), ("added", "?")]),
        ("", "mới", [("added", "mới")]),
        ("như cũ", "như cũ", [("kept", "như cũ")]),
        ("", "", []),
    ],
)
def test_words_are_kept_removed_or_added(before, after, told):
    assert [(str(piece.fate), piece.text) for piece in differences(before, after)] == told


@given(st.text(alphabet="ab .?đ\n"), st.text(alphabet="ab .?đ\n"))
def test_the_pieces_give_back_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.REMOVED) == after
