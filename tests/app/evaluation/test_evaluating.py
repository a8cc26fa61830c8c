"""An evaluation says what the papers say."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from contest_app.accounts.models import Role
from contest_app.attempts import decisions
from contest_app.attempts.models import Attempt
from contest_app.bank.models import BankQuestion
from contest_app.evaluation import services
from contest_app.evaluation.answers import first_answers
from contest_app.evaluation.presenters import worded
from contest_app.results import services as results
from contest_app.results.queries import last_run
from contest_app.results.report import contest_report
from contest_app.web import words

pytestmark = pytest.mark.usefixtures("questions")
WHOLE_BANK = {"blueprint": [{"count": 12}], "minutes": 10, "points_per_question": "2"}


def test_shares_equal_a_recount_of_the_papers(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1, 0, 5, 3] * 3)
    found = services.evaluate(session, contest, world.now)
    right, shown = defaultdict(int), defaultdict(int)
    for attempt in session.scalars(select(Attempt)):
        for number, (_answered, is_right, _points) in zip(attempt.version_ids, attempt.marks, strict=True):
            shown[number] += 1
            right[number] += is_right
    assert {item.version_id: (item.people, item.facility) for item in found.items} == {
        # a question that fewer than five drew is not told
        number: (shown[number], pytest.approx(right[number] / shown[number]) if shown[number] >= 5 else None)
        for number in shown
    }
    assert found.knowledge.average == pytest.approx(27 / 45)
    assert found.knowledge.average_low < 27 / 45 < found.knowledge.average_high
    assert [(one.label, one.count) for one in found.knowledge.correct_counts] == [
        ("0", 3), ("1", 3), ("2", 3), ("3", 6), ("4", 6), ("5", 6),
    ]  # fmt: skip
    (topic,), (article,) = found.knowledge.topics, found.knowledge.articles
    assert (topic.label, topic.people, topic.answers, topic.share) == ("Luật A", 27, 135, pytest.approx(27 / 45))
    assert article.label == "Điều 10 Luật thử số 36/2024/QH15"


def test_only_the_first_valid_attempt_of_a_person_counts_for_knowledge(world, units, session):
    contest = world.contest(attempts={"per_round": 3})
    person = world.joined(contest, world.user("an", unit=units["TR-A"]))
    first, _second, third = (world.submit(world.start(person), right) for right in (0, 2, 5))
    decisions.void(session, first, reason="Nhờ người thi hộ", actor_id=world.user("btc").id, now=world.now)
    session.commit()
    answers = first_answers(session, contest)
    assert answers.people == [person.id]
    assert answers.table.total.tolist() == [4.0]  # the second: two right, two points each
    found = services.evaluate(session, contest, world.now)
    assert (found.reach.people, found.reach.attempts) == (1, 2)  # what was voided is no taking part
    assert found.integrity.voided == (("Nhờ người thi hộ", 1),)
    assert third.score == 10


def test_a_question_thrown_out_says_nothing_about_knowledge(world, units, session, sat_by):
    contest = world.contest(paper=WHOLE_BANK)
    first, *_ = sat_by(contest, [6] * 6)
    version = results.load_version(session, first.version_ids[0], contest)
    results.correct_key(
        session, contest, version, [], credits_everyone=True, reason="Câu hỏi sai", now=world.now,
        actor_id=world.user("btc").id,
    )  # fmt: skip
    found = services.evaluate(session, contest, world.now)
    assert version.id not in {item.version_id for item in found.items}
    assert len(found.items) == 11
    ((corrected),) = found.integrity.corrections
    assert (corrected.code, corrected.reason) == (version.question.code, "Câu hỏi sai")


def test_a_wrong_key_is_suspected_and_the_evidence_names_the_rival(world, units, session, answered, person):
    contest = world.contest(paper=WHOLE_BANK)
    code = session.scalar(select(func.min(BankQuestion.code)))
    for number in range(40):
        attempt = world.start(world.joined(contest, world.user(f"ts{number}", unit=units["TR-A"])))
        knows = number % 4  # who knows more chooses C where the key says B
        answered(attempt, lambda asked, knows=knows: _choice(asked, code, knows))
    world.time.go_to(contest.rules.closes_at + timedelta(hours=1))
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("nghi sai đáp án: 1", code, "người chọn C")
    (suspect,) = services.stored(session, contest).suspects
    assert (suspect.code, suspect.sign, suspect.rival) == (code, "rival", "C")


def _choice(asked: str, doubtful: str, knows: int) -> str:
    if asked == doubtful:
        return "C" if knows >= 2 else "B"
    return "B" if int(asked[-2:]) % 4 < knows + 1 and knows else "A"


def test_rounds_are_compared_on_common_questions_and_only_with_enough_of_them(world, units, session):
    first = world.document()["rounds"][0]
    rounds = [first, {**first, "code": "dot-2", "name": "Đợt 2"}]
    contest = world.contest(rounds=rounds, paper=WHOLE_BANK)
    people = [world.joined(contest, world.user(f"ts{n}", unit=units["TR-A"])) for n in range(12)]
    for n, one in enumerate(people):
        world.submit(world.start(one, "dot-1"), 3 + n % 3)
        world.submit(world.start(one, "dot-2"), 9 + n % 3)
    (compared,) = worded(services.evaluate(session, contest, world.now)).comparisons
    assert (compared.title, compared.basis, compared.common) == ("Đợt 1 → Đợt 2", "common", 12)
    assert (compared.before, compared.now) == (pytest.approx(4 / 12), pytest.approx(10 / 12))
    assert compared.low > 0
    assert "Lần sau làm đúng nhiều hơn" in compared.words


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [(0.6894, 0.6886, "0,0"), (0.68949, 0.69051, "+0,2"), (0.7, 0.65, "−5,0"), (None, 0.5, "–")],
)
def test_a_change_never_contradicts_the_two_shares_beside_it(before, now, shown):
    assert words.change(before, now) == shown


def test_too_few_answers_are_not_compared(world, units, session):
    first = world.document()["rounds"][0]
    contest = world.contest(rounds=[first, {**first, "code": "dot-2", "name": "Đợt 2"}])
    for n in range(5):
        one = world.joined(contest, world.user(f"ts{n}", unit=units["TR-A"]))
        world.submit(world.start(one, "dot-1"), 3)
        world.submit(world.start(one, "dot-2"), 4)
    (compared,) = worded(services.evaluate(session, contest, world.now)).comparisons
    assert (compared.basis, compared.difference) == ("none", None)
    assert "Không so sánh được" in compared.words


def test_the_cover_of_the_workbook_counts_people_as_its_evaluation_does(world, session, sat_by):
    contest = world.contest()
    first, *_ = sat_by(contest, [5, 4, 4, 3, 2, 1])
    decisions.void(session, first, reason="Bỏ thi", actor_id=world.user("btc").id, now=world.now)
    totals = dict(contest_report(session, contest, world.now).cover.totals)
    assert totals["Số người dự thi"] == services.evaluate(session, contest, world.now).reach.people == 5


def test_a_sample_is_said_to_be_one(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1, 0])
    answers = first_answers(session, contest, most=5)
    assert (len(answers.people), answers.of_people) == (5, 7)
    assert first_answers(session, contest, most=5).people == answers.people


def test_groups_of_fewer_than_five_are_put_together(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1], unit="TR-A")
    sat_by(contest, [5, 5], unit="AP", prefix="ap")
    found = worded(services.evaluate(session, contest, world.now))
    assert [(one.label, one.people) for one in found.audience.units] == [("các nhóm nhỏ gộp lại", 8)]


def test_pages_are_for_those_who_may_see_results(world, units, person, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1])
    path = f"/ket-qua/{contest.slug}/danh-gia"
    person().log_in(world.user("hs", unit=units["TR-A"])).get(path, status=403)
    person().log_in(world.user("gk2", role=Role.JUDGE, unit=units["XK"])).get(path, status=404)
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(path).sees("Phạm vi tiếp cận", "Kiến thức pháp luật", "Chất lượng câu hỏi", "Tính liêm chính")
    for name in ("pho-diem", "chu-de", "ban-do-cau-hoi", "tap-the"):
        judge.get(f"/ket-qua/{contest.slug}/bieu-do/{name}.svg")
    judge.get(f"/ket-qua/{contest.slug}/bieu-do/khong-co.svg", status=404)


def test_the_card_names_no_topic_that_few_had(world, units, session, sat_by, person):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2])
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").does_not_see("Chủ đề làm được ít nhất")
    made = services.stored(session, contest)
    topic = made.knowledge.topics[0]
    topics = [replace(topic, label=name, people=had, share=share) for name, had, share in (
        ("Luật của ít người", 9, 0.1), ("Luật A", 12, 0.5), ("Luật B", 12, 0.6))]  # fmt: skip
    told = replace(made, knowledge=replace(made.knowledge, topics=tuple(topics)))
    services.store(session, contest.id, told, last_run(session, contest.id).id)
    session.commit()
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("Chủ đề làm được ít nhất: Luật A")


def test_devices_add_up_to_all_attempts(world, units, session):
    contest = world.contest(attempts={"per_round": 2})
    people = [world.joined(contest, world.user(f"ts{n}", unit=units["TR-A"])) for n in range(6)]
    for person, device in [*((one, "phone") for one in people), (people[0], "tablet")]:
        attempt = world.start(person)
        attempt.device = device
        world.submit(attempt, 3)
    reach = services.evaluate(session, contest, world.now).reach
    assert sum(one.attempts for one in reach.devices) == reach.attempts == 7


def test_nobody_waits_for_the_big_contests_a_small_one_is_compared_with(
    world, units, session, sat_by, person, monkeypatch
):
    earlier = world.contest(slug="truoc")
    sat_by(earlier, [5, 4, 4, 3, 2, 1, 0])
    world.time.go_to(earlier.rules.closes_at)
    results.freeze_results(session, earlier, actor_id=None, now=world.now)
    world.time.pass_by(hours=2)
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2], prefix="sau")
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    monkeypatch.setattr(services, "MOST_WHILE_WAITING", 10)
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("đánh giá chạy nền")
    judge.post(f"/ket-qua/{contest.slug}/so-ket-qua.xlsx").sees("đang chờ")
    monkeypatch.setattr(services, "MOST_WHILE_WAITING", 12)
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("5 người dự thi")


def test_a_contest_that_is_not_open_is_told_so(world, units, person):
    contest = world.contest(opened=False)
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(f"/ket-qua/{contest.slug}/danh-gia").sees("chưa mở nên chưa có gì").does_not_see("Đánh giá ngay")


def test_a_question_that_fewer_than_five_had_tells_nothing(world, session, sat_by):
    contest = world.contest(paper=WHOLE_BANK)
    sat_by(contest, [6] * 4)
    for item in services.evaluate(session, contest, world.now).items:
        assert (item.people, item.verdict, item.facility, item.omitted, item.options) == (4, "few", None, 0, ())


def test_fewer_than_five_people_tell_nothing_of_what_they_know(world, session, sat_by):
    contest = world.contest(paper=WHOLE_BANK)
    sat_by(contest, [6] * 4)
    found = services.evaluate(session, contest, world.now)
    assert (found.knowledge.scores, found.knowledge.average, found.test) == ((), None, ())


def test_units_of_fewer_than_five_are_left_out_and_cannot_be_computed(world, session, sat_by):
    contest = world.contest()
    sat_by(contest, [5, 4, 4, 3, 2, 1], unit="TR-A")
    sat_by(contest, [5], unit="AP", prefix="ap")
    results.bring_up_to_date(session, contest, world.now)
    (school,) = services.evaluate(session, contest, world.now).units
    assert (school.name, school.participants, school.average_score) == ("Trường THPT An Trường", 6, None)
