"""Question banks: looking, searching, writing, reviewing."""

import io
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from contest_app import clock
from contest_app.accounts.queries import unit_choices, units_below
from contest_app.bank import queries, review, review_queries, services
from contest_app.bank.authorship import writers
from contest_app.bank.comparing import version_changes
from contest_app.bank.convert import to_question
from contest_app.bank.ended_acts import decisions_on, ended_by_version
from contest_app.bank.form_page import FormPage, edit_page, sent_media
from contest_app.bank.forms import QuestionForm, form_values
from contest_app.bank.health import doubt_words, uses_of
from contest_app.bank.media import files_of
from contest_app.bank.models import BankQuestion, ImportBatch, MediaFile, QuestionBank, QuestionVersion, Status
from contest_app.bank.presenters import stored_media
from contest_app.extensions import db
from contest_app.permissions import Permission, demand, may, requires, signed_in, units_of
from contest_app.web.refusal import NotYours, Refusal
from question_bank.checks import check
from question_bank.text import clean

bp = Blueprint("bank", __name__, url_prefix="/ngan-hang")

LONGEST_NAME = 255  # the column's width


def load_bank(bank_id: int) -> QuestionBank:
    bank = db.session.get(QuestionBank, bank_id)
    if bank is None:
        raise NotYours
    demand(Permission.MANAGE_BANK, bank.unit)
    return bank


def load_question(question_id: int) -> BankQuestion:
    row = db.session.get(BankQuestion, question_id)
    if row is None:
        raise NotYours
    demand(Permission.MANAGE_BANK, row.bank.unit)
    return row


@bp.route("/", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def index() -> Any:
    reach = units_of(current_user, Permission.MANAGE_BANK)
    units = units_below(db.session(), reach)
    if request.method == "POST":
        unit = next((u for u in units if str(u.id) == request.form.get("unit")), None)
        name = clean(request.form.get("name", ""))
        if unit is None or not name:
            flash(_("Hãy ghi tên ngân hàng và chọn đơn vị."), "danger")
        elif len(name) > LONGEST_NAME:
            flash(_("Dài quá %(max)d ký tự.", max=LONGEST_NAME), "danger")
        else:
            bank = services.create_bank(db.session(), unit.id, name, clock.now())
            return redirect(url_for(".questions", bank_id=bank.id))
    counts = dict(db.session.execute(select(BankQuestion.bank_id, func.count()).group_by(BankQuestion.bank_id)).all())
    found = queries.banks(db.session(), reach)
    reviewed = [bank for bank in found if may(current_user, Permission.REVIEW_QUESTIONS, bank.unit)]
    waiting = review_queries.waiting_for(db.session(), reviewed, current_user.id)
    returned = review_queries.returned_to(db.session(), found, current_user.id)
    return render_template(
        "bank/index.html", banks=found, counts=counts, choices=unit_choices(units), waiting=waiting, returned=returned
    )


@bp.get("/<int:bank_id>")
@requires(Permission.MANAGE_BANK)
def questions(bank_id: int) -> str:
    bank = load_bank(bank_id)
    names = {
        "tim": "search", "trang-thai": "status", "muc-do": "level", "chu-de": "topic", "loai": "kind",
        "lan-nhap": "batch", "giao": "assigned",
    }  # fmt: skip
    wanted = {name: request.args.get(arg, "") for arg, name in names.items()}
    if wanted["status"] not in ("", *Status):
        wanted["status"] = ""
    today, ended_only = clock.today(), request.args.get("can-cu") == "het-hieu-luc"
    filters = {name: value for name, value in wanted.items() if name != "assigned"}
    query = queries.questions(
        bank.id, **filters, assigned_to=current_user.id if wanted["assigned"] else None,
        ended_on=today if ended_only else None,
    )  # fmt: skip
    page = db.paginate(query, page=request.args.get("trang", 1, type=int), per_page=30, error_out=False)
    waiting = db.session.scalar(
        select(func.count()).where(BankQuestion.bank_id == bank.id, BankQuestion.status == Status.IN_REVIEW)
    )
    batch = db.session.get(ImportBatch, request.args.get("lan-nhap", 0, type=int))
    return render_template(
        "bank/questions.html", bank=bank, page=page, wanted=wanted, topics=queries.topics(db.session(), bank.id),
        waiting=waiting, batch=batch if batch and batch.bank_id == bank.id else None, ended_only=ended_only,
        ended=ended_by_version(db.session(), [row.current for row in page.items], today),
    )  # fmt: skip


@bp.route("/<int:bank_id>/cau-hoi/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def new_question(bank_id: int) -> Any:
    bank = load_bank(bank_id)
    form, page = QuestionForm(), FormPage(_("Thêm câu hỏi"), url_for(".questions", bank_id=bank.id), bank.name)
    if form.validate_on_submit():
        try:
            question = form.to_question(sent_media(form))
            row = services.add_question(db.session(), bank, question, author_id=current_user.id, now=clock.now())
        except Refusal as refusal:
            return edit_page(form, bank, page, refusal)
        return redirect(url_for(".question", question_id=row.id))
    return edit_page(form, bank, page)


@bp.route("/cau-hoi/<int:question_id>/sua", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def edit_question(question_id: int) -> Any:
    row = load_question(question_id)
    before = to_question(row.current, files_of(db.session(), [row.current]))
    page = FormPage(
        _("Sửa câu hỏi %(code)s", code=row.code), url_for(".question", question_id=row.id), _("Xem câu hỏi"),
        notice=_("Lưu sẽ tạo bản mới ở trạng thái bản nháp; các bài đã thi vẫn giữ bản cũ."), asks_code=False,
        before=before, media=stored_media(row.current),
    )  # fmt: skip
    form = QuestionForm(data=form_values(before) if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            changed = form.to_question(sent_media(form, before), before)
            services.edit_question(db.session(), row, changed, author_id=current_user.id, now=clock.now())
        except Refusal as refusal:
            return edit_page(form, row.bank, page, refusal)
        return redirect(url_for(".question", question_id=row.id))
    return edit_page(form, row.bank, page)


@bp.get("/cau-hoi/<int:question_id>")
@requires(Permission.MANAGE_BANK)
def question(question_id: int) -> str:
    row = load_question(question_id)
    shown = to_question(row.current, files_of(db.session(), [row.current]))
    may_review = may(current_user, Permission.REVIEW_QUESTIONS, row.bank.unit)
    own = writers(db.session(), row)
    return render_template(
        "bank/question.html", row=row, question=shown, media=stored_media(row.current), warnings=check(shown),
        as_question=to_question, media_of=stored_media, uses=uses_of(db.session(), row.id), doubt_words=doubt_words,
        documents={citation.place: citation.document for citation in row.current.citations},
        confirmed=decisions_on(db.session(), [row.current.id]), today=clock.today(),
        transitions=review.TRANSITIONS[row.status],
        decisions=queries.decisions(db.session(), row.id), comments=review_queries.comments(db.session(), row.id),
        may_review=may_review,
        reviewers=review_queries.reviewers(db.session(), row.bank.unit, but=own), is_own=current_user.id in own,
        following=review_queries.next_to_review(db.session(), row, current_user.id) if may_review else None,
    )  # fmt: skip


@bp.get("/cau-hoi/<int:question_id>/so-sanh")
@requires(Permission.MANAGE_BANK)
def compare(question_id: int) -> str:
    """What changed between two versions; without a choice, what the latest changed."""
    row = load_question(question_id)
    new = request.args.get("den", row.current_number, type=int)
    old = request.args.get("tu", new - 1, type=int)
    return render_template(
        "bank/compare.html", row=row, old=old, new=new,
        changes=version_changes(_version(row, old), _version(row, new)),
    )  # fmt: skip


def _version(row: BankQuestion, number: int) -> QuestionVersion:
    found = next((version for version in row.versions if version.number == number), None)
    if found is None:
        raise NotYours
    return found


@bp.get("/tep/<sha256>")
@signed_in
def media_file(sha256: str) -> Response:
    """A picture or clip of a question; its address can only be known from the question itself."""
    found = db.session.scalar(select(MediaFile).where(MediaFile.sha256 == sha256))
    if found is None:
        raise NotYours
    # In parts where the browser asks for them: a film can be moved about in.
    response = send_file(io.BytesIO(found.data), mimetype=found.media_type, conditional=True)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response
