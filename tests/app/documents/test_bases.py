"""Legal bases come from the register; one that has ended is seen before anybody signs."""

from datetime import date

from sqlalchemy import select

from contest_app.audit.models import AuditEntry
from tests.app.documents.conftest import PAGE

DECISION = f"{PAGE}/quyet-dinh"
WARNING = "Căn cứ đã hết hiệu lực vào ngày ký"


def test_a_chosen_act_becomes_a_basis(frozen, make, act):
    law = act("14/2012/QH13", "Luật Phổ biến, giáo dục pháp luật", issued_on=date(2012, 6, 20))
    decree = act("98/2023/NĐ-CP", "Nghị định quy định chi tiết thi đua", issued_on=date(2023, 12, 31))
    said = make("quyet-dinh", basis=[str(decree.id), str(law.id)], other_bases="Kế hoạch số 12/KH-UBND")
    assert (
        "Căn cứ Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13 ngày 20 tháng 6 năm 2012;\n"
        "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi đua;\n"
        "Căn cứ Kế hoạch số 12/KH-UBND;\nTheo đề nghị của"
    ) in said


def test_an_ended_act_stops_the_document_until_somebody_insists(frozen, make, act, session):
    old = act("03/2019/TT-BTP", "Thông tư quy định thống kê", in_force_to=date(2026, 10, 31))
    said = make("quyet-dinh", status=422, basis=str(old.id))
    assert WARNING in said
    assert "hết hiệu lực từ 01/11/2026" in said
    said = make("quyet-dinh", basis=str(old.id), accepts_ended="y")
    assert "(đã hết hiệu lực từ ngày 01/11/2026);" in said
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "document_made")).one()
    assert entry.details["ended"] == ["03/2019/TT-BTP"]


def test_force_is_judged_by_the_day_of_the_document(frozen, make, act):
    old = act("03/2019/TT-BTP", "Thông tư quy định thống kê", in_force_to=date(2026, 10, 31))
    assert "hết hiệu lực" not in make("quyet-dinh", basis=str(old.id), day="2026-10-31")
    assert WARNING in make("quyet-dinh", status=422, basis=str(old.id), day="2026-11-01")


def test_an_ended_act_is_flagged_in_the_list_before_it_is_chosen(frozen, btc, act):
    act("03/2019/TT-BTP", "Thông tư cũ", in_force_to=date(2026, 10, 31))
    html = btc.get(DECISION).sees("hết hiệu lực từ 01/11/2026").does_not_see(WARNING).page.get_data(as_text=True)
    assert 'class="form-check field is-ended"' in html


def test_the_register_is_searched_without_losing_what_was_ticked_or_typed(frozen, btc, act):
    law = act("14/2012/QH13", "Luật Phổ biến, giáo dục pháp luật")
    act("26/2023/QH15", "Luật Căn cước")
    btc.post(DECISION, do="find", search="can cuoc", basis=str(law.id), funding="ngân sách xã", day="2026-11-20")
    html = btc.sees("Luật Căn cước", "Luật Phổ biến").does_not_see("36/2024/QH15").page.get_data(as_text=True)
    assert f'value="{law.id}" id="basis-{law.id}" checked' in html
    assert 'value="ngân sách xã"' in html


def test_the_acts_chosen_last_are_ticked_next_time_for_the_same_kind(frozen, make, btc, act):
    law = act("14/2012/QH13", "Luật Phổ biến, giáo dục pháp luật")
    make("quyet-dinh", basis=str(law.id))
    ticked = f'value="{law.id}" id="basis-{law.id}" checked'
    assert ticked in btc.get(DECISION).page.get_data(as_text=True)
    assert ticked not in btc.get(f"{PAGE}/to-trinh").page.get_data(as_text=True)


def test_an_act_that_left_the_register_is_no_longer_proposed(frozen, make, btc, act, session):
    law = act("14/2012/QH13", "Luật Phổ biến, giáo dục pháp luật")
    make("quyet-dinh", basis=str(law.id))
    session.delete(session.merge(law))
    session.commit()
    btc.get(DECISION).does_not_see("14/2012/QH13")
