"""The ledger and its period report, for those who see results; its records are edited by organisers."""

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.accounts.queries import units_below
from contest_app.documents.kinds import REPORT
from contest_app.documents.services import letterhead_of, signer_of, symbols_of
from contest_app.extensions import db
from contest_app.ledger import queries, services
from contest_app.ledger.asking import Asked, asked
from contest_app.ledger.forms import ActivityForm, OwnActivityForm
from contest_app.ledger.models import Activity
from contest_app.ledger.presenters import capital, evidence_text, grouped, period_name
from contest_app.ledger.report import period_report, sums
from contest_app.permissions import Permission, demand, requires, units_of
from contest_app.web.downloads import send_document, send_workbook
from contest_app.web.paging import ListPage
from contest_app.web.refusal import NotYours, Refusal
from contest_app.web.template_helpers import base_url
from exports.documents.period_report import period_report_document, subject
from exports.documents.values import Heading
from exports.ledger import PeriodReport
from exports.ledger_workbook import ledger_workbook

bp = Blueprint("ledger", __name__, url_prefix="/so-hoat-dong")
PER_PAGE = 50


bp.add_app_template_filter(grouped, "grouped")
bp.add_app_template_filter(capital, "capital")


@bp.get("/")
@requires(Permission.SEE_RESULTS)
def index() -> str:
    """The list; its totals are of everything that matches, printed whole with ?in=1."""
    wanted = asked()
    found = [] if wanted.is_bad_period else queries.lines(
        db.session(), wanted.reach, clock.now(), period=wanted.period, form=wanted.form, search=wanted.search
    )  # fmt: skip
    is_print = request.args.get("in") == "1"
    page = ListPage(found, request.args.get("trang", 1, type=int), max(len(found), 1) if is_print else PER_PAGE)
    return render_template(
        "ledger/index.html", page=page, wanted=wanted, total=sums(one for one in found if one.is_final),
        not_final=sum(not one.is_final for one in found), evidence=lambda one: evidence_text(one, base_url()),
        said_period=period_name(wanted.period) if wanted.period else "", is_print=is_print,
    )  # fmt: skip


def _loaded(activity_id: int, permission: Permission) -> Activity:
    """:raises NotYours: no such record, or of a unit out of reach."""
    activity = db.session.get(Activity, activity_id)
    if activity is None:
        raise NotYours
    demand(permission, activity.unit)
    return activity


@bp.route("/<int:activity_id>", methods=["GET", "POST"])
@requires(Permission.SEE_RESULTS)
def edit(activity_id: int) -> Any:
    """A record in full; organisers may add to it."""
    activity = _loaded(activity_id, Permission.SEE_RESULTS)
    form = _form_of(activity)
    if request.method == "POST":
        demand(Permission.MANAGE_CONTESTS, activity.unit)
        if form.validate_on_submit():
            services.edit_activity(db.session(), activity, form.values(), actor_id=current_user.id, now=clock.now())
            flash(_("Đã lưu vào sổ hoạt động."), "success")
            return redirect(url_for(".edit", activity_id=activity.id))
    page = render_template(
        "ledger/edit.html", form=form, activity=activity, history=queries.history(db.session(), activity),
        evidence=evidence_text(activity, base_url()),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _form_of(activity: Activity) -> ActivityForm:
    held = asdict(services.values_of(activity))
    if activity.contest_id is not None:
        return ActivityForm(data=held)
    return OwnActivityForm(_managed_units() or [activity.unit], data={**held, "unit": str(activity.unit_id)})


def _managed_units() -> list[Unit]:
    return units_below(db.session(), units_of(current_user, Permission.MANAGE_CONTESTS))


@bp.route("/them", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTESTS)
def add() -> Any:
    """Enter an activity that is no contest."""
    form = OwnActivityForm(_managed_units())
    if form.validate_on_submit():
        services.add_activity(db.session(), form.values(), actor_id=current_user.id, now=clock.now())
        flash(_("Đã ghi hoạt động vào sổ."), "success")
        return redirect(url_for(".index"))
    return render_template("ledger/add.html", form=form), 422 if form.is_submitted() else 200


@bp.post("/<int:activity_id>/xoa")
@requires(Permission.MANAGE_CONTESTS)
def delete(activity_id: int) -> Any:
    activity = _loaded(activity_id, Permission.MANAGE_CONTESTS)
    services.delete_activity(
        db.session(), activity, reason=request.form.get("reason", ""), actor_id=current_user.id, now=clock.now()
    )
    flash(_("Đã xóa hoạt động khỏi sổ; nhật ký còn giữ nội dung."), "success")
    return redirect(url_for(".index"))


@bp.get("/bao-cao")
@requires(Permission.SEE_RESULTS)
def report() -> str:
    wanted = asked(usual_kind="year")
    made = None if wanted.is_bad_period or not wanted.units else _report(wanted)
    return render_template("ledger/report.html", wanted=wanted, report=made)


@bp.get("/bao-cao.xlsx")
@requires(Permission.SEE_RESULTS)
def report_workbook() -> Response:
    """:raises Refusal: bad_period."""
    with force_locale("vi"):  # files are Vietnamese
        made = _report(asked(usual_kind="year"))
    return send_workbook(ledger_workbook(made), _filename(made, "xlsx"))


@bp.get("/bao-cao.docx")
@requires(Permission.SEE_RESULTS)
def report_document() -> Response:
    """On the unit's letterhead, with room for number and day: whoever signs gives them.

    :raises Refusal: bad_period.
    """
    wanted, session = asked(usual_kind="year"), db.session()
    with force_locale("vi"):
        made = _report(wanted)
        unit = _reported(wanted)
        letterhead = letterhead_of(session, unit)
        lines, name = signer_of(letterhead, REPORT)
        head = Heading(
            REPORT.printed, subject(made), symbols_of(session, unit)[REPORT.slug], year=made.generated_at.year,
            addressees=(letterhead.superior,) if letterhead.superior else (),
        )  # fmt: skip
        data = period_report_document(replace(letterhead, signer_lines=lines, signer_name=name), head, made)
    return send_document(data, _filename(made, "docx"))


def _filename(made: PeriodReport, ending: str) -> str:
    return f"bao-cao-hoat-dong-{made.first:%Y%m%d}-{made.last:%Y%m%d}.{ending}"


def _report(wanted: Asked) -> PeriodReport:
    """:raises Refusal: bad_period."""
    if wanted.period is None or not wanted.units:
        raise Refusal("bad_period", 422)
    return period_report(db.session(), _reported(wanted), wanted.period, clock.now(), base_url())


def _reported(wanted: Asked) -> Unit:
    """The unit asked for, else the first within reach."""
    return wanted.unit or wanted.units[0]
