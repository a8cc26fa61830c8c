"""The results workbook a jury signs: cover, standings, attempts, questions, units, scores, days."""

from openpyxl import Workbook

from exports.report import ContestReport, Cover
from exports.sheets import (
    NO_DATA,
    Look,
    add_sheet,
    as_bytes,
    clean_text,
    new_workbook,
    put,
    strike_rows,
    write_heading,
    write_table,
)
from exports.workbook_charts import chart_beside, charts_below
from exports.workbook_cover import PROVISIONAL, write_cover
from exports.workbook_tables import Table, tables_of


def results_workbook(report: ContestReport) -> bytes:
    """The whole report as an Excel workbook, ready to print."""
    workbook = new_workbook()
    tables = tables_of(report)
    footer = _footer(report.cover)
    write_cover(workbook, report.cover, [(table.title, len(table.rows)) for table in tables], footer)
    for table in tables:
        _write_sheet(workbook, table, footer)
    _describe(workbook, report.cover)
    return as_bytes(workbook)


def _write_sheet(workbook: Workbook, table: Table, footer: str) -> None:
    sheet = add_sheet(workbook, table.title, footer)
    # the number of rows above the table shows a reader when a file was cut off
    top = write_heading(sheet, table.title, " · ".join(filter(None, (f"Số dòng: {len(table.rows)}", table.note))))
    area = write_table(sheet, table.columns, table.rows, top=top, frozen_columns=table.frozen_columns)
    if not table.rows:
        put(sheet, area.first, 1, NO_DATA, Look.NOTE)
    if table.struck_by:
        strike_rows(sheet, area, table.column(table.struck_by))
    if table.picture:
        draw = charts_below if table.chart_below else chart_beside
        draw(sheet, area, table.picture)


def _footer(cover: Cover) -> str:
    """What ties a loose printed page to its results."""
    return f"Mã băm: {cover.results_hash[:16]}…" if cover.results_hash else PROVISIONAL


def _describe(workbook: Workbook, cover: Cover) -> None:
    workbook.properties.title = clean_text(cover.contest_title)
    workbook.properties.creator = clean_text(cover.organiser)
