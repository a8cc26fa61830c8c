"""Saying what the columns of a spreadsheet in a layout of its own hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for

from contest_app import clock
from contest_app.bank import imports
from contest_app.bank.import_routes import bp, load_draft
from contest_app.bank.layouts import FIELDS, Choice, choice_of, known_mapping, likely_heading, remember, sheet_of
from contest_app.bank.models import ImportDraft, QuestionBank
from contest_app.extensions import begin_writing, db, reads_first
from contest_app.permissions import Permission, requires
from contest_app.web.messages.texts import refusal_text
from contest_app.web.refusal import NotYours, Refusal
from question_bank.formats.mapping import SheetPreview, preview, read_mapped
from question_bank.formats.table import KEY_STYLES
from question_bank.model import Problem

_SAMPLES = 4  # cells shown of each column
_LAST_HEADING = 10


@bp.route("/nhap/<int:draft_id>/cot", methods=["GET", "POST"])
@reads_first
@requires(Permission.MANAGE_BANK)
def columns(draft_id: int) -> Any:
    """A choice for each column; then this file is read so, and every later one of the unit with its headings."""
    draft, bank = load_draft(draft_id)
    if draft.source is None:
        raise NotYours
    table = preview(draft.source)
    if request.method == "GET":
        return _page(draft, bank, table, _suggested(bank, table))
    choice = _sent(request.form)
    try:
        mapping = choice.mapping()
    except Refusal as refusal:
        return _page(draft, bank, table, choice, problem=refusal_text(refusal)), refusal.status
    result = read_mapped(draft.source, mapping)
    if not result.questions:
        return _page(draft, bank, table, choice, problems=result.problems), 422
    read = imports.read_draft(db.session(), bank, result)
    begin_writing()
    draft, bank = load_draft(draft_id)
    imports.read_again(draft, read)
    remember(db.session(), bank.unit_id, table, mapping, clock.now())
    return redirect(url_for(".preview", draft_id=draft.id))


def _suggested(bank: QuestionBank, table: SheetPreview) -> Choice:
    """As the unit read such a table before, else as guessed, on the sheet and heading row asked for."""
    mapping = known_mapping(db.session(), bank.unit_id, table) or table.mapping
    choice = choice_of(mapping) if mapping else Choice()
    sheet = sheet_of(table, request.args.get("sheet", choice.sheet))
    row = request.args.get("heading_row", choice.heading_row or likely_heading(sheet), type=int)
    return replace(choice, sheet=sheet.name, heading_row=min(max(row, 0), _LAST_HEADING))


def _sent(form: Mapping[str, str]) -> Choice:
    fields = {
        int(name.removeprefix("col-")): value
        for name, value in form.items() if name.removeprefix("col-").isdecimal() and value in FIELDS
    }  # fmt: skip
    row, style = form.get("heading_row", ""), form.get("key_style", "")
    return Choice(
        form.get("sheet", ""), int(row) if row in map(str, range(_LAST_HEADING + 1)) else 1,
        style if style in KEY_STYLES else "letter", fields,
    )  # fmt: skip


def _page(
    draft: ImportDraft, bank: QuestionBank, table: SheetPreview, choice: Choice, *, problem: str = "",
    problems: Sequence[Problem] = (),
) -> str:  # fmt: skip
    sheet = sheet_of(table, choice.sheet)
    width = max(map(len, sheet.rows), default=0)
    grid = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    heading = grid[choice.heading_row - 1] if 0 < choice.heading_row <= len(grid) else [""] * width
    samples = [
        [text for text in column if text.strip()][:_SAMPLES] for column in zip(*grid[choice.heading_row :], strict=True)
    ]
    return render_template(
        "bank/columns.html", draft=draft, bank=bank, table=table, sheet=sheet, choice=choice, heading=heading,
        samples=samples, fields=FIELDS, key_styles=KEY_STYLES, last_heading=_LAST_HEADING,
        problem=problem, problems=problems,
    )  # fmt: skip
