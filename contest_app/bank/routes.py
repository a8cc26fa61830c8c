"""Question banks: looking, searching, writing, reviewing."""

import io
from collections import defaultdict
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from contest_app import clock
from contest_app.accounts.queries import unit_choices, units_below
from contest_app.bank import queries, services
from contest_app.bank.convert import to_question
from contest_app.bank.ended_acts import decisions_on, ended_by_version
from contest_app.bank.forms import QuestionForm, form_values
from contest_app.bank.health import doubt_words, uses_of
from contest_app.bank.media import files_of, uploaded
from contest_app.bank.models import BankQuestion, MediaFile, QuestionBank, Status
from contest_app.bank.presenters import stored_media
from contest_app.extensions import db
from contest_app.permissions import Permission, demand, requires, signed_in, units_of
from contest_app.web.messages.texts import problem_text, refusal_text
from contest_app.web.refusal import NotYours, Refusal
from question_bank.checks import check
from question_bank.model import Media, Question
from question_bank.text import clean

bp = Blueprint("bank", __name__, url_prefix="/ngan-hang")

LONGEST_NAME = 255  # the column's width
ACCEPTED_MEDIA = "image/png,image/jpeg,image/webp,image/gif,audio/*,video/mp4,video/webm"


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
    return render_template("bank/index.html", banks=found, counts=counts, choices=unit_choices(units))


@bp.get("/<int:bank_id>")
@requires(Permission.MANAGE_BANK)
def questions(bank_id: int) -> str:
    bank = load_bank(bank_id)
    names = {"tim": "search", "trang-thai": "status", "muc-do": "level", "chu-de": "topic", "loai": "kind"}
    wanted = {name: request.args.get(arg, "") for arg, name in names.items()}
    if wanted["status"] not in ("", *Status):
        wanted["status"] = ""
    today, ended_only = clock.today(), request.args.get("can-cu") == "het-hieu-luc"
    found = queries.questions(bank.id, **wanted, ended_on=today if ended_only else None)
    page = db.paginate(found, page=request.args.get("trang", 1, type=int), per_page=30, error_out=False)
    waiting = db.session.scalar(
        select(func.count()).where(BankQuestion.bank_id == bank.id, BankQuestion.status == Status.IN_REVIEW)
    )
    topics = queries.topics(db.session(), bank.id)
    return render_template(
        "bank/questions.html", bank=bank, page=page, wanted=wanted, topics=topics, waiting=waiting,
        ended_only=ended_only, ended=ended_by_version(db.session(), [row.current for row in page.items], today),
    )  # fmt: skip


@bp.route("/<int:bank_id>/cau-hoi/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def new_question(bank_id: int) -> Any:
    bank = load_bank(bank_id)
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            question = form.to_question(_sent_media(form))
            row = services.add_question(db.session(), bank, question, author_id=current_user.id, now=clock.now())
        except Refusal as refusal:
            return _edit_page(form, bank, refusal=refusal)
        return redirect(url_for(".question", question_id=row.id))
    return _edit_page(form, bank)


@bp.route("/cau-hoi/<int:question_id>/sua", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def edit_question(question_id: int) -> Any:
    row = load_question(question_id)
    before = to_question(row.current, files_of(db.session(), [row.current]))
    form = QuestionForm(data=form_values(before) if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            changed = form.to_question(_sent_media(form, before), before)
            services.edit_question(db.session(), row, changed, author_id=current_user.id, now=clock.now())
        except Refusal as refusal:
            return _edit_page(form, row.bank, row, refusal)
        return redirect(url_for(".question", question_id=row.id))
    return _edit_page(form, row.bank, row)


def _edit_page(
    form: QuestionForm, bank: QuestionBank, row: BankQuestion | None = None, refusal: Refusal | None = None
) -> Any:
    if refusal is not None:
        problems = refusal.params.get("problems", [])
        form.form_errors.extend([problem_text(problem) for problem in problems] or [refusal_text(refusal)])
    topics = queries.topics(db.session(), bank.id)
    page = render_template(
        "bank/edit.html", form=form, bank=bank, row=row, topics=topics, accepted_media=ACCEPTED_MEDIA,
        media=stored_media(row.current) if row else [],
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _sent_media(form: QuestionForm, before: Question | None = None) -> dict[int | None, list[Media]]:
    """What goes with the stem (None) and each row: kept ones that were not taken away, then what was uploaded.

    :raises Refusal: bad_file.
    """
    sent: dict[int | None, list[Media]] = defaultdict(list)
    taken_away = set(request.form.getlist("drop_media", type=int))
    for number, media in enumerate(before.media if before else ()):
        if number not in taken_away:
            sent[media.place].append(replace(media, alt=clean(request.form.get(f"alt-{number}", media.alt))[:300]))
    for file in request.files.getlist("media"):
        if file.filename:
            sent[None].append(uploaded(file, None, clean(request.form.get("media_alt", ""))[:300]))
    for row in range(len(form.options)):
        file = request.files.get(f"media-{row}-")
        if file and file.filename:
            sent[row].append(uploaded(file, row))
    return sent


@bp.get("/cau-hoi/<int:question_id>")
@requires(Permission.MANAGE_BANK)
def question(question_id: int) -> str:
    row = load_question(question_id)
    shown = to_question(row.current, files_of(db.session(), [row.current]))
    return render_template(
        "bank/question.html", row=row, question=shown, media=stored_media(row.current), warnings=check(shown),
        as_question=to_question, media_of=stored_media, uses=uses_of(db.session(), row.id), doubt_words=doubt_words,
        transitions=services.TRANSITIONS[row.status],
        decisions=queries.decisions(db.session(), row.id),
        documents={citation.place: citation.document for citation in row.current.citations},
        confirmed=decisions_on(db.session(), [row.current.id]), today=clock.today(),
    )  # fmt: skip


@bp.post("/cau-hoi/<int:question_id>/trang-thai")
@requires(Permission.REVIEW_QUESTIONS)
def set_status(question_id: int) -> Any:
    row = load_question(question_id)
    after = request.form.get("status", "")
    if after not in list(Status):
        raise NotYours
    note = request.form.get("note", "")[:500]
    services.set_status(db.session(), row, Status(after), actor_id=current_user.id, note=note, now=clock.now())
    return redirect(url_for(".question", question_id=row.id))


@bp.post("/<int:bank_id>/duyet")
@requires(Permission.REVIEW_QUESTIONS)
def approve_all(bank_id: int) -> Any:
    bank = load_bank(bank_id)
    count = services.approve_all(db.session(), bank, actor_id=current_user.id, now=clock.now())
    flash(_("Đã duyệt %(count)s câu hỏi.", count=count), "success")
    if services.is_anything_waiting(db.session(), bank):
        flash(_("Các câu do chính bạn soạn cần người khác duyệt."), "info")
    return redirect(url_for(".questions", bank_id=bank.id))


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
