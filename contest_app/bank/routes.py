"""Question banks: looking, searching, writing, reviewing."""

import io
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from PIL import Image, ImageOps
from sqlalchemy import func, select

from contest_app import clock
from contest_app.accounts.queries import unit_choices, units_below
from contest_app.bank import queries, services
from contest_app.bank.convert import to_question
from contest_app.bank.forms import QuestionForm, form_values
from contest_app.bank.models import BankQuestion, Picture, QuestionBank, Status
from contest_app.extensions import db
from contest_app.permissions import Permission, demand, requires, signed_in, units_of
from contest_app.web.downloads import send_workbook
from contest_app.web.messages.texts import problem_text, refusal_text
from contest_app.web.refusal import NotYours, Refusal
from contest_app.web.tables import bad_file
from question_bank.checks import check
from question_bank.formats import xlsx
from question_bank.formats.archive import BadFile
from question_bank.model import Picture as NewPicture
from question_bank.model import Question
from question_bank.text import clean

bp = Blueprint("bank", __name__, url_prefix="/ngan-hang")

LONGEST_NAME = 255  # the column's width
PICTURE_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


def load_bank(bank_id: int) -> QuestionBank:
    bank = db.session.get(QuestionBank, bank_id)
    if bank is None:
        raise NotYours
    demand(Permission.MANAGE_BANK, bank.unit)
    return bank


def _load_question(question_id: int) -> BankQuestion:
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
    page = db.paginate(
        queries.questions(bank.id, **wanted), page=request.args.get("trang", 1, type=int), per_page=30, error_out=False
    )
    waiting = db.session.scalar(
        select(func.count()).where(BankQuestion.bank_id == bank.id, BankQuestion.status == Status.IN_REVIEW)
    )
    topics = queries.topics(db.session(), bank.id)
    return render_template("bank/questions.html", bank=bank, page=page, wanted=wanted, topics=topics, waiting=waiting)


@bp.get("/<int:bank_id>/tai-ve.xlsx")
@requires(Permission.MANAGE_BANK)
def download(bank_id: int) -> Response:
    bank = load_bank(bank_id)
    rows = db.session.scalars(queries.questions(bank.id)).all()
    try:
        book = xlsx.write([to_question(row.current) for row in rows])
    except BadFile as error:
        raise bad_file(error) from error
    return send_workbook(book, "ngan-hang-cau-hoi.xlsx")


@bp.route("/<int:bank_id>/cau-hoi/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def new_question(bank_id: int) -> Any:
    bank = load_bank(bank_id)
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            row = services.add_question(
                db.session(), bank, form.to_question(_picture()), author_id=current_user.id, now=clock.now()
            )
        except Refusal as refusal:
            return _edit_page(form, bank, refusal=refusal)
        return redirect(url_for(".question", question_id=row.id))
    return _edit_page(form, bank)


@bp.route("/cau-hoi/<int:question_id>/sua", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def edit_question(question_id: int) -> Any:
    row = _load_question(question_id)
    form = QuestionForm(data=form_values(to_question(row.current)) if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            changed = _with_other_bases(form.to_question(_picture() or _kept(row)), row)
            services.edit_question(db.session(), row, changed, author_id=current_user.id, now=clock.now())
        except Refusal as refusal:
            return _edit_page(form, row.bank, row, refusal)
        return redirect(url_for(".question", question_id=row.id))
    return _edit_page(form, row.bank, row)


def _with_other_bases(question: Question, row: BankQuestion) -> Question:
    """The form shows the first legal basis; the others stay."""
    return replace(question, legal_basis=(*question.legal_basis, *to_question(row.current).legal_basis[1:]))


def _edit_page(
    form: QuestionForm, bank: QuestionBank, row: BankQuestion | None = None, refusal: Refusal | None = None
) -> Any:
    if refusal is not None:
        problems = refusal.params.get("problems", [])
        form.form_errors.extend([problem_text(problem) for problem in problems] or [refusal_text(refusal)])
    topics = queries.topics(db.session(), bank.id)
    page = render_template("bank/edit.html", form=form, bank=bank, row=row, topics=topics)
    return page, 422 if form.is_submitted() else 200


def _kept(row: BankQuestion) -> NewPicture | None:
    picture = row.current.picture
    if picture is None or request.form.get("remove_picture") == "1":
        return None
    return NewPicture(picture.name, picture.media_type, picture.data)


def _picture() -> NewPicture | None:
    """The uploaded picture, decoded and written anew, so that only pixels come in.

    :raises Refusal: bad_file.
    """
    upload = request.files.get("picture")
    if not upload or not upload.filename:
        return None
    try:
        opened = Image.open(upload.stream)
        media_type = PICTURE_TYPES[opened.format or ""]
        image = ImageOps.exif_transpose(opened)  # a phone says which way up in what is dropped here
        image.thumbnail((1600, 1600))
        out = io.BytesIO()
        image.save(out, format=opened.format)
    except Exception as error:  # Pillow raises many kinds on a damaged or foreign file
        raise Refusal("bad_file", 422, reason=_("Không đọc được hình. Hãy dùng tệp PNG hoặc JPEG.")) from error
    return NewPicture(upload.filename[:200], media_type, out.getvalue())


@bp.get("/cau-hoi/<int:question_id>")
@requires(Permission.MANAGE_BANK)
def question(question_id: int) -> str:
    row = _load_question(question_id)
    warnings = check(to_question(row.current))
    return render_template(
        "bank/question.html", row=row, warnings=warnings, transitions=services.TRANSITIONS[row.status],
        decisions=queries.decisions(db.session(), row.id),
    )  # fmt: skip


@bp.post("/cau-hoi/<int:question_id>/trang-thai")
@requires(Permission.REVIEW_QUESTIONS)
def set_status(question_id: int) -> Any:
    row = _load_question(question_id)
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


@bp.get("/hinh/<sha256>")
@signed_in
def picture(sha256: str) -> Response:
    """A picture of a question; its address can only be known from the question itself."""
    found = db.session.scalar(select(Picture).where(Picture.sha256 == sha256))
    if found is None:
        raise NotYours
    response = Response(found.data, mimetype=found.media_type)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response
