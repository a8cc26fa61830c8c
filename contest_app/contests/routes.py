"""What everybody sees of a contest, and joining it."""

import json
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.consents import TEXTS
from contest_app.accounts.forms import JoinDetails
from contest_app.accounts.models import Unit
from contest_app.accounts.queries import unit_choices
from contest_app.attempts import queries as attempts
from contest_app.contests import joining, queries
from contest_app.contests.models import Contest, Participation
from contest_app.contests.presenters import contest_phase, round_card
from contest_app.contests.rules_in_words import explain
from contest_app.evaluation import visits
from contest_app.extensions import db
from contest_app.permissions import Permission, may, public, signed_in
from contest_app.results.release import is_released
from contest_app.web.base_form import choices
from contest_app.web.messages.texts import refusal_text
from contest_app.web.qr import qr_png, qr_svg
from contest_app.web.refusal import NotYours, Refusal
from contest_app.web.template_helpers import base_url
from question_bank.pool_file import published_form
from scoring.timing import RoundPhase

bp = Blueprint("contests", __name__, url_prefix="/cuoc-thi")


def visible_contest(slug: str) -> Contest:
    """:raises NotYours: unknown, or not public yet and not the visitor's to manage."""
    contest = queries.by_slug(db.session(), slug)
    if contest.opened_at is None and not may(current_user, Permission.MANAGE_CONTESTS, contest.unit):
        raise NotYours
    return contest


def _own_participation(contest: Contest) -> Participation | None:
    if not current_user.is_authenticated:
        return None
    return queries.participation(db.session(), contest.id, current_user.id)


def contest_address(contest: Contest) -> str:
    return base_url() + url_for("contests.show", slug=contest.slug)


@bp.get("/<slug>")
@public
def show(slug: str) -> str:
    now = clock.now()
    contest = visible_contest(slug)
    if not (current_user.is_authenticated and current_user.is_staff):
        visits.counter.count(contest.id, now)
    person = _own_participation(contest)
    own = attempts.of_person(db.session(), person.id) if person else []
    cards = [
        round_card(
            one, person, [attempt for attempt in own if attempt.round_id == one.id],
            is_known=current_user.is_authenticated, now=now,
        )
        for one in contest.rounds
    ]  # fmt: skip
    return render_template(
        "contests/show.html",
        contest=contest,
        person=person,
        cards=cards,
        phase=contest_phase(contest, now),
        current=queries.current_round(contest, now),
        participants=queries.participants(db.session(), contest.id),
        ranking_shown=is_released(db.session(), contest, "ranking", now),
        address=contest_address(contest),
        qr=qr_svg(contest_address(contest), scale=4),
    )


@bp.get("/<slug>/the-le")
@public
def rules(slug: str) -> str:
    contest = visible_contest(slug)
    return render_template("contests/rules.html", contest=contest, sections=explain(contest.rules))


@bp.get("/<slug>/ma-qr.png")
@public
def qr(slug: str) -> Response:
    return Response(qr_png(contest_address(visible_contest(slug))), mimetype="image/png")


@bp.get("/<slug>/minh-bach")
@public
def fairness(slug: str) -> str:
    """The commitments, and after closing the secrets: anybody can draw the papers again."""
    contest, now = visible_contest(slug), clock.now()
    closed = {one.id: one.phase(now) is RoundPhase.CLOSED for one in contest.rounds}
    if not (current_user.is_authenticated and current_user.is_staff):
        visits.counter.count(contest.id, now)
    person = _own_participation(contest)
    own = attempts.of_person(db.session(), person.id) if person else []
    return render_template("contests/fairness.html", contest=contest, closed=closed, own=own)


@bp.get("/<slug>/<code>/kho-de.json")
@public
def pool(slug: str, code: str) -> Response:
    """The pool papers were drawn from, by question number, without a word of any question."""
    of_round = queries.round_of(visible_contest(slug), code)
    if of_round.pool is None or of_round.phase(clock.now()) is RoundPhase.UPCOMING:
        raise NotYours
    return Response(published_form(of_round.pool), mimetype="application/json")


@bp.get("/<slug>/bai-thi/<int:attempt_id>/de.json")
@signed_in
def drawn_paper(slug: str, attempt_id: int) -> Response:
    """One's own paper as numbers, to compare with one's own draw."""
    contest = visible_contest(slug)
    person = _own_participation(contest)
    own = attempts.of_person(db.session(), person.id) if person else []
    attempt = next((one for one in own if one.id == attempt_id), None)
    if attempt is None:
        raise NotYours
    return Response(json.dumps(attempt.paper), mimetype="application/json")


@bp.route("/<slug>/dang-ky", methods=["GET", "POST"])
@signed_in
def join(slug: str) -> Any:
    contest = visible_contest(slug)
    person = _own_participation(contest)
    if person is not None and joining.is_locked(db.session(), contest.rules, person):
        return render_template("contests/joined.html", contest=contest, person=person)
    form, units = _joining_form(contest)
    status = 200
    if form.validate_on_submit():
        unit = next((one for one in units if "unit" in form and str(one.id) == form.unit.data), None)
        try:
            said = joining.declaration(contest, unit, form.data)
            joining.join(db.session(), contest, current_user, said, clock.now())
        except Refusal as refusal:
            db.session.rollback()
            form.form_errors.append(refusal_text(refusal))
            status = refusal.status
        else:
            flash(_("Bạn đã đăng ký dự thi."), "success")
            return redirect(url_for(".show", slug=slug))
    elif form.is_submitted():
        status = 422
    return render_template("contests/join.html", contest=contest, form=form, texts=TEXTS), status


def _joining_form(contest: Contest) -> tuple[JoinDetails, list[Unit]]:
    """Only the fields this contest asks for, filled with what is known already."""
    person = _own_participation(contest)
    known = person.declared if person else _known_of_user()
    known |= {"publish_name": person.shows_name, "take_part": True} if person else {}
    form = JoinDetails(data=known if request.method == "GET" else None)
    asked = {one.name: one.required for one in contest.rules.registration.fields}
    for name in ("birth_year", "phone", "email", "unit", "class_name", "student_code", "address", "occupation"):
        if name not in asked:
            delattr(form, name)
        elif asked[name]:
            form.require(name)
    units = joining.invited_units(db.session(), contest.rules) if "unit" in asked else []
    if "unit" in asked:
        form.unit.choices = choices([("", _("— Chọn đơn vị —")), *unit_choices(units)])
    return form, units


def _known_of_user() -> dict[str, Any]:
    return {
        "full_name": current_user.full_name, "birth_year": current_user.birth_year, "phone": current_user.phone,
        "email": current_user.email, "unit": str(current_user.unit_id or ""),
    }  # fmt: skip
