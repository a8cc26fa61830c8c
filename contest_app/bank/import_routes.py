"""Uploading questions: read, look at every problem, then accept. Nothing enters the bank before that."""

from collections import Counter
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.bank import queries, services
from contest_app.bank.convert import problem_from_json, problem_to_json
from contest_app.bank.models import ImportDraft, QuestionBank
from contest_app.bank.presenters import inline_media
from contest_app.bank.reading import read_upload
from contest_app.bank.routes import load_bank
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.permissions import Permission, requires
from contest_app.web.downloads import send_workbook
from contest_app.web.messages.texts import problem_text, refusal_text
from contest_app.web.refusal import Refusal
from contest_app.web.tables import uploaded_bytes
from question_bank.checks import check
from question_bank.formats import xlsx
from question_bank.formats.json_file import as_json, from_json
from question_bank.model import Found, Problem, ReadResult, Severity
from question_bank.text import topic_path

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
        return render_template("bank/import.html", bank=bank)
    file, key_file = request.files.get("file"), request.files.get("key_file")
    key_data = key_file.read() if key_file and key_file.filename else None
    filename = (file.filename if file else "") or ""
    try:
        result = read_upload(uploaded_bytes(file), filename, key_data)
    except Refusal as refusal:
        return render_template("bank/import.html", bank=bank, problem=refusal_text(refusal)), refusal.status
    if not result.questions:
        return render_template("bank/import.html", bank=bank, problems=result.problems), 422
    problems = [*result.problems, *services.problems_in_bank(db.session(), bank, result)]
    begin_writing()
    services.forget_drafts(db.session(), bank, current_user.id)
    draft = ImportDraft(
        bank_id=bank.id, user_id=current_user.id, filename=filename[:200], created_at=clock.now(),
        questions=[{**as_json(found.question), "row": found.row} for found in result.questions],
        problems=[problem_to_json(problem) for problem in problems],
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    return redirect(url_for(".preview", draft_id=draft.id))


def _load_draft(draft_id: int) -> tuple[ImportDraft, QuestionBank]:
    draft = db.session.get(ImportDraft, draft_id)
    if draft is None or draft.user_id != current_user.id:
        raise Refusal("preview_gone", 404)
    return draft, load_bank(draft.bank_id)


def _by_row(draft: ImportDraft) -> tuple[dict[int, list[Problem]], list[Problem]]:
    """Problems of each question by its row, and those of the file as a whole."""
    rows = {document["row"] for document in draft.questions}
    by_row: dict[int, list[Problem]] = {}
    of_file = []
    for problem in map(problem_from_json, draft.problems):
        if problem.row in rows:
            by_row.setdefault(problem.row or 0, []).append(problem)
        else:
            of_file.append(problem)
    return by_row, of_file


def _picks(draft: ImportDraft) -> list[tuple[str, dict[str, Any]]]:
    """Each question under what its box sends: its row, told apart where a Word file uses a number twice."""
    seen: Counter[int] = Counter()
    picks = []
    for document in draft.questions:
        seen[document["row"]] += 1
        times = seen[document["row"]]
        picks.append((f"{document['row']}-{times}" if times > 1 else str(document["row"]), document))
    return picks


def _is_broken(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


@bp.get("/nhap/<int:draft_id>")
@requires(Permission.MANAGE_BANK)
def preview(draft_id: int) -> str:
    draft, bank = _load_draft(draft_id)
    by_row, of_file = _by_row(draft)
    found = [(pick, document, by_row.get(document["row"], [])) for pick, document in _picks(draft)]
    good = sum(not _is_broken(problems) for _pick, _document, problems in found)
    without_topic = sum(not document["topic"] for _pick, document, _problems in found)
    return render_template(
        "bank/preview.html", draft=draft, bank=bank, found=found, of_file=of_file, good=good, is_broken=_is_broken,
        without_topic=without_topic, topics=queries.topics(db.session(), bank.id), as_question=from_json,
        inline_media=inline_media,
    )  # fmt: skip


@bp.post("/nhap/<int:draft_id>")
@requires(Permission.MANAGE_BANK)
def accept(draft_id: int) -> Any:
    """Store the ticked questions that have no error; those without a topic get the one typed for them."""
    draft, bank = _load_draft(draft_id)
    by_row, _of_file = _by_row(draft)
    ticked = set(request.form.getlist("row"))
    chosen = [
        Found(from_json(document), document["row"])
        for pick, document in _picks(draft)
        if pick in ticked and not _is_broken(by_row.get(document["row"], []))
    ]
    topic = topic_path(request.form.get("topic", ""))
    chosen = [Found(replace(one.question, topic=one.question.topic or topic), one.row) for one in chosen]
    if not chosen:
        flash(_("Chưa chọn câu nào. Hãy đánh dấu các câu muốn nhận."), "danger")
        return redirect(url_for(".preview", draft_id=draft.id))
    if too_long := next((p for one in chosen for p in check(one.question) if p.column == "topic"), None):
        flash(problem_text(too_long), "danger")
        return redirect(url_for(".preview", draft_id=draft.id))
    clashes = map(problem_to_json, services.problems_in_bank(db.session(), bank, ReadResult(tuple(chosen))))
    unseen = [clash for clash in clashes if clash not in draft.problems]
    if unseen:  # the bank has changed since the file was read
        draft.problems = [*draft.problems, *unseen]
        flash(_("Ngân hàng đã thay đổi từ lúc đọc tệp nên chưa nhập câu nào. Hãy xem các câu có lưu ý."), "danger")
        return redirect(url_for(".preview", draft_id=draft.id))
    count = services.store_import(db.session(), bank, chosen, draft.filename, actor_id=current_user.id, now=clock.now())
    db.session.delete(draft)
    flash(_("Đã nhập %(count)s câu hỏi vào trạng thái chờ duyệt.", count=count), "success")
    return redirect(url_for("bank.questions", bank_id=bank.id))
