"""Numbers: proposed, changeable, one document each."""

import pytest
from sqlalchemy import select

from contest_app.audit.models import AuditEntry
from contest_app.documents import services
from contest_app.documents.kinds import DECISION, REPORT
from contest_app.documents.models import IssuedDocument
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


def test_the_database_itself_refuses_the_second(frozen, another, world, session, monkeypatch):
    given = {"number": 4, "day": world.now.date(), "bases": [], "ended": [], "actor_id": None, "now": world.now}
    services.issue(session, session.merge(frozen), REPORT, **given)
    real, seen = services.queries.numbered, []

    def not_yet_seen(*args):
        seen.append(args)
        return None if len(seen) == 1 else real(*args)  # the other request committed in between

    monkeypatch.setattr(services.queries, "numbered", not_yet_seen)
    with pytest.raises(Refusal, match="document_number_taken"):
        services.issue(session, session.merge(another), REPORT, **given)


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
