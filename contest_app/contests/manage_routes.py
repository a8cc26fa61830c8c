"""Contests for those who run them: making, changing, previewing, opening, releasing."""

import secrets
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.queries import units_below
from contest_app.attempts.papers import shown_questions
from contest_app.bank.queries import banks, left_out, topics
from contest_app.contests import checks, ended_acts, queries, services
from contest_app.contests.form_document import document_from, field_of, form_values, starting_values
from contest_app.contests.forms import ContestForm
from contest_app.contests.models import Contest
from contest_app.contests.presenters import contest_phase
from contest_app.contests.routes import contest_address
from contest_app.contests.rules_in_words import explain, prediction_question
from contest_app.extensions import db
from contest_app.permissions import Permission, demand, requires, units_of
from contest_app.results.release import is_released
from contest_app.rules.model import Rules
from contest_app.rules.parse import BadRules, RuleProblem, from_document, from_yaml, to_yaml
from contest_app.web.base_form import choices
from contest_app.web.downloads import send_bytes
from contest_app.web.messages.texts import refusal_text, rule_problem_text
from contest_app.web.qr import qr_svg
from contest_app.web.refusal import NotYours, Refusal
from question_bank.draw import Pool, draw
from question_bank.exposure import exposure
from scoring.ranking import RankKey

bp = Blueprint("contests_manage", __name__, url_prefix="/quan-ly")


def load(slug: str) -> Contest:
    contest = queries.by_slug(db.session(), slug)
    demand(Permission.MANAGE_CONTESTS, contest.unit)
    return contest


def _reach() -> list[Any]:
    return units_of(current_user, Permission.MANAGE_CONTESTS)


@bp.get("/")
@requires(Permission.MANAGE_CONTESTS)
def index() -> str:
    now = clock.now()
    contests = queries.managed(db.session(), _reach())
    phases = {one.id: contest_phase(one, now) for one in contests}
    counts = {one.id: queries.participants(db.session(), one.id) for one in contests}
    awaiting = ended_acts.awaiting_decision(db.session(), contests, now)
    return render_template(
        "contests/manage_index.html", contests=contests, phases=phases, counts=counts, awaiting=awaiting
    )


def _form(values: dict[str, Any] | None = None) -> ContestForm:
    form = ContestForm(data=values)
    units = units_below(db.session(), _reach())
    form.organiser.choices = choices((unit.code, f"{unit.name} ({unit.code})") for unit in units)
    form.bank.choices = choices((bank.name, bank.name) for bank in banks(db.session(), _reach()))
    return form


def _edit_page(form: ContestForm, contest: Contest | None, problems: list[RuleProblem]) -> Any:
    wrong = {field_of(problem.where): rule_problem_text(problem) for problem in problems}
    known = [topic.path for bank in banks(db.session(), _reach()) for topic in topics(db.session(), bank.id)]
    page = render_template(
        "contests/edit.html", form=form, contest=contest, problems=problems, wrong=wrong, topics=sorted(set(known)),
        **(_width(contest, _pool(contest)) if contest else {}),
        left_out=_left_out(contest) if contest else 0,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.route("/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTESTS)
def new() -> Any:
    form = _form(None if request.method == "POST" else starting_values())
    if not form.is_submitted():
        return _edit_page(form, None, [])
    return _try(form, None, lambda rules: _create(rules))


def _create(rules: Rules) -> Contest:
    return services.create_contest(db.session(), rules, actor_id=current_user.id, now=clock.now(), reach=_reach())


def _try(form: ContestForm, contest: Contest | None, do: Any) -> Any:
    """Parse, do, and go to the contest; or show the form again with every problem."""
    try:
        done = do(from_document(document_from(form, contest.rules_document if contest else None)))
    except BadRules as bad:
        db.session.rollback()
        return _edit_page(form, contest, bad.problems)
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(refusal_text(refusal))
        return _edit_page(form, contest, [])
    _warn_of_shortage(done)
    return redirect(url_for(".show", slug=done.slug))


def _warn_of_shortage(contest: Contest) -> None:
    """The blueprint is checked against the bank at once, although only opening insists on it.

    Before opening the contest's own page lists what is missing.
    """
    flash(_("Đã lưu thể lệ."), "success")
    if contest.opened_at and (count := _left_out(contest)):
        flash(
            _("%(count)s câu đã duyệt không được dùng vì căn cứ hết hiệu lực trước ngày đóng.", count=count), "warning"
        )
    for problem in checks.blueprint_problems(_pool(contest), contest.rules) if contest.opened_at else ():
        flash(rule_problem_text(problem), "warning")


def _pool(contest: Contest) -> Pool:
    return checks.prepared_pool(db.session(), contest.rules, contest.bank_id)


def _width(contest: Contest, pool: Pool) -> dict[str, Any]:
    """How wide the blueprint draws, for the page: as a whole and line by line."""
    width = exposure(pool)
    return {"exposure": width, "lines": list(zip(contest.rules.paper.blueprint, width.lines, strict=True))}


def _left_out(contest: Contest) -> int:
    """Approved questions of ended acts that wait for a decision."""
    return left_out(db.session(), contest.bank_id, contest.rules.closing_day)


@bp.route("/<slug>/sua", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTESTS)
def edit(slug: str) -> Any:
    contest = load(slug)
    if contest.results_frozen_at:
        raise Refusal("results_final")
    form = _form(None if request.method == "POST" else form_values(contest.rules))
    if not form.is_submitted():
        return _edit_page(form, contest, [])
    return _try(form, contest, lambda rules: _change(contest, rules, form))


def _change(contest: Contest, rules: Rules, form: ContestForm) -> Contest:
    services.change_rules(
        db.session(), contest, rules, reason=form.reason.data or "", actor_id=current_user.id, now=clock.now(),
        reach=_reach(), keeps_ended_acts=bool(form.keeps_ended_acts.data),
    )  # fmt: skip
    return contest


@bp.route("/yaml", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTESTS)
def from_file() -> Any:
    """Create from a YAML document, pasted or uploaded."""
    text, problems = "", []
    if request.method == "POST":
        upload = request.files.get("file")
        text = request.form.get("text", "")
        if upload and upload.filename:
            text = upload.read(200_000).decode("utf-8", "replace")
        try:
            contest = _create(from_yaml(text))
        except BadRules as bad:
            db.session.rollback()
            problems = [rule_problem_text(problem) for problem in bad.problems]
        except Refusal as refusal:
            db.session.rollback()
            problems = [refusal_text(refusal)]
        else:
            _warn_of_shortage(contest)
            return redirect(url_for(".show", slug=contest.slug))
    return render_template("contests/yaml.html", text=text, problems=problems), 422 if problems else 200


@bp.get("/<slug>/the-le.yaml")
@requires(Permission.MANAGE_CONTESTS)
def yaml_file(slug: str) -> Response:
    contest = load(slug)
    return send_bytes(to_yaml(contest.rules).encode(), f"{contest.slug}.yaml", "application/yaml")


@bp.get("/<slug>")
@requires(Permission.MANAGE_CONTESTS)
def show(slug: str) -> str:
    return _show_page(load(slug))


def _show_page(contest: Contest, problem: str = "") -> str:
    now, pool, waits = clock.now(), _pool(contest), contest.opened_at is None
    pools = [pool] if waits else ended_acts.pools_to_come(contest, now)
    ended = ended_acts.ended_acts(db.session(), contest, pools)
    return render_template(
        "contests/manage_show.html",
        contest=contest,
        **_width(contest, pool),
        phase=contest_phase(contest, now),
        sections=explain(contest.rules),
        shortages=checks.blueprint_problems(pool, contest.rules) if waits else [],
        left_out=_left_out(contest) if waits else 0,
        ended=ended,
        undecided=ended_acts.undecided(contest, ended),
        decided_by=ended_acts.decided_by(db.session(), contest),
        problem=problem,
        versions=queries.versions(db.session(), contest.id),
        participants=queries.participants(db.session(), contest.id),
        address=contest_address(contest),
        qr=qr_svg(contest_address(contest), scale=4),
        key_waits=not is_released(db.session(), contest, "key", now),
        switches={switch: services.release_at(contest, switch) for switch in services.SWITCHES},
    )


@bp.get("/<slug>/xem-truoc")
@requires(Permission.MANAGE_CONTESTS)
def preview(slug: str) -> Any:
    """A paper as a contestant would get it, drawn anew at each look; nothing is saved."""
    contest = load(slug)
    pool = _pool(contest)
    problems = checks.blueprint_problems(pool, contest.rules)
    if problems:
        for problem in problems:
            flash(rule_problem_text(problem), "warning")
        return redirect(url_for(".show", slug=slug))
    rules = contest.rules.paper
    drawn = draw(
        pool,
        secrets.token_bytes(32),
        shuffle_questions=rules.shuffle_questions,
        shuffle_options=rules.shuffle_options,
    )
    paper = [[item.question_id, item.option_order] for item in drawn]
    return render_template(
        "attempts/preview.html",
        contest=contest,
        questions=shown_questions(db.session(), paper),
        prediction_question=prediction_question(contest.rules),
        ranks=RankKey.PREDICTION in contest.rules.ranking.chain,
    )


@bp.post("/<slug>/mo")
@requires(Permission.MANAGE_CONTESTS)
def open_contest(slug: str) -> Any:
    contest = load(slug)
    try:
        services.open_contest(
            db.session(), contest, actor_id=current_user.id, now=clock.now(), ended_acts_reason=_reason_to_keep()
        )
    except BadRules as bad:
        db.session.rollback()
        for problem in bad.problems:
            flash(rule_problem_text(problem), "danger")
    except Refusal as refusal:
        db.session.rollback()
        return _show_page(contest, refusal_text(refusal)), refusal.status
    else:
        flash(_("Cuộc thi đã mở. Hãy gửi đường dẫn và mã QR cho thí sinh."), "success")
    return redirect(url_for(".show", slug=slug))


def _reason_to_keep() -> str:
    """Why ended acts are kept; nothing unless that was ticked, too."""
    return request.form.get("reason", "") if request.form.get("keeps") == "1" else ""


@bp.post("/<slug>/can-cu")
@requires(Permission.MANAGE_CONTESTS)
def keep_ended_acts(slug: str) -> Any:
    """Decide about acts that were found to have ended after the contest was opened."""
    contest = load(slug)
    try:
        ended_acts.decide(db.session(), contest, _reason_to_keep(), actor_id=current_user.id, now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _show_page(contest, refusal_text(refusal)), refusal.status
    flash(_("Đã ghi quyết định."), "success")
    return redirect(url_for(".show", slug=slug))


@bp.post("/<slug>/cong-bo/<switch>")
@requires(Permission.MANAGE_CONTESTS)
def release(slug: str, switch: str) -> Any:
    """Turn one release switch on now, or off."""
    contest, now = load(slug), clock.now()
    if switch not in services.SWITCHES:
        raise NotYours
    moment = now if request.form.get("on") == "1" else None
    services.change_release(db.session(), contest, switch, moment, actor_id=current_user.id, now=now)
    flash(_("Đã đổi công bố."), "success")
    return redirect(url_for(".show", slug=slug))
