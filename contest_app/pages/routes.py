"""The front page and the few pages that belong to no feature."""

from typing import Any

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy import text

from contest_app import clock
from contest_app.attempts.queries import recent_of_user
from contest_app.contests.presenters import contest_phase
from contest_app.contests.queries import current_round, opened
from contest_app.extensions import db
from contest_app.permissions import public, signed_in
from contest_app.web.navigation import is_local

bp = Blueprint("pages", __name__)

LANGUAGES = ("vi", "en")


@bp.get("/")
@public
def home() -> str:
    now = clock.now()
    contests = [(one, contest_phase(one, now), current_round(one, now)) for one in opened(db.session())]
    return render_template("pages/home.html", contests=contests)


@bp.get("/bai-thi")
@signed_in
def my_attempts() -> str:
    return render_template("pages/my_attempts.html", attempts=recent_of_user(db.session(), current_user.id, 100))


@bp.get("/du-lieu-ca-nhan")
@public
def privacy() -> str:
    return render_template("pages/privacy.html")


@bp.post("/ngon-ngu/<code>")
@public
def set_language(code: str) -> Any:
    if code in LANGUAGES:
        session["language"] = code
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else url_for(".home"))


@bp.get("/suc-khoe")
@public
def health() -> Any:
    """For a load balancer or a watchful operator: the database answers."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", environment=current_app.config["SETTINGS"].environment)
