"""The tables of the results workbook as values: headings, rows, and what picture belongs to them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from openpyxl.utils import get_column_letter

from exports.names import vietnamese_name_key
from exports.report import (
    AttemptRow,
    ContestReport,
    DayRow,
    Lazy,
    PaperRow,
    QuestionRow,
    Rows,
    ScoreBin,
    StandingRow,
    UnitRow,
)
from exports.sheet_looks import Look
from exports.sheets import Column
from exports.workbook_charts import BarPicture

CHART_BELOW = "biểu đồ ở dưới bảng"
WHOLE_PERCENT = "0%"

Row = TypeVar("Row")
Cells = Rows[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: Sequence[Column]
    rows: Cells
    frozen_columns: int = 0
    note: str = ""
    struck_by: str = ""  # heading of the column whose filled cells strike their rows through
    picture: BarPicture | None = None
    chart_below: bool = False

    def column(self, heading: str) -> int:
        return _place(self.columns, heading)


def tables_of(report: ContestReport) -> tuple[Table, ...]:
    """Every table of the workbook in the order of its sheets."""
    by_name = report.standings_by_name
    if not len(by_name):
        by_name = sorted(report.standings, key=lambda row: vietnamese_name_key(row.full_name))
    fractions = report.has_fractions
    return (
        _standings("Xếp hạng", report.standings, fractions),
        _standings("Danh sách theo tên", by_name, fractions),
        *(
            _standings(f"Xếp hạng đợt {n}", rows, fractions, name)
            for n, (name, rows) in enumerate(report.rounds, start=1)
        ),
        _attempts(report),
        *([_papers(report)] if report.longest_paper else []),
        _questions(report.questions),
        _units(report.units),
        _scores(report.score_distribution),
        _days(report.days),
    )


def _standings(title: str, standings: Rows[StandingRow], fractions: bool, note: str = "") -> Table:
    columns = (
        Column("Hạng", Look.INTEGER),
        Column("Số báo danh"),
        Column("Họ và tên", widest=18),  # all columns together print at eight points
        Column("Năm sinh", Look.INTEGER),
        Column("Đơn vị", widest=19),
        Column("Bảng", widest=16),
        Column("Điểm", _look_for(standings, lambda row: row.score, fractions)),
        Column("Điểm tối đa", _look_for(standings, lambda row: row.max_score, fractions)),
        Column("Lệch dự đoán", Look.INTEGER),
        Column("Thời gian làm bài", Look.DURATION),
        Column("Nộp bài lúc", Look.MOMENT),
        Column("Số lượt thi", Look.INTEGER),
        Column("Giải", widest=12),
    )
    return Table(title, columns, _each(standings, _standing), frozen_columns=3, note=note)


def _standing(row: StandingRow) -> Sequence[object]:
    person = (row.rank, row.code, row.full_name, row.birth_year, row.unit, row.group)
    result = (row.score, row.max_score, row.prediction_distance, _as_duration(row.seconds_taken), row.submitted_at)
    return (*person, *result, row.attempts, row.award)


def _attempts(report: ContestReport) -> Table:
    attempts = report.attempts
    columns = (
        Column("Số lượt", Look.INTEGER),
        Column("Số báo danh"),
        Column("Họ và tên", widest=20),
        Column("Đơn vị", widest=19),
        Column("Đợt thi", widest=16),
        Column("Lần thi", Look.INTEGER),
        Column("Bắt đầu lúc", Look.MOMENT),
        Column("Kết thúc lúc", Look.MOMENT),
        Column("Cách kết thúc", widest=12),
        Column("Thời gian làm bài", Look.DURATION),
        Column("Số câu đúng", Look.INTEGER),
        Column("Số câu", Look.INTEGER),
        Column("Điểm", _look_for(attempts, lambda row: row.score, report.has_fractions)),
        Column("Dự đoán", Look.INTEGER),
        Column("Tình trạng", Look.CENTRED),
        Column("Lý do hủy", widest=24),
    )
    note = f"trong đó đã hủy: {report.voided} (gạch ngang)" if report.voided else ""
    rows = _each(attempts, _attempt)
    return Table("Lượt thi", columns, rows, frozen_columns=3, note=note, struck_by="Lý do hủy")


def _attempt(row: AttemptRow) -> Sequence[object]:
    person = (row.number, row.code, row.full_name, row.unit, row.round_name, row.ordinal)
    sitting = (row.started_at, row.closed_at, row.closed_by, _as_duration(row.seconds_taken))
    return (*person, *sitting, row.correct, row.questions, row.score, row.prediction, row.state, row.void_reason)


def _papers(report: ContestReport) -> Table:
    """What stood in each paper and what it earned: where a doubt is followed up."""
    places = report.longest_paper
    columns = (
        Column("Số lượt", Look.INTEGER),
        Column("Số báo danh"),
        Column("Đợt thi", widest=16),
        Column("Tình trạng", Look.CENTRED),
        *(Column(f"Câu {place}") for place in range(1, places + 1)),
    )

    def cells(row: PaperRow) -> Sequence[object]:
        missing = [None] * (places - len(row.answers))
        return (row.number, row.code, row.round_name, row.state, *row.answers, *missing)

    return Table("Bài làm", columns, _each(report.papers, cells), 2, "mã câu hỏi và điểm, theo thứ tự trong đề")


def _questions(questions: Sequence[QuestionRow]) -> Table:
    most_options = max((len(row.option_counts) for row in questions), default=0)
    columns = (
        Column("Mã câu hỏi", widest=12),
        Column("Tỷ lệ đúng", Look.PERCENT),
        Column("Nội dung câu hỏi", widest=36),
        Column("Chủ đề", widest=14),
        Column("Mức độ", widest=11),
        Column("Căn cứ pháp lý", widest=18),
        Column("Ra đề", Look.INTEGER),
        Column("Trả lời", Look.INTEGER),
        Column("Đúng", Look.INTEGER),
        Column("Các phương án", widest=36),
        Column("Đáp án", Look.CENTRED),
        *(Column(f"Chọn {_letter(place)}", Look.INTEGER) for place in range(most_options)),
    )
    rows = [_question(row, most_options) for row in questions]
    picture = BarPicture(
        "Tỷ lệ trả lời đúng từng câu hỏi",
        "Câu hỏi",
        "Tỷ lệ đúng",
        names=_place(columns, "Mã câu hỏi"),
        values=(_place(columns, "Tỷ lệ đúng"),),
        number_format=WHOLE_PERCENT,
        highest=1.0,
    )
    note = f"số lần ra đề, trả lời, trả lời đúng, chọn từng phương án; {CHART_BELOW}" if rows else ""
    return Table("Câu hỏi", columns, rows, 1, note, picture=picture, chart_below=True)


def _question(row: QuestionRow, most_options: int) -> Sequence[object]:
    texts = (f"{_letter(place)}. {text}" for place, (text, _, _) in enumerate(row.option_counts))
    right = (_letter(place) for place, (_, _, is_right) in enumerate(row.option_counts) if is_right)
    chosen = [count for _, count, _ in row.option_counts]
    subject = (row.code, row.correct_rate, row.stem, row.topic, row.level, row.legal_basis)
    missing = [None] * (most_options - len(chosen))
    counts = (row.shown, row.answered, row.correct)
    return (*subject, *counts, "\n".join(texts), ", ".join(right), *chosen, *missing)


def _units(units: Sequence[UnitRow]) -> Table:
    columns = (
        Column("Hạng", Look.INTEGER),
        Column("Mã đơn vị"),
        Column("Đơn vị", widest=44),
        Column("Quân số", Look.INTEGER),
        Column("Số người dự thi", Look.INTEGER),
        Column("Tỷ lệ tham gia", Look.PERCENT),
        Column("Số lượt thi", Look.INTEGER),
        Column("Tổng điểm", _look_for(units, lambda row: row.total_score)),
        Column("Điểm trung bình", Look.DECIMAL),
        Column("Giải", widest=24),
    )
    rows = [_unit(row) for row in units]
    picture = _participation(columns, units)
    return Table("Đơn vị", columns, rows, 3, CHART_BELOW if rows else "", picture=picture, chart_below=True)


def _unit(row: UnitRow) -> Sequence[object]:
    turnout = (row.headcount, row.participants, row.participation_rate, row.attempts)
    return (row.rank, row.code, row.name, *turnout, row.total_score, row.average_score, row.award)


def _participation(columns: Sequence[Column], units: Sequence[UnitRow]) -> BarPicture:
    """Rates, or plain numbers where no unit stated its headcount; all charts of many units on one scale."""
    rates = [row.participation_rate for row in units if row.participation_rate is not None]
    heading = "Tỷ lệ tham gia" if rates else "Số người dự thi"
    highest = math.ceil(10 * max(rates)) / 10 if rates else max((row.participants for row in units), default=0)
    return BarPicture(
        f"{heading} theo đơn vị",
        "Đơn vị",
        heading,
        names=_place(columns, "Đơn vị"),
        values=(_place(columns, heading),),
        number_format=WHOLE_PERCENT if rates else "0",
        highest=highest or None,
        lying=True,
    )


def _scores(distribution: Sequence[ScoreBin]) -> Table:
    columns = (Column("Điểm", Look.CENTRED), Column("Số bài thi", Look.INTEGER), Column("Tỷ lệ", Look.PERCENT))
    total = sum(each.count for each in distribution)
    rows = [(each.label, each.count, each.count / total if total else None) for each in distribution]
    picture = BarPicture("Phân bố điểm", "Điểm", "Số bài thi", names=1, values=(2,))
    return Table("Phân bố điểm", columns, rows, note=f"tổng số bài thi: {total}", picture=picture)


def _days(days: Sequence[DayRow]) -> Table:
    columns = (Column("Ngày", Look.DATE), Column("Số lượt thi", Look.INTEGER), Column("Số người dự thi", Look.INTEGER))
    rows = [(each.day, each.attempts, each.participants) for each in days]
    picture = BarPicture(
        "Lượt thi và người dự thi theo ngày", "Ngày", "Số lượng", names=1, values=(2, 3), names_format="dd/mm"
    )
    return Table("Theo ngày", columns, rows, picture=picture)


def _as_duration(seconds: float | None) -> float | None:
    """Seconds as Excel counts time: a share of a day."""
    return None if seconds is None else seconds / 86_400


def _place(columns: Sequence[Column], heading: str) -> int:
    """A column's number as Excel counts it."""
    return 1 + [column.heading for column in columns].index(heading)


def _letter(place: int) -> str:
    return get_column_letter(place + 1)


def _look_for(rows: Rows[Row], value: Callable[[Row], float | None], fractions: bool = False) -> Look:
    """Two decimals for the whole column as soon as one value needs them; of many rows the report says so."""
    if not isinstance(rows, Lazy):
        fractions = any(one is not None and not float(one).is_integer() for one in map(value, rows))
    return Look.DECIMAL if fractions else Look.INTEGER


def _each(rows: Rows[Row], cells: Callable[[Row], Sequence[object]]) -> Cells:
    return Lazy(len(rows), lambda: map(cells, rows))
