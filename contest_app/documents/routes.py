"""Pages on which the documents of a contest are made, and on which a unit sets how its documents look."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.contests.models import Contest
from contest_app.documents import checks, queries, services
from contest_app.documents.defaults import PROPOSER
from contest_app.documents.forms import DocumentForm, LetterheadForm, number_field, symbol_field
from contest_app.documents.kinds import KINDS, NUMBERED, PROPOSAL, REPORT, Kind
from contest_app.documents.making import Draft, make_document
from contest_app.documents.models import IssuedDocument
from contest_app.documents.presenters import BaseChoices, base_choices
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.permissions import Permission, demand, may, requires
from contest_app.results.queries import attempt_count
from contest_app.results.staff import for_staff, fresh
from contest_app.web.downloads import send_document
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal

bp = Blueprint("documents", __name__)


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise NotYours
    return KINDS[slug]


@bp.get("/ket-qua/<slug>/van-ban")
@requires(Permission.SEE_RESULTS)
def index(slug: str) -> str:
    contest = for_staff(slug)
    session, year = db.session(), clock.today().year
    return render_template(
        "documents/index.html", contest=contest, kinds=KINDS, made=queries.issued(session, contest),
        numbers=services.next_numbers(session, contest.unit, year),
        symbols=services.symbols_of(session, contest.unit), open_prizes=queries.open_prizes(session, contest),
    )  # fmt: skip


@bp.get("/ket-qua/<slug>/van-ban/<kind>")
@requires(Permission.SEE_RESULTS)
def prepare(slug: str, kind: str) -> Any:
    """The form as usual, or with ?lai=… as a document on record was made from it."""
    contest, of_kind = _to_make(slug, kind)
    session = db.session()
    again = queries.issued_one(session, contest, of_kind, request.args.get("lai", 0, type=int))
    data, on = _proposed(contest, of_kind), clock.today()
    if again is not None:
        data, on = {**data, **again.said, "number": again.number, "day": again.issued_on}, again.issued_on
    last = again or queries.last_of_kind(session, contest.unit_id, of_kind.slug)
    bases = base_choices(session, last.bases if last else [], on)
    return _form_page(contest, of_kind, DocumentForm(data=data), bases, again=again)


def _to_make(slug: str, kind: str) -> tuple[Contest, Kind]:
    """:raises NotYours: out of reach; 403 for those who see the contest but do not make this kind."""
    contest, of_kind = for_staff(slug), _kind(kind)
    if not may(current_user, of_kind.permission, contest.unit):
        abort(403)
    return contest, of_kind


def _proposed(contest: Contest, kind: Kind) -> dict[str, Any]:
    session, today = db.session(), clock.today()
    letterhead = services.letterhead_of(session, contest.unit)
    lines, name = services.signer_of(letterhead, kind)
    addressee = {REPORT.slug: letterhead.superior, PROPOSAL.slug: letterhead.authority}.get(kind.slug, "")
    proposal = queries.last_of_contest(session, contest, PROPOSAL.slug)
    return {
        "number": services.proposed_number(session, contest, kind, today.year),
        "day": today, "addressees": addressee, "signer_lines": "\n".join(lines), "signer_name": name,
        "proposer": (proposal.said.get("proposer") if proposal else "") or PROPOSER,
        "other_bases": contest.rules.legal_basis,
    }  # fmt: skip


def _form_page(
    contest: Contest, kind: Kind, form: DocumentForm, bases: BaseChoices, status: int = 200, *, asks: bool = False,
    found: Sequence[str] = (), again: IssuedDocument | None = None,
) -> Any:  # fmt: skip
    """
    :param asks: whether somebody wants the document although chosen acts have ended.
    :param found: doubts nobody has put aside yet.
    """
    session = db.session()
    page = render_template(
        "documents/make.html", contest=contest, kind=kind, form=form, bases=bases, asks=asks, doubts=found,
        symbol=services.symbols_of(session, contest.unit).get(kind.slug, ""),
        made=again or queries.last_of_contest(session, contest, kind.slug),
        remarks=list(checks.remarks(contest, kind, attempt_count(session, contest.id), clock.now())),
    )  # fmt: skip
    return page, status


@bp.post("/ket-qua/<slug>/van-ban/<kind>")
@reads_first
@requires(Permission.SEE_RESULTS)
def make(slug: str, kind: str) -> Any:
    """Search the register again, or make the document and put it on record."""
    (contest, of_kind), form = _to_make(slug, kind), DocumentForm()
    day = form.day.data if isinstance(form.day.data, date) else clock.today()
    chosen = request.form.getlist("basis", type=int) if "bases" in of_kind.fields else []
    bases = base_choices(db.session(), chosen, day, form.search.data or "")
    if request.form.get("do") == "find":
        return _form_page(contest, of_kind, form, bases)
    if not form.validate_on_submit():
        return _form_page(contest, of_kind, form, bases, 422)
    if problem := checks.impossible_day(contest, day):
        form.day.errors = [problem]
        return _form_page(contest, of_kind, form, bases, 422)
    draft = form.draft(bases.chosen)
    asks, found = bool(draft.ended) and not form.accepts_ended.data, _doubts(contest, of_kind, form, draft)
    if asks or found:
        return _form_page(contest, of_kind, form, bases, 422, asks=asks, found=found)
    try:
        return _made(contest, of_kind, draft, form.said())
    except Refusal as refusal:
        if refusal.code != "document_number_taken":
            raise
        db.session.rollback()
        form.number.errors = [refusal_text(refusal)]
        return _form_page(for_staff(slug), of_kind, form, bases, refusal.status)


def _doubts(contest: Contest, kind: Kind, form: DocumentForm, draft: Draft) -> list[str]:
    if form.accepts_doubts.data:
        return []
    proposed = services.proposed_number(db.session(), contest, kind, draft.day.year)
    return list(checks.doubts(contest, kind, draft, proposed))


def _made(contest: Contest, kind: Kind, draft: Draft, said: dict[str, str]) -> Any:
    now, slug = clock.now(), contest.slug
    fresh(contest, now)  # a document states no table that is already old
    contest = for_staff(slug)
    acts, ended = [act.id for act in draft.acts], [act.number for act in draft.ended]
    data = make_document(db.session(), contest, kind, draft, now)
    begin_writing()
    contest, kind = _to_make(slug, kind.slug)
    services.issue(
        db.session(), contest, kind, number=draft.number if kind.short else None, day=draft.day, bases=acts,
        ended=ended, said=said, actor_id=current_user.id, now=now,
    )  # fmt: skip
    return send_document(data, f"{kind.slug}-{slug}.docx")


@bp.post("/ket-qua/<slug>/van-ban/<int:document_id>/rut")
@requires(Permission.MANAGE_CONTESTS)
def withdraw(slug: str, document_id: int) -> Any:
    """Take a document made by mistake out of the register."""
    contest = for_staff(slug, Permission.MANAGE_CONTESTS)
    row = next((one for one in queries.issued(db.session(), contest) if one.id == document_id), None)
    if row is None:
        raise NotYours
    services.withdraw(
        db.session(), row, reason=request.form.get("reason", ""), actor_id=current_user.id, now=clock.now()
    )
    flash(_("Đã rút văn bản khỏi sổ; số của nó dùng lại được."), "success")
    return redirect(url_for(".index", slug=slug))


@bp.route("/don-vi/<unit_code>/the-thuc", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTESTS)
def letterhead(unit_code: str) -> Any:
    session, now = db.session(), clock.now()
    unit = session.scalar(select(Unit).where(Unit.code == unit_code))
    if unit is None:
        raise NotYours
    demand(Permission.MANAGE_CONTESTS, unit)
    year = clock.today().year
    form = LetterheadForm(data=_letterhead_data(unit, year))
    if form.validate_on_submit():
        services.save_letterhead(
            session, unit, form.values(), symbols=form.symbols(), numbers=form.numbers(), actor_id=current_user.id,
            now=now, year=year,
        )  # fmt: skip
        flash(_("Đã lưu thể thức văn bản của đơn vị."), "success")
        return redirect(url_for(".letterhead", unit_code=unit_code, tu=request.args.get("tu")))
    page = render_template(
        "documents/letterhead.html", unit=unit, form=form, year=year,
        numbering=[(kind, form[symbol_field(kind)], form[number_field(kind)]) for kind in NUMBERED],
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _letterhead_data(unit: Unit, year: int) -> dict[str, Any]:
    session = db.session()
    values = asdict(services.letterhead_of(session, unit))
    data = {name: "\n".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
    symbols, numbers = services.symbols_of(session, unit), services.next_numbers(session, unit, year)
    for kind in NUMBERED:
        data |= {symbol_field(kind): symbols[kind.slug], number_field(kind): numbers[kind.slug]}
    return data
