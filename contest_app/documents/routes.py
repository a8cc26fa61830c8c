"""Pages on which the documents of a contest are made, and on which a unit sets how its documents look."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.contests.models import Contest
from contest_app.documents import queries, services
from contest_app.documents.defaults import PROPOSER
from contest_app.documents.forms import DocumentForm, LetterheadForm, number_field, symbol_field
from contest_app.documents.kinds import KINDS, NUMBERED, PROPOSAL, REPORT, Kind
from contest_app.documents.making import Draft, make_document
from contest_app.documents.presenters import BaseChoices, base_choices
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.permissions import Permission, demand, requires
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
@requires(Permission.MANAGE_CONTESTS)
def prepare(slug: str, kind: str) -> Any:
    contest, of_kind = for_staff(slug, Permission.MANAGE_CONTESTS), _kind(kind)
    form = DocumentForm(data=_proposed(contest, of_kind))
    last = queries.last_of_kind(db.session(), contest.unit_id, of_kind.slug)
    return _form_page(contest, of_kind, form, base_choices(db.session(), last.bases if last else [], clock.today()))


def _proposed(contest: Contest, kind: Kind) -> dict[str, Any]:
    session, today = db.session(), clock.today()
    letterhead = services.letterhead_of(session, contest.unit)
    lines, name = services.signer_of(letterhead, kind)
    addressee = {REPORT.slug: letterhead.superior, PROPOSAL.slug: letterhead.authority}.get(kind.slug, "")
    return {
        "number": services.proposed_number(session, contest, kind, today.year),
        "day": today, "addressees": addressee, "signer_lines": "\n".join(lines), "signer_name": name,
        "proposer": PROPOSER, "other_bases": contest.rules.legal_basis,
    }  # fmt: skip


def _form_page(
    contest: Contest, kind: Kind, form: DocumentForm, bases: BaseChoices, status: int = 200, *, asks: bool = False
) -> Any:
    """:param asks: whether somebody wants the document although chosen acts have ended."""
    page = render_template(
        "documents/make.html", contest=contest, kind=kind, form=form, bases=bases, asks=asks,
        symbol=services.symbols_of(db.session(), contest.unit).get(kind.slug, ""),
    )  # fmt: skip
    return page, status


@bp.post("/ket-qua/<slug>/van-ban/<kind>")
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def make(slug: str, kind: str) -> Any:
    """Search the register again, or make the document and put it on record."""
    contest, of_kind, form = for_staff(slug, Permission.MANAGE_CONTESTS), _kind(kind), DocumentForm()
    day = form.day.data if isinstance(form.day.data, date) else clock.today()
    chosen = request.form.getlist("basis", type=int) if "bases" in of_kind.fields else []
    bases = base_choices(db.session(), chosen, day, form.search.data or "")
    if request.form.get("do") == "find":
        return _form_page(contest, of_kind, form, bases)
    if not form.validate_on_submit():
        return _form_page(contest, of_kind, form, bases, 422)
    draft = form.draft(bases.chosen)
    if draft.ended and not form.accepts_ended.data:
        return _form_page(contest, of_kind, form, bases, 422, asks=True)
    try:
        return _made(contest, of_kind, draft)
    except Refusal as refusal:
        if refusal.code != "document_number_taken":
            raise
        db.session.rollback()
        form.number.errors = [refusal_text(refusal)]
        return _form_page(for_staff(slug, Permission.MANAGE_CONTESTS), of_kind, form, bases, refusal.status)


def _made(contest: Contest, kind: Kind, draft: Draft) -> Any:
    now, slug = clock.now(), contest.slug
    fresh(contest, now)  # a document states no table that is already old
    contest = for_staff(slug, Permission.MANAGE_CONTESTS)
    acts, ended = [act.id for act in draft.acts], [act.number for act in draft.ended]
    data = make_document(db.session(), contest, kind, draft, now)
    begin_writing()
    services.issue(
        db.session(), for_staff(slug, Permission.MANAGE_CONTESTS), kind, number=draft.number if kind.short else None,
        day=draft.day, bases=acts, ended=ended, actor_id=current_user.id, now=now,
    )  # fmt: skip
    return send_document(data, f"{kind.slug}-{slug}.docx")


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
