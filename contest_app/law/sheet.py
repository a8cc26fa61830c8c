"""The register from and to Excel: every problem by row and column; the caller keeps nothing while one is left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from contest_app.accounts.sheet_rows import length_problem
from contest_app.law.models import LegalDocument
from contest_app.law.services import DocumentValues, documents_of, folded_number, save_document, values_of
from contest_app.web.refusal import Refusal
from contest_app.web.tables import Column, Row
from question_bank.formats.words import read_date
from question_bank.model import LegalBasis, Problem

COLUMNS = (
    Column("number", "Số hiệu", required=True),
    Column("title", "Tên văn bản", required=True),
    Column("issued_on", "Ngày ban hành"),
    Column("in_force_from", "Hiệu lực từ"),
    Column("in_force_to", "Hiệu lực đến"),
    Column("replaced_by", "Thay thế bởi"),
)
_HEADINGS = {column.key: column.heading for column in COLUMNS}
_DAYS = ("issued_on", "in_force_from", "in_force_to")
_LONGEST = {"number": 64, "title": 255}  # the database columns' widths


def sheet_row(document: LegalDocument) -> list[object]:
    """What ``COLUMNS`` show of a document."""
    values = values_of(document)
    return [getattr(values, column.key) for column in COLUMNS]


def check_documents(rows: Sequence[Row]) -> list[Problem]:
    """What is wrong with the cells themselves."""
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for row in rows:
        problems += _cell_problems(row)
        number = folded_number(row.values["number"])
        if number and number in first:
            params: dict[str, str | int] = {"found": row.values["number"], "first": first[number]}
            problems.append(Problem("repeated_value", row=row.number, column=_HEADINGS["number"], params=params))
        first.setdefault(number, row.number)
    return problems


def _cell_problems(row: Row) -> Iterator[Problem]:
    for key, longest in _LONGEST.items():
        if not row.values[key]:
            yield Problem("empty_cell", row=row.number, column=_HEADINGS[key])
        yield from length_problem(row, key, _HEADINGS[key], longest)
    for key in _DAYS:
        text = row.values.get(key, "")
        if text and _day(text) is None:
            yield Problem("unreadable_date", row=row.number, column=_HEADINGS[key], params={"found": text[:60]})


def _day(text: str) -> date | None:
    return read_date(text.removesuffix(" 00:00:00"))  # a cell that holds a date comes with its hour


def store_documents(
    session: Session, rows: Sequence[Row], source: str, *, actor_id: int | None, now: datetime
) -> list[Problem]:
    """Enter or change checked documents; an empty cell keeps what the register says. Returns what they contradict."""
    # All numbers first, so that a line may name a later one as its replacement.
    documents = documents_of(session, [LegalBasis(row.values["number"]) for row in rows], now)
    problems = []
    for row in rows:
        document = documents[folded_number(row.values["number"])]
        try:
            save_document(session, document, _values(document, row), reason=source, actor_id=actor_id, now=now)
        except Refusal as refusal:
            problems.append(_problem(refusal, row))
    return problems


def _values(document: LegalDocument, row: Row) -> DocumentValues:
    given = {key: text for key, text in row.values.items() if text}
    days = {key: _day(given.pop(key)) for key in _DAYS if key in given}
    return replace(values_of(document), **given, **days)


def _problem(refusal: Refusal, row: Row) -> Problem:
    column = _HEADINGS[refusal.params["field"]]
    if refusal.code == "unknown_document":
        return Problem("unknown_act", row=row.number, column=column, params={"found": row.values["replaced_by"]})
    if refusal.code == "circular_replacement":
        return Problem("circular_act", row=row.number, column=column, params={"found": row.values["number"]})
    return Problem("law_ends_before_start", row=row.number, column=column, params={"act": row.values["number"]})
