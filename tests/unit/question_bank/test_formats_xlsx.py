import dataclasses
import io
from datetime import date
from decimal import Decimal

import pytest
from builders import HEADINGS, ROW, questions_of_every_kind, rich_questions, workbook
from openpyxl import load_workbook

from question_bank.formats import xlsx
from question_bank.formats.table import HEADINGS as OUR_HEADINGS
from question_bank.markup import as_text
from question_bank.model import Credit, Level, Markup, Option, Question, Severity, TextRules, WordLimit


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


NAMED = [
    (9, "title"), (9, "shows_count"), (9, "weights"), (9, "feedback"),
    (11, "text_rules"), (11, "weights"), (11, "feedback"), (15, "gaps"), (16, "markup"),
]  # fmt: skip


def bare_option(option):
    return dataclasses.replace(option, weight=None, feedback="")


def as_the_sheet_holds_it(question):
    options = tuple(bare_option(option) for option in question.options)
    plain = {"options": options, "title": "", "shows_count": False, "text_rules": TextRules(), "markup": Markup.TEXT}
    return dataclasses.replace(
        question,
        **plain,
        media=(),
        gaps=tuple(dataclasses.replace(gap, weight=Decimal(1)) for gap in question.gaps),
        stem=as_text(question.stem) if "<b>" in question.stem else question.stem,
    )


def test_every_kind_has_a_row_and_what_is_lost_is_named():
    questions = rich_questions() + questions_of_every_kind()
    written = xlsx.write(questions)
    assert sorted((p.row, p.column) for p in written.problems) == sorted([(8, "media"), *NAMED])
    read = xlsx.read(written.data)
    assert not read.has_errors
    assert [f.question for f in read.questions] == [as_the_sheet_holds_it(q) for q in questions]


@pytest.mark.parametrize(
    ("kind", "options", "key", "expected"),
    [
        ("Đúng/Sai từng ý", ("u", "v", "w"), "Đ, S, Đ", [("u", True), ("v", False), ("w", True)]),
        ("", ("u", "v", "w"), "ĐSĐ", [("u", True), ("v", False), ("w", True)]),
        ("Trả lời ngắn", (), "Bộ Công an | Công an", [("Bộ Công an", True), ("Công an", True)]),
        ("Sắp xếp", ("một", "hai"), None, [("một", False), ("hai", False)]),
        ("Tự luận", (), None, []),
    ],
)
def test_kinds_in_words(kind, options, key, expected):
    padded = (*options, *[None] * (3 - len(options)))
    question = only(one(["Loại câu hỏi"], [kind], row=("Hỏi?", *padded, key)))
    assert [(option.text, option.correct) for option in question.options] == expected


@pytest.mark.parametrize("key", ["3,5 ± 0,5", "3.5 ± 0.5", "3,5 (sai số 0,5)"])
def test_a_number_with_its_tolerance(key):
    (option,) = only(one(["Loại"], ["Điền số"], row=("Hỏi?", None, None, None, key))).options
    assert (option.text.replace(".", ","), str(option.tolerance)) == ("3,5", "0.5")
    assert only(one(["Loại"], ["Điền số"], row=("Hỏi?", None, None, None, 14))).options[0].text == "14"


def test_pairs_and_a_distractor():
    row = ("Nối", "Luật = Quốc hội", "Nghị định = Chính phủ", "= Bộ trưởng", None)

    def as_text_cell(sheet):
        sheet["D2"].data_type = "s"

    heads = (*HEADINGS, "Loại", "Điểm từng phần")
    question = only(xlsx.read(workbook(heads, (*row, "Ghép đôi", "có"), change=as_text_cell)))
    assert [(o.text, o.match) for o in question.options] == [
        ("Luật", "Quốc hội"), ("Nghị định", "Chính phủ"), ("", "Bộ trưởng"),
    ]  # fmt: skip
    assert question.credit is Credit.PARTIAL


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Điểm từng phần", "ít nhiều", "unknown_value"),
        ("Số từ tối đa", "nhiều", "not_a_number"),
        ("Điểm", "hai", "not_a_number"),
    ],
)
def test_a_bad_value_of_the_optional_columns_is_named(heading, value, code):
    assert (code, 2, heading) in [(p.code, p.row, p.column) for p in one([heading], [value]).problems]


def test_situation_points_and_word_limit():
    heads, values = ["Tình huống", "Điểm", "Số từ tối đa", "Loại"], ["Ông A…", "0,5", "từ 200 đến 500", "Tự luận"]
    question = only(one(heads, values, row=("Viết", None, None, None, None)))
    assert (question.situation, str(question.points), question.words) == ("Ông A…", "0.5", WordLimit(200, 500))


def test_more_pairs_than_letters_of_options():
    pairs = tuple(Option(f"vế {n}", match=f"nghĩa {n}") for n in range(20))
    read = xlsx.read(xlsx.write([Question("matching", "Nối", pairs)]).data)
    assert only(read).options == pairs


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
        book["Câu hỏi"].cell(20, heads[name], value)
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
    monkeypatch.setattr("question_bank.formats.sheet_reader.MOST_ROWS", 2)
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
