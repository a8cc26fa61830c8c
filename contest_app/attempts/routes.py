"""Before submission: starting, answering, saving, submitting. What may be seen afterwards is in ``receipts``."""

import json
import re
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, session, url_for
from flask_login import current_user

from contest_app import clock
from contest_app.attempts import saving, services, sheets, tokens
from contest_app.attempts.models import Attempt
from contest_app.attempts.own import own_attempt
from contest_app.attempts.presenters import sitting_page
from contest_app.contests import queries as contests
from contest_app.evaluation.devices import device_of
from contest_app.extensions import csrf, db
from contest_app.permissions import by_attempt_token, signed_in
from contest_app.web.refusal import Refusal

bp = Blueprint("attempts", __name__)


def _seats() -> dict[str, int]:
    """The seats this browser holds, by attempt."""
    seats: dict[str, int] = session.get("seats", {})
    return seats


def _take_seat(attempt: Attempt) -> None:
    newest_last = [*_seats().items(), (str(attempt.id), attempt.seat)]
    session["seats"] = dict(newest_last[-5:])


def _device() -> str:
    return device_of(request.user_agent.string)


@bp.post("/cuoc-thi/<slug>/<code>/bat-dau")
@signed_in
def start(slug: str, code: str) -> Any:
    now = clock.now()
    contest = contests.by_slug(db.session(), slug)
    person = contests.participation(db.session(), contest.id, current_user.id)
    if person is None:
        return redirect(url_for("contests.join", slug=slug))
    attempt = services.start_attempt(db.session(), contests.round_of(contest, code), person, now, device=_device())
    _sit_here(attempt, is_new=attempt.started_at == now)
    return redirect(url_for(".sit", attempt_id=attempt.id))


def _sit_here(attempt: Attempt, *, is_new: bool = False) -> None:
    if not is_new and _seats().get(str(attempt.id)) != attempt.seat:
        services.take_over(db.session(), attempt, actor_id=current_user.id, device=_device(), now=clock.now())
    _take_seat(attempt)


@bp.get("/thi/<int:attempt_id>")
@signed_in
def sit(attempt_id: int) -> Any:
    now = clock.now()
    attempt = own_attempt(attempt_id)
    if attempt.closed_at is not None or now >= attempt.deadline:
        return redirect(url_for("receipts.show", attempt_id=attempt.id))
    if _seats().get(str(attempt.id)) != attempt.seat:
        return render_template("attempts/elsewhere.html", attempt=attempt)
    page = sitting_page(db.session(), attempt, tokens.token_for(attempt.id, attempt.seat), now)
    return render_template("attempts/sit.html", page=page)


@bp.post("/thi/<int:attempt_id>/lam-tiep")
@signed_in
def continue_here(attempt_id: int) -> Any:
    attempt = own_attempt(attempt_id)
    if attempt.closed_at is None:
        _sit_here(attempt)
    return redirect(url_for(".sit", attempt_id=attempt.id))


# From here on nothing but the signed token speaks: no session, no user, no query before the one that counts.


def _seat(attempt_id: int) -> int:
    token = request.headers.get(tokens.HEADER) or request.form.get("token", "")
    return tokens.seat_in(token, attempt_id)


def _sent_sheet() -> tuple[int, str]:
    """Revision and checked sheet of a JSON body.

    :raises Refusal: bad_sheet.
    """
    if (request.content_length or 0) > sheets.LARGEST_SHEET:
        raise Refusal("bad_sheet", 413)
    try:
        document = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise Refusal("bad_sheet", 422) from error
    revision = sheets.revision_in(document if isinstance(document, dict) else {})
    return revision, sheets.sheet_from(document).as_text()


def _form_sheet() -> tuple[int, str]:
    """The same from a plain form: ``a1`` … with displayed positions, ``a2-0``, ``a2-1`` … with the parts of an answer.

    A part that is a number carries ``value`` as its name's end (``a2-0-value``); what is typed stays text.
    """
    answers: dict[str, list[sheets.Part]] = {}
    for name in request.form:
        field = re.fullmatch(r"a(\d{1,3})(?:-(\d{1,2})(-value)?)?", name)
        if field and field[2] is None:
            answers[field[1]] = [int(value) for value in request.form.getlist(name) if value.isdecimal()]
        elif field:
            _put_part(answers.setdefault(field[1], []), int(field[2]), request.form[name], bool(field[3]))
    guess = re.sub(r"[\s.]", "", request.form.get("prediction", ""))
    document = {"answers": answers, "prediction": int(guess) if guess.isdecimal() else None}
    revision = request.form.get("revision", 0, type=int)
    return sheets.revision_in({"revision": revision}), sheets.sheet_from(document).as_text()


def _put_part(parts: list[sheets.Part], place: int, typed: str, is_number: bool) -> None:
    parts += [None] * (place + 1 - len(parts))
    if is_number:
        parts[place] = int(typed) if typed.isdecimal() else None
    else:
        parts[place] = typed or None


def _receipt(receipt: saving.Receipt) -> Response:
    return jsonify(revision=receipt.revision, saved_at=receipt.saved_at.isoformat(), seconds_left=receipt.seconds_left)


@bp.put("/thi/<int:attempt_id>/bai-lam")
@csrf.exempt
@by_attempt_token
def save(attempt_id: int) -> Any:
    now = clock.now()
    seat = _seat(attempt_id)
    revision, sheet = _sent_sheet()
    return _receipt(saving.save_sheet(attempt_id, seat, revision, sheet, now))


@bp.post("/thi/<int:attempt_id>/luu")
@csrf.exempt
@by_attempt_token
def save_form(attempt_id: int) -> Any:
    """Saving without JavaScript."""
    now = clock.now()
    saving.save_sheet(attempt_id, _seat(attempt_id), *_form_sheet(), now)
    return redirect(url_for(".sit", attempt_id=attempt_id, da_luu=clock.in_vietnam(now).strftime("%H:%M:%S")))


@bp.get("/thi/<int:attempt_id>/tinh-trang")
@by_attempt_token
def state(attempt_id: int) -> Any:
    return jsonify(saving.state_of(attempt_id, _seat(attempt_id), clock.now()))


@bp.post("/thi/<int:attempt_id>/nop")
@csrf.exempt
@by_attempt_token
def submit(attempt_id: int) -> Any:
    """Close the sitting; a JSON body from the page's script, or the plain form."""
    now = clock.now()
    seat = _seat(attempt_id)
    receipt = url_for("receipts.show", attempt_id=attempt_id)
    if not request.is_json:
        services.submit(db.session(), attempt_id, seat, *_form_sheet(), now)
        return redirect(receipt)
    revision, sheet = _sent_sheet()
    if request.json.get("time_up"):
        standing = saving.state_of(attempt_id, seat, now)
        if standing["state"] == "answering" and standing["seconds_left"] > 0:
            return jsonify(standing)  # the page's clock was wrong, or it had not heard of extra time
    attempt = services.submit(db.session(), attempt_id, seat, revision, sheet, now, asks_again=True)
    closed_at = attempt.closed_at.isoformat() if attempt.closed_at else None
    return jsonify(state="closed", closed_at=closed_at, revision=attempt.revision, receipt=receipt)
