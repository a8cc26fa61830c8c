"""Numbers: proposed, changeable, one document each."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.audit.models import AuditEntry
from contest_app.contests.models import Contest
from contest_app.documents import services
from contest_app.documents.kinds import DECISION, REPORT
from contest_app.documents.models import IssuedDocument
from contest_app.extensions import db
from contest_app.web.refusal import Refusal
from tests.app.documents.conftest import PAGE

HEAD = "/don-vi/XA/the-thuc"
SYMBOLS = {
    "symbol_bao_cao": "BC-UBND",
    "symbol_bien_ban": "BB-BTC",
    "symbol_to_trinh": "TTr-UBND",
    "symbol_quyet_dinh": "QĐ-UBND",
}


@pytest.fixture
def another(world, frozen):
    """A second contest of the same commune."""
    world.time.pass_by(days=1)
    return world.contest(title="Cuộc thi sau", slug="sau")


def proposed(btc, slug="thu-nghiem", kind="bao-cao"):
    html = btc.get(f"/ket-qua/{slug}/van-ban/{kind}").page.get_data(as_text=True)
    tag = next(part for part in html.split("<input") if 'name="number"' in part)
    return tag.partition('value="')[2].partition('"')[0]


def test_the_next_number_counts_on_for_each_kind_and_year(frozen, another, make, btc, session):
    assert proposed(btc) == "1"
    make("bao-cao", number="4")
    assert proposed(btc, "sau") == "5"
    assert proposed(btc, "sau", "bien-ban") == "1"
    assert services.next_number(session, frozen.unit, REPORT, 2027) == 1


def test_made_again_it_keeps_its_number(frozen, another, make, btc, session):
    make("bao-cao", number="4")
    assert proposed(btc) == "4"
    make("bao-cao", number="4", day="2026-11-25")
    row = session.scalars(select(IssuedDocument)).one()
    assert row.issued_on.isoformat() == "2026-11-25"


def test_a_number_of_another_contest_is_refused_and_the_form_kept(frozen, another, make, btc, session):
    make("bao-cao", number="4")
    btc.post(
        "/ket-qua/sau/van-ban/bao-cao", status=409, do="make", day="2026-11-25", number="4", signer_name="Trần Văn Ký"
    )
    btc.sees("Số 04/BC-UBND năm 2026 đã dùng cho “Cuộc thi thử nghiệm”.")
    assert "Trần Văn Ký" in btc.page.get_data(as_text=True)
    assert session.scalars(select(IssuedDocument)).one().contest_id == frozen.id
    btc.post("/ket-qua/sau/van-ban/bao-cao", do="make", day="2027-01-05", number="4")  # another year
    assert btc.page.mimetype.endswith("document")


def test_of_two_at_the_same_moment_one_gets_the_number(app, frozen, another, world, session, monkeypatch):
    """Both have looked and found the number free before either writes, as PostgreSQL allows."""
    given = {"number": 4, "day": world.now.date(), "bases": [], "ended": [], "actor_id": None, "now": world.now}
    both_looked, real = threading.Barrier(2), services.queries.numbered
    is_first_look = threading.local()

    def looked(*args):
        found = real(*args)
        if not hasattr(is_first_look, "over") and db.engine.dialect.name == "postgresql":
            is_first_look.over = True
            both_looked.wait(timeout=10)
        return found

    def issue(contest_id):
        with app.app_context(), Session(db.engine.execution_options(writes=True)) as own:
            try:
                services.issue(own, own.get_one(Contest, contest_id), REPORT, **given)
                own.commit()
            except Refusal as refusal:
                return refusal.code
        return "given"

    monkeypatch.setattr(services.queries, "numbered", looked)
    session.commit()
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(issue, [frozen.id, another.id])) == ["document_number_taken", "given"]
    assert [row.number for row in session.scalars(select(IssuedDocument))] == [4]


def stated(btc, number):
    btc.post(HEAD, **SYMBOLS, issuer="Ban Tổ chức", number_bao_cao=str(number)).sees("Đã lưu thể thức")


def test_a_slip_does_not_block_the_year(frozen, another, make, btc, session):
    make("bao-cao", number="99999")
    assert proposed(btc, "sau") == "1"
    btc.get(HEAD)
    stated(btc, 15)
    assert proposed(btc, "sau") == "15"
    btc.post("/ket-qua/sau/van-ban/bao-cao", do="make", day="2026-11-25", number="15")
    assert services.next_number(session, frozen.unit, REPORT, 2026) == 16


def test_a_lower_number_stands_until_it_is_used_and_what_is_taken_is_passed_over(frozen, another, btc, session, world):
    def give(number):
        given = {"number": number, "day": world.now.date(), "bases": [], "ended": [], "actor_id": None}
        services.issue(session, session.merge(another), REPORT, **given, now=world.now)
        session.commit()

    give(14)
    give(17)
    stated(btc, 15)
    assert proposed(btc) == "15"
    give(15)
    assert proposed(btc) == "16"
    give(16)
    assert proposed(btc) == "18"
    give(40)  # the registry went on elsewhere
    assert proposed(btc) == "41"


def test_a_document_made_by_mistake_is_taken_off_the_register(frozen, another, make, btc, session):
    make("bao-cao", number="4")
    btc.get(PAGE).sees("Rút khỏi sổ")
    btc.post(f"{PAGE}/1/rut", status=422, reason="")
    btc.post(f"{PAGE}/1/rut", reason="Lập nhầm cuộc thi").sees("Đã rút văn bản khỏi sổ")
    assert session.scalars(select(IssuedDocument)).all() == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "document_withdrawn")).one()
    assert entry.details == {"document": "bao-cao", "number": 4, "year": 2026, "reason": "Lập nhầm cuộc thi"}
    btc.post("/ket-qua/sau/van-ban/bao-cao", do="make", day="2026-11-25", number="4")
    assert btc.page.mimetype.endswith("document")


def test_without_a_number_there_is_room_and_no_clash(frozen, another, make, btc):
    assert "Số:       /BC-UBND" in make("bao-cao", number="")
    btc.post("/ket-qua/sau/van-ban/bao-cao", do="make", day="2026-11-25", number="")
    assert btc.page.mimetype.endswith("document")
    btc.get(PAGE).sees("chừa chỗ ghi số")


def test_the_unit_says_where_its_book_stands(frozen, make, btc, session):
    fields = {**SYMBOLS, "issuer": "Ban Tổ chức\nCuộc thi", "superior": "UBND xã An Trường", "archive": "VP"}
    btc.post(HEAD, **fields, number_bao_cao="57").sees("Đã lưu thể thức văn bản của đơn vị.")
    assert proposed(btc) == "57"
    said = make("bao-cao", number="57")
    for part in ("UBND XÃ AN TRƯỜNG", "BAN TỔ CHỨC\nCUỘC THI", "Số: 57/BC-UBND", "- Lưu: VP."):
        assert part in said
    assert services.next_number(session, frozen.unit, REPORT, 2026) == 58
    assert "/BB-BTC" in make("bien-ban", number="1")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "letterhead_changed")).one()
    assert entry.details["numbers"] == {"bao-cao": 57}
    assert {"issuer", "superior", "archive"} <= set(entry.details["changed"])


def test_what_the_unit_set_stands_in_its_form_again(frozen, btc):
    btc.get(HEAD).sees("Ủy ban nhân dân xã An Trường", "TM. ỦY BAN NHÂN DÂN")
    btc.post(HEAD, **SYMBOLS, issuer="Ban Tổ chức", signer_name="Trần Văn Ký")
    assert 'value="Trần Văn Ký"' in btc.get(HEAD).page.get_data(as_text=True)
    assert 'value="Trần Văn Ký"' in btc.get(f"{PAGE}/bao-cao").page.get_data(as_text=True)


def test_an_office_without_a_name_is_refused(frozen, btc):
    btc.post(HEAD, status=422, **SYMBOLS, issuer="").sees("Mục này bắt buộc phải điền.")


@pytest.mark.parametrize("symbol", ["TTr/UB ND//x", "-UBND", "TTr-", "TTr UBND"])
def test_a_symbol_is_words_joined(frozen, btc, symbol):
    btc.post(HEAD, status=422, **{**SYMBOLS, "symbol_to_trinh": symbol}, issuer="Ban Tổ chức").sees("Ký hiệu gồm chữ")
    btc.post(HEAD, **{**SYMBOLS, "symbol_to_trinh": "TTr-BTC/2026"}, issuer="Ban Tổ chức").sees("Đã lưu thể thức")


def test_dashes_are_printed_once(frozen, make, btc):
    btc.post(HEAD, **SYMBOLS, issuer="Ban Tổ chức", recipients="- Thường trực Đảng ủy\n– Lưu hồ sơ")
    said = make("bien-ban", members="- Trần Văn Bộ, Trưởng ban")
    assert "- Trần Văn Bộ, Trưởng ban;" in said
    assert "- Thường trực Đảng ủy;" in make("bao-cao", addressees="- Sở Tư pháp")
    assert "- -" not in said


def test_a_school_stands_under_its_commune(units, session):
    head = services.letterhead_of(session, units["TR"])
    assert (head.superior, head.issuer, head.place) == (
        "Ủy ban nhân dân xã An Trường", "Trường THPT An Trường", "An Trường",
    )  # fmt: skip
    assert services.symbols_of(session, units["TR"])["bao-cao"] == "BC-TTHPTAT"


def test_a_decision_is_signed_by_the_chair_and_not_for_the_committee(units, session):
    head = services.letterhead_of(session, units["XA"])
    assert services.signer_of(head, REPORT)[0] == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert services.signer_of(head, DECISION)[0] == ("CHỦ TỊCH",)
