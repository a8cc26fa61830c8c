"""Each kind of question: sat without a script, kept, marked, and shown again with its key once that is released."""

from dataclasses import replace
from decimal import Decimal

import pytest

from contest_app.attempts import services, tokens
from contest_app.attempts.models import Attempt
from contest_app.attempts.sheets import Sheet, from_text
from contest_app.bank import services as banks
from contest_app.bank.models import Status
from question_bank.model import Media
from tests.app.kinds import PNG, QUESTIONS, contest_of_every_kind, place_of, right_parts


@pytest.fixture
def contest(world, units):
    return contest_of_every_kind(world, units["XA"])


def submitted(world, attempt, **parts):
    """The attempt with these answers, by kind."""
    answers = {place_of(world, attempt, kind)[0]: given for kind, given in parts.items()}
    world.session.commit()
    done = services.submit(world.session, attempt.id, attempt.seat, 1, Sheet(answers).as_text(), world.now)
    world.session.commit()
    return done


def points(world, attempt, kind) -> Decimal:
    place, _order = place_of(world, attempt, kind)
    return Decimal(attempt.marks[place - 1][2]) / 1000


def test_the_right_answer_of_every_kind_earns_its_points(world, an):
    attempt = world.start(an)
    parts = {kind: right_parts(kind, place_of(world, attempt, kind)[1]) for kind in QUESTIONS}
    done = submitted(world, attempt, **parts)
    earned = {kind: points(world, done, kind) for kind in QUESTIONS}
    assert earned == {kind: Decimal(0 if kind == "essay" else 2) for kind in QUESTIONS}
    assert (done.score, done.correct) == (Decimal(18), 9)


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("statements", [1, 0, 1, 1], "1"),
        ("statements", [1, 0, None, None], "0.5"),
        ("statements", [0, None, None, None], "0"),
        ("short", ["Công an xã"], "1"),
        ("short", ["tòa án"], "0"),
        ("numerical", ["13,5"], "2"),
        ("numerical", ["13.4"], "0"),
        ("numerical", ["mười bốn"], "0"),
        ("cloze", ["14", None], "1"),
        ("cloze", [None, 1], "1"),
        ("cloze", ["15", 0], "0"),
    ],
)
def test_a_partly_right_answer_earns_its_part(world, an, kind, given, expected):
    done = submitted(world, world.start(an), **{kind: given})
    assert points(world, done, kind) == Decimal(expected)
    assert done.score == Decimal(expected)


def test_parts_of_shuffled_questions_are_those_of_the_bank(world, an):
    attempt = world.start(an)
    _place, order = place_of(world, attempt, "multiple")
    _place, matches = place_of(world, attempt, "matching")
    _place, steps = place_of(world, attempt, "ordering")
    ranks = [{0: 0, 1: 2, 2: 1}[step] for step in steps]  # the second and the third step changed places
    done = submitted(
        world, attempt, multiple=[order.index(0)], matching=[matches.index(0), matches.index(2)], ordering=ranks
    )
    earned = {kind: points(world, done, kind) for kind in ("multiple", "matching", "ordering")}
    assert earned == {"multiple": 1, "matching": 1, "ordering": Decimal("0.667")}


def test_the_page_holds_every_kind_and_no_key(world, an, person):
    attempt = world.start(an)
    browser = person().log_in(an.user)
    browser.post(f"/thi/{attempt.id}/lam-tiep")
    browser.sees(
        "Chọn 2 phương án.", "ý thứ 3", "Ghi một số", "Chọn thứ tự cho mỗi bước", "từ 2 đến 50 từ", "Ông Tư cho"
    )
    browser.does_not_see("BÍ MẬT", "14,5")
    html = browser.page.get_data(as_text=True)
    assert html.count("Xem lại tình huống") == 1  # the second question of the situation stands behind the first
    assert "công an xã" not in html.lower()
    assert '<img class="question-picture"' in html


def test_what_is_sent_without_a_script_is_the_same_sheet(world, an, person, session):
    attempt = world.start(an)
    places = {kind: place_of(world, attempt, kind) for kind in QUESTIONS}
    session.commit()
    browser = person().log_in(an.user)
    browser.post(f"/thi/{attempt.id}/lam-tiep")
    fields = {"revision": 1, "token": tokens.token_for(attempt.id, 2)}
    for kind, (place, order) in places.items():
        for part, value in enumerate(right_parts(kind, order)):
            if kind in ("single", "multiple", "true_false"):
                fields.setdefault(f"a{place}", []).append(value)
            else:
                fields[f"a{place}-{part}" + ("" if isinstance(value, str) else "-value")] = value
    browser.send("POST", f"/thi/{attempt.id}/nop", data=fields)
    stored = session.get(Attempt, attempt.id, populate_existing=True)
    expected = {place: right_parts(kind, order) for kind, (place, order) in places.items()}
    assert {place: sorted(map(str, parts)) for place, parts in from_text(stored.sheet).answers.items()} == {
        place: sorted(map(str, parts)) for place, parts in expected.items()
    }
    assert stored.score == Decimal(18)


def test_the_review_shows_what_was_given_and_what_is_right(world, contest, an, person, time):
    attempt = world.start(an)
    submitted(
        world, attempt, short=["tòa án"], numerical=["99"], statements=[0, 0, 1, 0], cloze=["14", 0],
        matching=[None, None], ordering=[0, 1, 2], essay=["Bài viết của tôi"],
    )  # fmt: skip
    browser = person().log_in(an.user)
    browser.get(f"/bai-thi/{attempt.id}").does_not_see("GIẢI THÍCH BÍ MẬT", "Công an")
    time.pass_by(days=8)
    browser.get(f"/bai-thi/{attempt.id}")
    browser.sees("GIẢI THÍCH BÍ MẬT", "Bạn trả lời: tòa án", "Công an; công an xã", "14 ± 0,5", "Bài viết của tôi")
    browser.sees("Bạn trả lời: Sai", "Đáp án: Đúng", "Chính phủ", "1 trên 2 điểm")


def test_the_review_shows_blanks_and_the_pictures_of_every_part(world, units, person, time):
    picture = (Media("a.png", "image/png", PNG, 1, "Biển báo"),)
    bank = banks.create_bank(world.session, units["XA"].id, "Ngân hàng thử", world.now)
    for kind in ("statements", "matching", "ordering", "cloze"):
        question = QUESTIONS[kind] if kind == "cloze" else replace(QUESTIONS[kind], media=picture)
        banks.add_question(world.session, bank, question, author_id=None, now=world.now).status = Status.APPROVED
    world.session.commit()
    lines = [{"count": 1, "kind": kind} for kind in ("statements", "matching", "ordering", "cloze")]
    joined = world.joined(world.contest(paper={"blueprint": lines, "minutes": 10}), world.user("an"))
    attempt = world.start(joined)
    submitted(world, attempt)
    time.pass_by(days=8)
    browser = person().log_in(joined.user).get(f"/bai-thi/{attempt.id}").sees("Từ (1) ____ tuổi, tại (2) ____ .")
    assert browser.page.get_data(as_text=True).count('alt="Biển báo"') == 3
