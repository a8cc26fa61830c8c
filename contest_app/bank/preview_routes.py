"""The preview of an import: look at every question, mend it, take it or set it aside, then accept them all."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from contest_app import clock
from contest_app.bank import batches, imports, queries, review_queries
from contest_app.bank.comparing import rivals
from contest_app.bank.convert import problem_from_json
from contest_app.bank.drafts import OLD_LETTERS, Entry, entries
from contest_app.bank.form_page import FormPage, edit_page, sent_media
from contest_app.bank.forms import QuestionForm, form_values
from contest_app.bank.import_routes import bp, load_draft
from contest_app.bank.models import ImportDraft
from contest_app.bank.presenters import inline_media
from contest_app.bank.review_routes import chosen_reviewer
from contest_app.extensions import db
from contest_app.permissions import Permission, requires
from contest_app.web.messages.texts import problem_text, refusal_text
from contest_app.web.paging import ListPage
from contest_app.web.refusal import NotYours, Refusal
from question_bank.model import Level
from question_bank.text import clean, topic_path

PER_PAGE = 50
FILTERS: dict[str, Callable[[Entry], bool]] = {
    "": lambda _entry: True,
    "loi": lambda entry: entry.is_broken,
    "trung": lambda entry: entry.is_repeated,
    "bo-qua": lambda entry: entry.is_skipped,
}


def _entry(draft: ImportDraft, place: int) -> Entry:
    found = entries(draft)
    if place >= len(found):
        raise NotYours
    return found[place]


def _view() -> dict[str, Any]:
    """Which part of the preview the person is looking at: kept from page to page and through every button."""
    chosen = request.args.get("loc", "")
    return {"loc": chosen if chosen in FILTERS else "", "trang": request.args.get("trang", 1, type=int)}


def _back(draft: ImportDraft, place: int | None = None) -> Any:
    anchor = None if place is None else f"cau-{place + 1}"
    return redirect(url_for(".preview", draft_id=draft.id, **_view(), _anchor=anchor))


@bp.get("/nhap/<int:draft_id>")
@requires(Permission.MANAGE_BANK)
def preview(draft_id: int) -> Any:
    draft, bank = load_draft(draft_id)
    found, view = entries(draft), _view()
    is_foreign = imports.has_source(db.session(), draft)
    if is_foreign and not found:
        return redirect(url_for(".columns", draft_id=draft.id))
    page = ListPage([entry for entry in found if FILTERS[view["loc"]](entry)], view["trang"], PER_PAGE)
    known = queries.by_id(db.session(), bank, _known_ids(page.items))
    return render_template(
        "bank/preview.html", draft=draft, bank=bank, page=page, view=view,
        counts={name: sum(map(fits, found)) for name, fits in FILTERS.items()},
        taken=sum(entry.is_taken for entry in found),
        undecided=sum(entry.is_repeated and not entry.is_decided for entry in found),
        without_topic=sum(not entry.document["topic"] for entry in found if entry.is_taken),
        of_file=list(map(problem_from_json, draft.problems)),
        rivals={entry.place: rivals(entry, found, known) for entry in page.items if entry.is_repeated},
        is_foreign=is_foreign, has_old_letters=any(one["code"] == OLD_LETTERS for one in draft.problems),
        codes={row.id: row.code for row in known.values()}, topics=queries.topics(db.session(), bank.id),
        reviewers=review_queries.reviewers(db.session(), bank.unit, but={current_user.id}), inline_media=inline_media,
    )  # fmt: skip


def _known_ids(found: list[Entry]) -> set[int]:
    """The questions of the bank these are like."""
    return {int(one.params["question"]) for entry in found for one in entry.problems if "question" in one.params}


@bp.post("/nhap/<int:draft_id>/cau/<int:place>")
@requires(Permission.MANAGE_BANK)
def decide(draft_id: int, place: int) -> Any:
    """Set one question aside, take it, or let it replace one of the bank."""
    draft, _bank = load_draft(draft_id)
    _entry(draft, place)
    if request.form.get("choice") == "skip":
        imports.skip(draft, place)
    else:
        imports.take(draft, place, replaces=request.form.get("replaces", type=int))
    return _back(draft, place)


@bp.post("/nhap/<int:draft_id>/bo-cau-trung")
@requires(Permission.MANAGE_BANK)
def skip_repeated(draft_id: int) -> Any:
    draft, _bank = load_draft(draft_id)
    count = imports.skip_repeated(draft)
    flash(ngettext("Đã bỏ qua %(num)s câu trùng.", "Đã bỏ qua %(num)s câu trùng.", count), "success")
    return _back(draft)


@bp.post("/nhap/<int:draft_id>/chu-cu")
@requires(Permission.MANAGE_BANK)
def repair(draft_id: int) -> Any:
    draft, _bank = load_draft(draft_id)
    count = imports.repair(draft)
    flash(ngettext("Đã sửa chữ ở %(num)s câu.", "Đã sửa chữ ở %(num)s câu.", count), "success")
    return _back(draft)


@bp.route("/nhap/<int:draft_id>/cau/<int:place>/sua", methods=["GET", "POST"])
@requires(Permission.MANAGE_BANK)
def edit(draft_id: int, place: int) -> Any:
    """The same form as in the bank, saved back into the draft."""
    draft, bank = load_draft(draft_id)
    entry = _entry(draft, place)
    before = entry.question
    back = url_for(".preview", draft_id=draft.id, **_view(), _anchor=f"cau-{place + 1}")
    page = FormPage(
        _("Sửa câu ở dòng (câu) %(row)s", row=entry.row), back, _("Xem trước"), before=before,
        notice=_("Sửa ở đây chỉ thay đổi bản xem trước; tệp của bạn giữ nguyên."), problems=entry.problems,
        media=inline_media(entry.document.get("media", [])),
    )  # fmt: skip
    form = QuestionForm(data=form_values(before) if request.method == "GET" else None)
    if not form.validate_on_submit():
        return edit_page(form, bank, page)
    try:
        question = form.to_question(sent_media(form, before), before)
    except Refusal as refusal:
        return edit_page(form, bank, page, refusal)
    mended = imports.edit_entry(db.session(), draft, bank, place, question)
    said = _("Đã sửa, nhưng câu này vẫn còn lỗi.") if mended.is_broken else _("Đã sửa. Câu này sẽ được nhận.")
    flash(said, "warning" if mended.is_broken else "success")
    return redirect(back)


@bp.post("/nhap/<int:draft_id>/chu-de")
@requires(Permission.MANAGE_BANK)
def fill_in(draft_id: int) -> Any:
    draft, _bank = load_draft(draft_id)
    if _fill_in(draft):
        flash(_("Đã ghi vào các câu. Chưa có gì được lưu vào ngân hàng."), "success")
    return _back(draft)


def _fill_in(draft: ImportDraft) -> bool:
    """What the head of the preview gives to many questions at once; False, and told, when it cannot be given."""
    level = request.form.get("level", "")
    try:
        imports.fill_in(
            draft, topic=topic_path(clean(request.form.get("topic", ""))),
            level=Level(level) if level in list(Level) else None, every_level=request.form.get("scope") == "all",
        )  # fmt: skip
    except Refusal as refusal:
        for problem in refusal.params["problems"]:
            flash(problem_text(problem), "danger")
        return False
    return True


@bp.post("/nhap/<int:draft_id>")
@requires(Permission.MANAGE_BANK)
def accept(draft_id: int) -> Any:
    """Store all that is neither broken nor set aside, under what the form gives them."""
    draft, bank = load_draft(draft_id)
    if not _fill_in(draft):
        return _back(draft)
    if imports.has_bank_changed(db.session(), draft, bank):
        flash(_("Ngân hàng đã thay đổi từ lúc đọc tệp nên chưa nhập câu nào. Hãy xem các câu có lưu ý."), "danger")
        return _back(draft)
    reviewer = chosen_reviewer(bank)
    try:
        with db.session.begin_nested():  # all or none
            batch = batches.accept(
                db.session(), draft, bank, reviewer, actor_id=current_user.id, now=clock.now()
            )  # fmt: skip
    except Refusal as refusal:
        flash(refusal_text(refusal), "danger")
        return _back(draft)
    flash(_("Đã nhập %(count)s câu hỏi vào trạng thái chờ duyệt.", count=batch.question_count), "success")
    return redirect(url_for("bank.questions", bank_id=bank.id, **{"lan-nhap": batch.id}))


@bp.post("/nhap/<int:draft_id>/bo")
@requires(Permission.MANAGE_BANK)
def discard(draft_id: int) -> Any:
    """Throw a draft away."""
    draft, bank = load_draft(draft_id)
    db.session.delete(draft)
    flash(_("Đã bỏ bản xem trước; ngân hàng không thay đổi."), "success")
    return redirect(url_for(".upload", bank_id=bank.id))
