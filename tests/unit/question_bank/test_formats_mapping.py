"""Tables in other people's layouts: guessed with certainty, or by a mapping somebody approved."""

import json

import pytest
from builders import sample, workbook

from question_bank.formats import csv_file, xlsx
from question_bank.formats.archive import BadFile
from question_bank.formats.mapping import ColumnMapping, mapping_of, preview, read_mapped, signature
from question_bank.formats.registry import detect
from question_bank.model import LegalBasis, Level, Severity

FOREIGN = ("ID", "Question", "Answer 1", "Answer 2", "Answer 3", "Correct answer", "Category")
ROWS = [
    ("q1", "Thủ đô?", "Huế", "Hà Nội", "Đà Nẵng", 2, "Địa lý"),
    ("q2", "Thành phố biển?", "Hà Nội", "Điện Biên", "Đà Nẵng", 3, "Địa lý"),
]


def errors(read):
    return [(p.code, p.row) for p in read.problems if p.severity is Severity.ERROR]


def keys(read):
    return [(found.question.stem, found.question.key) for found in read.questions]


def test_foreign_headings_are_read_when_they_leave_no_doubt():
    read = xlsx.read(workbook(FOREIGN, *ROWS))
    assert errors(read) == []
    assert keys(read) == [("Thủ đô?", (1,)), ("Thành phố biển?", (2,))]
    assert [(f.question.code, f.question.topic, f.row) for f in read.questions] == [
        ("q1", ("Địa lý",), 2), ("q2", ("Địa lý",), 3),
    ]  # fmt: skip
    (said,) = read.problems
    assert said.code == "columns_guessed"
    assert "Correct answer = key" in said.params["found"]


@pytest.mark.parametrize(
    ("first", "second", "style"), [(2, 3, "number"), ("B", "C", "letter"), ("Hà Nội", "Đà Nẵng", "text")]
)
def test_the_way_keys_are_written_is_told_by_the_keys(first, second, style):
    rows = [(*ROWS[0][:5], first, ""), (*ROWS[1][:5], second, "")]
    found = preview(workbook(FOREIGN, *rows))
    assert (found.mapping.key_style, found.guess.is_certain) == (style, True)
    assert keys(xlsx.read(workbook(FOREIGN, *rows))) == [("Thủ đô?", (1,)), ("Thành phố biển?", (2,))]


@pytest.mark.parametrize(
    "rows",
    [
        [("q1", "Thủ đô?", "1", "2", "3", "2", "")],  # the second option, or the option that says 2
        [("q1", "Thủ đô?", "Huế", "Hà Nội", "", "0", "")],  # counted from 0: who knows
        [("q1", "Thủ đô?", "Huế", "Hà Nội", "Vinh", "Sài Gòn", "")],
    ],
)
def test_keys_that_fit_two_ways_or_none_are_not_guessed(rows):
    data = workbook(FOREIGN, *rows)
    assert not preview(data).guess.is_certain
    assert errors(xlsx.read(data)) == [("no_heading_row", None)]


def test_a_column_of_options_that_is_missing_makes_all_letters_doubtful():
    data = workbook(("Question", "Answer B", "Answer C", "Correct"), ("Thủ đô?", "Huế", "Hà Nội", "B"))
    guess = preview(data).guess
    assert guess is None or not guess.is_certain


def test_without_headings_the_contents_are_guessed_but_never_certain():
    rows = [(row[1], "A. " + row[2] + "\nB. " + row[3], "B") for row in ROWS]
    found = preview(workbook(*rows))
    assert (found.mapping.stem, found.mapping.options, found.mapping.key) == (0, (1,), 2)
    assert not found.guess.is_certain
    assert {(reason.field, reason.code) for reason in found.guess.reasons} == {
        ("stem", "by_content"), ("options", "by_content"), ("key", "by_content"),
    }  # fmt: skip
    assert found.mapping.heading_row == 0
    assert keys(read_mapped(workbook(*rows), found.mapping)) == [("Thủ đô?", (1,)), ("Thành phố biển?", (1,))]


def test_the_preview_shows_the_first_rows_of_each_visible_sheet():
    def more(sheet):
        sheet.parent.create_sheet("Khác").append(["x"])
        sheet.parent.create_sheet("Nháp").sheet_state = "hidden"

    shown = preview(workbook(FOREIGN, *ROWS * 20, change=more)).sheets
    assert [(sheet.name, len(sheet.rows)) for sheet in shown] == [("Sheet", 15), ("Khác", 1)]
    assert shown[0].rows[1] == ("q1", "Thủ đô?", "Huế", "Hà Nội", "Đà Nẵng", "2", "Địa lý")
    assert preview(workbook()).mapping is None


def test_a_mapping_reads_any_layout():
    law = "khoản 1 Điều 3 Luật Căn cước số 26/2023/QH15"
    rows = [("Danh sách",), ("a", "b", "c", "d", "e", "f"), ("1;2", "Hỏi?", "TH", law, "vì", "A. x\nB. y\nC. z")]
    mapping = ColumnMapping(
        stem=1, options=(5,), key=0, key_style="number", heading_row=2, level=2, law=3, explanation=4
    )
    read = read_mapped(workbook(*rows), mapping)
    assert errors(read) == []
    question = read.questions[0].question
    assert ([option.text for option in question.options], question.key) == (["x", "y", "z"], (0, 1))
    assert (question.level, question.explanation, read.questions[0].row) == (Level.COMPREHENSION, "vì", 3)
    assert question.legal_basis == (LegalBasis("26/2023/QH15", "3", "1", "Luật Căn cước"),)


def test_a_mapped_key_that_names_no_option_is_named_by_row_and_heading():
    mapping = ColumnMapping(stem=1, options=(2, 3, 4), key=5, key_style="number")
    read = read_mapped(workbook(FOREIGN, (*ROWS[0][:5], 7), ROWS[1]), mapping)
    assert [(p.code, p.row, p.column) for p in read.problems if p.code == "unreadable_key"] == [
        ("unreadable_key", 2, "Correct answer")
    ]
    assert len(read.questions) == 2


def test_a_mapping_of_another_sheet_or_of_columns_that_are_not_there():
    data = workbook(FOREIGN, *ROWS)
    assert errors(read_mapped(data, ColumnMapping(1, (2, 3), 5, sheet="Không có"))) == [("sheet_not_found", None)]
    assert {code for code, _ in errors(read_mapped(data, ColumnMapping(40, (41, 42), 43)))} == {"no_questions"}
    assert errors(read_mapped(b"PK", ColumnMapping(1, (2, 3), 5))) == [("not_a_zip", None)]


def test_a_mapping_survives_json():
    mapping = ColumnMapping(1, (2, 3), 5, "number", 2, "Trang 1", topic=6, law=7)
    assert ColumnMapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stem", None), ("stem", -1), ("stem", True), ("options", "2"), ("options", [1, "x"]), ("options", [0] * 50),
        ("key_style", "zero"), ("heading_row", "1"), ("sheet", 3), ("topic", 1e9),
    ],
)  # fmt: skip
def test_a_damaged_mapping_is_refused_by_its_field(field, value):
    with pytest.raises(ValueError, match=field):
        ColumnMapping.from_json(ColumnMapping(1, (2, 3), 5).to_json() | {field: value})


def test_files_with_the_same_headings_have_the_same_signature():
    assert signature(["Câu hỏi", "ĐÁP ÁN ", "", None or ""]) == signature(["cau hoi", "dap an"])
    assert signature(["Câu hỏi", "Đáp án"]) != signature(["Đáp án", "Câu hỏi"])


def test_the_bidding_bank_by_its_own_headings_and_by_its_guess():
    data = sample("vn-luat-dau-thau/50-cau-bo-sung.xlsx")
    found = preview(data)
    assert found.guess.is_certain
    assert (found.mapping.stem, found.mapping.options, found.mapping.key, found.mapping.topic) == (2, (3,), 4, 1)
    by_mapping, by_headings = read_mapped(data, mapping_of(found.guess)), xlsx.read(data)
    assert by_mapping.questions == by_headings.questions
    assert len(by_mapping.questions) == 50
    assert {len(f.question.options) for f in by_mapping.questions} == {4}
    assert by_mapping.questions[0].question.topic == ("Hình thức lựa chọn nhà thầu",)


CSV = (
    'Nội dung{0}Phương án A{0}Phương án B{0}Đáp án\n"Hỏi{0}\nđược?"{0}=1+1{0}"nói ""thật"""{0}B\nHỏi hai?{0}x{0}y{0}A\n'
)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_any_delimiter(delimiter):
    data = CSV.format(delimiter).encode("utf-8-sig")
    assert detect(data, "bank.csv") == "csv"
    read = csv_file.read(data)
    assert errors(read) == []
    first = read.questions[0].question
    assert [option.text for option in first.options] == ["=1+1", 'nói "thật"']
    assert (first.stem.replace("\t", " ").replace(" ", ""), first.key) == (
        f"Hỏi{delimiter}\nđược?".replace("\t", ""),
        (1,),
    )
    assert read_mapped(data, preview(data).mapping).questions == read.questions


def test_csv_with_foreign_headings():
    text = "\n".join(",".join(map(str, row)) for row in (FOREIGN, *ROWS))
    assert keys(csv_file.read(text.encode())) == [("Thủ đô?", (1,)), ("Thành phố biển?", (2,))]


@pytest.mark.parametrize(
    "text",
    [
        "Câu 1: Hỏi, thưa, gửi?\nA. x, y, z\nB. u, v, w\nCâu 2: Ai, gì, nào?\nA. a, b, c\nB. d, e, f\nĐáp án: A, B, C",
        "Câu 1: Hỏi?\nA. x\tB. y\tC. z\nĐáp án: A", "một dòng", "",
    ],
)  # fmt: skip
def test_exam_text_is_no_csv(text):
    assert detect(text.encode(), "bank.txt") == "text"


@pytest.mark.parametrize("data", [b"", b"x", b'"' + b"a" * 200_000, b"a,b,c\n" + b'"' + b"a" * 200_000, b"a\0b,c,d"])
def test_what_is_no_csv_is_one_problem(data):
    read = csv_file.read(data)
    assert (read.questions, len(errors(read))) == ((), 1)
    with pytest.raises(BadFile):
        preview(data)
