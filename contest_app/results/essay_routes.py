"""Judges read essays here, one after another."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest_app import clock
from contest_app.attempts.papers import show, versions_by_id
from contest_app.contests.models import Contest
from contest_app.extensions import db
from contest_app.permissions import Permission, requires
from contest_app.results import essays
from contest_app.results.essays import EssayAnswer
from contest_app.results.routes import bp
from contest_app.results.staff import for_staff
from question_bank.answers import number_in, word_count


@bp.get("/<slug>/tu-luan")
@requires(Permission.MARK_ESSAYS)
def essay_list(slug: str) -> str:
    contest = for_staff(slug, Permission.MARK_ESSAYS)
    answers = essays.essay_answers(db.session(), contest)
    waiting = [one for one in answers if one.mark is None]
    return render_template("results/essays.html", contest=contest, answers=answers, waiting=waiting)


@bp.route("/<slug>/tu-luan/<int:attempt_id>/<int:place>", methods=["GET", "POST"])
@requires(Permission.MARK_ESSAYS)
def essay(slug: str, attempt_id: int, place: int) -> Any:
    contest = for_staff(slug, Permission.MARK_ESSAYS)
    answer = essays.load_answer(db.session(), contest, attempt_id, place)
    version = versions_by_id(db.session(), [answer.version_id])[answer.version_id]
    most = contest.rules.paper.points_of(version.kind)
    if request.method == "POST":
        given = number_in(request.form.get("points", ""))
        points = Decimal(-1) if given is None else given
        note = request.form.get("note", "")
        essays.mark_essay(db.session(), contest, answer, points, note, judge_id=current_user.id, now=clock.now())
        return _next(contest, answer)
    return render_template(
        "results/essay.html", contest=contest, answer=answer, most=most, question=show(place, version, []),
        explanation=version.explanation, words=word_count(answer.text),
    )  # fmt: skip


def _next(contest: Contest, answer: EssayAnswer) -> Any:
    """On to the next paper that nobody has read."""
    following = essays.next_unread(db.session(), contest, answer)
    if following is None:
        flash(_("Đã chấm xong mọi bài tự luận."), "success")
        return redirect(url_for(".essay_list", slug=contest.slug))
    flash(_("Đã ghi điểm. Đây là bài chưa chấm tiếp theo."), "success")
    number, place = following.attempt.id, following.place
    return redirect(url_for(".essay", slug=contest.slug, attempt_id=number, place=place))
