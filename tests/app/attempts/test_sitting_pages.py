"""The pages of the sitting: without JavaScript, on another device, before and after the release."""

import json
from datetime import timedelta

from contest_app.attempts import saving, services, tokens
from contest_app.attempts.models import Attempt, ClosedBy
from contest_app.attempts.sheets import from_text
from tests.app.attempts.stored import stored, text

# In a browser without JavaScript


def test_a_person_without_javascript_sits_saves_and_submits(world, contest, units, person, session):
    binh = world.user("binh", unit=units["TR-A"])
    browser = person().log_in(binh)
    browser.get("/cuoc-thi/thu-nghiem").sees("Đăng ký dự thi")
    browser.post(
        "/cuoc-thi/thu-nghiem/dang-ky",
        full_name="Trần Thị Bình",
        birth_year="2008",
        unit=units["TR-A"].id,
        take_part="y",
    ).sees("Bạn đã đăng ký dự thi.")
    browser.post("/cuoc-thi/thu-nghiem/dot-1/bat-dau").sees("Câu 1", "Nộp bài")
    attempt = session.query(Attempt).one()
    token = tokens.token_for(attempt.id, 1)
    answers = world.right_answers(attempt)
    fields = {f"a{place}": str(chosen[0]) for place, chosen in answers.items()}
    browser.post(f"/thi/{attempt.id}/luu", token=token, revision="1", **fields).sees("Đã lưu lúc")
    assert from_text(stored(session, attempt).sheet).answers == answers
    browser.post(f"/thi/{attempt.id}/nop", token=token, revision="2", **fields)
    browser.sees("Bài của bạn đã nộp lúc", "10 điểm", "đúng 5 trên 5 câu")


def test_another_persons_attempt_looks_like_none(world, an, units, person):
    attempt = world.start(an)
    stranger = person().log_in(world.user("la", unit=units["TR-B"]))
    for path in (f"/thi/{attempt.id}", f"/bai-thi/{attempt.id}", "/thi/12345", "/bai-thi/12345"):
        stranger.get(path, status=404).sees("không thuộc về bạn")


def test_reloading_on_the_same_device_goes_on_and_on_another_asks(world, an, person):
    attempt = world.start(an)
    first, second = person().log_in(an.user), person().log_in(an.user)
    first.post(f"/thi/{attempt.id}/lam-tiep").sees("Câu 1")
    first.get(f"/thi/{attempt.id}").sees("Câu 1")
    second.get(f"/thi/{attempt.id}").sees("đang mở trên thiết bị khác").does_not_see("Câu 1")
    second.post(f"/thi/{attempt.id}/lam-tiep").sees("Câu 1")
    first.get(f"/thi/{attempt.id}").sees("đang mở trên thiết bị khác")


def test_opening_an_overdue_paper_closes_it_and_shows_the_receipt(world, an, person, session):
    attempt = world.start(an)
    world.time.pass_by(minutes=15)
    person().log_in(an.user).get(f"/thi/{attempt.id}").sees("Hết giờ: máy đã thu bài lúc 08:10")
    assert stored(session, attempt).closed_by is ClosedBy.DEADLINE


def test_no_page_before_the_release_holds_a_key_or_an_explanation(world, contest, an, person):
    attempt = world.start(an)
    browser = person().log_in(an.user)
    pages = [browser.post(f"/thi/{attempt.id}/lam-tiep").page.get_data(as_text=True)]
    world.submit(attempt, right=1)
    pages.append(browser.get(f"/bai-thi/{attempt.id}").sees("2 điểm").page.get_data(as_text=True))
    for page in pages:
        assert "BÍ MẬT" not in page
        assert "correct" not in page
        assert "is-right" not in page
    world.time.go_to(contest.rules.closes_at)
    browser.log_in(an.user).get(f"/bai-thi/{attempt.id}").sees("GIẢI THÍCH BÍ MẬT", "khoản 2 Điều 10 Luật thử")


def test_the_key_stays_hidden_while_somebody_has_extra_time(world, contest, an, units, person, session):
    attempt = world.submit(world.start(an), right=1)
    world.time.go_to(contest.rules.closes_at - timedelta(minutes=1))
    other = world.start(world.joined(contest, world.user("cham", unit=units["TR-B"])))
    other.deadline += timedelta(minutes=30)
    session.commit()
    world.time.go_to(contest.rules.closes_at + timedelta(minutes=5))
    browser = person().log_in(an.user)
    browser.get(f"/bai-thi/{attempt.id}").does_not_see("BÍ MẬT")
    world.time.pass_by(minutes=30)
    browser.get(f"/bai-thi/{attempt.id}").sees("BÍ MẬT")


def test_the_state_tells_extra_time_and_a_take_over(world, an, person, session):
    attempt = world.start(an)
    browser = person()

    def ask(seat):
        headers = {tokens.HEADER: tokens.token_for(attempt.id, seat)}
        return browser.send("GET", f"/thi/{attempt.id}/tinh-trang", headers=headers).json

    assert ask(1) == {"state": "answering", "seconds_left": 600.0, "extra_seconds": 0, "revision": 0}
    services.take_over(session, attempt, actor_id=an.user_id, device="phone", now=world.now)
    session.commit()
    assert ask(1)["state"] == "taken_over"
    world.submit(stored(session, attempt))
    assert ask(2)["state"] == "closed"


def test_the_page_data_carries_no_more_than_the_sitting_needs(world, an, person):
    attempt = world.start(an)
    html = person().log_in(an.user).post(f"/thi/{attempt.id}/lam-tiep").page.get_data(as_text=True)
    data = json.loads(html.split('id="du-lieu">')[1].split("</script>")[0])
    assert set(data) == {
        "attemptId", "token", "revision", "secondsLeft", "secondsTotal", "extraSeconds", "changed", "answers",
        "prediction", "savedAt", "urls", "texts",
    }  # fmt: skip


def test_a_stale_save_is_told_what_is_newer(world, an, person):
    attempt = world.start(an)
    saving.save_sheet(attempt.id, 1, 5, text({1: [2]}, changed={1: 9}), world.now)
    answer = person().send(
        "PUT", f"/thi/{attempt.id}/bai-lam", json={"revision": 4, "answers": {"2": [0]}},
        headers={tokens.HEADER: tokens.token_for(attempt.id, 1)},
    )  # fmt: skip
    assert (answer.status_code, answer.json["revision"]) == (409, 5)
    assert answer.json["sheet"] == {"answers": {"1": [2]}, "changed": {"1": 9}}


def test_a_page_that_believes_its_time_is_up_is_corrected_by_the_server(world, an, person, session):
    attempt = world.start(an)
    headers = {tokens.HEADER: tokens.token_for(attempt.id, 1)}
    path, body = f"/thi/{attempt.id}/nop", {"revision": 1, "time_up": True, "answers": {"1": [0]}}
    answer = person().send("POST", path, json=body, headers=headers).json
    assert (answer["state"], answer["seconds_left"]) == ("answering", 600.0)
    assert stored(session, attempt).closed_at is None
    world.time.pass_by(minutes=10)
    assert person().send("POST", path, json=body, headers=headers).json["state"] == "closed"
    assert stored(session, attempt).closed_by is ClosedBy.DEADLINE
