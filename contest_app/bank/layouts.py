"""Spreadsheets in layouts of their own: which column holds what, said once by a person and remembered for the unit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contest_app.bank.models import KnownLayout
from contest_app.web.refusal import Refusal
from question_bank.formats.archive import BadFile
from question_bank.formats.mapping import ColumnMapping, SheetPreview, SheetRows, preview, signature
from question_bank.formats.words import LETTERS
from question_bank.model import ReadResult

# What a reader says of a table whose headings are not ours.
_FOREIGN = {"no_heading_row", "missing_column", "columns_guessed"}
_HEADINGS_WITHIN = 10
OPTIONS = tuple(f"option_{letter}" for letter in LETTERS[:10])
_SINGLE = ("key", "topic", "level", "law", "explanation", "code", "kind", "tags", "situation")
FIELDS = ("stem", "options", *OPTIONS, *_SINGLE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of the columns; ``fields``: column from 0 to one of ``FIELDS``."""

    sheet: str = ""
    heading_row: int = 0
    key_style: str = "letter"
    fields: dict[int, str] = field(default_factory=dict)

    def mapping(self) -> ColumnMapping:
        """
        :raises Refusal: column_chosen_twice, no_stem_column.
        """
        twice = [name for name, count in Counter(self.fields.values()).items() if count > 1]
        columns = {name: column for column, name in self.fields.items()}
        if twice:
            raise Refusal("column_chosen_twice", 422)
        if "stem" not in columns:
            raise Refusal("no_stem_column", 422)
        options = [columns[name] for name in OPTIONS if name in columns] or [columns.get("options")]
        more = {name: columns[name] for name in _SINGLE if name in columns}
        return ColumnMapping(
            columns["stem"], tuple(one for one in options if one is not None), key_style=self.key_style,
            heading_row=self.heading_row, sheet=self.sheet, **more,
        )  # fmt: skip


def choice_of(mapping: ColumnMapping) -> Choice:
    single = {getattr(mapping, name): name for name in _SINGLE if getattr(mapping, name) is not None}
    names = OPTIONS if len(mapping.options) > 1 else ("options",)
    options = dict(zip(mapping.options, names, strict=False))
    return Choice(mapping.sheet, mapping.heading_row, mapping.key_style, {mapping.stem: "stem"} | options | single)


def foreign_table(data: bytes, result: ReadResult) -> SheetPreview | None:
    """The beginning of a spreadsheet that was not read in our own layout; None for everything else."""
    if not _FOREIGN & {problem.code for problem in result.problems}:
        return None
    try:
        table = preview(data)
    except BadFile:
        return None
    return table if any(sheet.rows for sheet in table.sheets) else None


def sheet_of(table: SheetPreview, name: str) -> SheetRows:
    """The sheet of that name, else the first."""
    return next((sheet for sheet in table.sheets if sheet.name == name), table.sheets[0])


def likely_heading(sheet: SheetRows) -> int:
    """The first row as full as any, counted from 1: a title above a table fills a cell or two."""
    filled = [sum(map(bool, row)) for row in sheet.rows]
    return filled.index(max(filled)) + 1 if filled else 0


def known_mapping(session: Session, unit_id: int, table: SheetPreview) -> ColumnMapping | None:
    """How this unit reads a table with one of these headings, if somebody has said so before."""
    places = {mark: (sheet, row) for sheet, row, mark in _heading_marks(table)}
    query = select(KnownLayout).where(KnownLayout.unit_id == unit_id, KnownLayout.signature.in_(places))
    known = session.scalars(query.order_by(KnownLayout.used_at.desc())).first()
    if known is None:
        return None
    sheet, row = places[known.signature]
    return replace(ColumnMapping.from_json(known.mapping), sheet=sheet, heading_row=row)


def _heading_marks(table: SheetPreview) -> Iterator[tuple[str, int, str]]:
    for sheet in table.sheets:
        for row, texts in enumerate(sheet.rows[:_HEADINGS_WITHIN], start=1):
            if any(texts):
                yield sheet.name, row, signature(texts)


def remember(session: Session, unit_id: int, table: SheetPreview, mapping: ColumnMapping, now: datetime) -> None:
    """Read tables with these headings so from now on. Without a heading row nothing could be known again."""
    rows = sheet_of(table, mapping.sheet).rows
    if not 0 < mapping.heading_row <= len(rows):
        return
    mark = signature(rows[mapping.heading_row - 1])
    known = session.scalar(select(KnownLayout).where(KnownLayout.unit_id == unit_id, KnownLayout.signature == mark))
    if known is None:
        known = KnownLayout(unit_id=unit_id, signature=mark)
        session.add(known)
    known.mapping, known.used_at = mapping.to_json(), now
