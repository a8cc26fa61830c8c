"""Setting a unit's letterhead, numbering documents and putting them on record."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit
from contest_app.audit.services import Event, reason_given, record
from contest_app.contests.models import Contest
from contest_app.documents import queries
from contest_app.documents.defaults import PROPOSER_SIGNS, default_letterhead, default_symbols
from contest_app.documents.kinds import DECISION, MINUTES, NUMBERED, PROPOSAL, Kind
from contest_app.documents.models import HIGHEST, IssuedDocument, UnitLetterhead
from contest_app.web.refusal import Refusal
from exports.documents.values import Letterhead


def letterhead_of(session: Session, unit: Unit) -> Letterhead:
    """As the unit set it, else as its name and place in the tree give it."""
    row = queries.letterhead_row(session, unit.id)
    if row is None:
        return default_letterhead(unit)
    return Letterhead(
        issuer=row.issuer, superior=row.superior, place=row.place, authority=row.authority,
        signer_lines=tuple(row.signer_lines), signer_name=row.signer_name, recipients=tuple(row.recipients),
        archive=row.archive,
    )  # fmt: skip


def signer_of(letterhead: Letterhead, kind: Kind) -> tuple[tuple[str, ...], str]:
    """Who signs documents of the kind: a decision is the chair's own, minutes the jury's, a proposal the board's."""
    if kind is MINUTES:
        return ("TRƯỞNG BAN GIÁM KHẢO",), ""
    if kind is PROPOSAL:
        return PROPOSER_SIGNS, ""
    lines = letterhead.signer_lines
    if kind is DECISION and len(lines) > 1:
        lines = tuple(line for line in lines if not line.upper().startswith("TM."))
    return lines, letterhead.signer_name


def symbols_of(session: Session, unit: Unit) -> dict[str, str]:
    row = queries.letterhead_row(session, unit.id)
    return {**default_symbols(unit), **(row.symbols if row else {})}


def save_letterhead(
    session: Session,
    unit: Unit,
    values: Letterhead,
    *,
    symbols: dict[str, str],
    numbers: dict[str, int],
    actor_id: int,
    now: datetime,
    year: int,
) -> UnitLetterhead:
    """:param numbers: kind to the next number in ``year``; what is left out or as proposed goes on counting."""
    before, proposed = letterhead_of(session, unit), next_numbers(session, unit, year)
    row = queries.letterhead_row(session, unit.id) or UnitLetterhead(unit_id=unit.id, numbers={})
    numbers = {kind: number for kind, number in numbers.items() if number != proposed[kind]}
    for name, value in asdict(values).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.symbols = symbols
    row.numbers = {
        **row.numbers,
        **{kind: _stated(session, unit, kind, year, number) for kind, number in numbers.items()},
    }
    row.changed_at = now
    session.add(row)
    session.flush()
    changed = sorted(name for name, value in asdict(values).items() if value != getattr(before, name))
    record(
        session, Event.LETTERHEAD_CHANGED, f"unit:{unit.id}", actor_id=actor_id, now=now,
        changed=changed, symbols=symbols, numbers=numbers,
    )  # fmt: skip
    return row


def _stated(session: Session, unit: Unit, kind: str, year: int, number: int) -> list[Any]:
    """As ``UnitLetterhead.numbers`` holds it."""
    given = queries.numbers_given(session, unit.id, kind, year)
    return [year, number, sorted(one for one in given if one >= number)]


def next_number(session: Session, unit: Unit, kind: Kind, year: int) -> int:
    """What to propose: a number nobody has, one more than the highest given or what the unit set.

    What stood above the number when the unit set it was no place to count on from: a slip, or another book's.
    """
    given = queries.numbers_given(session, unit.id, kind.slug, year)
    row = queries.letterhead_row(session, unit.id)
    set_year, stated, *passed_over = (row.numbers if row else {}).get(kind.slug, [year, 1])
    counted = given.difference(*passed_over) if set_year == year else given
    first = max(counted, default=0) + 1
    if set_year == year:
        first = max(first, stated)
    free = (number for number in (*range(first, HIGHEST + 1), *range(1, first)) if number not in given)
    return next(free, HIGHEST)


def proposed_number(session: Session, contest: Contest, kind: Kind, year: int) -> int | None:
    """The number this contest's document of the kind already has, for it is being made again; else the next one."""
    if not kind.short:
        return None
    made = queries.last_of_contest(session, contest, kind.slug)
    own = made.number if made and made.year == year else None
    return own or next_number(session, contest.unit, kind, year)


def next_numbers(session: Session, unit: Unit, year: int) -> dict[str, int]:
    return {kind.slug: next_number(session, unit, kind, year) for kind in NUMBERED}


def issue(
    session: Session,
    contest: Contest,
    kind: Kind,
    *,
    number: int | None,
    day: date,
    bases: list[int],
    ended: list[str],
    said: dict[str, str] | None = None,
    actor_id: int,
    now: datetime,
) -> IssuedDocument:
    """Put on record that the document was made; the same document made again keeps its number.

    :param said: what the form said, by field.
    :param ended: numbers of the acts cited although they no longer bound on ``day``.
    :raises Refusal: document_number_taken by another contest.
    """
    row = queries.numbered(session, contest.unit_id, kind.slug, day.year, number) if number else None
    if row is not None and row.contest_id != contest.id:
        raise _taken(row, number)
    if row is None:
        row = IssuedDocument(
            unit_id=contest.unit_id, contest_id=contest.id, kind=kind.slug, year=day.year, number=number,
            symbol=symbols_of(session, contest.unit).get(kind.slug, ""),
        )  # fmt: skip
    row.issued_on, row.bases, row.said, row.made_by_id, row.made_at = day, bases, said or {}, actor_id, now
    _store(session, row, number)
    record(
        session, Event.DOCUMENT_MADE, f"contest:{contest.id}", actor_id=actor_id, now=now,
        document=kind.slug, number=number, year=day.year, ended=ended,
    )  # fmt: skip
    return row


def withdraw(session: Session, row: IssuedDocument, *, reason: str, actor_id: int, now: datetime) -> None:
    """Take a document off the register: it was made by mistake. Its number is free again.

    :raises Refusal: reason_needed.
    """
    record(
        session, Event.DOCUMENT_WITHDRAWN, f"contest:{row.contest_id}", actor_id=actor_id, now=now,
        document=row.kind, number=row.number, year=row.year, reason=reason_given(reason),
    )  # fmt: skip
    session.delete(row)


def _store(session: Session, row: IssuedDocument, number: int | None) -> None:
    """Two people may give one number at the same moment: the database decides who was first."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as clash:
        first = queries.numbered(session, row.unit_id, row.kind, row.year, number) if number else None
        if first is None:
            raise
        raise _taken(first, number) from clash


def _taken(row: IssuedDocument, number: int | None) -> Refusal:
    return Refusal(
        "document_number_taken", 409, number=f"{number:02}/{row.symbol}", year=row.year, contest=row.contest.title
    )
