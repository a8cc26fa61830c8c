"""The period report of the activity ledger as an Excel file."""

from collections.abc import Sequence

from exports.ledger import (
    BORDER_NOTE,
    COST_NOTE,
    NOT_KEPT,
    PEOPLE_NOTE,
    TOPIC_NOTE,
    UNIT_NOTE,
    PeriodReport,
    SumLine,
    Sums,
    minimum_rows,
    period_words,
)
from exports.sheet_looks import Look
from exports.sheets import Book, Column, add_sheet, as_bytes, new_workbook, write_heading, write_table

_SUM_COLUMNS = (
    Column("Số hoạt động", Look.INTEGER),
    Column("Số người", Look.INTEGER),
    Column("Số lượt", Look.INTEGER),
    Column("Kinh phí (đồng)", Look.MONEY),
    Column("Hoạt động chưa ghi kinh phí", Look.INTEGER),
)


def ledger_workbook(report: PeriodReport) -> bytes:
    """Sheets: minimum fields, by unit, by form, by topic, every activity. Sums are written as values."""
    book, footer = new_workbook(), f"{report.unit} – {report.period}"
    _write_minimum(book, report, footer)
    _write_sums(book, report, "Theo đơn vị", "Đơn vị", report.by_unit, UNIT_NOTE)
    _write_sums(book, report, "Theo hình thức", "Hình thức phổ biến", report.by_form, "")
    _write_sums(book, report, "Theo chủ đề", "Chủ đề", report.by_topic, TOPIC_NOTE)
    _write_activities(book, report, footer)
    return as_bytes(book)


def _write_minimum(book: Book, report: PeriodReport, footer: str) -> None:
    sheet = add_sheet(book, "Số liệu chung", footer)
    notes = [report.unit, period_words(report), f"Lập lúc {report.generated_at:%H:%M ngày %d/%m/%Y}", BORDER_NOTE]
    if report.not_final:
        notes.append("Chưa tính vì chưa chốt kết quả: " + "; ".join(report.not_final))
    top = write_heading(sheet, "Báo cáo hoạt động phổ biến, giáo dục pháp luật", *notes, PEOPLE_NOTE, COST_NOTE)
    rows = [(label, NOT_KEPT if value is None else value) for label, value in minimum_rows(report.minimum)]
    write_table(sheet, [Column("Chỉ tiêu", widest=60), Column("Số liệu", None, widest=40)], rows, top=top + 1)


def _write_sums(
    book: Book, report: PeriodReport, title: str, heading: str, lines: Sequence[SumLine], note: str
) -> None:
    sheet = add_sheet(book, title, f"{report.unit} – {report.period}")
    top = write_heading(sheet, title, period_words(report), *([note] if note else []))
    rows = [("\u2003" * line.depth + line.label, *_figures(line.sums)) for line in lines]
    rows.append(("Tổng cộng", *_figures(report.total)))
    write_table(sheet, [Column(heading, widest=60), *_SUM_COLUMNS], rows, top=top + 1, frozen_columns=1)


def _figures(sums: Sums) -> tuple[int | None, ...]:
    return sums.activities, sums.people, sums.attempts, sums.cost, sums.without_cost


def _write_activities(book: Book, report: PeriodReport, footer: str) -> None:
    sheet = add_sheet(book, "Các hoạt động", footer)
    top = write_heading(sheet, "Các hoạt động trong kỳ", period_words(report), PEOPLE_NOTE)
    columns = (
        Column("Đơn vị", widest=18), Column("Hoạt động", widest=24), Column("Từ ngày", Look.DATE),
        Column("Đến ngày", Look.DATE), Column("Hình thức phổ biến", widest=18), Column("Chủ đề", widest=26),
        Column("Đối tượng", widest=26), Column("Số người", Look.INTEGER), Column("Số lượt", Look.INTEGER),
        Column("Kinh phí (đồng)", Look.MONEY), Column("Minh chứng", widest=20), Column("Ghi chú", widest=18),
    )  # fmt: skip
    rows = [
        (
            one.unit, one.title, one.began_on, one.ended_on, one.form, one.topic, one.audience, one.people,
            one.attempts, one.cost, one.evidence, one.note,
        )
        for one in report.activities
    ]  # fmt: skip
    write_table(sheet, columns, rows, top=top + 1, frozen_columns=2)
