"""The results workbook a jury signs: cover, standings, attempts, questions, units, and what the contest taught."""

from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from exports.report import ContestReport, Cover
from exports.sheet_looks import Look
from exports.sheet_values import clean_text
from exports.sheets import (
    NO_DATA,
    Book,
    add_sheet,
    new_workbook,
    put,
    strike_rows,
    write_heading,
    write_table,
)
from exports.workbook_charts import chart_beside, charts_below
from exports.workbook_cover import PROVISIONAL, write_cover
from exports.workbook_evaluation import evaluation_tables
from exports.workbook_guide import guide_table
from exports.workbook_tables import Table, tables_of

REPORT_EVERY = 500  # rows

Progress = Callable[[int, int], None]  # rows written, rows in all


def results_workbook(report: ContestReport) -> bytes:
    """The whole report as an Excel workbook, ready to print."""
    out = BytesIO()
    write_results_workbook(report, out)
    return out.getvalue()


def write_results_workbook(report: ContestReport, out: BinaryIO, progress: Progress | None = None) -> None:
    """The same into a file, in memory that does not grow with the number of attempts.

    What ``progress`` raises ends the work and leaves nothing behind.
    """
    tables = tables_of(report)
    if report.evaluation is not None:
        tables = (*tables, *evaluation_tables(report.evaluation))
    tables = (*tables, guide_table(tables))
    counted = _Counted(sum(len(table.rows) for table in tables), progress or (lambda _done, _all: None))
    book = new_workbook()
    try:
        footer = _footer(report.cover)
        write_cover(book, report.cover, [(table.title, len(table.rows)) for table in tables], footer)
        for table in tables:
            _write_sheet(book, table, footer, counted)
        _describe(book, report.cover)
        book.save(out)
    except BaseException:
        book.discard()
        raise


class _Counted:
    """Counts rows and reports now and then."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def one_more(self) -> None:
        self._done += 1
        if self._done % REPORT_EVERY == 0 or self._done == self._total:
            self._progress(self._done, self._total)


def _write_sheet(book: Book, table: Table, footer: str, counted: _Counted) -> None:
    sheet = add_sheet(book, table.title, footer)
    # the number of rows above the table shows a reader when a file was cut off
    top = write_heading(sheet, table.title, " · ".join(filter(None, (f"Số dòng: {len(table.rows)}", table.note))))
    area = write_table(
        sheet, table.columns, table.rows, top=top, frozen_columns=table.frozen_columns, after_each_row=counted.one_more
    )
    if not area.rows:
        put(sheet, area.first, 1, NO_DATA, Look.NOTE)
    if table.struck_by:
        strike_rows(sheet, area, table.column(table.struck_by))
    if table.picture:
        draw = charts_below if table.chart_below else chart_beside
        draw(sheet, area, table.picture)


def _footer(cover: Cover) -> str:
    """What ties a loose printed page to its results."""
    return f"Mã băm: {cover.results_hash[:16]}…" if cover.results_hash else PROVISIONAL


def _describe(book: Book, cover: Cover) -> None:
    book.workbook.properties.title = clean_text(cover.contest_title)
    book.workbook.properties.creator = clean_text(cover.organiser)
