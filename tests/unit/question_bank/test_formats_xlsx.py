import dataclasses
import io
from datetime import date

import pytest
from builders import HEADINGS, ROW, rich_questions, workbook
from openpyxl import load_workbook

from question_bank.formats import xlsx
from question_bank.formats.table import HEADINGS as OUR_HEADINGS
from question_bank.model import Level, Severity


def codes(read):
    return [problem.code for problem in read.problems]


def only(read):
    assert [p for p in read.problems if p.severity is Severity.ERROR] == []
    (found,) = read.questions
    return found.question


def one(extra_headings=(), extra=(), row=ROW):
    return xlsx.read(workbook((*HEADINGS, *extra_headings), (*row, *extra)))


def test_writing_and_reading_loses_only_media():
    questions = rich_questions()
    read = xlsx.read(xlsx.write(questions).data)
    assert [f.question for f in read.questions] == [dataclasses.replace(q, media=()) for q in questions]
    assert not read.has_errors


def test_text_never_becomes_a_formula():
    sheet = load_workbook(io.BytesIO(xlsx.write(rich_questions()).data))["Câu hỏi"]
    assert "f" not in {cell.data_type for row in sheet for cell in row}
    assert sheet["C2"].value.startswith("=HYPERLINK")


def test_the_template_has_drop_downs_examples_and_a_guide_and_reads_as_empty():
    data = xlsx.template()
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Câu hỏi", "Hướng dẫn"]
    assert len(book["Câu hỏi"].data_validations.dataValidation) == 2
    assert codes(xlsx.read(data)) == ["example_rows_skipped", "no_questions"]


def test_a_row_added_to_the_template_is_read():
    book = load_workbook(io.BytesIO(xlsx.template()))
    heads = {cell.value: cell.column for cell in book["Câu hỏi"][1]}
    for name, value in zip(HEADINGS, ROW, strict=True):
        book["Câu hỏi"].cell(5, heads[name], value)
    stream = io.BytesIO()
    book.save(stream)
    assert only(xlsx.read(stream.getvalue())).key == (0,)


def test_headings_in_any_order_and_spelling_below_a_title():
    rows = [("DANH SÁCH",), (), ("DAP AN*", "noi dung cau hoi:", "STT", "B", "A"), ("b", "Hỏi?", 7, "hai", "một")]
    read = xlsx.read(workbook(*rows))
    question = only(read)
    assert ([o.text for o in question.options], question.key) == (["một", "hai"], (1,))
    assert read.questions[0].row == 4
    assert codes(read) == []


def test_unknown_missing_and_repeated_headings():
    assert ("unknown_column", "Ghi chú thêm") in [(p.code, p.column) for p in one(["Ghi chú thêm"]).problems]
    missing = xlsx.read(workbook(("Nội dung", "Phương án A", "Phương án B"), ("x", "1", "2")))
    assert [(p.code, p.column) for p in missing.problems] == [("missing_column", "Đáp án")]
    assert "repeated_heading" in codes(one(["Đáp án đúng"]))
    assert codes(xlsx.read(workbook(("a", "Phương án B"), ("c", "d")))) == ["no_heading_row"]


def test_merged_cells_name_the_range_but_a_title_may_be_merged():
    def merge(area):
        return xlsx.read(workbook(("Tiêu đề",), HEADINGS, ROW, ROW, change=lambda sheet: sheet.merge_cells(area)))

    assert [(p.code, p.params["range"]) for p in merge("A3:A4").problems] == [("merged_cells", "A3:A4")]
    assert [p.code for p in merge("B2:C2").problems] == ["merged_cells"]
    assert "merged_cells" not in codes(merge("A1:E1"))


def test_a_formula_and_an_error_cell_are_named():
    problem = one(row=("Hỏi?", "=1+1", "x", "y", "A")).problems[0]
    assert (problem.code, problem.row, problem.column, problem.params["cell"]) == (
        "formula_cell",
        2,
        "Phương án A",
        "B2",
    )
    assert "error_cell" in codes(one(row=("Hỏi?", "#REF!", "x", "y", "A")))


def test_hidden_rows_and_sheets_are_left_out_and_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        other = sheet.parent.create_sheet("Nháp")
        other.append(["x"])
        other.sheet_state = "hidden"

    read = xlsx.read(workbook(HEADINGS, ROW, ("Ẩn?", *ROW[1:]), change=hide))
    assert [f.question.stem for f in read.questions] == [ROW[0]]
    assert codes(read) == ["hidden_sheet", "hidden_rows"]


def test_each_hidden_column_is_told_though_excel_notes_them_as_one_range():
    def hide(sheet):
        sheet.column_dimensions.group("B", "D", hidden=True)

    hidden = [p.column for p in xlsx.read(workbook(HEADINGS, ROW, change=hide)).problems if p.code == "hidden_column"]
    assert hidden == ["Phương án A", "Phương án B", "Phương án C"]


def test_a_missing_column_is_named_in_the_message_too():
    (problem,) = xlsx.read(workbook(("Nội dung", "Phương án A", "Phương án B"), ("x", "1", "2"))).problems
    assert (problem.column, problem.params) == ("Đáp án", {"heading": "Đáp án"})


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    assert codes(xlsx.read(workbook(HEADINGS, ROW, ROW, ROW))) == ["too_many_rows"]
    assert "too_many_rows" not in codes(xlsx.read(workbook(HEADINGS, ROW, ROW)))


def test_a_cell_in_the_last_corner_costs_nothing():
    read = xlsx.read(workbook(HEADINGS, ROW, change=lambda sheet: sheet.cell(1_048_576, 16_384, "x")))
    assert len(read.questions) == 1


BAD_CELLS = [
    ("Loại câu hỏi", "Đố vui", "unknown_type"),
    ("Mức độ", "Khó", "unknown_level"),
    ("Hiệu lực từ", "31/02/2024", "unreadable_date"),
    ("Hiệu lực đến", 45000, "unreadable_date"),
]


@pytest.mark.parametrize(("heading", "value", "code"), BAD_CELLS)
def test_a_bad_cell_is_named_by_row_and_heading(heading, value, code):
    problem = next(p for p in one([heading], [value]).problems if p.code == code)
    assert problem.row == 2
    assert problem.column == (heading)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("D", "key_letter_without_option"),
        ("", "no_key"),
        ("???", "unreadable_key"),
        ("AZ", "key_letter_without_option"),
    ],
)
def test_a_bad_key_is_named(key, code):
    found = [(p.code, p.row, p.column) for p in one(row=(*ROW[:4], key)).problems]
    assert (code, 2, "Đáp án") in found


def test_a_single_question_with_two_keys():
    read = one(["Loại câu hỏi"], ["Một đáp án"], row=(*ROW[:4], "A,B"))
    assert [(p.code, p.row, p.column) for p in read.problems] == [("too_many_keys", 2, "Đáp án")]


@pytest.mark.parametrize("key", ["A,C", "AC", "a; c", "A và C", "C A", "A & C."])
def test_ways_to_write_two_keys(key):
    question = only(one(row=(*ROW[:4], key)))
    assert (question.kind, question.key) == ("multiple", (0, 2))


@pytest.mark.parametrize("word", ["Đúng/Sai", "dung/sai", ""])
def test_true_false_needs_no_options(word):
    question = only(one(["Loại"], [word], row=("Hỏi?", None, None, None, "Sai")))
    assert (question.kind, [o.text for o in question.options], question.key) == ("true_false", ["Đúng", "Sai"], (1,))


@pytest.mark.parametrize(
    ("word", "level"),
    [("Nhận biết", "recognition"), ("thong hieu", "comprehension"), ("VD", "application"), ("VDC", "advanced")],
)
def test_levels(word, level):
    assert only(one(["Mức độ"], [word])).level is Level(level)


def test_topics_and_law_and_dates():
    heads = ["Chủ đề", "Số hiệu văn bản", "Điều", "Hiệu lực từ", "Hiệu lực đến"]
    question = only(one(heads, ["Giao thông / Xử phạt", "36/2024/QH15", 9, date(2025, 1, 1), "31/12/2030"]))
    assert question.topic == ("Giao thông", "Xử phạt")
    (law,) = question.legal_basis
    assert (law.article, law.in_force_from, law.in_force_to) == ("9", date(2025, 1, 1), date(2030, 12, 31))


def test_values_excel_turned_into_something_else():
    def percent(sheet):
        sheet["B2"].number_format = "0%"

    read = xlsx.read(workbook(HEADINGS, ("Hỏi?", 0.5, date(2019, 3, 2), 4.0, "A"), change=percent))
    assert [o.text for o in only(read).options] == ["50%", "02/03/2019", "4"]
    assert [p.code for p in read.problems] == ["not_typed_as_text"] * 2


def test_repeated_codes_and_questions():
    read = xlsx.read(workbook(("Mã câu hỏi", *HEADINGS), ("C1", *ROW), ("C1", *ROW)))
    assert [(p.code, p.row, p.params["first"]) for p in read.problems] == [
        ("repeated_code", 3, 2),
        ("repeated_question", 3, 2),
    ]


def test_every_heading_we_write_is_one_we_know():
    from question_bank.formats.table import field_of

    assert {field: field_of(heading) for field, heading in OUR_HEADINGS.items()} == {f: f for f in OUR_HEADINGS}


@pytest.mark.parametrize(
    ("cell", "fixed"), [(None, [False, False, True]), ("-", [False] * 3), ("A", [True, False, False])]
)
def test_options_that_keep_their_place(cell, fixed):
    question = only(one(["Phương án giữ vị trí"], [cell], row=("Hỏi?", "x", "y", "Cả A và B", "A")))
    assert [option.fixed for option in question.options] == fixed
