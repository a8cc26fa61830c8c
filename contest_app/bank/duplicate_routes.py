"""Questions of one bank that read nearly the same, beside each other."""

from typing import NamedTuple

from flask import render_template, request

from contest_app.bank import queries
from contest_app.bank.clashes import known_questions
from contest_app.bank.comparing import Change, wording_changes
from contest_app.bank.models import BankQuestion
from contest_app.bank.routes import bp, load_bank
from contest_app.extensions import db
from contest_app.permissions import Permission, requires
from contest_app.web.paging import ListPage
from question_bank.duplicates import groups

PER_PAGE = 20


class Pair(NamedTuple):
    row: BankQuestion
    changes: list[Change]  # from the group's first


@bp.get("/<int:bank_id>/cau-trung")
@requires(Permission.MANAGE_BANK)
def duplicates(bank_id: int) -> str:
    """Groups of questions that are alike, each compared with the oldest of its group. Retired ones stay out."""
    bank = load_bank(bank_id)
    known = known_questions(db.session(), bank, retired=False)
    found = list(groups([one.wording_key for one in known]))
    page = ListPage(found, request.args.get("trang", 1, type=int), PER_PAGE)
    rows = queries.by_id(db.session(), bank, {known[place].id for group in page.items for place in group})
    shown = [[rows[known[place].id] for place in group] for group in page.items]
    alike = [
        (first, [Pair(row, wording_changes(first.current, row.current)) for row in others]) for first, *others in shown
    ]
    return render_template("bank/duplicates.html", bank=bank, page=page, alike=alike)
