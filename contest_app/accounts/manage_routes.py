"""Units and people, for organisers and administrators."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from contest_app import clock
from contest_app.accounts import people_sheet, queries, services, unit_sheet
from contest_app.accounts.forms import GrantForm
from contest_app.accounts.models import Role, Unit, User
from contest_app.accounts.sheet_rows import without_samples
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.permissions import Permission, demand, may, requires, units_of
from contest_app.web.base_form import choices
from contest_app.web.downloads import send_workbook
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal
from contest_app.web.tables import Column, Row, read_table, uploaded_bytes
from contest_app.web.words import ROLES, UNIT_KINDS
from exports.sheets import simple_sheet
from question_bank.model import Problem

bp = Blueprint("people", __name__, url_prefix="/quan-tri")


@bp.get("/don-vi")
@requires(Permission.MANAGE_UNITS)
def units() -> str:
    reach = units_of(current_user, Permission.MANAGE_UNITS)
    return render_template("accounts/units.html", units=queries.units_below(db.session(), reach), problems=[])


@bp.get("/don-vi/mau.xlsx")
@requires(Permission.MANAGE_UNITS)
def unit_template() -> Response:
    rows = [
        ["VD-XA", "Xã Ví Dụ (dòng mẫu, không được nhập)", "xã", "", 12000],
        ["VD-THCS", "Trường THCS Ví Dụ (dòng mẫu)", "trường học", "VD-XA", 640],
        ["VD-THCS-9A", "Lớp 9A (dòng mẫu)", "lớp", "VD-THCS", 41],
    ]
    headings = [column.heading for column in unit_sheet.UNIT_COLUMNS]
    return send_workbook(simple_sheet("Đơn vị", headings, rows), "mau-don-vi.xlsx")


@bp.post("/don-vi")
@reads_first
@requires(Permission.MANAGE_UNITS)
def import_units() -> Any:
    reach = units_of(current_user, Permission.MANAGE_UNITS)
    rows, problems, refused = _read_upload(unit_sheet.UNIT_COLUMNS, "code")
    problems = problems or unit_sheet.check_units(db.session(), rows, reach)
    if problems or refused:
        found = queries.units_below(db.session(), reach)
        return render_template("accounts/units.html", units=found, problems=problems, problem=refused), 422
    begin_writing()
    created, updated = unit_sheet.store_units(db.session(), rows, actor_id=current_user.id, now=clock.now())
    flash(_("Đã thêm %(created)s đơn vị, cập nhật %(updated)s đơn vị.", created=created, updated=updated), "success")
    return redirect(url_for(".units"))


def _read_upload(columns: Sequence[Column], sample_key: str) -> tuple[list[Row], list[Problem], str]:
    """Rows without the template's examples, problems by place, and what is wrong with the file as a whole."""
    try:
        rows, problems = read_table(uploaded_bytes(request.files.get("file")), columns)
        own = without_samples(rows, sample_key)
        if rows and not own:
            problems = [Problem("empty_file")]
        return own, problems, ""
    except Refusal as refusal:
        return [], [], refusal_text(refusal)


@bp.get("/nguoi-dung")
@requires(Permission.MANAGE_PEOPLE)
def people() -> str:
    reach = units_of(current_user, Permission.MANAGE_PEOPLE)
    search = request.args.get("tim", "")
    unplaced = may(current_user, Permission.GRANT_ROLES)  # as in ``_person``
    page = db.paginate(
        queries.people(reach, search, unplaced=unplaced),
        page=request.args.get("trang", 1, type=int), per_page=50, error_out=False,
    )  # fmt: skip
    return render_template("accounts/people.html", page=page, search=search)


@bp.route("/nguoi-dung/nhap", methods=["GET", "POST"])
@reads_first
@requires(Permission.MANAGE_PEOPLE)
def import_people() -> Any:
    found = queries.units_below(db.session(), units_of(current_user, Permission.MANAGE_PEOPLE))
    choices = queries.unit_choices(found)
    if request.method == "GET":
        return render_template("accounts/roster_import.html", choices=choices, problems=[])
    by_code = {unit.code: unit for unit in found}
    home = next((unit for unit in found if str(unit.id) == request.form.get("unit")), None)
    rows, problems, refused = _read_upload(people_sheet.PEOPLE_COLUMNS, "login")
    problems = problems or people_sheet.check_people(db.session(), rows, by_code, home)
    if problems or refused:
        return render_template("accounts/roster_import.html", choices=choices, problems=problems, problem=refused), 422
    made = people_sheet.one_time_passwords(len(rows))
    begin_writing()
    issued = people_sheet.store_people(
        db.session(), rows, made, by_code, home, actor_id=current_user.id, now=clock.now()
    )
    return render_template("accounts/password_sheet.html", issued=issued)


@bp.get("/nguoi-dung/mau.xlsx")
@requires(Permission.MANAGE_PEOPLE)
def people_template() -> Response:
    headings = [column.heading for column in people_sheet.PEOPLE_COLUMNS]
    rows = [["Nguyễn Thị Ví Dụ (dòng mẫu)", "VD-MAU", 2010, "VD-THCS-9A", "0900000000"]]
    return send_workbook(simple_sheet("Danh sách", headings, rows), "mau-danh-sach.xlsx")


def _person(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None or user.unit is None:
        if user is None or not may(current_user, Permission.GRANT_ROLES):
            raise NotYours
        return user
    demand(Permission.MANAGE_PEOPLE, user.unit)
    return user


@bp.get("/nguoi-dung/<int:user_id>")
@requires(Permission.MANAGE_PEOPLE)
def person(user_id: int) -> str:
    return _show_person(_person(user_id))


def _show_person(user: User, password: str = "") -> str:
    grant = GrantForm()
    reach = units_of(current_user, Permission.GRANT_ROLES)
    grant.role.choices = choices((role.value, ROLES[role.value]) for role in Role if role is not Role.CONTESTANT)
    grant.unit.choices = choices(queries.unit_choices(queries.units_below(db.session(), reach)))
    return render_template("accounts/person.html", person=user, grant=grant, password=password)


@bp.post("/nguoi-dung/<int:user_id>/mat-khau")
@requires(Permission.MANAGE_PEOPLE)
def reset_password(user_id: int) -> str:
    """Show a one-time password once; nobody may take over an account that reaches further than their own."""
    user = _person(user_id)
    for grant in user.grants:
        if grant.role is not Role.CONTESTANT:
            demand(Permission.MANAGE_PEOPLE, grant.unit)
        if grant.role is Role.ADMINISTRATOR:
            demand(Permission.GRANT_ROLES, grant.unit)
    removes = request.form.get("remove_second_factor") == "1"
    password = services.reset_password(
        db.session(), user, actor_id=current_user.id, remove_second_factor=removes, now=clock.now()
    )
    return _show_person(user, password)


@bp.post("/nguoi-dung/<int:user_id>/vai-tro")
@requires(Permission.GRANT_ROLES)
def grant_role(user_id: int) -> Any:
    user = _person(user_id)
    unit = db.session.get(Unit, request.form.get("unit", 0, type=int))
    role = request.form.get("role", "")
    if unit is None or role not in [one.value for one in Role]:
        raise NotYours
    demand(Permission.GRANT_ROLES, unit)
    services.grant_role(db.session(), user, Role(role), unit, actor_id=current_user.id, now=clock.now())
    flash(_("Đã giao vai trò."), "success")
    return redirect(url_for(".person", user_id=user.id))


@bp.post("/nguoi-dung/<int:user_id>/vai-tro/<int:grant_id>/thu")
@requires(Permission.GRANT_ROLES)
def revoke_role(user_id: int, grant_id: int) -> Any:
    user = _person(user_id)
    grant = next((one for one in user.grants if one.id == grant_id), None)
    if grant is None:
        raise NotYours
    demand(Permission.GRANT_ROLES, grant.unit)
    services.revoke_role(db.session(), user, grant_id, actor_id=current_user.id, now=clock.now())
    flash(_("Đã thu vai trò."), "success")
    return redirect(url_for(".person", user_id=user.id))


@bp.get("/thong-ke-don-vi")
@requires(Permission.MANAGE_UNITS)
def unit_export() -> Response:
    found = queries.units_below(db.session(), units_of(current_user, Permission.MANAGE_UNITS))
    codes = dict(db.session.execute(select(Unit.id, Unit.code)).all())
    rows = [
        [unit.code, unit.name, str(UNIT_KINDS[unit.kind.value]), codes.get(unit.parent_id or 0, ""), unit.headcount]
        for unit in found
    ]
    return send_workbook(simple_sheet("Đơn vị", [c.heading for c in unit_sheet.UNIT_COLUMNS], rows), "don-vi.xlsx")
