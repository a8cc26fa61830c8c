"""Watching a contest while it runs, and deciding about sittings: every decision with its reason."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from contest_app import clock
from contest_app.attempts import decisions
from contest_app.attempts import queries as attempts
from contest_app.attempts.models import Attempt
from contest_app.attempts.papers import shown_questions
from contest_app.attempts.sheets import from_text
from contest_app.contests.models import Contest
from contest_app.contests.queries import by_slug
from contest_app.extensions import db
from contest_app.monitor.services import live
from contest_app.permissions import Permission, demand, requires
from contest_app.web.refusal import NotYours

bp = Blueprint("monitor", __name__, url_prefix="/theo-doi")

LONGEST_EXTRA = 120  # minutes


def _load(slug: str) -> Contest:
    contest = by_slug(db.session(), slug)
    demand(Permission.DECIDE_SITTINGS, contest.unit)
    return contest


def _attempt(attempt_id: int, *, lock: bool = False) -> Attempt:
    attempt = db.session.get(Attempt, attempt_id, with_for_update=lock or None, populate_existing=lock)
    if attempt is None:
        raise NotYours
    demand(Permission.DECIDE_SITTINGS, attempt.round.contest.unit)
    return attempt


def _minutes() -> int:
    return max(1, min(LONGEST_EXTRA, request.form.get("minutes", 5, type=int)))


def _on_record() -> dict[str, Any]:
    """Who decides, when and why: every decision about a sitting keeps these."""
    return {"reason": request.form.get("reason", ""), "actor_id": current_user.id, "now": clock.now()}


@bp.get("/<slug>")
@requires(Permission.DECIDE_SITTINGS)
def show(slug: str) -> str:
    contest = _load(slug)
    return render_template("monitor/show.html", contest=contest, live=live(db.session(), contest, clock.now()))


@bp.get("/<slug>/so-lieu")
@requires(Permission.DECIDE_SITTINGS)
def numbers(slug: str) -> str:
    """The part of the page that refreshes itself."""
    contest = _load(slug)
    return render_template("monitor/_numbers.html", contest=contest, live=live(db.session(), contest, clock.now()))


@bp.get("/<slug>/luot-thi")
@requires(Permission.DECIDE_SITTINGS)
def attempt_list(slug: str) -> str:
    contest = _load(slug)
    wanted, state = request.args.get("tim", ""), request.args.get("trang-thai", "")
    query = attempts.search(contest, wanted=wanted, state=state)
    page = db.paginate(query, page=request.args.get("trang", 1, type=int), per_page=50, error_out=False)
    return render_template("monitor/attempts.html", contest=contest, page=page, wanted=wanted, state=state)


@bp.get("/luot-thi/<int:attempt_id>")
@requires(Permission.DECIDE_SITTINGS)
def attempt(attempt_id: int) -> str:
    """The evidence behind a doubt: what was answered when, on which device, what arrived late."""
    found = _attempt(attempt_id)
    late = [(one, from_text(one.sheet)) for one in attempts.late_sheets(db.session(), found.id)]
    return render_template(
        "monitor/attempt.html",
        attempt=found,
        contest=found.round.contest,
        sheet=from_text(found.sheet),
        questions=shown_questions(db.session(), found.paper),
        late=late,
        events=attempts.events(db.session(), found.id),
    )


@bp.post("/<slug>/them-gio")
@requires(Permission.DECIDE_SITTINGS)
def extra_time_for_all(slug: str) -> Any:
    contest = _load(slug)
    count = decisions.add_time(
        db.session(), decisions.open_attempts(db.session(), contest), _minutes(), subject=f"contest:{contest.id}",
        **_on_record(),
    )  # fmt: skip
    flash(ngettext("Đã thêm giờ cho %(num)s bài đang làm.", "Đã thêm giờ cho %(num)s bài đang làm.", count), "success")
    return redirect(url_for(".show", slug=slug))


@bp.post("/luot-thi/<int:attempt_id>/them-gio")
@requires(Permission.DECIDE_SITTINGS)
def extra_time(attempt_id: int) -> Any:
    found = _attempt(attempt_id, lock=True)
    decisions.add_time(db.session(), [found], _minutes(), subject=f"attempt:{found.id}", **_on_record())
    return _decided(found, _("Đã thêm giờ."))


def _decided(found: Attempt, said: str) -> Any:
    flash(said, "success")
    return redirect(url_for(".attempt", attempt_id=found.id))


@bp.post("/luot-thi/<int:attempt_id>/mo-lai")
@requires(Permission.DECIDE_SITTINGS)
def reopen(attempt_id: int) -> Any:
    found = _attempt(attempt_id, lock=True)
    decisions.reopen(db.session(), found, _minutes(), **_on_record())
    return _decided(found, _("Đã mở lại bài. Thí sinh vào trang cuộc thi để làm tiếp."))


@bp.post("/luot-thi/<int:attempt_id>/huy")
@requires(Permission.DECIDE_SITTINGS)
def void(attempt_id: int) -> Any:
    found = _attempt(attempt_id, lock=True)
    decisions.void(db.session(), found, **_on_record())
    return _decided(found, _("Đã hủy lượt thi. Có thể khôi phục bất cứ lúc nào trước khi chốt kết quả."))


@bp.post("/luot-thi/<int:attempt_id>/khoi-phuc")
@requires(Permission.DECIDE_SITTINGS)
def restore(attempt_id: int) -> Any:
    found = _attempt(attempt_id, lock=True)
    decisions.restore(db.session(), found, **_on_record())
    return _decided(found, _("Đã khôi phục lượt thi."))
