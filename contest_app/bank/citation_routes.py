"""The work list: questions in use whose act has ended, to be corrected, confirmed or retired."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import func, select

from contest_app import clock
from contest_app.audit.services import reason_given
from contest_app.bank import citations, ended_acts, review
from contest_app.bank.models import BankQuestion, Status
from contest_app.bank.routes import bp, load_bank, load_question
from contest_app.extensions import db
from contest_app.law.models import LegalDocument
from contest_app.permissions import Permission, requires, units_of
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal
from question_bank.formats.words import read_date

SHOWN_OF_AN_ACT = 30  # when these are dealt with, the next come up


def _address_parts() -> dict[str, str]:
    return {name: request.args[name] for name in ("den-ngay", "ngan-hang") if name in request.args}


def _asked() -> dict[str, Any]:
    """Until which day and of which bank, as the address says: a contest asks about the day it closes."""
    bank_id = request.args.get("ngan-hang", type=int)
    if bank_id is not None:
        load_bank(bank_id)
    return {"on": read_date(request.args.get("den-ngay", "")) or clock.today(), "bank_id": bank_id}


@bp.get("/can-cu")
@requires(Permission.MANAGE_BANK)
def citation_list() -> str:
    return _list_page(_asked())


def _list_page(asked: dict[str, Any], refusal: Refusal | None = None, refused_act: int = 0) -> str:
    session, reach = db.session(), units_of(current_user, Permission.MANAGE_BANK)
    acts = []
    for document, count in ended_acts.acts_to_review(session, reach, **asked):
        first = ended_acts.questions_to_review(reach, document, **asked).limit(SHOWN_OF_AN_ACT)
        acts.append((document, count, session.scalars(first).all()))
    unnumbered = ended_acts.without_number(reach, asked["bank_id"])
    counted = select(func.count()).select_from(unnumbered.order_by(None).subquery())
    return render_template(
        "bank/citations.html", acts=acts, asked=asked, address_parts=_address_parts(), today=clock.today(),
        unnumbered=session.scalars(unnumbered.limit(SHOWN_OF_AN_ACT)).all(), unnumbered_count=session.scalar(counted),
        refused_act=refused_act, problem=refusal_text(refusal) if refusal else "",
    )  # fmt: skip


@bp.post("/can-cu/<int:document_id>")
@requires(Permission.REVIEW_QUESTIONS)
def decide_citations(document_id: int) -> Any:
    """Confirm or retire the chosen questions of one act, with one reason."""
    document, asked = _load_document(document_id), _asked()
    try:
        count = _decide(_chosen(document, **asked), document, request.form.get("reason", ""))
    except Refusal as refusal:
        db.session.rollback()
        return _list_page(asked, refusal, document_id), refusal.status
    flash(
        ngettext("Đã ghi quyết định cho %(num)s câu hỏi.", "Đã ghi quyết định cho %(num)s câu hỏi.", count), "success"
    )
    return redirect(url_for(".citation_list", **_address_parts()))


def _load_document(document_id: int) -> LegalDocument:
    document = db.session.get(LegalDocument, document_id)
    if document is None:
        raise NotYours
    return document


def _chosen(document: LegalDocument, on: date, bank_id: int | None) -> list[BankQuestion]:
    """Those ticked, or all of the act; held until the decision is written, so that two people's do not cross.

    :raises Refusal: nothing_chosen.
    """
    reach = units_of(current_user, Permission.REVIEW_QUESTIONS)
    query = ended_acts.questions_to_review(reach, document, on, bank_id).with_for_update(of=BankQuestion)
    if request.form.get("all") != "1":
        query = query.where(BankQuestion.id.in_(request.form.getlist("question", type=int)))
    found = list(db.session.scalars(query))
    if not found:
        raise Refusal("nothing_chosen", 422)
    return found


def _decide(chosen: list[BankQuestion], document: LegalDocument, reason: str) -> int:
    session, who, now = db.session(), current_user.id, clock.now()
    if request.form.get("do") != "retire":
        return citations.confirm(session, chosen, document, reason=reason, actor_id=who, now=now)
    note = reason_given(reason)
    for row in chosen:
        review.set_status(session, row, Status.RETIRED, actor_id=who, note=note, now=now)
    return len(chosen)


@bp.post("/can-cu/<int:document_id>/cau-hoi/<int:question_id>/rut")
@requires(Permission.REVIEW_QUESTIONS)
def withdraw_confirmation(document_id: int, question_id: int) -> Any:
    """Back to "waits for a decision"."""
    row, document = load_question(question_id), _load_document(document_id)
    citations.withdraw(db.session(), row, document, actor_id=current_user.id, now=clock.now())
    flash(_("Đã rút xác nhận. Câu %(code)s lại nằm trong danh sách cần xem lại.", code=row.code), "success")
    return redirect(url_for(".question", question_id=row.id))
