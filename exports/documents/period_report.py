"""Báo cáo định kỳ: what a unit and all below it did in a period, in an office's own form.

It states the ledger's figures; what only the office knows has its heading and room, marked for whoever signs.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from exports.documents import letter
from exports.documents.blocks import CENTRE, RIGHT, Column, caption, heading, marked, paragraph, table
from exports.documents.page import WIDE, as_bytes, set_moment
from exports.documents.values import Accompanied, Heading, Letterhead
from exports.documents.written import UNKNOWN, listed, slashed, whole
from exports.ledger import (
    BORDER_NOTE,
    COST_NOTE,
    NOT_KEPT,
    PEOPLE_NOTE,
    TOPIC_NOTE,
    UNIT_NOTE,
    ActivityLine,
    PeriodReport,
    SumLine,
    Sums,
    minimum_rows,
    period_words,
)

TO_WRITE = "(Đơn vị bổ sung trước khi ký.)"
_SUMS = (
    Column("Số hoạt động", 1, RIGHT), Column("Số người", 1, RIGHT), Column("Số lượt", 1, RIGHT),
    Column("Kinh phí (đồng)", 1.5, RIGHT),
)  # fmt: skip
_ACTIVITIES = (
    Column("STT", 0.9, CENTRE), Column("Hoạt động", 3), Column("Đơn vị", 2.2), Column("Thời gian", 1.6, CENTRE),
    Column("Hình thức", 1.7), Column("Chủ đề", 2.2), Column("Đối tượng", 1.7), Column("Số người", 0.9, RIGHT),
    Column("Số lượt", 0.9, RIGHT), Column("Kinh phí (đồng)", 1.4, RIGHT),
)  # fmt: skip


def subject(report: PeriodReport) -> str:
    """What the report is about, without the period's capital: "Kết quả … 6 tháng đầu năm 2026"."""
    return f"Kết quả phổ biến, giáo dục pháp luật {report.period[:1].lower()}{report.period[1:]}"


def period_report_document(letterhead: Letterhead, head: Heading, report: PeriodReport) -> bytes:
    document = letter.begin(letterhead, head)
    set_moment(document, report.generated_at)
    heading(document, "I. SỐ LIỆU CHUNG")
    letter.points(document, (_in_short(report), _not_counted(report), BORDER_NOTE))
    _minimum(document, report)
    heading(document, "II. CÁC HOẠT ĐỘNG")
    _sums(document, "Theo đơn vị", "Đơn vị", report.by_unit, report.total, UNIT_NOTE)
    _sums(document, "Theo hình thức", "Hình thức phổ biến", report.by_form, report.total)
    _sums(document, "Theo chủ đề", "Chủ đề", report.by_topic, report.total, TOPIC_NOTE)
    letter.points(document, (PEOPLE_NOTE, _costs(report.total)))
    for title in ("III. ĐÁNH GIÁ CHUNG", "IV. KHÓ KHĂN, KIẾN NGHỊ"):
        heading(document, title)
        marked(paragraph(document), TO_WRITE)
    paragraph(document, f"Trên đây là báo cáo {head.subject[:1].lower()}{head.subject[1:]}./.")
    letter.sign(document, letterhead)
    if report.activities:
        annex = Accompanied("Báo cáo", head.symbol, head.number, head.day)
        letter.begin_annex(document, "Các hoạt động trong kỳ", annex, on_its_side=True)
        _activities(document, report.activities)
    return as_bytes(document)


def _in_short(report: PeriodReport) -> str:
    total, where = report.total, f"{period_words(report)}, {report.unit} và các đơn vị trực thuộc"
    if not total.activities:
        return f"{where} chưa có hoạt động nào đã chốt số liệu."
    return (
        f"{where} có {whole(total.activities)} hoạt động đã chốt số liệu, {whole(total.people)} người tham gia với "
        f"{whole(total.attempts)} lượt."
    )


def _not_counted(report: PeriodReport) -> str:
    return f"Chưa tính vì chưa chốt kết quả: {listed(report.not_final)}." if report.not_final else ""


def _costs(total: Sums) -> str:
    if total.cost is None:
        return "Các hoạt động chưa ghi kinh phí." if total.activities else ""
    missing = f" Có {whole(total.without_cost)} hoạt động chưa ghi kinh phí." if total.without_cost else ""
    return COST_NOTE + missing


def _minimum(document: Any, report: PeriodReport) -> None:
    rows = [(label, NOT_KEPT if value is None else whole(value)) for label, value in minimum_rows(report.minimum)]
    caption(document, "Số liệu chung")
    table(document, (Column("Chỉ tiêu", 3), Column("Số liệu", 2, RIGHT)), rows)


def _sums(document: Any, title: str, what: str, lines: Sequence[SumLine], total: Sums, note: str = "") -> None:
    if not lines:
        return
    caption(document, title)
    rows = [("\u2003" * line.depth + line.label, *_figures(line.sums)) for line in lines]
    table(document, (Column(what, 3.5), *_SUMS), [*rows, ("Tổng cộng", *_figures(total))])
    letter.points(document, (note,))


def _figures(sums: Sums) -> tuple[str, ...]:
    return whole(sums.activities), whole(sums.people), whole(sums.attempts), _money(sums.cost)


def _money(amount: int | None) -> str:
    return UNKNOWN if amount is None else whole(amount)


def _activities(document: Any, lines: Sequence[ActivityLine]) -> None:
    rows = [
        (
            str(number), one.title, one.unit, _days(one.began_on, one.ended_on), one.form, one.topic, one.audience,
            whole(one.people), whole(one.attempts), _money(one.cost),
        )
        for number, one in enumerate(lines, start=1)
    ]  # fmt: skip
    table(document, _ACTIVITIES, rows, width=WIDE, size=11)


def _days(first: date, last: date) -> str:
    return slashed(first) if first == last else f"{slashed(first)} – {slashed(last)}"
