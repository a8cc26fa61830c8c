"""Questions whose act has ended: marked, on the work list, out of new papers until somebody confirms them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contest_app.accounts.models import Role
from contest_app.audit.models import AuditEntry
from contest_app.bank import citations
from contest_app.bank import services as banks
from contest_app.bank.convert import to_question
from contest_app.bank.models import BankQuestion, CitationDecision, Status
from contest_app.bank.queries import approved_versions, left_out
from contest_app.law.models import LegalDocument
from contest_app.web.refusal import NotYours, Refusal
from question_bank.model import LegalBasis
from tests.app.factories import question

LAST_DAY = date(2026, 6, 30)
AFTER = LAST_DAY + timedelta(days=1)


def rows(session):
    session.commit()
    session.expire_all()
    return session.query(BankQuestion).order_by(BankQuestion.code).all()


def confirm(session, world, account, document, some, reason="Luật mới giữ nguyên quy định này"):
    count = citations.confirm(session, some, document, reason=reason, actor_id=account.id, now=world.now)
    session.commit()
    return count


# Which count


def test_a_question_drops_out_the_day_after_the_last_day_its_act_binds(session, ended):
    bank_id = rows(session)[0].bank_id
    assert (len(approved_versions(session, bank_id, LAST_DAY)), left_out(session, bank_id, LAST_DAY)) == (12, 0)
    assert (approved_versions(session, bank_id, AFTER), left_out(session, bank_id, AFTER)) == ([], 12)


def test_a_confirmation_brings_back_that_version_and_an_edit_starts_anew(session, world, account, ended):
    first, *_ = rows(session)
    assert confirm(session, world, account, ended, [first]) == 1
    assert [one.id for one in approved_versions(session, first.bank_id, AFTER)] == [first.current.id]
    changed = to_question(first.current)
    banks.edit_question(session, first, changed, author_id=None, now=world.now)
    first.status = Status.APPROVED
    session.commit()
    assert approved_versions(session, first.bank_id, AFTER) == []


def test_a_question_on_two_ended_acts_needs_a_decision_on_each(session, world, account, ended, register):
    first, *_ = rows(session)
    other = register("1/1999", in_force_to=LAST_DAY)
    bases = (LegalBasis(ended.number, "1"), LegalBasis(other.number, "2"), LegalBasis(other.number, "3"))
    changed = replace(to_question(first.current), legal_basis=bases)
    banks.edit_question(session, first, changed, author_id=None, now=world.now)
    first.status = Status.APPROVED
    session.commit()
    confirm(session, world, account, ended, [first])
    assert approved_versions(session, first.bank_id, AFTER) == []
    confirm(session, world, account, other, [first])
    assert len(approved_versions(session, first.bank_id, AFTER)) == 1


def test_a_confirmation_has_a_reason_an_end_and_a_citation(session, world, account, ended, register):
    first, *_ = rows(session)
    for document, reason, code in ((ended, "vì", "reason_needed"), (register("5/2000"), "Vẫn đúng", "act_in_force")):
        with pytest.raises(Refusal, match=code):
            confirm(session, world, account, document, [first], reason)
    with pytest.raises(NotYours):
        confirm(session, world, account, register("6/2000", in_force_to=LAST_DAY), [first])
    session.rollback()
    assert session.query(CitationDecision).count() == 0


# What people see


def test_an_act_without_an_end_marks_nothing(btc, act):
    btc.get("/ngan-hang/can-cu").sees("Không có câu hỏi nào cần xem lại")
    btc.get("/ngan-hang/1").does_not_see("36/2024/QH15 hết hiệu lực")
    btc.get("/ngan-hang/cau-hoi/1").sees("văn bản 36/2024/QH15").does_not_see("hết hiệu lực từ")


def test_the_question_and_the_list_say_that_the_act_has_ended(btc, session, world, register, ended):
    register("99/2025/QH15")
    register(ended.number, in_force_to=LAST_DAY, replaced_by="99/2025/QH15")
    btc.get("/ngan-hang/cau-hoi/1").sees("hết hiệu lực từ 01/07/2026", "thay bằng 99/2025/QH15")
    html = btc.page.get_data(as_text=True)
    assert f'href="/van-ban/{ended.id}"' in html
    btc.get("/ngan-hang/1?can-cu=het-hieu-luc").sees("12 câu hỏi", "36/2024/QH15 hết hiệu lực")
    without_law = replace(question(50), legal_basis=())
    banks.add_question(session, rows(session)[0].bank, without_law, author_id=None, now=world.now)
    session.commit()
    btc.get("/ngan-hang/1?can-cu=het-hieu-luc").sees("12 câu hỏi")
    btc.get("/ngan-hang/1").sees("13 câu hỏi")


def test_the_work_list_groups_by_act_and_leaves_drafts_and_retired_out(btc, session, ended):
    some = rows(session)
    some[0].status, some[1].status, some[2].status = Status.DRAFT, Status.RETIRED, Status.IN_REVIEW
    session.commit()
    btc.get("/ngan-hang/can-cu").sees("36/2024/QH15", "10 câu cần xem lại", "C0003", "chờ duyệt", "Điều 10 khoản 2")
    btc.does_not_see("C0001", "C0002")


def test_confirming_some_and_then_all_with_a_reason(btc, session, account, ended):
    first, second, *_ = rows(session)
    path, second_version = f"/ngan-hang/can-cu/{ended.id}", second.current.id
    session.commit()
    btc.post(path, status=422, do="confirm", reason="Vẫn đúng theo luật mới").sees("đánh dấu ít nhất một câu hỏi")
    btc.post(path, status=422, do="confirm", question=str(first.id), reason="ừ").sees("Cần ghi lý do")
    assert 'value="ừ"' in btc.page.get_data(as_text=True)
    btc.post(path, do="confirm", question=str(first.id), reason="Vẫn đúng theo luật mới")
    btc.sees("Đã ghi quyết định cho 1 câu hỏi.", "11 câu cần xem lại").does_not_see("C0001")
    btc.post(path, do="confirm", all="1", reason="Luật mới giữ nguyên các điều này")
    btc.sees("Đã ghi quyết định cho 11 câu hỏi.", "Không có câu hỏi nào cần xem lại")
    made = session.query(CitationDecision).filter_by(version_id=second_version).one()
    assert (made.reason, made.decided_by_id) == ("Luật mới giữ nguyên các điều này", account.id)
    assert session.query(AuditEntry).filter_by(event="citation_confirmed").count() == 12
    btc.get(f"/van-ban/{ended.id}").sees("đã xác nhận vẫn đúng", "“Vẫn đúng theo luật mới”")


def test_a_confirmation_can_be_withdrawn(btc, session, world, account, ended):
    first, *_ = rows(session)
    confirm(session, world, account, ended, [first])
    btc.get(f"/ngan-hang/cau-hoi/{first.id}").sees("đã xác nhận vẫn đúng", "Luật mới giữ nguyên quy định này")
    path = f"/ngan-hang/can-cu/{ended.id}/cau-hoi/{first.id}/rut"
    btc.post(path).sees("Đã rút xác nhận", "Xác nhận câu hỏi vẫn đúng")
    btc.post(path)
    assert session.query(CitationDecision).count() == 0
    (entry,) = session.query(AuditEntry).filter_by(event="citation_withdrawn")
    assert entry.details == {"number": "36/2024/QH15", "version": 1}


def test_retiring_from_the_work_list_needs_its_reason_too(btc, session, ended):
    first, *_ = rows(session)
    path = f"/ngan-hang/can-cu/{ended.id}"
    btc.post(path, status=422, do="retire", question=str(first.id), reason="")
    btc.post(path, do="retire", question=str(first.id), reason="Luật mới quy định khác")
    btc.sees("11 câu cần xem lại")
    assert rows(session)[0].status is Status.RETIRED
    btc.get(f"/ngan-hang/cau-hoi/{first.id}").sees("“Luật mới quy định khác”")


def test_a_long_list_shows_its_beginning_and_says_what_is_left(btc, session, world, units, register):
    world.bank(units["XA"], count=33)
    register("36/2024/QH15", in_force_to=LAST_DAY)
    btc.get("/ngan-hang/can-cu").sees("33 câu cần xem lại", "C0030", "Còn 3 câu nữa").does_not_see("C0031")


def test_the_list_can_look_ahead_to_the_day_a_contest_closes(btc, session, register, act):
    register(act.number, in_force_to=date(2026, 12, 31))
    btc.get("/ngan-hang/can-cu").sees("Không có câu hỏi nào cần xem lại")
    btc.get("/ngan-hang/can-cu?den-ngay=2027-01-01&ngan-hang=1").sees("12 câu cần xem lại", "01/01/2027")
    btc.post(f"/ngan-hang/can-cu/{act.id}?den-ngay=2027-01-01&ngan-hang=1", do="confirm", all="1", reason="Vẫn đúng")
    btc.sees("Đã ghi quyết định cho 12 câu hỏi.", "01/01/2027")


def test_another_communes_questions_are_neither_shown_nor_touched(world, units, person, session, account, ended):
    first, *_ = rows(session)
    confirm(session, world, account, ended, [first])
    stranger = person().log_in(world.user("xk", role=Role.ORGANISER, unit=units["XK"]))
    stranger.get("/ngan-hang/can-cu").sees("Không có câu hỏi nào cần xem lại")
    stranger.get(f"/ngan-hang/can-cu?ngan-hang={first.bank_id}", status=404)
    path = f"/ngan-hang/can-cu/{ended.id}"
    stranger.post(path, status=422, do="confirm", all="1", question="2", reason="Của xã khác")
    stranger.post(f"{path}/cau-hoi/{first.id}/rut", status=404)
    stranger.post("/ngan-hang/can-cu/999", status=404, do="confirm", all="1", reason="Không có")
    assert session.query(CitationDecision).count() == 1
    assert session.query(LegalDocument).count() == 1


def test_another_end_of_the_act_has_to_be_confirmed_anew(session, world, account, ended, register):
    some = rows(session)
    confirm(session, world, account, ended, some[:2])
    register(ended.number, in_force_to=LAST_DAY, note="không đổi ngày")
    assert session.query(CitationDecision).count() == 2
    register(ended.number, in_force_to=AFTER)
    assert session.query(CitationDecision).count() == 0
    entry = session.query(AuditEntry).filter_by(event="law_changed").order_by(AuditEntry.id.desc()).first()
    assert entry.details["confirmations_withdrawn"] == 2
    assert approved_versions(session, some[0].bank_id, AFTER + timedelta(days=1)) == []


def test_the_work_list_names_questions_whose_basis_has_no_number(btc, session, world, questions):
    btc.get("/ngan-hang/can-cu").sees("Không có câu hỏi nào cần xem lại").does_not_see("không ghi số hiệu")
    first, *_ = rows(session)
    changed = replace(to_question(first.current), legal_basis=(LegalBasis("", "3", title="Luật Trẻ em"),))
    banks.edit_question(session, first, changed, author_id=None, now=world.now)
    first.status = Status.APPROVED
    session.commit()
    btc.get("/ngan-hang/can-cu").sees("1 câu có căn cứ không ghi số hiệu văn bản", first.code, "Luật Trẻ em, Điều 3")
