"""Reviewing: a step along the way, a comment, whom to ask."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.models import User
from contest_app.bank import review, review_queries
from contest_app.bank.models import QuestionBank, QuestionComment, Status
from contest_app.bank.routes import bp, load_bank, load_question
from contest_app.extensions import db
from contest_app.permissions import Permission, demand, requires
from contest_app.web.navigation import is_local
from contest_app.web.refusal import NotYours

_AUTHORS = {Status.IN_REVIEW, Status.DRAFT, Status.RETIRED}  # steps a setter takes as well


@bp.post("/cau-hoi/<int:question_id>/trang-thai")
@requires(Permission.MANAGE_BANK)
def set_status(question_id: int) -> Any:
    row = load_question(question_id)
    after = request.form.get("status", "")
    if after not in list(Status):
        raise NotYours
    if Status(after) not in _AUTHORS or review.is_returned(row, Status(after), current_user.id):
        demand(Permission.REVIEW_QUESTIONS, row.bank.unit)
    note = request.form.get("note", "")[: review.LONGEST_COMMENT]
    review.set_status(db.session(), row, Status(after), actor_id=current_user.id, note=note, now=clock.now())
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else url_for(".question", question_id=row.id))


@bp.post("/<int:bank_id>/duyet")
@requires(Permission.REVIEW_QUESTIONS)
def approve_all(bank_id: int) -> Any:
    bank = load_bank(bank_id)
    demand(Permission.REVIEW_QUESTIONS, bank.unit)
    batch = request.form.get("batch", type=int)
    count = review.approve_all(db.session(), bank, actor_id=current_user.id, now=clock.now(), import_id=batch)
    flash(_("Đã duyệt %(count)s câu hỏi.", count=count), "success")
    if review.is_anything_waiting(db.session(), bank):
        flash(_("Các câu do chính bạn soạn hoặc còn góp ý chưa xử lý cần được xem riêng."), "info")
    return redirect(url_for(".questions", bank_id=bank.id, **{"lan-nhap": batch} if batch else {}))


@bp.post("/cau-hoi/<int:question_id>/gop-y")
@requires(Permission.MANAGE_BANK)
def comment(question_id: int) -> Any:
    row = load_question(question_id)
    text = request.form.get("text", "")
    review.write_comment(db.session(), row, text, author_id=current_user.id, now=clock.now())
    return redirect(url_for(".question", question_id=row.id, _anchor="gop-y"))


@bp.post("/gop-y/<int:comment_id>/xong")
@requires(Permission.MANAGE_BANK)
def resolve(comment_id: int) -> Any:
    said = db.session.get(QuestionComment, comment_id)
    if said is None:
        raise NotYours
    row = load_question(said.question_id)
    review.resolve_comment(db.session(), said, actor_id=current_user.id, now=clock.now())
    return redirect(url_for(".question", question_id=row.id, _anchor="gop-y"))


@bp.post("/cau-hoi/<int:question_id>/giao")
@requires(Permission.MANAGE_BANK)
def assign(question_id: int) -> Any:
    row = load_question(question_id)
    reviewer = chosen_reviewer(row.bank)
    review.assign_question(db.session(), row, reviewer, actor_id=current_user.id, now=clock.now())
    said = _("Đã giao cho %(name)s.", name=reviewer.full_name) if reviewer else _("Câu này không giao riêng cho ai.")
    flash(said, "success")
    return redirect(url_for(".question", question_id=row.id))


def chosen_reviewer(bank: QuestionBank) -> User | None:
    """Whom the form names; nobody when it is left open.

    :raises NotYours: somebody who may not review in the bank's unit.
    """
    chosen = request.form.get("reviewer", "")
    people = {str(user.id): user for user in review_queries.reviewers(db.session(), bank.unit)}
    if chosen and chosen not in people:
        raise NotYours
    return people.get(chosen)
