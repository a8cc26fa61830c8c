"""Making the documents of a contest: who may, what stands in them, what goes on record."""

import pytest
from sqlalchemy import select

from contest_app.accounts.models import Role
from contest_app.attempts import decisions
from contest_app.attempts.models import Attempt, AttemptEvent
from contest_app.audit.models import AuditEntry
from contest_app.documents import gathering
from contest_app.documents.kinds import KINDS
from contest_app.documents.models import IssuedDocument
from contest_app.results.services import freeze_results
from tests.app.documents.conftest import PAGE

FINAL = [slug for slug, kind in KINDS.items() if kind.needs_final]
HEADED = [slug for slug, kind in KINDS.items() if kind.printed]


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_is_made_from_final_results(frozen, make, session, kind):
    said = make(kind, number="5")
    assert "An Trường" in said or "AN TRƯỜNG" in said
    assert frozen.title.upper() in said.upper()
    row = session.scalars(select(IssuedDocument)).one()
    assert (row.kind, row.year, row.issued_on.isoformat()) == (kind, 2026, "2026-11-20")
    assert row.number == (5 if KINDS[kind].short else None)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "document_made")).one()
    assert entry.details == {"document": kind, "number": row.number, "year": 2026, "ended": []}


@pytest.mark.parametrize("kind", HEADED)
def test_the_head_is_the_units(frozen, make, kind):
    said = make(kind, number="7")
    for part in ("ỦY BAN NHÂN DÂN\nXÃ AN TRƯỜNG", "An Trường, ngày 20 tháng 11 năm 2026", "Số: 07/"):
        assert part in said
    assert ("/TTr-BTC" if kind == "to-trinh" else "-UBND") in said


def test_the_list_of_winners_names_people_units_and_money(frozen, make):
    said = make("danh-sach")
    for part in (
        "Nguyễn Văn An",
        "Lớp 10A, Trường THPT An Trường",
        "10/10 điểm",
        "1.000.000",
        "Nguyễn Văn Binh",
        "Nhì",
    ):
        assert part in said, part
    for part in ("Trường THPT An Trường", "Tập thể nhất", "2 người dự thi", "Tổng số tiền thưởng: 3.500.000 đồng."):
        assert part in said, part
    assert "Nguyễn Văn Chi" not in said


@pytest.mark.parametrize(
    ("rank_by", "result"),
    [
        ("participants", "2 người dự thi"),
        ("rate", "20,0 % quân số dự thi"),
        ("average", "trung bình 8/10 điểm"),
        ("total", "tổng 16 điểm"),
    ],
)
def test_a_units_result_says_of_what(world, units, questions, session, rank_by, result):
    prizes = [{"name": "Tập thể nhất", "kind": "collective"}]
    contest = world.contest(prizes=prizes, collective={"rank_by": rank_by}, audience={"units": ["TR", "AP"]})
    session.merge(units["TR"]).headcount = 10
    world.sat(contest, "an", 5, units["TR-A"])
    world.sat(contest, "binh", 3, units["TR-B"])
    world.time.go_to(contest.rules.closes_at)
    freeze_results(session, contest, actor_id=None, now=world.now)
    given = gathering.prizes_of(session, contest).collective
    assert [(one.name, one.result.replace("\u00a0", " ")) for one in given] == [("Trường THPT An Trường", result)]
    assert gathering.scale_of(session, contest).out_of == "trên 10 điểm"


def test_the_list_goes_with_the_decision_made_before(frozen, make):
    assert "Kèm theo Quyết định số       /QĐ-UBND ngày" in make("danh-sach")
    make("quyet-dinh", number="9")
    assert "(Kèm theo Quyết định số 09/QĐ-UBND ngày 20 tháng 11 năm 2026 của Chủ tịch" in make("danh-sach")


def test_the_report_states_the_contest_as_it_was(frozen, make):
    said = make("bao-cao", addressees="Sở Tư pháp", other_bases="Kế hoạch số 12/KH-UBND;")
    assert "Có 3 người tham gia với 3 lượt thi" in said
    assert "Kính gửi: Sở Tư pháp" in said
    assert "Căn cứ Kế hoạch số 12/KH-UBND." in said
    assert "do Ủy ban nhân dân xã An Trường tổ chức" in said
    assert "Số liệu trong báo cáo lấy từ kết quả đã chốt." in said


def test_minutes_tell_what_was_voided_and_under_which_digest(over, world, session, make, account):
    attempt = session.get(Attempt, 3)
    decisions.void(session, attempt, reason="Dùng tài khoản người khác", actor_id=account.id, now=world.now)
    session.add(AttemptEvent(attempt_id=1, at=world.now, kind="extra_time", details={"minutes": 5}))
    session.add(AttemptEvent(attempt_id=2, at=world.now, kind="reopened", details={}))
    session.commit()
    said = make("bien-ban", members="Trần Văn Bộ, Trưởng ban\nLê Thị Chấm", meeting_place="Trụ sở xã")
    assert "Dùng tài khoản người khác" in said
    assert "Máy ghi nhận 3 lượt thi" in said
    assert "1 lượt được mở lại và 1 lượt được thêm giờ" in said
    assert "- Trần Văn Bộ, Trưởng ban;" in said
    assert "2. Địa điểm: Trụ sở xã" in said
    assert "Có 2 người được xếp hạng; điểm cao nhất là 10, điểm trung bình là 8, trên 10 điểm." in said
    assert "kết quả chưa chốt" in said


@pytest.mark.parametrize("kind", FINAL)
def test_what_needs_final_results_is_refused_before(over, make, btc, session, kind):
    said = make(kind, status=409)
    assert "Kết quả chưa chốt nên chưa lập được văn bản này" in said
    assert "Chốt kết quả" in said
    assert session.scalars(select(IssuedDocument)).all() == []
    btc.get(f"{PAGE}/{kind}").sees("Kết quả chưa chốt").does_not_see("Tải tệp Word")
    btc.get(PAGE).sees("chờ chốt kết quả")


def test_the_document_is_vietnamese_whatever_the_page_is_read_in(over, world, units, session, make, btc):
    world.time.pass_by(days=-1)
    for login in ("dung", "giang"):  # of fewer than five people no levels are told
        world.sat(over, login, 2, units["AP"])
    world.time.go_to(over.rules.closes_at)
    btc.post("/ngon-ngu/en", back=PAGE).sees("Final report", "Decision on rewards")
    said = make("bao-cao")
    for vietnamese, english in (("nhận biết", "recognition"), ("Độ lệch chuẩn của điểm", "deviation")):
        assert vietnamese in said
        assert english not in said


def test_a_day_that_is_none_is_refused_with_the_rest_kept(frozen, make):
    said = make("bao-cao", status=422, day="", signer_name="Nguyễn Văn Ổn")
    assert "Mục này bắt buộc phải điền." in said
    assert "Số chỉ gồm chữ số" in make("bao-cao", status=422, number="05/BC")


# Who may


def test_a_judge_makes_the_minutes_and_nothing_else(frozen, make, world, units, person):
    make("bao-cao", number="5")
    judge = person().log_in(world.user("gk", role=Role.JUDGE, unit=units["XA"]))
    judge.get(PAGE).sees("Văn bản đã lập", "số 05/BC-UBND").does_not_see("Thể thức văn bản của", "Rút khỏi sổ")
    assert judge.text.count("Lập văn bản") == 1
    judge.get(f"{PAGE}/bien-ban")
    judge.post(f"{PAGE}/bien-ban", do="make", day="2026-11-20", signer_lines="TRƯỞNG BAN GIÁM KHẢO")
    assert judge.page.mimetype.endswith("document")
    judge.get(f"{PAGE}/bao-cao", status=403)
    judge.post(f"{PAGE}/bao-cao", status=403, do="make", day="2026-11-20")
    judge.post(f"{PAGE}/1/rut", status=403, reason="lập nhầm số")
    judge.get("/don-vi/XA/the-thuc", status=403)


def test_another_communes_organiser_finds_nothing(frozen, world, units, person):
    other = person().log_in(world.user("khac", role=Role.ORGANISER, unit=units["XK"]))
    other.get(PAGE, status=404)
    other.get(f"{PAGE}/bao-cao", status=404)
    other.post(f"{PAGE}/bao-cao", status=404, do="make", day="2026-11-20")
    other.get(f"{PAGE}/bien-ban", status=404)
    other.post(f"{PAGE}/1/rut", status=404, reason="lập nhầm số")
    other.get("/don-vi/XA/the-thuc", status=404)
    other.get("/don-vi/XK/the-thuc")


def test_a_contestant_is_kept_out(frozen, session, person):
    contestant = person().log_in(session.get(Attempt, 1).participation.user)
    contestant.get(PAGE, status=403)


def test_unknown_kinds_and_units_are_not_found(frozen, btc):
    btc.get(f"{PAGE}/thu-moi", status=404)
    btc.get("/don-vi/KHONG-CO/the-thuc", status=404)
