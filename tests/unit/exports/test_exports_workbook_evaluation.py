"""What a contest taught, in the workbook: every sheet, explained, saying what the evaluation says."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from evaluation_builders import evaluation
from openpyxl import load_workbook
from report_builders import empty_report, report

from exports.evaluation import Evaluation, ItemFigures, OptionFigure, Reach
from exports.workbook import results_workbook
from exports.workbook_evaluation import evaluation_tables
from exports.workbook_guide import MEANINGS, SHEETS

ITEM = ItemFigures(
    "ANM-01", 1, "Câu hỏi?", "Luật A", "nhận biết", 80, 1.0, "suspect", "nghi sai đáp án", "20 người chọn C…", "rival",
    "C", 4.5, facility=0.4, item_rest=-0.21, rasch_difficulty=0.7, rasch_error=0.2,
    options=(OptionFigure("A", "một", True, 32, 0.4, 0.5), OptionFigure("C", "ba", False, 20, 0.25, 0.8)),
)  # fmt: skip


@pytest.fixture(scope="module")
def book():
    found = evaluation(items=(replace(ITEM, code="ANM-02", verdict="good", suspicion=None), ITEM))
    return load_workbook(BytesIO(results_workbook(replace(report(), evaluation=found))))


def rows(sheet):
    headings, *found = sheet.iter_rows(min_row=3, values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in found]


def test_every_sheet_but_the_cover_and_the_guide_is_explained(book):
    explained = {row["Trang"] for row in rows(book["Giải thích"])}
    assert set(book.sheetnames) - {"Bìa", "Giải thích"} == explained


def test_every_explained_column_stands_in_some_sheet(book):
    headings = {cell.value for sheet in book.worksheets for cell in sheet[3]}
    assert set(MEANINGS) <= headings


def test_every_sheet_of_an_evaluation_has_its_sentence():
    assert {table.title for table in evaluation_tables(evaluation())} <= set(SHEETS)


def test_suspected_keys_stand_first_with_their_evidence(book):
    first, second = rows(book["Thống kê câu hỏi"])
    assert (first["Mã câu hỏi"], first["Bằng chứng"], first["Độ mạnh dấu hiệu (sai số chuẩn)"]) == (
        "ANM-01", "20 người chọn C…", 4.5,
    )  # fmt: skip
    assert first["Tương quan với phần còn lại"] == -0.21
    assert first["Alpha nếu bỏ câu"] is None
    assert second["Mã câu hỏi"] == "ANM-02"


def test_options_say_who_chose_them(book):
    found = [row for row in rows(book["Phương án nhiễu"]) if row["Mã câu hỏi"] == "ANM-01"]
    assert [(row["Phương án"], row["Đáp án"], row["Số người chọn"]) for row in found] == [
        ("A", "đúng", 32), ("C", None, 20),
    ]  # fmt: skip


def test_shares_come_with_their_intervals(book):
    given = evaluation()
    said = {row["Nội dung"]: row for row in rows(book["Kiến thức"])}
    for row in given.knowledge.topics:
        assert (said[row.label]["Tỷ lệ đúng"], said[row.label]["Cận dưới 95 %"]) == (row.share, row.low)


@pytest.mark.parametrize("name", ["Theo giờ", "Kiến thức", "Hài lòng"])
def test_pictures_are_excels_own(book, name):
    assert book[name]._charts


def test_a_contest_nobody_sat_has_an_evaluation_too():
    nothing = Evaluation(
        "Cuộc thi",
        "Xã",
        report().cover.generated_at,
        date(2026, 1, 1),
        date(2026, 1, 2),
        False,
        Reach(None, 0, 0, 0, 0, 0),
    )
    book = load_workbook(BytesIO(results_workbook(replace(empty_report(), evaluation=nothing))))
    assert rows(book["Tiếp cận"])[0] == {"Chỉ số": "Lượt xem trang cuộc thi", "Giá trị": "chưa đếm"}
