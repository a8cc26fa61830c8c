"""A contest cannot open with questions on ended acts unless somebody says so, with a reason that stays on record."""

import contextvars
from datetime import date, timedelta

import pytest

from contest_app.audit.models import AuditEntry
from contest_app.bank import citations
from contest_app.bank.models import BankQuestion
from contest_app.contests import ended_acts, services
from contest_app.contests.models import Contest
from contest_app.contests.pools import pool_of
from contest_app.rules.parse import BadRules, to_yaml
from contest_app.web.refusal import Refusal

CLOSES = date(2026, 11, 16)  # in Vietnam, of the contests these tests make
REASON = "Quy định được luật mới giữ nguyên"
PAGE = "/quan-ly/thu-nghiem"


@pytest.fixture
def confirmed(session, world, account, act, register):
    """The act ends while the contest runs; three of its twelve questions were found still right."""
    register(act.number, in_force_to=CLOSES - timedelta(days=1))
    some = session.query(BankQuestion).order_by(BankQuestion.id).limit(3).all()
    citations.confirm(session, some, act, reason="Vẫn đúng theo luật mới", actor_id=account.id, now=world.now)
    session.commit()
    return {row.current.id for row in some}


def contest(world, *, count=3, **changes):
    return world.contest(opened=False, paper={"blueprint": [{"count": count}], "minutes": 10}, **changes)


def drawable(one):
    return {candidate.id for _cell, candidates in pool_of(one.rounds[0]).cells for candidate in candidates}


def test_the_closing_day_is_the_last_on_which_somebody_may_sit(world, questions):
    def closing(text):
        window = {"code": "d", "name": "Đợt", "opens_at": "2026-11-01T08:00", "closes_at": text}
        mock = {"code": "t", "name": "Thử", "opens_at": "2026-11-01T08:00", "closes_at": "2027-01-01T08:00"}
        return world.rules(rounds=[window, {**mock, "mock": True}]).closing_day

    assert closing("2026-11-16T00:01") == CLOSES
    assert closing("2026-11-16T24:00") == CLOSES
    assert closing("2026-11-16T20:00:00+00:00") == CLOSES + timedelta(days=1)


def test_an_act_that_ends_on_the_closing_day_itself_still_counts(session, world, act, register):
    register(act.number, in_force_to=CLOSES)
    services.open_contest(session, contest(world), actor_id=None, now=world.now)


def test_an_act_that_ends_before_the_close_takes_its_questions_out(session, world, btc, act, register):
    register(act.number, in_force_to=CLOSES - timedelta(days=1))
    made = contest(world)
    with pytest.raises(BadRules):
        services.open_contest(session, made, actor_id=None, now=world.now)
    session.rollback()
    btc.get(PAGE).sees("bảo đảm được 0 câu", "12 câu đã duyệt không được dùng", "(16/11/2026)")
    assert f'href="/ngan-hang/can-cu?ngan-hang={made.bank_id}&amp;den-ngay=2026-11-16"' in btc.page.get_data(
        as_text=True
    )
    btc.get(f"{PAGE}/sua").sees("12 câu đã duyệt không được dùng")


def test_confirmed_questions_are_drawn_only_after_a_decision_with_a_reason(session, world, account, confirmed):
    made = contest(world)
    with pytest.raises(Refusal, match="ended_acts") as refused:
        services.open_contest(session, made, actor_id=account.id, now=world.now)
    assert (refused.value.status, refused.value.params) == (409, {"acts": "36/2024/QH15", "count": 3})
    session.rollback()
    with pytest.raises(Refusal, match="reason_needed"):
        services.open_contest(session, made, actor_id=account.id, now=world.now, ended_acts_reason="vì")
    session.rollback()
    services.open_contest(session, made, actor_id=account.id, now=world.now, ended_acts_reason=REASON)
    session.commit()
    assert drawable(made) == confirmed
    assert made.ended_acts == {
        "acts": ["36/2024/QH15"], "questions": 3, "reason": REASON, "by": account.id, "at": world.now.isoformat(),
    }  # fmt: skip
    (entry,) = session.query(AuditEntry).filter_by(event="ended_acts_accepted")
    assert (entry.subject, entry.details["reason"]) == (f"contest:{made.id}", REASON)


def test_the_page_shows_the_acts_and_takes_the_decision(btc, session, world, confirmed):
    contest(world)
    btc.get(PAGE).sees("3 câu trong kho đề căn cứ vào văn bản hết hiệu lực", "36/2024/QH15", "9 câu đã duyệt không")
    btc.post(f"{PAGE}/mo", status=409, reason=REASON).sees("Hãy đánh dấu “Vẫn dùng các câu này” và ghi lý do")
    assert f'value="{REASON}"' in btc.page.get_data(as_text=True)
    btc.post(f"{PAGE}/mo", status=422, keeps="1", reason="ừ").sees("Cần ghi lý do")
    assert session.query(Contest).one().opened_at is None
    session.commit()
    btc.post(f"{PAGE}/mo", keeps="1", reason=REASON).sees("Cuộc thi đã mở.", "Được quyết định vẫn dùng 3 câu hỏi")
    btc.sees(f"“{REASON}” Nguyễn Văn Btc").does_not_see("Ghi quyết định")


def test_a_contest_without_ended_acts_asks_nothing(btc, session, world, questions):
    contest(world)
    btc.get(PAGE).does_not_see("hết hiệu lực")
    btc.post(f"{PAGE}/mo").sees("Cuộc thi đã mở.").does_not_see("hết hiệu lực")
    assert session.query(Contest).one().ended_acts is None
    session.commit()
    btc.post(f"{PAGE}/mo", status=409).sees("Cuộc thi đã mở.")


# After the opening


def test_a_longer_contest_needs_the_decision_the_shorter_one_did_not(btc, session, world, account, act, register):
    register(act.number, in_force_to=CLOSES)
    made = contest(world)
    services.open_contest(session, made, actor_id=None, now=world.now)
    session.commit()
    first = made.rules.document()["rounds"][0]
    longer = world.rules(
        paper={"blueprint": [{"count": 3}], "minutes": 10},
        rounds=[{**first, "closes_at": (world.now + timedelta(days=9)).isoformat()}],
    )
    said = {"actor_id": account.id, "now": world.now, "reason": REASON}
    with pytest.raises(Refusal, match="ended_acts"):
        services.change_rules(session, made, longer, **said)
    session.rollback()
    services.change_rules(session, made, longer, **said, keeps_ended_acts=True)
    session.commit()
    assert (made.ended_acts["acts"], made.ended_acts["questions"]) == (["36/2024/QH15"], 12)
    again = longer.model_copy(update={"title": "Tên khác của cuộc thi"})
    services.change_rules(session, made, again, **said)  # the same act is not asked about twice


def test_an_act_found_ended_after_the_opening_asks_for_a_decision_on_the_page(btc, session, world, act, register):
    made = contest(world)
    services.open_contest(session, made, actor_id=None, now=world.now)
    session.commit()
    btc.get("/quan-ly/").does_not_see("cần quyết định")
    register(act.number, in_force_to=date(2026, 6, 30))
    btc.get("/quan-ly/").sees("có căn cứ hết hiệu lực, cần quyết định")
    btc.get(PAGE).sees("12 câu trong kho đề", "Kho đề đã chốt")
    btc.post(f"{PAGE}/can-cu", status=409).sees("Hãy đánh dấu")
    btc.post(f"{PAGE}/can-cu", keeps="1", reason=REASON).sees("Đã ghi quyết định.", f"“{REASON}”")
    btc.does_not_see("Kho đề đã chốt")
    btc.get("/quan-ly/").does_not_see("cần quyết định")
    btc.post(f"{PAGE}/can-cu", keeps="1", reason="Bấm lần thứ hai")
    assert session.query(AuditEntry).filter_by(event="ended_acts_accepted").count() == 1


def test_rounds_that_are_over_ask_nothing_any_more(session, world, act, register, time):
    made = contest(world)
    services.open_contest(session, made, actor_id=None, now=world.now)
    register(act.number, in_force_to=date(2026, 6, 30))
    assert ended_acts.pools_to_come(made, world.now)
    time.pass_by(days=8)
    assert ended_acts.pools_to_come(made, world.now) == []


def test_rounds_prepared_anew_lose_the_questions_nobody_confirmed(session, world, act, register):
    opens, closes = world.now + timedelta(days=1), world.now + timedelta(days=7)
    window = {"code": "dot-1", "name": "Đợt 1", "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
    made = contest(world, rounds=[window])
    services.open_contest(session, made, actor_id=None, now=world.now)
    session.commit()
    register(act.number, in_force_to=date(2026, 6, 30))
    again = made.rules.model_copy(update={"title": "Tên khác của cuộc thi"})
    with pytest.raises(BadRules):
        services.change_rules(session, made, again, reason="", actor_id=None, now=world.now)


# The console


def test_the_console_opens_only_with_the_reason(app, session, world, confirmed, tmp_path):
    file = tmp_path / "the-le.yaml"
    file.write_text(to_yaml(world.rules(paper={"blueprint": [{"count": 3}], "minutes": 10})), encoding="utf-8")
    session.commit()

    def run(command, *words):
        return contextvars.Context().run(app.test_cli_runner().invoke, args=["contest", command, str(file), *words])

    assert run("check").stderr == "9 câu đã duyệt không được dùng vì căn cứ hết hiệu lực trước ngày đóng.\n"
    refused = run("create", "--open")
    assert (refused.exit_code, "36/2024/QH15" in refused.output) == (1, True)
    assert session.query(Contest).count() == 0
    session.commit()
    done = run("create", "--open", "--ended-acts-reason", REASON)
    assert done.exit_code == 0, done.output
    assert session.query(Contest).one().ended_acts["reason"] == REASON
