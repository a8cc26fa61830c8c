"""After submission: the receipt, and whatever has been released. No page here can write."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from contest_app import clock
from contest_app.attempts import services
from contest_app.attempts.models import Attempt
from contest_app.attempts.own import own_attempt
from contest_app.attempts.queries import late_sheets
from contest_app.attempts.review import reviewed_questions
from contest_app.attempts.sheets import from_text
from contest_app.evaluation.words import RATINGS
from contest_app.extensions import db, separate_transaction
from contest_app.permissions import signed_in
from contest_app.results.essays import unmarked_in
from contest_app.results.queries import own_standing
from contest_app.results.release import is_released

bp = Blueprint("receipts", __name__, url_prefix="/bai-thi")


@bp.get("/<int:attempt_id>")
@signed_in
def show(attempt_id: int) -> Any:
    now = clock.now()
    attempt = own_attempt(attempt_id)
    if attempt.closed_at is None and now < attempt.deadline:
        return redirect(url_for("attempts.sit", attempt_id=attempt.id))
    if attempt.closed_at is None:
        _close(attempt)
    contest, of_round = attempt.round.contest, attempt.round
    key_shown = is_released(db.session(), contest, "key", now)
    ranking_shown = not of_round.is_mock and is_released(db.session(), contest, "ranking", now)
    return render_template(
        "attempts/receipt.html",
        attempt=attempt,
        contest=contest,
        sheet=from_text(attempt.sheet),
        # A mock draws from the pool of the contest: its marks would tell the keys one by one.
        mark_shown=is_released(db.session(), contest, "key" if of_round.is_mock else "mark", now),
        unmarked=unmarked_in(db.session(), attempt),
        reviewed=reviewed_questions(db.session(), attempt, contest) if key_shown else None,
        standing=own_standing(db.session(), contest.id, attempt.participation_id) if ranking_shown else None,
        late=late_sheets(db.session(), attempt.id),
        ratings=RATINGS,
    )


def _close(attempt: Attempt) -> None:
    """The page was opened after the deadline: close the sitting now, as of its deadline."""
    with separate_transaction() as session:
        overdue = session.get(Attempt, attempt.id, with_for_update=True, populate_existing=True)
        if overdue is not None and overdue.closed_at is None:
            services.close_at_deadline(session, [overdue])
    db.session.rollback()  # this page's transaction began before; read what was just written
    db.session.refresh(attempt)
