"""The imports of a bank: how far their review has come, who is asked, taking one back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from contest_app import clock
from contest_app.bank import review, review_queries
from contest_app.bank import undo as undoing
from contest_app.bank.import_routes import bp
from contest_app.bank.models import ImportBatch
from contest_app.bank.review_routes import chosen_reviewer
from contest_app.bank.routes import load_bank
from contest_app.extensions import db
from contest_app.permissions import Permission, requires
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal


def _load_batch(batch_id: int) -> ImportBatch:
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotYours
    load_bank(batch.bank_id)
    return batch


@bp.get("/<int:bank_id>/lan-nhap")
@requires(Permission.MANAGE_BANK)
def batches(bank_id: int) -> str:
    bank = load_bank(bank_id)
    found, people = review_queries.batches(db.session(), bank), review_queries.reviewers(db.session(), bank.unit)
    return render_template("bank/batches.html", bank=bank, batches=found, reviewers=people)


@bp.post("/lan-nhap/<int:batch_id>/giao")
@requires(Permission.MANAGE_BANK)
def assign_batch(batch_id: int) -> Any:
    batch = _load_batch(batch_id)
    reviewer = chosen_reviewer(batch.bank)
    review.assign_batch(db.session(), batch, reviewer, actor_id=current_user.id, now=clock.now())
    name = reviewer.full_name if reviewer else ""
    flash(_("Đã giao cho %(name)s.", name=name) if name else _("Lần nhập này không giao riêng cho ai."), "success")
    return redirect(url_for(".batches", bank_id=batch.bank_id))


@bp.route("/lan-nhap/<int:batch_id>/hoan-tac", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def undo(batch_id: int) -> Any:
    """First what would happen, then the deed."""
    batch = _load_batch(batch_id)
    if request.method == "GET":
        return _undo_page(batch)
    agreed = bool(request.form.get("with_approved"))
    try:
        done = undoing.undo(
            db.session(), batch, actor_id=current_user.id, now=clock.now(), with_approved=agreed
        )  # fmt: skip
    except Refusal as refusal:
        return _undo_page(batch, refusal), refusal.status
    gone = len(done.removed) + len(done.restored)
    flash(ngettext("Đã hoàn tác %(num)s câu.", "Đã hoàn tác %(num)s câu.", gone), "success")
    if done.kept:
        codes = ", ".join(one.row.code for one in done.kept)
        flash(_("Không hoàn tác được nên giữ lại: %(codes)s.", codes=codes), "warning")
    return redirect(url_for(".batches", bank_id=batch.bank_id))


def _undo_page(batch: ImportBatch, refusal: Refusal | None = None) -> str:
    return render_template(
        "bank/undo.html", batch=batch, plan=undoing.undo_plan(db.session(), batch),
        problem=refusal_text(refusal) if refusal else "",
    )  # fmt: skip
