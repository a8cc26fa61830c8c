"""Uploading questions: a file is read and kept as a draft. Nothing enters the bank before somebody accepts it."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user

from contest_app import clock
from contest_app.bank import imports, layouts
from contest_app.bank.models import ImportDraft, QuestionBank
from contest_app.bank.reading import read_upload
from contest_app.bank.routes import load_bank
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.permissions import Permission, requires
from contest_app.web.downloads import send_workbook
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import Refusal
from contest_app.web.tables import uploaded_bytes
from question_bank.formats import xlsx
from question_bank.formats.mapping import read_mapped

bp = Blueprint("bank_import", __name__, url_prefix="/ngan-hang")


@bp.get("/mau.xlsx")
@requires(Permission.MANAGE_BANK)
def template() -> Response:
    return send_workbook(xlsx.template(), "mau-cau-hoi.xlsx")


@bp.route("/<int:bank_id>/nhap", methods=["GET", "POST"])
@reads_first
@requires(Permission.MANAGE_BANK)
def upload(bank_id: int) -> Any:
    bank = load_bank(bank_id)
    if request.method == "GET":
        return _upload_page(bank)
    file, key_file = request.files.get("file"), request.files.get("key_file")
    key_data = key_file.read() if key_file and key_file.filename else None
    filename = (file.filename if file else "") or ""
    try:
        data = uploaded_bytes(file)
        result = read_upload(data, filename, key_data)
    except Refusal as refusal:
        return _upload_page(bank, problem=refusal_text(refusal)), refusal.status
    table = layouts.foreign_table(data, result)
    mapping = layouts.known_mapping(db.session(), bank.unit_id, table) if table else None
    result = read_mapped(data, mapping) if mapping else result
    if not result.questions and table is None:
        return _upload_page(bank, problems=result.problems), 422
    read = imports.read_draft(db.session(), bank, result)
    begin_writing()
    draft = imports.keep_draft(
        db.session(), bank, read, filename, user_id=current_user.id, now=clock.now(), source=data if table else None
    )
    return redirect(url_for(".preview" if result.questions else ".columns", draft_id=draft.id))


def load_draft(draft_id: int) -> tuple[ImportDraft, QuestionBank]:
    """A draft of one's own, held against a second tab while it is being changed."""
    draft = db.session.get(ImportDraft, draft_id, with_for_update=request.method == "POST" or None)
    if draft is None or draft.user_id != current_user.id:
        raise Refusal("preview_gone", 404)
    return draft, load_bank(draft.bank_id)


def _upload_page(bank: QuestionBank, **problems: Any) -> str:
    unfinished = imports.drafts_of(db.session(), bank, current_user.id)
    return render_template("bank/import.html", bank=bank, unfinished=unfinished, **problems)
