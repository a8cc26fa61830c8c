"""Statistics forms: upload, the mapping screen, filling."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.accounts.queries import units_below
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.ledger import queries, templates
from contest_app.ledger.asking import Asked, asked
from contest_app.ledger.facts import FACTS, SCOPES
from contest_app.ledger.forms import PlaceForm, TemplateForm
from contest_app.ledger.models import StatisticsTemplate
from contest_app.ledger.presenters import period_name
from contest_app.ledger.routes import bp
from contest_app.permissions import Permission, demand, requires, units_of
from contest_app.web.downloads import send_workbook
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal
from contest_app.web.tables import uploaded_bytes
from exports.sample_form import SAMPLE_NAME
from exports.statistics_form import StatisticsForm
from question_bank.text import fold


def _load(template_id: int) -> StatisticsTemplate:
    template = db.session.get(StatisticsTemplate, template_id)
    if template is None:
        raise NotYours
    demand(Permission.MANAGE_CONTESTS, template.unit)
    return template


@bp.get("/bieu-mau")
@requires(Permission.MANAGE_CONTESTS)
def template_list() -> str:
    return _list_page(TemplateForm(_units()))


def _units() -> list[Unit]:
    return units_below(db.session(), units_of(current_user, Permission.MANAGE_CONTESTS))


def _list_page(form: TemplateForm, problem: str = "") -> str:
    found = queries.templates(db.session(), units_of(current_user, Permission.MANAGE_CONTESTS))
    has_sample = any(one.name == SAMPLE_NAME for one in found)
    return render_template("ledger/templates.html", form=form, templates=found, problem=problem, has_sample=has_sample)


@bp.post("/bieu-mau")
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def upload_template() -> Any:
    form = TemplateForm(_units())
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        data = uploaded_bytes(request.files.get("file"))
        templates.opened_form(data)
        begin_writing()
        unit = next(one for one in _units() if str(one.id) == form.unit.data)
        template = templates.add_template(
            db.session(), unit, form.name.data or "", form.period_kind.data, request.files["file"].filename or "", data,
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        db.session.rollback()
        return _list_page(form, refusal_text(refusal)), refusal.status
    flash(_("Đã tải biểu mẫu lên. Hãy chọn số liệu cho từng ô."), "success")
    return redirect(url_for(".show_template", template_id=template.id))


@bp.post("/bieu-mau/thu")
@requires(Permission.MANAGE_CONTESTS)
def add_sample() -> Any:
    """The made-up form that shows how filling works, for the topmost unit within reach."""
    template = templates.add_sample(db.session(), _units()[0], actor_id=current_user.id, now=clock.now())
    return _back_to(template)


@bp.get("/bieu-mau/<int:template_id>")
@requires(Permission.MANAGE_CONTESTS)
def show_template(template_id: int) -> str:
    return _mapping_page(_load(template_id), PlaceForm(formdata=None))


def _mapping_page(
    template: StatisticsTemplate, place_form: PlaceForm, problem: str = "", form: StatisticsForm | None = None
) -> str:
    form = form or templates.opened_form(template.data)
    sheet = _sheet(form)
    return render_template(
        "ledger/template.html", template=template, form=place_form, sheets=form.sheets, sheet=sheet,
        grid=form.grid(sheet), proposed=templates.proposed_places(template, form), problem=problem, facts=FACTS,
        places=[(one, form.held(one["sheet"], one["cell"])) for one in template.mapping], scopes=SCOPES,
        mapped={one["cell"]: one for one in template.mapping if one["sheet"] == sheet},
        losses=templates.losses(template),
    )  # fmt: skip


def _sheet(form: StatisticsForm) -> str:
    wanted = request.values.get("trang-tinh", "")
    return wanted if wanted in form.sheets else form.sheets[0]


@bp.post("/bieu-mau/<int:template_id>/o")
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def add_place(template_id: int) -> Any:
    template, form = _load(template_id), PlaceForm()
    opened, problem = templates.opened_form(template.data), ""  # takes long: before the lock
    if form.validate_on_submit():
        where = {"sheet": _sheet(opened), "cell": form.cell.data or ""}
        begin_writing()
        template = _load(template_id)
        try:
            added = templates.add_place(
                db.session(), template, opened, {**where, "fact": form.fact.data, "scope": form.scope.data},
                actor_id=current_user.id, now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            problem = refusal_text(refusal)
        else:
            if not opened.held(added["sheet"], added["cell"]).is_empty:
                warning = _("Ô %(cell)s đang có nội dung: khi điền biểu, nội dung đó bị ghi đè.", cell=added["cell"])
                flash(warning, "warning")
            return _back_to(template, added["sheet"])
    return _mapping_page(template, form, problem, opened), 422


def _back_to(template: StatisticsTemplate, sheet: str = "") -> Any:
    where: dict[str, Any] = {"trang-tinh": sheet} if sheet else {}
    return redirect(url_for(".show_template", template_id=template.id, **where))


@bp.post("/bieu-mau/<int:template_id>/theo-ten")
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def add_named_places(template_id: int) -> Any:
    """Every cell whose defined name is that of a fact."""
    form = templates.opened_form(_load(template_id).data)
    begin_writing()
    template = _load(template_id)
    proposed = templates.proposed_places(template, form)
    for place in proposed:
        templates.add_place(db.session(), template, form, place, actor_id=current_user.id, now=clock.now())
    flash(_("Đã thêm %(count)s ô theo tên.", count=len(proposed)), "success")
    return _back_to(template)


@bp.post("/bieu-mau/<int:template_id>/bo-o")
@requires(Permission.MANAGE_CONTESTS)
def remove_place(template_id: int) -> Any:
    template = _load(template_id)
    sheet, _mark, cell = request.form.get("place", "").rpartition("!")
    templates.remove_place(db.session(), template, sheet, cell, actor_id=current_user.id, now=clock.now())
    return _back_to(template, sheet)


@bp.post("/bieu-mau/<int:template_id>/doi-chieu")
@requires(Permission.MANAGE_CONTESTS)
def check_template(template_id: int) -> Any:
    template = _load(template_id)
    templates.check_template(db.session(), template, actor_id=current_user.id, now=clock.now())
    flash(_("Đã ghi nhận: biểu mẫu và cách điền được đối chiếu hôm nay."), "success")
    return _back_to(template)


@bp.post("/bieu-mau/<int:template_id>/xoa")
@requires(Permission.MANAGE_CONTESTS)
def delete_template(template_id: int) -> Any:
    template = _load(template_id)
    templates.delete_template(db.session(), template, actor_id=current_user.id, now=clock.now())
    flash(_("Đã xóa biểu mẫu “%(name)s”.", name=template.name), "success")
    return redirect(url_for(".template_list"))


@bp.get("/bieu-mau/<int:template_id>/dien")
@requires(Permission.MANAGE_CONTESTS)
def preview_filling(template_id: int) -> str:
    """What would be written where, before anything is downloaded."""
    template = _load(template_id)
    wanted = asked(Permission.MANAGE_CONTESTS, usual_kind=template.period_kind)
    filled, not_final = None, []
    if wanted.period is not None:
        scene, not_final = templates.scene_of(db.session(), wanted.unit or template.unit, wanted.period, clock.now())
        filled = templates.filled_places(template, templates.opened_form(template.data), scene)
    return render_template(
        "ledger/fill.html", template=template, wanted=wanted, filled=filled, facts=FACTS, scopes=SCOPES,
        losses=templates.losses(template), not_final=not_final, unit=wanted.unit or template.unit,
        said_period=period_name(wanted.period) if wanted.period else "",
    )  # fmt: skip


@bp.post("/bieu-mau/<int:template_id>/dien.xlsx")
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def fill_template(template_id: int) -> Response:
    """The filled copy. A POST: every filling goes on record.

    :raises Refusal: bad_period.
    """
    template = _load(template_id)
    wanted: Asked = asked(Permission.MANAGE_CONTESTS, usual_kind=template.period_kind)
    if wanted.period is None:
        raise Refusal("bad_period", 422)
    scene, _not_final = templates.scene_of(db.session(), wanted.unit or template.unit, wanted.period, clock.now())
    data = templates.fill(template, templates.opened_form(template.data), scene)
    mark = "" if template.is_checked else "-can-doi-chieu"
    begin_writing()
    template = _load(template_id)
    templates.record_filling(db.session(), template, scene, actor_id=current_user.id, now=clock.now())
    days = f"{wanted.period.first:%Y%m%d}-{wanted.period.last:%Y%m%d}"
    return send_workbook(data, f"{fold(template.name)[:60].strip().replace(' ', '-')}-{days}{mark}.xlsx")
