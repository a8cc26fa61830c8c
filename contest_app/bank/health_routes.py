"""How the bank's questions have fared in contests whose results are final."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contest_app import clock
from contest_app.bank.health import health_of
from contest_app.bank.routes import bp, load_bank
from contest_app.extensions import db
from contest_app.permissions import Permission, requires
from contest_app.results.uses import contests_to_catch_up, record_uses

FILTERS = ("nghi-sai", "chua-dung", "qua-de", "qua-kho")
TOO_EASY, TOO_HARD = 0.95, 0.2  # mean share of the points


@bp.get("/<int:bank_id>/suc-khoe")
@requires(Permission.MANAGE_BANK)
def health(bank_id: int) -> str:
    bank = load_bank(bank_id)
    everything = health_of(db.session(), bank.id)
    kinds = {
        "nghi-sai": [one for one in everything if one.doubts],
        "chua-dung": [one for one in everything if not one.drawn],
        "qua-de": [one for one in everything if one.earned is not None and one.earned >= TOO_EASY],
        "qua-kho": [one for one in everything if one.earned is not None and one.earned <= TOO_HARD],
    }
    wanted = request.args.get("loc", "")
    return render_template(
        "bank/health.html", bank=bank, lines=kinds.get(wanted, everything), kinds=kinds, wanted=wanted,
        total=len(everything), waiting=contests_to_catch_up(db.session(), bank.id), today=clock.now(),
    )  # fmt: skip


@bp.post("/<int:bank_id>/suc-khoe")
@requires(Permission.MANAGE_BANK)
def catch_up(bank_id: int) -> Any:
    """Take in contests that were final before their uses were kept."""
    bank = load_bank(bank_id)
    done = [record_uses(db.session(), contest) for contest in contests_to_catch_up(db.session(), bank.id)]
    flash(_("Đã cập nhật từ %(count)s cuộc thi.", count=len(done)), "success")
    return redirect(url_for(".health", bank_id=bank.id))
