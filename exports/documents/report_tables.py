"""The tables of the report."""

from collections.abc import Sequence
from typing import Any

from exports.documents.blocks import CENTRE, LEFT, RIGHT, Column, caption, paragraph, run, table
from exports.documents.page import WIDE
from exports.documents.values import Scale
from exports.documents.written import UNKNOWN, decimal, percent, whole
from exports.evaluation import Figure, GroupCount, ItemFigures, Mastery, MissedPoint
from exports.report import UnitRow

NOT_SHOWN = "dưới 5"  # a group too small to be shown
MOST_ARTICLES = 15
MOST_MISSED = 10


def group_table(document: Any, title: str, what: str, rows: Sequence[GroupCount]) -> None:
    if not rows:
        return
    caption(document, title)
    columns = (
        Column(what, 3), Column("Số người", 1, RIGHT), Column("Số lượt thi", 1, RIGHT),
        Column("Tỷ lệ điểm trung bình", 1.4, RIGHT),
    )  # fmt: skip
    said = [(one.label, _count(one.people), _count(one.attempts), percent(one.average)) for one in rows]
    table(document, columns, said)


def _count(number: int | None) -> str:
    return NOT_SHOWN if number is None else whole(number)


def unit_table(document: Any, rows: Sequence[UnitRow], scale: Scale) -> None:
    average = f"Điểm trung bình (trên {scale.whole})" if scale.whole else "Điểm trung bình"
    columns = (
        Column("Hạng", 0.95, CENTRE), Column("Đơn vị", 3.4), Column("Quân số", 1, RIGHT), Column("Dự thi", 0.9, RIGHT),
        Column("Tỷ lệ", 1.1, RIGHT), Column(average, 1.1, RIGHT), Column("Giải", 1.6, CENTRE),
    )  # fmt: skip
    said = [
        (
            UNKNOWN if one.rank is None else str(one.rank), one.name,
            UNKNOWN if one.headcount is None else whole(one.headcount), whole(one.participants),
            percent(one.participation_rate),
            UNKNOWN if one.average_score is None else decimal(one.average_score, 2), one.award,
        )
        for one in rows
    ]  # fmt: skip
    caption(document, "Bảng xếp hạng tập thể")
    table(document, columns, said)


def mastery_table(document: Any, title: str, what: str, rows: Sequence[Mastery]) -> None:
    """The lowest first; those without a share last. Long lists are cut, and say so."""
    ordered = sorted(rows, key=lambda one: (one.share is None, one.share or 0))
    shown = ordered[:MOST_ARTICLES]
    caption(document, title if len(shown) == len(ordered) else f"{title} ({len(shown)} mục thấp nhất)")
    columns = (
        Column(what, 3.6), Column("Số câu", 0.8, RIGHT), Column("Số người", 0.9, RIGHT),
        Column("Tỷ lệ làm đúng", 1.1, RIGHT), Column("Khoảng tin cậy 95 %", 1.7, CENTRE),
    )  # fmt: skip
    said = [
        (one.label, whole(one.questions), whole(one.people), percent(one.share), _between(one.low, one.high))
        for one in shown
    ]
    table(document, columns, said)


def _between(low: float | None, high: float | None) -> str:
    return UNKNOWN if low is None or high is None else f"{percent(low)} – {percent(high)}"


def missed_points(document: Any, rows: Sequence[MissedPoint]) -> None:
    """What many got wrong, on what basis, and what the law says."""
    if not rows:
        return
    caption(document, "Những nội dung nhiều người làm sai nhất")
    columns = (Column("Nội dung hỏi và căn cứ", 3), Column("Quy định đúng", 3.4), Column("Làm đúng", 1.7, CENTRE))
    shown = rows[:MOST_MISSED]
    made = table(document, columns, [(_asked(one), one.right_answer, _rate(one)) for one in shown])
    for row, one in zip(made.rows[1:], shown, strict=True):
        for text in (one.explanation, _common_error(one)):
            if text:
                _add_line(row.cells[1], text)


def _asked(one: MissedPoint) -> str:
    return f"{one.code}. {one.stem}" + (f"\n({one.legal_basis})" if one.legal_basis else "")


def _rate(one: MissedPoint) -> str:
    return f"{percent(one.share)}\n({_between(one.low, one.high)})"


def _common_error(one: MissedPoint) -> str:
    if not one.common_error:
        return ""
    rate = f" ({percent(one.common_error_share)})" if one.common_error_share is not None else ""
    return f"Phương án sai được chọn nhiều nhất: {one.common_error}{rate}."


def _add_line(cell: Any, text: str) -> None:
    made = paragraph(cell, align=LEFT, first_line=False)
    run(made, text, size=12, italic=True)


def test_table(document: Any, figures: Sequence[Figure], scale: Scale) -> None:
    """The figures of the whole test that hold; the workbook says why the others do not."""
    said = [(one.label, _figure(one.value)) for one in figures if one.value is not None]
    if not said:
        return
    of_paper = f"; bài thi tối đa {scale.paper} điểm" if scale.paper else ""
    caption(document, f"Chỉ số của toàn bộ đề thi (lượt thi đầu tiên của mỗi người{of_paper})")
    table(document, (Column("Chỉ số", 2.4), Column("Giá trị", 2)), said)


def _figure(value: float) -> str:
    return whole(int(value)) if float(value).is_integer() else decimal(value, 2)


def items_table(document: Any, items: Sequence[ItemFigures]) -> None:
    columns = (
        Column("Câu", 1, CENTRE), Column("Nội dung", 5.2), Column("Chủ đề", 2.2), Column("Mức độ", 1.3, CENTRE),
        Column("Số người", 0.9, RIGHT), Column("Tỷ lệ đúng", 1.1, RIGHT),
        Column("Tương quan câu – phần còn lại", 1.3, RIGHT), Column("Nhận xét", 1.7, CENTRE),
    )  # fmt: skip
    said = [
        (
            one.code, one.stem, one.topic, one.level, whole(one.people), percent(one.facility),
            UNKNOWN if one.item_rest is None else decimal(one.item_rest, 2), one.verdict_words,
        )
        for one in items
    ]  # fmt: skip
    table(document, columns, said, width=WIDE, size=11)
