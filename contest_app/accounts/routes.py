"""Logging in and out, registering, one's own account."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from contest_app import clock
from contest_app.accounts import passwords, services
from contest_app.accounts.consents import TEXTS, Purpose
from contest_app.accounts.forms import ChangePasswordForm, LogInForm, RegisterForm, SecondFactorForm
from contest_app.accounts.models import Consent, User
from contest_app.contests.services import hide_name
from contest_app.demo.logins import demo_code
from contest_app.extensions import begin_writing, db, limiter, reads_first, separate_transaction
from contest_app.permissions import public, signed_in
from contest_app.web.messages.texts import refusal_text
from contest_app.web.navigation import is_local
from contest_app.web.qr import qr_svg
from contest_app.web.refusal import Refusal

bp = Blueprint("accounts", __name__)


def safe_next() -> str:
    """Where to go after logging in: only a path on this site."""
    target = request.args.get("next", "")
    return target if is_local(target) else url_for("pages.home")


def _enter(user: User) -> Any:
    language = session.get("language")
    session.clear()  # a fresh session at every log-in
    session.permanent = True
    if language:
        session["language"] = language
    login_user(user)
    return redirect(safe_next())


def _address_and_login() -> str:
    return f"{request.remote_addr}|{request.form.get('login', '').strip().lower()[:64]}"


@bp.route("/dang-nhap", methods=["GET", "POST"])
@reads_first
@public
@limiter.limit("600/minute", methods=["POST"])  # a whole school comes from one address
@limiter.limit("10/minute", methods=["POST"], key_func=_address_and_login)
def log_in() -> Any:
    form = LogInForm()
    status = 200
    if form.validate_on_submit():
        try:
            user = services.log_in(
                db.session(), form.login.data, form.password.data, clock.now(), before_writing=begin_writing
            )
        except Refusal as refusal:
            db.session.commit()  # the failure counts although the answer is a refusal
            form.form_errors.append(refusal_text(refusal))
            status = refusal.status
        else:
            if user.totp_confirmed_at:
                session["half_logged_in"] = user.id
                return redirect(url_for(".second_factor", next=safe_next()))
            return _enter(user)
    return render_template("accounts/log_in.html", form=form), status


@bp.route("/xac-thuc", methods=["GET", "POST"])
@public
@limiter.limit("10/minute", methods=["POST"], key_func=lambda: f"code:{session.get('half_logged_in')}")
def second_factor() -> Any:
    user = db.session.get(User, session.get("half_logged_in") or 0)
    if user is None:
        return redirect(url_for(".log_in"))
    form = SecondFactorForm()
    status = 200
    if form.validate_on_submit():
        try:
            services.check_second_factor(db.session(), user, form.code.data, clock.now())
        except Refusal as refusal:
            db.session.commit()
            form.form_errors.append(refusal_text(refusal))
            status = refusal.status
        else:
            return _enter(user)
    hint = demo_code(user, current_app.config["SETTINGS"], clock.now())
    return render_template("accounts/second_factor.html", form=form, hint=hint), status


@bp.route("/xac-thuc/thiet-lap", methods=["GET", "POST"])
@reads_first
@signed_in
def set_up_second_factor() -> Any:
    if current_user.totp_confirmed_at:
        return redirect(url_for(".me"))
    if not current_user.totp_secret:
        with separate_transaction() as own:
            own.get_one(User, current_user.id).totp_secret = passwords.new_totp_secret()
        db.session.rollback()  # this page began before; read what was just written
    form = SecondFactorForm()
    status = 200
    if form.validate_on_submit():
        try:
            codes = services.confirm_second_factor(
                db.session(), current_user, form.code.data, clock.now(), before_writing=begin_writing
            )
        except Refusal as refusal:
            form.form_errors.append(refusal_text(refusal))
            status = refusal.status
        else:
            return render_template("accounts/recovery_codes.html", codes=codes)
    secret = current_user.totp_secret
    qr = qr_svg(passwords.totp_uri(secret, current_user.login))
    return render_template("accounts/second_factor_setup.html", form=form, qr=qr, secret=secret), status


@bp.post("/dang-xuat")
@signed_in
def log_out() -> Any:
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language
    return redirect(url_for("pages.home"))


@bp.route("/dang-ky", methods=["GET", "POST"])
@reads_first
@public
@limiter.limit("900/hour", methods=["POST"])
def register() -> Any:
    form = RegisterForm()
    if form.validate_on_submit():
        now = clock.now()
        new = services.NewAccount(
            form.login.data,
            form.full_name.data,
            "",
            form.birth_year.data,
            password_hash=passwords.hash_password(form.password.data),
            is_self_registered=True,
        )
        begin_writing()
        try:
            user = services.create_account(db.session(), new, now)
        except Refusal as refusal:
            form.login.errors = [refusal_text(refusal)]
            return render_template("accounts/register.html", form=form, texts=TEXTS), 409
        services.give_consent(db.session(), user.id, Purpose.TAKE_PART, now)
        if form.contact_me.data:
            services.give_consent(db.session(), user.id, Purpose.CONTACT_ME, now)
        entered = _enter(user)
        flash(_("Đã tạo tài khoản. Chào %(name)s!", name=user.full_name), "success")
        return entered
    return render_template("accounts/register.html", form=form, texts=TEXTS), 422 if form.is_submitted() else 200


@bp.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
@reads_first
@signed_in
def change_password() -> Any:
    form = ChangePasswordForm()
    if current_user.must_change_password:
        del form.current  # just typed to log in
    if form.validate_on_submit() and _may_change_password(form):
        user = db.session.get_one(User, current_user.id)  # ``login_user`` would keep the proxy itself
        services.change_password(db.session(), user, form.password.data, before_writing=begin_writing)
        login_user(user)
        flash(_("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."), "success")
        return redirect(url_for("pages.home"))
    return render_template("accounts/change_password.html", form=form), 422 if form.is_submitted() else 200


def _may_change_password(form: ChangePasswordForm) -> bool:
    """Knows the present one, and does not keep it: a printed one-time password must go."""
    known = current_user.password_hash
    if "current" in form and not passwords.password_matches(known, form.current.data):
        form.current.errors = [_("Mật khẩu đang dùng không đúng.")]
        return False
    if passwords.password_matches(known, form.password.data):
        form.password.errors = [_("Hãy đặt mật khẩu khác mật khẩu đang dùng.")]
        return False
    return True


@bp.get("/tai-khoan")
@signed_in
def me() -> Any:
    """One's account, with every consent given and the words that were agreed to."""
    consents = db.session.scalars(
        select(Consent).where(Consent.user_id == current_user.id).order_by(Consent.given_at.desc())
    ).all()
    return render_template("accounts/me.html", consents=consents)


@bp.post("/tai-khoan/dong-y/<int:consent_id>/rut")
@signed_in
def withdraw(consent_id: int) -> Any:
    consent = db.session.get(Consent, consent_id)
    if consent is None or consent.user_id != current_user.id:
        raise Refusal("not_found", 404)
    services.withdraw_consent(
        db.session(), current_user.id, Purpose(consent.purpose), clock.now(), contest_id=consent.contest_id
    )
    if consent.contest_id and consent.purpose == Purpose.PUBLISH_NAME:
        hide_name(db.session(), consent.contest_id, current_user.id)
    flash(_("Đã rút lại sự đồng ý."), "success")
    return redirect(url_for(".me"))
