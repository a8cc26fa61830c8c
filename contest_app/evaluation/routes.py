"""The evaluation of a contest for organisers and judges, its pictures, its open data; and one tap of rating."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.attempts.own import own_attempt
from contest_app.audit.services import Event, record
from contest_app.contests.models import Contest
from contest_app.evaluation import services
from contest_app.evaluation.jobs import evaluation_job
from contest_app.evaluation.open_data import not_yet, open_data
from contest_app.evaluation.presenters import worded
from contest_app.evaluation.reach import most_points
from contest_app.evaluation.satisfaction import rate
from contest_app.evaluation.visits import counter
from contest_app.evaluation.words import RATINGS
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.jobs.starting import start
from contest_app.permissions import Permission, requires, signed_in
from contest_app.results.release import is_released
from contest_app.results.services import corrections
from contest_app.results.staff import for_staff, fresh
from contest_app.web.downloads import send_bytes
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal
from exports.charts import as_png, as_svg
from exports.evaluation import FEWEST, Evaluation, known
from exports.evaluation_charts import EVALUATION_CHARTS

bp = Blueprint("evaluation", __name__)


def _brought_up_to_date(slug: str) -> Contest:
    """The contest, with an evaluation that is up to date wherever one can be made while somebody waits."""
    now = clock.now()
    counter.write()
    fresh(for_staff(slug), now)
    contest = for_staff(slug)
    if not contest.opened_at or services.takes_long(db.session(), contest, now):
        return contest
    services.keep_up_to_date(db.session(), contest, now)
    db.session.rollback()  # what has just been kept is read in a transaction that began after it
    return for_staff(slug)


@bp.get("/ket-qua/<slug>/danh-gia")
@requires(Permission.SEE_RESULTS)
def show(slug: str) -> str:
    contest = _brought_up_to_date(slug)
    found = services.stored(db.session(), contest)
    too_early = not_yet(db.session(), contest, clock.now())
    return render_template(
        "evaluation/show.html", contest=contest, evaluation=found and worded(found), ratings=RATINGS,
        weakest=known(found.knowledge.topics) if found else [], fewest=FEWEST,
        most_points=most_points(db.session(), contest),
        is_outdated=services.is_outdated(db.session(), contest, clock.now()),
        corrected={one.question_version_id for one in corrections(db.session(), contest.id)},
        no_data=refusal_text(too_early) if too_early else "",
    )  # fmt: skip


@bp.post("/ket-qua/<slug>/danh-gia")
@requires(Permission.SEE_RESULTS)
def renew(slug: str) -> Any:
    """Evaluate a contest that is too big to wait for, in the background."""
    return start(evaluation_job(for_staff(slug), made_by_id=current_user.id))


@bp.get("/ket-qua/<slug>/bieu-do/<name>.<any(svg, png):form>")
@requires(Permission.SEE_RESULTS)
def chart(slug: str, name: str, form: str) -> Response:
    """A picture of the stored evaluation; its words are Vietnamese, as in the files."""
    found = services.stored(db.session(), for_staff(slug))
    if name not in EVALUATION_CHARTS or found is None:
        raise NotYours
    figure = EVALUATION_CHARTS[name](_in_vietnamese(found))
    if form == "svg":
        return Response(as_svg(figure), mimetype="image/svg+xml")
    return Response(as_png(figure), mimetype="image/png")


@bp.post("/ket-qua/<slug>/du-lieu-mo.zip")
@reads_first
@requires(Permission.SEE_RESULTS)
def open_data_file(slug: str) -> Response:
    """Anonymous answers for analysts. A POST: every download goes on record."""
    now = clock.now()
    contest = for_staff(slug)
    if refusal := not_yet(db.session(), contest, now):
        raise refusal
    with_key = is_released(db.session(), contest, "key", now)
    data = open_data(db.session(), contest, with_key=with_key)
    begin_writing()
    record(db.session(), Event.DATA_EXPORTED, f"contest:{contest.id}", actor_id=current_user.id, now=now, key=with_key)
    return send_bytes(data, f"du-lieu-mo-{slug}.zip", "application/zip")


def _in_vietnamese(evaluation: Evaluation) -> Evaluation:
    with force_locale("vi"):
        return worded(evaluation)


@bp.post("/bai-thi/<int:attempt_id>/hai-long")
@signed_in
def rate_contest(attempt_id: int) -> Any:
    """One tap on the receipt. Nothing but a count is kept."""
    attempt = own_attempt(attempt_id)
    if attempt.round.is_mock:
        raise NotYours
    if attempt.closed_at is None:
        raise Refusal("not_submitted", 409)
    rate(db.session(), attempt.participation, request.form.get("score", 0, type=int))
    flash(_("Cảm ơn bạn. Hệ thống chỉ cộng vào số đếm chung, không lưu ai đã chọn gì."), "success")
    return redirect(url_for("receipts.show", attempt_id=attempt.id))
