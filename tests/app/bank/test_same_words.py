"""Questions of the same words are the same question only with the same pictures and the same key."""

from dataclasses import replace
from pathlib import Path

import pytest

from question_bank.formats import json_file
from question_bank.model import Media, Option, Question
from tests.app.bank.importing import marked, send, taken
from tests.app.kinds import PNG

KEYS = (Option("Cấm đi ngược chiều", correct=True), Option("Cấm đỗ xe"))
SIGN = Question("single", "Biển báo trong hình có ý nghĩa gì?", KEYS, media=(Media("b1.png", "image/png", PNG),))
OTHER_SIGN = replace(SIGN, media=(Media("b1.png", "image/png", PNG[:-4] + b"abcd"),))
NO_SIGN = replace(SIGN, media=())
OTHER_KEY = replace(SIGN, options=(Option("Cấm đi ngược chiều"), Option("Cấm đỗ xe", correct=True)))


def sent(browser, bank, *questions):
    return send(browser, bank, json_file.write(questions).data, "m.json")


@pytest.mark.parametrize("second", [OTHER_SIGN, NO_SIGN, OTHER_KEY])
def test_same_words_with_other_pictures_or_another_key_are_shown_and_not_set_aside(btc, bank, second):
    sent(btc, bank, SIGN, second)
    assert taken(btc) == [1, 2]
    assert marked(btc, "gần giống") == [2]


def test_the_same_words_pictures_and_key_are_set_aside(btc, bank):
    assert taken(sent(btc, bank, SIGN, replace(SIGN, explanation="khác"))) == [1]


@pytest.mark.parametrize(("new", "places"), [(SIGN, []), (OTHER_SIGN, [1]), (NO_SIGN, [1]), (OTHER_KEY, [1])])
def test_the_bank_holds_the_same_question_only_with_the_same_pictures_and_key(btc, bank, add, new, places):
    add(SIGN)
    assert taken(sent(btc, bank, new)) == places
    assert marked(btc, "gần giống") == places


def test_no_sign_of_the_driving_test_is_taken_for_another_for_want_of_its_picture(btc, bank):
    file = Path(__file__).parents[4] / "shared/data/vn-gplx-600/zquestion.json"
    if not file.exists():
        pytest.skip("the file is not here")
    send(btc, bank, file.read_bytes(), "zquestion.json")
    assert btc.page.get_data(as_text=True).count("Nhận câu này") == 0
