"""The record a contest leaves, and what people add to it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from contest_app.accounts.models import Role
from contest_app.attempts.models import Attempt
from contest_app.audit.models import AuditEntry
from contest_app.ledger.models import Activity
from contest_app.results.models import Standing


def test_freezing_leaves_a_record_with_the_numbers_of_standings_and_attempts(session, finished):
    activity = finished.activity
    ranked = session.scalars(
        select(Standing).where(Standing.contest_id == finished.contest.id, Standing.round_id.is_(None))
    ).all()
    valid = session.scalar(select(func.count(Attempt.id)).where(Attempt.voided_at.is_(None)))
    assert (activity.people, activity.attempts) == (len(ranked), sum(row.attempts for row in ranked)) == (3, valid)
    assert (activity.began_on, activity.ended_on) == (date(2026, 11, 9), date(2026, 11, 16))
    assert (activity.form, activity.topic, activity.audience) == ("contest", "Luật A", "Học sinh và đoàn viên")
    assert activity.cost is None


def test_the_list_gives_the_contest_s_page_as_evidence(organiser, finished):
    organiser.get("/so-hoat-dong/").sees("Tìm hiểu Luật A", "Xã An Trường", "Tổng cộng (đã chốt): 1 hoạt động")
    assert "/cuoc-thi/da-chot" in organiser.page.get_data(as_text=True)
    organiser.get("/so-hoat-dong/?in=1").sees("/cuoc-thi/da-chot")  # paper has no links


def test_a_contest_that_is_over_shows_its_numbers_but_counts_in_no_total(world, session, units, questions, organiser):
    contest = world.contest()
    world.sat(contest, "mot", 5, units["TR-A"])
    organiser.get("/so-hoat-dong/").sees("Sổ chưa có hoạt động nào.")
    world.time.pass_by(days=8)
    organiser.get("/so-hoat-dong/").sees("Cuộc thi thử nghiệm", "chưa chốt", "Tổng cộng (đã chốt): 0 hoạt động")
    assert session.query(Activity).count() == 0


def test_an_edit_goes_on_record_with_what_stood_there_before(session, organiser, finished):
    address = f"/so-hoat-dong/{finished.activity.id}"
    organiser.post(
        address, form="contest", topic="Luật A; Luật B", audience="Học sinh và đoàn viên", cost="12.500.000",
        evidence="Báo cáo số 12/BC-UBND", note="",
    ).sees("Đã lưu vào sổ hoạt động.", "Báo cáo số 12/BC-UBND")  # fmt: skip
    session.refresh(finished.activity)
    assert finished.activity.cost == 12_500_000
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "activity_edited")).one()
    assert entry.details == {
        "before": {"topic": "Luật A", "cost": None, "evidence": ""},
        "after": {"topic": "Luật A; Luật B", "cost": 12_500_000, "evidence": "Báo cáo số 12/BC-UBND"},
    }


@pytest.mark.parametrize("typed", ["12,5", "-1", "mười triệu", "1.50.000", "9" * 30])
def test_a_cost_that_is_no_sum_is_refused_and_nothing_else_is_lost(session, organiser, finished, typed):
    organiser.post(f"/so-hoat-dong/{finished.activity.id}", 422, form="contest", topic="Mới", cost=typed).sees(
        "Ghi số tiền bằng đồng"
    )
    assert typed in organiser.page.get_data(as_text=True)
    session.refresh(finished.activity)
    assert (finished.activity.cost, finished.activity.topic) == (None, "Luật A")


def test_another_commune_sees_nothing(outsider, finished):
    outsider.get("/so-hoat-dong/").does_not_see("Tìm hiểu Luật A")
    outsider.get(f"/so-hoat-dong/{finished.activity.id}", 404)
    outsider.post(f"/so-hoat-dong/{finished.activity.id}", 404, form="contest", topic="x")
    outsider.get("/so-hoat-dong/?don-vi=XA", 404)
    outsider.get("/so-hoat-dong/bao-cao?don-vi=XA", 404)
    outsider.get("/so-hoat-dong/bao-cao.xlsx?don-vi=XA", 404)


def test_a_judge_reads_but_does_not_write(world, units, person, finished, session):
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(f"/so-hoat-dong/{finished.activity.id}").sees("Học sinh và đoàn viên").does_not_see("Lưu vào sổ")
    judge.post(f"/so-hoat-dong/{finished.activity.id}", 404, form="contest", topic="x")
    judge.get("/so-hoat-dong/bieu-mau", 403)


def test_catching_up_writes_what_is_missing_once(app, session, finished):
    session.delete(finished.activity)
    session.commit()
    run = app.test_cli_runner().invoke
    assert "Tìm hiểu Luật A: 3 người, 4 lượt thi." in run(args=["ledger", "catch-up"]).output
    assert "Đã ghi 0 cuộc thi" in run(args=["ledger", "catch-up"]).output
    assert session.query(Activity).count() == 1
