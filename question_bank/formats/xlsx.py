"""Excel workbooks (.xlsx): reading ours and others like it, and writing ours."""

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.formats.archive import BadFile
from question_bank.formats.collect import never_raises, result
from question_bank.formats.mapping import guess_in, mapping_of, read_sheet
from question_bank.formats.mapping_guess import Guess
from question_bank.formats.sheet_reader import SheetReader, merged_cells
from question_bank.formats.table import find_columns, looks_like_headings
from question_bank.formats.workbook import opened_excel, texts_of, used_rows
from question_bank.formats.xlsx_write import GUIDE_SHEET, QUESTION_SHEET, template, write
from question_bank.model import Problem, ReadResult, Severity
from question_bank.text import fold

__all__ = ["read", "read_book", "template", "write"]

_HEADING_WITHIN = 10


@never_raises
def read(data: bytes) -> ReadResult:
    return read_book(opened_excel(data))


def read_book(book: Workbook) -> ReadResult:
    """The questions of the sheet in our layout; else of the one whose columns can be told with certainty."""
    fitting = [sheet for sheet in _visible(book) if _heading_row(sheet)]
    ours = [sheet for sheet in fitting if fold(sheet.title) == fold(QUESTION_SHEET)]
    chosen = next(iter(ours or fitting), None)
    heading = _heading_row(chosen) if chosen is not None else 0
    columns = find_columns(texts_of(chosen, heading)) if chosen is not None else None
    merged = merged_cells(chosen, heading) if chosen is not None else []
    if columns is None or (not merged and any(p.code == "missing_column" for p in columns.problems)):
        guess = guess_in(book)
        if guess is not None and guess.is_certain:
            return _read_guessed(book, guess)
    if chosen is None or columns is None:
        raise BadFile("no_heading_row", within=_HEADING_WITHIN)
    problems = _left_out(book, chosen)
    problems += merged or columns.problems  # a merged heading also hides columns: one cause, one complaint
    if any(problem.severity is Severity.ERROR for problem in problems):
        return ReadResult(problems=tuple(problems))
    reader = SheetReader(chosen, heading, columns)
    found = list(reader.found())
    return result(found, [*problems, *reader.problems], columns.place_of)


def _read_guessed(book: Workbook, guess: Guess) -> ReadResult:
    sheet = next(sheet for sheet in _visible(book) if sheet.title == guess.sheet)
    read = read_sheet(sheet, mapping_of(guess))
    told = ", ".join(dict.fromkeys(f"{reason.heading} = {reason.field}" for reason in guess.reasons))
    said = Problem("columns_guessed", Severity.WARNING, guess.heading_row, params={"found": told})
    return ReadResult(read.questions, (*_left_out(book, sheet), said, *read.problems))


def _left_out(book: Workbook, chosen: Worksheet) -> list[Problem]:
    """A warning for every sheet that is not read."""
    visible = _visible(book)
    hidden = [sheet for sheet in book.worksheets if sheet not in visible and used_rows(sheet)]
    others = [s for s in visible if s is not chosen and used_rows(s) and fold(s.title) != fold(GUIDE_SHEET)]
    return [Problem("hidden_sheet", Severity.WARNING, params={"sheet": sheet.title}) for sheet in hidden] + [
        Problem("sheet_ignored", Severity.WARNING, params={"sheet": sheet.title, "read": chosen.title})
        for sheet in others
    ]


def _visible(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _heading_row(sheet: Worksheet) -> int:
    """From 1; 0 when none of the first rows holds headings of ours."""
    rows = range(1, _HEADING_WITHIN + 1)
    return next((row for row in rows if looks_like_headings(texts_of(sheet, row))), 0)
