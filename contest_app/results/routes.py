"""Standings for everybody once released; tables, charts, workbook and corrections for organisers and judges."""

from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.accounts.queries import unit_choices, units_below
from contest_app.contests.models import Contest, Round
from contest_app.contests.presenters import contest_phase
from contest_app.contests.queries import by_slug, managed, round_of
from contest_app.contests.routes import visible_contest
from contest_app.evaluation.services import takes_long
from contest_app.extensions import begin_writing, db, reads_first, snapshot
from contest_app.jobs.starting import start
from contest_app.permissions import Permission, may, public, requires, units_of
from contest_app.results import queries, services
from contest_app.results.collective import unit_table
from contest_app.results.jobs import record_download, workbook_job, workbook_name
from contest_app.results.marking import CORRECTABLE, answer_keys, with_tolerances
from contest_app.results.presenters import standing_lines
from contest_app.results.release import is_released
from contest_app.results.report import award_words
from contest_app.results.staff import MOST_AT_ONCE, bring_up_to_date, for_staff, fresh
from contest_app.results.workbook import write_workbook
from contest_app.web.downloads import send_workbook
from contest_app.web.refusal import Refusal
from question_bank.model import Question

bp = Blueprint("results", __name__, url_prefix="/ket-qua")


def _wanted_round(contest: Contest) -> Round | None:
    code = request.args.get("dot", "")
    return round_of(contest, code) if code else None


def _shown_to_public(slug: str) -> tuple[Contest, bool]:
    """The contest, and whether the visitor sees full names.

    :raises Refusal: ranking_hidden, for visitors before the release.
    """
    contest = visible_contest(slug)
    is_staff = may(current_user, Permission.SEE_RESULTS, contest.unit)
    if not is_staff and not is_released(db.session(), contest, "ranking", clock.now()):
        raise Refusal("ranking_hidden", 403)
    fresh(contest, clock.now())
    return by_slug(db.session(), slug), is_staff


@bp.get("/")
@requires(Permission.SEE_RESULTS)
def index() -> str:
    """The judge's way in: every opened contest within reach."""
    now = clock.now()
    contests = [one for one in managed(db.session(), units_of(current_user, Permission.SEE_RESULTS)) if one.opened_at]
    phases = {one.id: contest_phase(one, now) for one in contests}
    return render_template("results/index.html", contests=contests, phases=phases)


@bp.get("/<slug>")
@public
def ranking(slug: str) -> str:
    contest, is_staff = _shown_to_public(slug)
    in_full = is_staff and request.args.get("cong-khai") != "1"
    of_round, group = _wanted_round(contest), request.args.get("bang", "")
    units = units_below(db.session(), [contest.unit])
    unit = next((one for one in units if one.code == request.args.get("don-vi")), None)
    search = request.args.get("tim", "")
    round_id = of_round.id if of_round else None
    query = queries.standings(contest.id, round_id, group=group, unit=unit, search=search, in_full=in_full)
    page = db.paginate(query, page=request.args.get("trang", 1, type=int), per_page=50, error_out=False)
    user_id = current_user.id if current_user.is_authenticated else None
    return render_template(
        "results/ranking.html",
        contest=contest,
        page=page,
        lines=standing_lines(page.items, in_full=in_full, user_id=user_id, by_group=bool(group)),
        is_staff=is_staff,
        in_full=in_full,
        wanted={
            "round": of_round.code if of_round else "",
            "group": group,
            "unit": unit.code if unit else "",
            "search": search,
        },
        unit_choices=[(choice.code, label) for choice, (_id, label) in zip(units, unit_choices(units), strict=True)],
        run=queries.last_run(db.session(), contest.id),
        released=is_released(db.session(), contest, "ranking", clock.now()),
    )


@bp.get("/<slug>/tap-the")
@public
def collective(slug: str) -> str:
    contest, is_staff = _shown_to_public(slug)
    of_round = _wanted_round(contest)
    places = unit_table(db.session(), contest, of_round.id if of_round else None)
    return render_template(
        "results/collective.html", contest=contest, places=places, is_staff=is_staff, award_words=award_words,
        wanted_round=of_round.code if of_round else "", run=queries.last_run(db.session(), contest.id),
    )  # fmt: skip


@bp.post("/<slug>/so-ket-qua.xlsx")
@reads_first
@requires(Permission.SEE_RESULTS)
def workbook(slug: str) -> Any:
    """The result workbook, at once or as a job. A POST: every download goes on record."""
    now = clock.now()
    contest = for_staff(slug)
    if queries.attempt_count(db.session(), contest.id) > MOST_AT_ONCE or takes_long(db.session(), contest, now):
        begin_writing()
        return start(workbook_job(for_staff(slug), made_by_id=current_user.id))
    bring_up_to_date(for_staff(slug), now)
    contest, out = for_staff(slug), BytesIO()
    with snapshot() as reading:
        digest = write_workbook(reading, reading.get_one(Contest, contest.id), out, now)
    begin_writing()
    record_download(db.session(), f"contest:{contest.id}", digest, current_user.id, now)
    return send_workbook(out.getvalue(), workbook_name(contest))


@bp.post("/<slug>/tinh-lai")
@requires(Permission.SEE_RESULTS)
def recompute(slug: str) -> Any:
    services.bring_up_to_date(db.session(), for_staff(slug), clock.now())
    flash(_("Bảng xếp hạng đã được tính lại."), "success")
    return redirect(url_for(".ranking", slug=slug))


@bp.post("/<slug>/chot")
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def freeze(slug: str) -> Any:
    now = clock.now()
    fresh(for_staff(slug, Permission.MANAGE_CONTESTS), now)
    prepared = services.prepare_freezing(db.session(), for_staff(slug, Permission.MANAGE_CONTESTS), now)
    begin_writing()
    contest = for_staff(slug, Permission.MANAGE_CONTESTS)
    services.freeze_results(db.session(), contest, actor_id=current_user.id, now=now, prepared=prepared)
    flash(_("Kết quả đã chốt. Mã kết quả được in trong sổ kết quả."), "success")
    return redirect(url_for(".ranking", slug=slug))


@bp.route("/<slug>/cau-hoi/<int:version_id>", methods=["GET", "POST"])
@reads_first
@requires(Permission.MANAGE_CONTESTS)
def correct_key(slug: str, version_id: int) -> Any:
    """Mend a wrong key: first see whose score changes, then confirm with a reason."""
    contest = for_staff(slug, Permission.MANAGE_CONTESTS)
    version = services.load_version(db.session(), version_id, contest)
    key = answer_keys(db.session(), contest.id, [version.id])[version.id]
    chosen, everyone, changed, shown = services.written_key(key.question), key.credits_everyone, None, {}
    if request.method == "POST":
        chosen = _chosen_key(key.question)
        everyone = request.form.get("everyone") == "1"
        if request.form.get("do") == "apply":
            begin_writing()
            count = services.correct_key(
                db.session(), contest, version, chosen, credits_everyone=everyone,
                reason=request.form.get("reason", ""), actor_id=current_user.id, now=clock.now(),
            )  # fmt: skip
            flash(_("Đã sửa đáp án và chấm lại: %(count)s lượt thi đổi điểm.", count=count), "success")
            return redirect(url_for("evaluation.show", slug=slug))
        changed = services.affected_by_key(db.session(), contest, version, chosen, everyone)
        shown = queries.attempts_by_id(db.session(), contest.id, [one.attempt_id for one in changed[:10]])
    return render_template(
        "results/correct_key.html", contest=contest, version=version, chosen=chosen, everyone=everyone, changed=changed,
        shown=shown, reason=request.form.get("reason", ""), correctable=key.kind in CORRECTABLE,
    )  # fmt: skip


def _chosen_key(question: Question) -> list[int | str]:
    """Positions ticked, or the accepted answers written one to a line."""
    if question.kind in ("short", "numerical"):
        lines = [line.strip() for line in request.form.get("accepted", "").splitlines() if line.strip()]
        return with_tolerances(question, lines)
    return list(request.form.getlist("correct", type=int))
