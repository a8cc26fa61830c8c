"""Saving the form of a question: what it does not show stays, and nothing in its HTML runs."""

from decimal import Decimal

import pytest

from contest_app.bank.convert import content_of
from question_bank.model import Credit, Gap, Option, Question
from tests.app.bank.test_questions import as_filled

HALF = Decimal("0.5")
CITY = Gap("short", (Option("Huế", True), Option("Vinh", True, weight=HALF), Option("*", feedback="Chưa đúng.")))
AGE = Gap("numerical", (Option("14", True, tolerance=HALF), Option("15", True, weight=HALF)), weight=Decimal(2))
COURT = Gap("single", (Option("tòa án", feedback="Không."), Option("công an", True)))
CLOZE = Question("cloze", "Tại [[1]], từ [[2]] tuổi,\ndo [[3]].", credit=Credit.PARTIAL, gaps=(CITY, AGE, COURT))
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)><b>đậm</b>"


@pytest.fixture
def saved(btc, stored):
    """Opens the form of a question, changes these fields and saves; returns what the bank holds then."""

    def save(row, **changes):
        page = f"/ngan-hang/cau-hoi/{row.id}/sua"
        fields = as_filled(btc.get(page).page.get_data(as_text=True))
        btc.post(page, **fields | {name: change(fields[name]) for name, change in changes.items()})
        return content_of(stored()[-1].current)

    return save


def test_saving_keeps_what_a_gap_holds_beside_its_answers(add, saved):
    question = saved(add(CLOZE), explanation=lambda _: "Vì thế.")
    assert (question.stem, question.gaps, question.explanation) == (CLOZE.stem, CLOZE.gaps, "Vì thế.")


def test_a_gap_nobody_rewrote_stays_when_others_change(add, saved):
    question = saved(add(CLOZE), stem=lambda text: text.replace("tòa án", "viện").replace("Tại", "Ở"))
    assert question.stem == "Ở [[1]], từ [[2]] tuổi,\ndo [[3]]."
    assert question.gaps == (CITY, AGE, Gap("single", (Option("viện"), Option("công an", True))))


def test_a_gap_taken_out_takes_no_other_with_it(add, saved):
    question = saved(add(CLOZE), stem=lambda text: text.replace("Tại [[Huế | Vinh]], t", "T"))
    assert (question.stem, question.gaps) == ("Từ [[1]] tuổi,\ndo [[2]].", (AGE, COURT))


def test_a_question_with_as_many_answers_as_its_kind_takes_is_edited(add, saved):
    answers = tuple(Option(f"câu trả lời {n}", True) for n in range(50))
    assert saved(add(Question("short", "Cơ quan nào?", answers))).options == answers


@pytest.mark.parametrize("kind", ["single", "matching", "short"])
def test_nothing_that_runs_is_stored(btc, bank, stored, kind):
    rows = {
        f"options__{n}__{name}": f"{EVIL}{n}" for n in range(2) for name in ("text", "match", "feedback")
    }  # fmt: skip
    btc.post(
        f"/ngan-hang/{bank.id}/cau-hoi/moi", kind=kind, stem=f"Hỏi {EVIL}?", level="recognition", markup="html",
        situation=EVIL, options__0__correct="y", **rows,
    )  # fmt: skip
    question = content_of(stored()[0].current)
    option = question.options[0]
    assert (question.stem, option.feedback) == ("Hỏi <b>đậm</b>?", "<b>đậm</b>0")
    assert option.text == (f"{EVIL}0" if kind == "short" else "<b>đậm</b>0")  # what is typed is compared as it stands
    assert option.match == ("<b>đậm</b>0" if kind == "matching" else "")


def test_nothing_that_runs_is_stored_in_a_drop_down(btc, bank, stored):
    stem = f"Do [[*{EVIL} / tòa]]."
    btc.post(f"/ngan-hang/{bank.id}/cau-hoi/moi", kind="cloze", stem=stem, level="recognition", markup="html")
    (gap,) = content_of(stored()[0].current).gaps
    assert [option.text for option in gap.options] == ["<b>đậm</b>", "tòa"]


def test_versions_are_compared_in_every_answer(add, saved, btc):
    row = add(Question("short", "Cơ quan nào?", tuple(Option(f"câu trả lời {n}", True) for n in range(30))))
    saved(row, **{"options-29-text": lambda _: "công an xã"})
    btc.get(f"/ngan-hang/cau-hoi/{row.id}/so-sanh").sees("công an xã")


def test_lists_show_a_blank_as_a_line(btc, bank, add):
    add(CLOZE, status="approved")
    btc.get(f"/ngan-hang/{bank.id}").sees("Tại (1) ____, từ (2) ____ tuổi").does_not_see("[[")
