"""Báo cáo tổng kết: what a contest reached and taught, in an office's own form."""

from collections.abc import Callable, Sequence
from typing import Any

from exports.documents import letter
from exports.documents import sentences as say
from exports.documents.blocks import bullets, heading, paragraph, picture
from exports.documents.page import as_bytes
from exports.documents.prize_tables import in_numbers, prize_tables
from exports.documents.recommendations import recommendations
from exports.documents.report_tables import (
    group_table,
    items_table,
    mastery_table,
    missed_points,
    test_table,
    unit_table,
)
from exports.documents.values import Accompanied, Heading, LegalBase, Letterhead, Prizes, Scale
from exports.documents.written import named_contest
from exports.evaluation import Evaluation, ItemFigures

Charts = Sequence[tuple[str, bytes]]  # (caption, PNG)


def report_document(
    letterhead: Letterhead,
    head: Heading,
    bases: Sequence[LegalBase],
    evaluation: Evaluation,
    prizes: Prizes,
    charts: Charts = (),
    scale: Scale = Scale(),  # noqa: B008 - a frozen value
) -> bytes:
    document = letter.begin(letterhead, head)
    letter.bases(document, bases)
    _organising(document, evaluation)
    _reach(document, evaluation, scale)
    _knowledge(document, evaluation)
    _quality(document, evaluation, scale)
    _comparison(document, evaluation)
    _proposals(document, evaluation)
    paragraph(document, f"Trên đây là báo cáo tổng kết {named_contest(evaluation.contest_title)}./.")
    letter.sign(document, letterhead)
    _annexes(document, head, evaluation, prizes, charts)
    return as_bytes(document)


def _organising(document: Any, e: Evaluation) -> None:
    heading(document, "I. TÌNH HÌNH TỔ CHỨC")
    letter.points(document, (say.contest(e), say.visits(e), say.standing_of_data(e), *e.notes))


def _reach(document: Any, e: Evaluation, scale: Scale) -> None:
    heading(document, "II. KẾT QUẢ")
    heading(document, "1. Người dự thi")
    letter.points(
        document,
        (say.people(e), say.completion(e), say.busiest_days(e), say.busiest_hours(e), say.devices(e), say.largest(e)),
    )
    group_table(document, "Người dự thi theo độ tuổi", "Độ tuổi", e.audience.ages)
    if e.audience.is_grouped:
        group_table(document, "Người dự thi theo bảng thi", "Bảng thi", e.audience.groups)
    heading(document, "2. Kết quả bài thi")
    letter.points(document, (say.average(e),))
    if e.units:
        heading(document, "3. Kết quả tập thể")
        letter.points(document, (say.collective(e), say.scale(scale)))
        unit_table(document, e.units, scale)


def _knowledge(document: Any, e: Evaluation) -> None:
    heading(document, "III. KIẾN THỨC PHÁP LUẬT CỦA NGƯỜI DỰ THI")
    paragraph(
        document,
        "Tỷ lệ làm đúng là số điểm đạt được trên số điểm tối đa của các câu thuộc mục đó, tính trên lượt thi đầu tiên "
        "của mỗi người.",
    )
    k = e.knowledge
    for what, rows in (("Chủ đề", k.topics), ("Mức độ", k.levels), ("Quy định", k.articles)):
        if rows:
            paragraph(document, say.lowest_topic(rows, what))
            mastery_table(document, f"Tỷ lệ làm đúng theo {what.lower()}", what, rows)
    if not (k.topics or k.levels or k.articles):
        paragraph(document, "Chưa có số liệu về tỷ lệ làm đúng theo chủ đề, mức độ và quy định.")
    paragraph(document, say.missed(e))
    missed_points(document, k.missed)


def _quality(document: Any, e: Evaluation, scale: Scale) -> None:
    heading(document, "IV. CHẤT LƯỢNG CÂU HỎI VÀ TÍNH LIÊM CHÍNH")
    letter.points(document, (say.analysed(e), say.questions(e)))
    test_table(document, e.test, scale)
    letter.points(document, (say.voided(e), say.decisions(e), say.corrections(e)))


def _comparison(document: Any, e: Evaluation) -> None:
    heading(document, "V. SO SÁNH VÀ MỨC ĐỘ HÀI LÒNG")
    none = "Không có đợt thi hay cuộc thi trước để so sánh."
    letter.points(document, [say.comparison(one) for one in e.comparisons] or (none,))
    paragraph(document, say.satisfaction(e))


def _proposals(document: Any, e: Evaluation) -> None:
    heading(document, "VI. ĐÁNH GIÁ, KIẾN NGHỊ")
    paragraph(document, "Từ các số liệu trên:")
    bullets(document, recommendations(e))


def _annexes(document: Any, head: Heading, e: Evaluation, prizes: Prizes, charts: Charts) -> None:
    """Winners, charts and the table of questions, each on sheets of its own and numbered where there are several."""
    goes_with = Accompanied("Báo cáo", head.symbol, head.number, head.day)
    annexes: list[tuple[str, Callable[[Any, Any], None], Any, bool]] = [
        ("Danh sách đạt giải", _winners, prizes, bool(prizes.all)),
        ("Biểu đồ", _pictures, charts, bool(charts)),
        ("Các câu hỏi cần xem lại", items_table, to_look_at(e), bool(to_look_at(e))),
    ]
    there = [(title, fill, content) for title, fill, content, has in annexes if has]
    for number, (title, fill, content) in zip(("I", "II", "III"), there, strict=False):
        label = f"Phụ lục {number}" if len(there) > 1 else "Phụ lục"
        letter.begin_annex(document, title, goes_with, label=label, on_its_side=fill is items_table)
        fill(document, content)


def to_look_at(e: Evaluation) -> tuple[ItemFigures, ...]:
    """The doubtful, confusing, hard and too easy questions; every question's figures stand in the workbook."""
    return (*e.suspects, *e.with_verdict("confusing", "hard", "easy"))


def _winners(document: Any, prizes: Prizes) -> None:
    paragraph(document, f"Có {in_numbers(prizes)} đạt giải.")
    prize_tables(document, prizes)


def _pictures(document: Any, charts: Charts) -> None:
    for number, (words, png) in enumerate(charts, start=1):
        picture(document, png, f"Biểu đồ {number}. {words}")
