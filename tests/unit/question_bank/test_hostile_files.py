"""Whatever is uploaded, the answer is a result with one clear problem and nothing to store."""

import json
import random
from datetime import timedelta

import builders
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from question_bank.__main__ import main
from question_bank.formats import docx, json_file, plain_text, xlsx
from question_bank.formats.archive import LARGEST_FILE
from question_bank.formats.registry import FORMATS
from question_bank.model import Severity

READERS = {"xlsx": xlsx.read, "docx": docx.read}
MAIN_PART = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml"}
MAIN_TYPE = {
    "xlsx": b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "docx": b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
MACRO_TYPE = {
    "xlsx": b"vnd.ms-excel.sheet.macroEnabled.main+xml",
    "docx": b"vnd.ms-word.document.macroEnabled.main+xml",
}
TWELVE_MEGABYTES = b"\0" * (12 * 1024 * 1024)


def good(kind):
    if kind == "xlsx":
        return builders.workbook(builders.HEADINGS, builders.ROW)
    return builders.document("Câu 1: Thủ đô?", "A. Hà Nội", "B. Huế", "Đáp án: A")


def with_macro_type(kind):
    types = builders.part(good(kind), "[Content_Types].xml")
    return builders.repacked(
        good(kind), replace={"[Content_Types].xml": types.replace(MAIN_TYPE[kind], MACRO_TYPE[kind])}
    )


def with_main_part(kind, content):
    return builders.repacked(good(kind), replace={MAIN_PART[kind]: content})


def billion_laughs(kind):
    """Each entity ten times the one before it: a few hundred bytes that unfold to gigabytes."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_main_part(kind, f'<!DOCTYPE d [<!ENTITY l0 "lol">{levels}]><d>&l9;</d>'.encode())


def external_entity(kind):
    return with_main_part(kind, b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>')


HOSTILE = {
    "a macro part": (lambda kind: builders.repacked(good(kind), add={"x/vbaProject.bin": b"macro"}), "macro_file"),
    "a macro content type": (with_macro_type, "macro_file"),
    "a zip bomb": (lambda kind: builders.repacked(good(kind), add={"media/0.bin": TWELVE_MEGABYTES}), "zip_bomb"),
    "a bomb of XML": (
        lambda kind: with_main_part(kind, b"<d>" + b" " * (31 * 1024 * 1024) + b"</d>"),
        "zip_bomb",
    ),
    "a path going up": (lambda kind: builders.repacked(good(kind), add={"../../evil.txt": b"x"}), "path_traversal"),
    "an absolute path": (lambda kind: builders.repacked(good(kind), add={"/etc/evil": b"x"}), "path_traversal"),
    "a drive letter": (lambda kind: builders.repacked(good(kind), add={"C:\\evil": b"x"}), "path_traversal"),
    "entities unfolding": (billion_laughs, "unsafe_xml"),
    "an entity from outside": (external_entity, "unsafe_xml"),
    "an old file": (lambda _: builders.old_excel(), "old_office_format"),
    "a password": (lambda _: builders.encrypted(), "old_office_format"),
    "broken XML": (lambda kind: with_main_part(kind, b"<d"), "broken_xml"),
    "no bytes": (lambda _: b"", "not_a_zip"),
    "21 megabytes": (lambda kind: good(kind) + b"\0" * (21 * 1024 * 1024), "too_large"),
}


def only_code(read):
    assert read.questions == ()
    assert read.has_errors
    (problem,) = read.problems
    return problem.code


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_one_problem_and_no_question(kind, name):
    build, code = HOSTILE[name]
    assert only_code(READERS[kind](build(kind))) == code


@pytest.mark.parametrize("kind", READERS)
def test_the_same_file_without_the_hostile_part_is_read(kind):
    assert len(READERS[kind](good(kind)).questions) == 1


def run(capfd, file):
    status = main(["read", str(file), "--json"])
    return status, json.loads(capfd.readouterr().out)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"no bytes"}))
def test_the_command_line_prints_that_problem(kind, name, tmp_path, capfd):
    build, code = HOSTILE[name]
    file = tmp_path / f"bank.{kind}"
    file.write_bytes(build(kind))
    status, printed = run(capfd, file)
    assert (status, printed["questions"], [p["code"] for p in printed["problems"]]) == (1, [], [code])


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (random.Random(7).randbytes(4096), "bank.xlsx", "unknown_format"),
        (random.Random(7).randbytes(4096), "bank", "unknown_format"),
        ("Câu hỏi".encode("utf-16-le"), "bank.txt", "unknown_format"),
        (b"", "bank.txt", "no_questions"),
        (b"   \n\n", "bank.txt", "no_questions"),
        (b"a" * (LARGEST_FILE + 1), "bank.txt", "too_large"),
        (b"{" + b" " * json_file.LARGEST_FILE, "bank.json", "too_large"),
        (b"PK\x03\x04" + b"\1" * 500, "bank.docx", "not_a_zip"),
        (b"%PDF-1.7\n%\0\0\0", "bank.pdf", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bank.xls", "old_office_format"),
    ],
)
def test_bytes_that_are_no_bank_give_one_problem(data, name, code, tmp_path, capfd):
    (tmp_path / name).write_bytes(data)
    status, printed = run(capfd, tmp_path / name)
    assert (status, printed["questions"], [p["code"] for p in printed["problems"]]) == (1, [], [code])


@settings(max_examples=200)
@given(data=st.binary(max_size=600), name=st.sampled_from(sorted(FORMATS)))
@example(data=b"{}", name="gift")  # an essay that asks nothing: shown, and not to be stored
def test_random_bytes_never_raise_and_never_become_a_question_without_an_error(data, name):
    read = FORMATS[name].read(data)
    wrong = [problem for problem in read.problems if problem.severity is Severity.ERROR]
    assert {found.row for found in read.questions} <= {problem.row for problem in wrong}
    assert len(wrong) == max(1, len(read.questions))


@pytest.mark.parametrize("kind", READERS)
def test_a_cut_file_gives_one_problem_wherever_it_is_cut(kind):
    data = good(kind)
    cuts = sorted({*range(0, len(data), 997), *range(len(data) - 30, len(data))})
    assert {only_code(READERS[kind](data[:cut])) for cut in cuts} == {"not_a_zip"}


@settings(max_examples=150)
@given(
    kind=st.sampled_from(sorted(READERS)),
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damaged_bytes_never_raise(kind, changes):
    data = bytearray(good(kind))
    for place, byte in changes:
        data[int(place * len(data))] = byte
    READERS[kind](bytes(data))


@pytest.mark.parametrize("kind", READERS)
def test_a_missing_part_never_raises(kind):
    names = builders.names(good(kind))
    for name in names:
        READERS[kind](builders.repacked(good(kind), replace={name: None}))


def test_a_damaged_part_that_hides_behind_another_name_is_a_problem():
    """Its first bytes are no XML, so nothing before the cell count has read it to the end."""
    data = builders.repacked(good("xlsx"), add={"xl/worksheets/x.bin": random.Random(1).randbytes(5000)})
    place = data.index(b"xl/worksheets/x.bin") + 1500
    damaged = data[:place] + bytes(byte ^ 0xFF for byte in data[place : place + 50]) + data[place + 50 :]
    assert only_code(xlsx.read(damaged)) == "unreadable_file"


@pytest.mark.parametrize("kind", READERS)
def test_a_main_part_of_nearly_the_right_type_is_a_problem(kind):
    types = builders.part(good(kind), "[Content_Types].xml")
    odd = types.replace(b"application/" + MAIN_TYPE[kind], b"odd/" + MAIN_TYPE[kind])
    assert odd != types
    data = builders.repacked(good(kind), replace={"[Content_Types].xml": odd})
    assert only_code(READERS[kind](data)) == "unreadable_file"


@pytest.mark.parametrize("area", ["A1:B1", "A1:A2", "B1:E1", "E1:F1"])
def test_merged_headings_are_named_once_by_their_range(area):
    read = xlsx.read(builders.workbook(builders.HEADINGS, builders.ROW, change=lambda sheet: sheet.merge_cells(area)))
    assert read.questions == ()
    assert [(problem.code, problem.params) for problem in read.problems] == [("merged_cells", {"range": area})]


@pytest.mark.parametrize("value", [b"1e999", b"-1e999", b"1e308", b"9" * 400, b"1e15"])
@pytest.mark.parametrize("looks", ["General", "0%"])
def test_numbers_beyond_all_measure_do_not_raise(value, looks):
    def style(sheet):
        sheet["B2"].number_format = looks

    data = builders.workbook(builders.HEADINGS, ("Hỏi?", 5, "Huế", "Đà Nẵng", "A"), change=style)
    sheet = builders.part(data, MAIN_PART["xlsx"])
    assert b"<v>5</v>" in sheet
    changed = sheet.replace(b"<v>5</v>", b"<v>" + value + b"</v>")
    codes = {
        problem.code for problem in xlsx.read(builders.repacked(data, replace={MAIN_PART["xlsx"]: changed})).problems
    }
    assert (codes >= {"number_too_large"}) == (value != b"1e15")


def test_an_empty_document_is_a_problem_not_a_crash():
    assert only_code(docx.read(builders.document())) == "no_questions"
    assert only_code(plain_text.read(b"")) == "no_questions"
    assert only_code(xlsx.read(builders.workbook())) == "no_heading_row"
    assert only_code(xlsx.read(builders.workbook(builders.HEADINGS))) == "no_questions"


PIECES = [
    "Câu 1: ",
    "Câu 2. ",
    "A. ",
    "B. ",
    "a) ",
    "*",
    "Đáp án: ",
    "\n",
    "\t",
    "Giải thích: ",
    "ĐÁP ÁN\n",
    "1-A 2-B",
    "[<br>]",
    "HẾT",
    "PHẦN I: ",
    "\u0301",
    "ı",
    "ß",
    "٣",
    "²",
    "\u2028",
    "dự đoán",
    "Đúng",
    "Sai",
]


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=30).map("".join))
def test_no_text_makes_a_reader_raise(text):
    read = plain_text.read(text.encode("utf-8", "replace"))
    assert read.questions or read.problems


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(max_value=timedelta(days=9999)),
    st.lists(st.sampled_from([piece for piece in PIECES if piece.isprintable()]), max_size=5).map("".join),
)
HEADINGS = ["Mã", "Loại", "Câu hỏi", "A", "B", "C", "Đáp án", "Chủ đề", "Mức độ", "Số hiệu", "Hiệu lực từ", "Từ khóa"]


@settings(max_examples=60)
@given(headings=st.permutations(HEADINGS), rows=st.lists(st.lists(CELLS, max_size=len(HEADINGS)), max_size=3))
def test_no_cell_makes_the_workbook_reader_raise(headings, rows):
    read = xlsx.read(builders.workbook(headings, *rows))
    assert read.questions or read.problems
