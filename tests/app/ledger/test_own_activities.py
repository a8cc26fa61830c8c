"""Activities that are no contest: people enter, change and strike them."""

from datetime import date

import pytest
from sqlalchemy import select

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.ledger.models import Activity

ADD = "/so-hoat-dong/them"


@pytest.fixture
def talk(units):
    """What is typed of a talk at a school."""
    return {
        "unit": str(units["TR"].id), "form": "direct", "title": "Nói chuyện về Luật Căn cước", "began_on": "02/11/2026",
        "ended_on": "2026-11-03", "people": "60", "attempts": "1.100", "topic": "Luật Căn cước", "audience": "Học sinh",
        "cost": "2.000.000 đồng", "evidence": "Kế hoạch số 3", "note": "",
    }  # fmt: skip


def kept(session):
    """All records, read in a transaction that is over when the next request comes."""
    session.commit()
    session.expire_all()
    found = session.scalars(select(Activity)).all()
    session.commit()
    return found


def one(session):
    (found,) = kept(session)
    return found


def test_what_is_entered_counts_in_the_report(organiser, talk, session):
    organiser.get("/so-hoat-dong/").sees("Ghi hoạt động khác vào sổ")
    organiser.get(ADD).does_not_see("Thi tìm hiểu pháp luật</option>")
    organiser.post(ADD, **talk).sees("Đã ghi hoạt động vào sổ.", "Nói chuyện về Luật Căn cước", "Kế hoạch số 3")
    row = one(session)
    assert (row.contest_id, row.form, row.people, row.attempts, row.cost) == (None, "direct", 60, 1100, 2_000_000)
    assert (row.began_on, row.ended_on) == (date(2026, 11, 2), date(2026, 11, 3))
    organiser.get("/so-hoat-dong/bao-cao?ky=year&nam=2026&don-vi=XA").sees(
        "Cuộc phổ biến pháp luật trực tiếp 1", "Lượt người dự phổ biến trực tiếp 1.100"
    )
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "activity_added")).one()
    assert entry.details["after"]["ended_on"] == "2026-11-03"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Mục này bắt buộc phải điền."),
        ({"form": "contest"}, "Chưa gửi được"),
        ({"ended_on": "2026-11-01"}, "Ngày cuối không được trước ngày đầu."),
        ({"ended_on": "2026-11-10"}, "Hoạt động ghi vào sổ khi đã kết thúc."),
        ({"began_on": "1899-01-01"}, "Ngày này quá xa trong quá khứ."),
        ({"began_on": "hôm qua"}, "Ngày có dạng"),
        ({"people": "mười"}, "Ghi một số nguyên"),
        ({"people": "-1"}, "Ghi một số nguyên"),
        ({"people": ""}, "Mục này bắt buộc phải điền."),
        ({"attempts": "59"}, "Số lượt không được ít hơn số người."),
        ({"attempts": "99999999"}, "Ghi một số nguyên"),
        ({"cost": "hai triệu"}, "Ghi số tiền bằng đồng"),
    ],
)
def test_what_makes_no_activity_is_refused_with_the_rest_kept(organiser, talk, session, changes, said):
    organiser.post(ADD, 422, **{**talk, **changes}).sees(said)
    assert "Kế hoạch số 3" in organiser.page.get_data(as_text=True)
    assert kept(session) == []


def test_it_is_changed_on_record(organiser, talk, session, units):
    organiser.post(ADD, **talk)
    address = f"/so-hoat-dong/{one(session).id}"
    organiser.post(address, **{**talk, "form": "culture", "people": "70", "unit": str(units["XA"].id)}).sees("Đã lưu")
    row = one(session)
    assert (row.form, row.people, row.unit_id) == ("culture", 70, units["XA"].id)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "activity_edited")).one()
    assert entry.details == {
        "before": {"form": "direct", "people": 60, "unit_id": units["TR"].id},
        "after": {"form": "culture", "people": 70, "unit_id": units["XA"].id},
    }


def test_it_is_struck_with_a_reason_and_stays_in_the_log(organiser, talk, session):
    organiser.post(ADD, **talk)
    address = f"/so-hoat-dong/{one(session).id}/xoa"
    organiser.post(address, 422, reason="")
    organiser.post(address, reason="Ghi trùng hai lần").sees("Đã xóa hoạt động khỏi sổ")
    assert kept(session) == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "activity_deleted")).one()
    assert (entry.details["reason"], entry.details["before"]["title"]) == ("Ghi trùng hai lần", talk["title"])


def test_a_contest_stays_a_contest_and_is_not_struck(organiser, finished, session):
    address = f"/so-hoat-dong/{finished.activity.id}"
    organiser.get(address).does_not_see("Xóa hoạt động này")
    organiser.post(address, form="direct", title="Tên khác", people="9999", topic="Luật A").sees("Đã lưu")
    row = one(session)
    assert (row.form, row.title, row.people) == ("contest", "Tìm hiểu Luật A", 3)
    organiser.post(f"{address}/xoa", 404, reason="Ghi trùng hai lần")


def test_who_may(organiser, outsider, talk, session, world, units, person):
    organiser.post(ADD, **talk)
    address = f"/so-hoat-dong/{one(session).id}"
    outsider.get(address, 404)
    outsider.post(address, 404, **talk)
    outsider.post(f"{address}/xoa", 404, reason="Không phải của tôi")
    outsider.post(ADD, 422, **talk)  # the school is none of its units
    session.commit()
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(address).sees("Luật Căn cước").does_not_see("Lưu vào sổ", "Xóa hoạt động này")
    judge.get("/so-hoat-dong/").does_not_see("Ghi hoạt động khác")
    judge.get(ADD, 403)
    judge.post(address, 404, **talk)
    judge.post(f"{address}/xoa", 403, reason="Không phải của tôi")
