"""A question of a file becomes the next version of a known one: what only the known one says stays."""

from question_bank.formats import json_file
from question_bank.model import Markup, Media, Option, Question
from tests.app.bank.importing import accept, decide, send
from tests.app.kinds import PNG

STEM = "Biển báo trong hình có nghĩa gì khi đi đường"
STOP, GO = Option("cấm đi", True, feedback="Phải."), Option("được đi", feedback="Không phải.")
PICTURES = (Media("bien.png", "image/png", PNG, None, "Biển"), Media("mui-ten.png", "image/png", PNG, 1, "Mũi tên"))
KNOWN = Question("single", f"{STEM}?", (STOP, GO), media=PICTURES, situation="Ông Tư đi xe máy.")


def replaced(btc, bank, row, new):
    send(btc, bank, json_file.write([new]).data, "moi.json")
    decide(btc, 1, "replace", replaces=row.id)
    accept(btc)


def test_picture_situation_and_feedback_stay_with_the_options_they_belong_to(btc, bank, add, stored):
    row = add(KNOWN, status="approved")
    replaced(btc, bank, row, Question("single", f"{STEM}!", (Option("được đi"), Option("cấm đi", True))))
    (version,) = (row.current for row in stored())
    assert (version.number, version.stem, version.details["situation"]) == (2, f"{STEM}!", "Ông Tư đi xe máy.")
    assert [(one["name"], one["place"]) for one in version.media] == [("bien.png", None), ("mui-ten.png", 0)]
    assert [option["feedback"] for option in version.options] == ["Không phải.", "Phải."]


def test_what_the_file_says_itself_is_taken(btc, bank, add, stored):
    row = add(KNOWN, status="approved")
    own = (Media("khac.png", "image/png", PNG, None, "Khác"),)
    options = (Option("cấm đi", True, feedback="Đúng rồi."), Option("được đi"))
    replaced(btc, bank, row, Question("single", f"{STEM}!", options, media=own, situation="Bà Năm đi bộ."))
    (version,) = (row.current for row in stored())
    assert version.details["situation"] == "Bà Năm đi bộ."
    assert [one["name"] for one in version.media] == ["khac.png"]
    assert [option.get("feedback") for option in version.options] == ["Đúng rồi.", "Không phải."]


def test_what_stays_is_written_as_the_new_wording_is(btc, bank, add, stored):
    row = add(KNOWN, status="approved")
    options = (Option("<b>cấm đi</b>", True), Option("được đi"))
    replaced(btc, bank, row, Question("single", f"<b>{STEM}</b>!", options, markup=Markup.HTML))
    (version,) = (row.current for row in stored())
    assert (version.details["markup"], version.details["situation"]) == ("html", "Ông Tư đi xe máy.")
    assert [one["place"] for one in version.media] == [None, 1]
