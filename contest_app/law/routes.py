"""The register of legal documents, for those who keep question banks."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from contest_app import clock
from contest_app.bank.ended_acts import citing, citing_counts, decisions_on
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.law import queries, services
from contest_app.law.forms import DocumentForm
from contest_app.law.models import LegalDocument
from contest_app.law.sheet import COLUMNS, check_documents, sheet_row, store_documents
from contest_app.permissions import Permission, requires, units_of
from contest_app.web.downloads import send_workbook
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal
from contest_app.web.tables import read_table, uploaded_bytes
from exports.sheets import simple_sheet
from question_bank.model import Problem

bp = Blueprint("law", __name__, url_prefix="/van-ban")


def _load(document_id: int) -> LegalDocument:
    document = db.session.get(LegalDocument, document_id)
    if document is None:
        raise NotYours
    return document


def _page() -> int:
    return request.args.get("trang", 1, type=int)


@bp.get("/")
@requires(Permission.MANAGE_BANK)
def index() -> str:
    return _list_page()


def _list_page(problems: list[Problem] | None = None, problem: str = "") -> str:
    today = clock.today()
    wanted = {"search": request.args.get("tim", ""), "standing": request.args.get("tinh-trang", "")}
    found = queries.documents(db.session(), today, **wanted)
    page = db.paginate(found, page=_page(), per_page=50, error_out=False)
    reach = units_of(current_user, Permission.MANAGE_BANK)
    counts = citing_counts(db.session(), reach, [one.id for one in page.items])
    return render_template(
        "law/index.html", page=page, wanted=wanted, counts=counts, today=today, problems=problems, problem=problem
    )


@bp.get("/danh-sach.xlsx")
@requires(Permission.MANAGE_BANK)
def sheet() -> Response:
    """The whole register, in the columns an upload is read by."""
    rows = [sheet_row(one) for one in db.session.scalars(queries.documents(db.session(), clock.today()))]
    return send_workbook(simple_sheet("Văn bản", [column.heading for column in COLUMNS], rows), "van-ban.xlsx")


@bp.post("/nhap")
@reads_first
@requires(Permission.MANAGE_BANK)
def upload() -> Any:
    file = request.files.get("file")
    try:
        rows, problems = read_table(uploaded_bytes(file), COLUMNS)
    except Refusal as refusal:
        return _list_page(problem=refusal_text(refusal)), refusal.status
    problems = problems or check_documents(rows)
    if not problems:
        begin_writing()
        source = (file.filename if file else "") or ""
        problems = store_documents(db.session(), rows, source[:120], actor_id=current_user.id, now=clock.now())
    if problems:
        db.session.rollback()
        return _list_page(problems), 422
    flash(_("Đã nhập %(count)s văn bản. Hãy đối chiếu từng văn bản với bản gốc.", count=len(rows)), "success")
    return redirect(url_for(".index"))


@bp.route("/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def new() -> Any:
    return _edit(DocumentForm(data={"number": request.args.get("so")}), None)


@bp.route("/<int:document_id>/sua", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def edit(document_id: int) -> Any:
    document = _load(document_id)
    return _edit(DocumentForm(data=asdict(services.values_of(document))), document)


def _edit(form: DocumentForm, document: LegalDocument | None) -> Any:
    if form.validate_on_submit():
        try:
            saved = _save(form, document)
        except Refusal as refusal:
            db.session.rollback()
            form[refusal.params["field"]].errors = [refusal_text(refusal)]
        else:
            flash(_("Đã lưu văn bản."), "success")
            return redirect(url_for(".show", document_id=saved.id))
    others = db.session.scalars(select(LegalDocument).order_by(LegalDocument.folded_number))
    page = render_template("law/edit.html", form=form, document=document, others=others)
    return page, 422 if form.is_submitted() else 200


def _save(form: DocumentForm, document: LegalDocument | None) -> LegalDocument:
    session, who, now = db.session(), current_user.id, clock.now()
    saved = services.save_document(
        session, document, form.values(), reason=form.reason.data or "", actor_id=who, now=now
    )
    if form.is_checked.data:
        services.check_document(session, saved, actor_id=who, now=now)
    return saved


@bp.get("/<int:document_id>")
@requires(Permission.MANAGE_BANK)
def show(document_id: int) -> str:
    document, session = _load(document_id), db.session()
    reach = units_of(current_user, Permission.MANAGE_BANK)
    page = db.paginate(citing(reach, document), page=_page(), per_page=30, error_out=False)
    made = decisions_on(session, [row.current.id for row in page.items])
    return render_template(
        "law/show.html", document=document, page=page, today=clock.today(),
        decisions={row.id: made.get((row.current.id, document.id)) for row in page.items},
        predecessors=queries.predecessors(session, document), history=queries.history(session, document),
    )  # fmt: skip


@bp.post("/<int:document_id>/doi-chieu")
@requires(Permission.MANAGE_BANK)
def check(document_id: int) -> Any:
    """The dates were compared with the document today."""
    services.check_document(db.session(), _load(document_id), actor_id=current_user.id, now=clock.now())
    flash(_("Đã ghi nhận: các ngày được đối chiếu hôm nay."), "success")
    return redirect(url_for(".show", document_id=document_id))


@bp.post("/<int:document_id>/xoa")
@requires(Permission.MANAGE_BANK)
def delete(document_id: int) -> Any:
    document = _load(document_id)
    try:
        services.delete_document(db.session(), document, actor_id=current_user.id, now=clock.now())
    except Refusal as refusal:
        flash(refusal_text(refusal), "danger")
        return redirect(url_for(".show", document_id=document_id))
    flash(_("Đã xóa văn bản %(number)s khỏi danh mục.", number=document.number), "success")
    return redirect(url_for(".index"))
