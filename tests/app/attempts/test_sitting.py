"""The sitting, line by line of the design's section 4."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from contest_app.attempts import saving, services, sheets, tokens
from contest_app.attempts.models import Attempt, AttemptEvent, ClosedBy, LateSheet
from contest_app.attempts.sheets import Sheet, from_text
from contest_app.contests.models import Participation, Round
from contest_app.extensions import db
from contest_app.web.refusal import NotYours, Refusal
from question_bank.seeded import seed_for
from tests.app.attempts.stored import stored, text

# Starting


def test_the_deadline_is_start_plus_the_limit(world, an):
    attempt = world.start(an)
    assert attempt.deadline == world.now + timedelta(minutes=10)


def test_the_round_s_close_ends_a_late_start(world, contest, an, time):
    time.go_to(contest.rounds[0].closes_at - timedelta(minutes=4))
    assert world.start(an).deadline == contest.rounds[0].closes_at


def test_pressing_start_twice_gives_the_same_sitting(world, an, session):
    first = world.start(an)
    world.time.pass_by(minutes=1)
    assert world.start(an).id == first.id
    assert session.query(Attempt).count() == 1


def test_two_starts_at_once_make_one_attempt(app, world, contest, an, session):
    round_id, person_id = contest.rounds[0].id, an.id

    def start(_turn):
        with app.app_context(), db.session.begin():
            found = db.session.get(Round, round_id), db.session.get(Participation, person_id)
            return services.start_attempt(db.session(), *found, world.now).id

    session.commit()
    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(start, range(4)))
    assert len(ids) == 1
    assert session.query(Attempt).count() == 1


@pytest.mark.parametrize(("minutes", "code"), [(-61, "round_not_open"), (7 * 24 * 60, "round_closed")])
def test_a_round_that_is_not_open_cannot_be_started(world, an, time, minutes, code):
    time.pass_by(minutes=minutes)
    with pytest.raises(Refusal) as refused:
        world.start(an)
    assert refused.value.code == code


def test_the_limit_of_a_round_holds(world, an):
    world.submit(world.start(an))
    with pytest.raises(Refusal) as refused:
        world.start(an)
    assert refused.value.code == "no_attempts_left_round"


def test_a_mock_round_has_no_limit_and_pins_nothing(world, units):
    world.bank(units["XA"])
    document = world.document()
    mock = {**document["rounds"][0], "code": "thu", "name": "Thi thử", "mock": True}
    contest = world.contest(rounds=[*document["rounds"], mock])
    person = world.joined(contest, world.user("an", unit=units["TR-A"]))
    for _ in range(3):
        world.submit(world.start(person, "thu"))
    assert contest.rules_pinned_at is None
    world.start(person)
    assert contest.rules_pinned_at == world.now


def test_the_paper_can_be_drawn_again_from_the_published_secret(world, contest, an):
    attempt = world.start(an)
    again = services.drawn_paper(contest.rounds[0], attempt.id, contest.rules)
    assert again == attempt.paper
    assert len({number for number, _order in attempt.paper}) == 5
    assert seed_for(contest.rounds[0].secret, attempt.id) != seed_for(contest.rounds[0].secret, attempt.id + 1)


# Saving


def test_a_save_keeps_the_whole_sheet(world, an, session):
    attempt = world.start(an)
    receipt = saving.save_sheet(attempt.id, 1, 1, text({1: [2], 3: [0]}, flags=[3]), world.now)
    assert (receipt.revision, receipt.saved_at) == (1, world.now)
    kept = stored(session, attempt)
    assert from_text(kept.sheet) == Sheet({1: [2], 3: [0]}, flags=[3])
    assert (kept.revision, kept.saved_at) == (1, world.now)


def test_the_same_sheet_sent_twice_is_acknowledged_twice(world, an):
    attempt = world.start(an)
    first = saving.save_sheet(attempt.id, 1, 1, text({1: [2]}), world.now)
    world.time.pass_by(seconds=5)
    second = saving.save_sheet(attempt.id, 1, 1, text({1: [2]}), world.now)
    assert second.saved_at == first.saved_at


def test_an_older_revision_never_replaces_a_newer(world, an, session):
    attempt = world.start(an)
    saving.save_sheet(attempt.id, 1, 5, text({1: [2]}), world.now)
    with pytest.raises(Refusal) as refused:
        saving.save_sheet(attempt.id, 1, 4, text({1: [3]}), world.now)
    assert (refused.value.code, refused.value.params["revision"]) == ("stale", 5)
    assert from_text(stored(session, attempt).sheet).answers == {1: [2]}


@pytest.mark.parametrize(("seconds_before", "is_kept"), [(0.001, True), (0, False), (-1, False)])
def test_the_deadline_is_sharp(world, an, session, seconds_before, is_kept):
    attempt = world.start(an)
    world.time.go_to(attempt.deadline - timedelta(seconds=seconds_before))
    if is_kept:
        saving.save_sheet(attempt.id, 1, 1, text({1: [2]}), world.now)
    else:
        with pytest.raises(Refusal, match="overdue"):
            saving.save_sheet(attempt.id, 1, 1, text({1: [2]}), world.now)
    assert bool(stored(session, attempt).sheet) is is_kept
    late = session.query(LateSheet).all()
    assert [(one.reason, one.revision) for one in late] == ([] if is_kept else [("overdue", 1)])


def test_of_late_sheets_the_newest_of_a_device_is_kept(world, an, session):
    attempt = world.start(an)
    world.time.pass_by(minutes=11)
    for revision in (2, 4, 3):
        with pytest.raises(Refusal):
            saving.save_sheet(attempt.id, 1, revision, text({1: [revision % 4]}), world.now)
    assert [one.revision for one in session.query(LateSheet)] == [4]


def test_one_late_sheet_sent_again_after_the_closing_is_kept_once(world, an, session):
    attempt = world.start(an)
    world.time.pass_by(minutes=11)
    with pytest.raises(Refusal, match="overdue"):
        saving.save_sheet(attempt.id, 1, 1, text({1: [2]}), world.now)
    services.close_overdue(session, world.now)
    session.commit()
    for sheet in (text({1: [2]}), text({1: [3]})):
        with pytest.raises(Refusal, match="closed"):
            saving.save_sheet(attempt.id, 1, 1, sheet, world.now)
    kept = [(one.reason, from_text(one.sheet).answers) for one in session.query(LateSheet).order_by(LateSheet.id)]
    assert kept == [("overdue", {1: [2]}), ("closed", {1: [3]})]


def test_a_token_of_another_attempt_writes_nothing(app, world, an, session, person):
    attempt = world.start(an)
    browser = person()
    for token in ("", "forged", tokens.token_for(attempt.id + 1, 1), tokens.token_for(attempt.id, 1)[:-2]):
        answer = browser.send(
            "PUT",
            f"/thi/{attempt.id}/bai-lam",
            json={"revision": 1, "answers": {"1": [1]}},
            headers={tokens.HEADER: token},
        )
        assert answer.status_code == 403
        assert answer.json["error"] == "bad_token"
    assert stored(session, attempt).revision == 0


def test_a_token_for_an_attempt_that_is_gone_finds_nothing(app, world):
    with pytest.raises(NotYours):
        saving.save_sheet(999, 1, 1, text({}), world.now)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"no json", b"[]", b'{"revision": 0}', b'{"revision": "1"}', b'{"revision": 1, "answers": [1]}',
        b'{"revision": 1, "answers": {"x": [1]}}', b'{"revision": 1, "answers": {"1": 1}}',
        b'{"revision": 1, "answers": {"1": [true]}}', b'{"revision": 1, "answers": {"1": [99]}}',
        b'{"revision": 1, "prediction": -3}', b'{"revision": 1, "flags": {"1": 2, "a": 3}}', b"[" * 9000,
    ],
)  # fmt: skip
def test_a_malformed_sheet_is_refused_and_stores_nothing(world, an, session, person, body):
    attempt = world.start(an)
    answer = person().send(
        "PUT", f"/thi/{attempt.id}/bai-lam", data=body, headers={tokens.HEADER: tokens.token_for(attempt.id, 1)}
    )
    assert answer.status_code == 422
    assert "Bài gửi lên không đúng dạng" in answer.get_data(as_text=True)
    assert stored(session, attempt).revision == 0


def test_a_huge_sheet_is_refused(world, an, person):
    attempt = world.start(an)
    answer = person().send(
        "PUT",
        f"/thi/{attempt.id}/bai-lam",
        data=b"x" * (sheets.LARGEST_SHEET + 1),
        headers={tokens.HEADER: tokens.token_for(attempt.id, 1)},
    )
    assert answer.status_code == 413


def test_six_of_the_longest_essays_fit_a_sheet(world, an, session, person):
    attempt = world.start(an)
    essay = "ế" * 20_000
    body = json.dumps({"revision": 1, "answers": {n: [essay] for n in range(1, 7)}}, ensure_ascii=False)
    person().send(
        "PUT", f"/thi/{attempt.id}/bai-lam", data=body.encode(),
        headers={tokens.HEADER: tokens.token_for(attempt.id, 1)},
    )  # fmt: skip
    assert from_text(stored(session, attempt).sheet).answers[6] == [essay]


def test_lines_of_a_plain_form_count_as_the_page_counted_them(world, an, session, person):
    attempt = world.start(an)
    essay = "a\r\n" * 10_000
    person().send(
        "POST", f"/thi/{attempt.id}/luu",
        data={"token": tokens.token_for(attempt.id, 1), "revision": "1", "a1-0": essay},
    )  # fmt: skip
    assert from_text(stored(session, attempt).sheet).answers == {1: ["a\n" * 10_000]}


# Another device


def test_the_newest_device_wins_and_both_are_on_record(world, an, session):
    attempt = world.start(an)
    seat = services.take_over(session, attempt, actor_id=an.user_id, device="phone", now=world.now)
    session.commit()
    saving.save_sheet(attempt.id, seat, 1, text({1: [1]}), world.now)
    with pytest.raises(Refusal, match="taken_over"):
        saving.save_sheet(attempt.id, seat - 1, 2, text({1: [2]}), world.now)
    assert from_text(stored(session, attempt).sheet).answers == {1: [1]}
    assert [one.kind for one in session.query(AttemptEvent)] == ["taken_over"]
    assert [one.reason for one in session.query(LateSheet)] == ["taken_over"]


# Submitting and closing


def test_submitting_closes_and_marks(world, an, session):
    attempt = world.start(an)
    world.time.pass_by(minutes=3)
    done = world.submit(attempt, right=3)
    assert (done.closed_by, done.closed_at) == (ClosedBy.CONTESTANT, world.now)
    assert (done.correct, done.score, done.milliseconds_taken) == (3, 6, 180_000)


def test_submitting_twice_changes_nothing(world, an, session):
    attempt = world.start(an)
    world.submit(attempt, right=3)
    closed_at = stored(session, attempt).closed_at
    world.time.pass_by(seconds=30)
    again = services.submit(session, attempt.id, 1, attempt.revision, attempt.sheet, world.now)
    assert (again.closed_at, again.correct) == (closed_at, 3)
    assert session.query(LateSheet).count() == 0


def test_a_different_sheet_after_submission_is_kept_apart(world, an, session):
    attempt = world.start(an)
    world.submit(attempt, right=3)
    services.submit(session, attempt.id, 1, 9, text({1: [0]}), world.now)
    session.commit()
    assert stored(session, attempt).correct == 3
    assert [one.reason for one in session.query(LateSheet)] == ["closed"]


@pytest.mark.parametrize("is_other", [False, True])
def test_a_device_is_told_whether_its_late_sheet_says_something_new(world, an, is_other):
    attempt = world.start(an)
    saving.save_sheet(attempt.id, 1, 1, text({1: [0]}), world.now)
    with pytest.raises(Refusal) as refusal:
        saving.save_sheet(attempt.id, 1, 2, text({1: [1 if is_other else 0]}), attempt.deadline)
    assert (refusal.value.code, refusal.value.params["apart"]) == ("overdue", is_other)


def test_time_out_closes_at_the_deadline_with_the_last_sheet(world, an, session):
    attempt = world.start(an)
    answers = world.right_answers(attempt, 4)
    saving.save_sheet(attempt.id, 1, 1, text(answers), world.now + timedelta(minutes=9))
    assert services.close_overdue(session, attempt.deadline - timedelta(milliseconds=1)) == 0
    assert services.close_overdue(session, attempt.deadline + timedelta(hours=5)) == 1
    session.commit()
    kept = stored(session, attempt)
    assert (kept.closed_by, kept.closed_at, kept.correct) == (ClosedBy.DEADLINE, kept.deadline, 4)


def test_a_submit_after_the_deadline_counts_what_was_saved_before(world, an, session):
    attempt = world.start(an)
    saving.save_sheet(attempt.id, 1, 1, text(world.right_answers(attempt, 2)), world.now)
    world.time.pass_by(minutes=11)
    done = world.submit(attempt)
    assert (done.closed_by, done.correct) == (ClosedBy.DEADLINE, 2)
    assert [one.reason for one in session.query(LateSheet)] == ["overdue"]


def test_an_empty_paper_is_closed_without_complaint(world, an, session):
    attempt = world.start(an)
    world.time.pass_by(minutes=11)
    services.close_overdue(session, world.now)
    assert stored(session, attempt).score == 0


def test_time_to_the_last_change_is_the_servers_receipt(world, units, session):
    world.bank(units["XA"])
    contest = world.contest(ranking={"chain": ["score", "time"], "time_measure": "last_change"})
    attempt = world.start(world.joined(contest, world.user("an", unit=units["TR-A"])))
    world.time.pass_by(seconds=90)
    sheet = text(world.right_answers(attempt), changed={1: 3})
    saving.save_sheet(attempt.id, 1, 1, sheet, world.now)
    world.time.pass_by(seconds=200)
    session.commit()
    done = services.submit(session, attempt.id, 1, 1, sheet, world.now)
    assert done.milliseconds_taken == 90_000


def test_two_tabs_with_one_number_lose_nothing_in_silence(world, an, session):
    attempt = world.start(an)
    saving.save_sheet(attempt.id, 1, 1, text({1: [2]}), world.now)
    with pytest.raises(Refusal) as refused:
        services.submit(session, attempt.id, 1, 1, text({1: [3]}), world.now, asks_again=True)
    assert refused.value.code == "stale"
    session.rollback()
    assert stored(session, attempt).closed_at is None
    done = services.submit(session, attempt.id, 1, 1, text({1: [3]}), world.now)
    session.commit()
    assert from_text(done.sheet).answers == {1: [2]}
    assert [one.reason for one in session.query(LateSheet)] == ["stale"]


def test_two_take_overs_give_two_seats(world, an, session):
    attempt = world.start(an)
    seats = [services.take_over(session, attempt, actor_id=an.user_id, device="phone", now=world.now) for _ in range(2)]
    assert seats == [2, 3]
