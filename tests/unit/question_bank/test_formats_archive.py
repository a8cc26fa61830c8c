import builders
import pytest

from question_bank.formats import docx, xlsx
from question_bank.formats.archive import BadFile, open_office_file

HOSTILE = [
    (builders.zip_bomb, "zip_bomb"),
    (builders.total_bomb, "zip_bomb"),
    (builders.too_many_entries, "zip_bomb"),
    (builders.with_macro, "macro_file"),
    (builders.macro_content_type, "macro_file"),
    (builders.with_entity, "unsafe_xml"),
    (lambda: builders.with_entity("utf-16"), "unsafe_xml"),
    (builders.with_traversal, "path_traversal"),
    (builders.old_excel, "old_office_format"),
    (builders.encrypted, "old_office_format"),
    (lambda: builders.document("x"), "wrong_office_type"),
    (lambda: b"PK\x03\x04 not really", "not_a_zip"),
    (lambda: b"", "not_a_zip"),
]


@pytest.mark.parametrize(("build", "code"), HOSTILE)
def test_a_hostile_file_is_refused_by_name(build, code):
    with pytest.raises(BadFile) as refused:
        open_office_file(build(), kind="xlsx")
    assert refused.value.code == code


@pytest.mark.parametrize(("build", "code"), HOSTILE)
def test_a_reader_reports_instead_of_raising(build, code):
    read = xlsx.read(build())
    assert [problem.code for problem in read.problems] == [code]
    assert read.questions == ()


def test_good_files_pass():
    assert "xl/workbook.xml" in open_office_file(builders.workbook(builders.HEADINGS), kind="xlsx").namelist()
    assert "word/document.xml" in open_office_file(builders.document("x"), kind="docx").namelist()


def test_a_workbook_renamed_to_docx_is_named():
    problem = docx.read(builders.workbook(builders.HEADINGS)).problems[0]
    assert (problem.code, problem.params) == ("wrong_office_type", {"expected": "docx", "found": "xlsx"})


def test_a_password_is_told_from_an_old_file():
    reasons = [xlsx.read(data).problems[0].params["reason"] for data in (builders.old_excel(), builders.encrypted())]
    assert reasons == ["old", "password"]


def test_the_size_limit_is_a_parameter():
    data = builders.workbook(builders.HEADINGS)
    open_office_file(data, kind="xlsx", largest=len(data))
    with pytest.raises(BadFile, match="too_large"):
        open_office_file(data, kind="xlsx", largest=len(data) - 1)


@pytest.mark.parametrize("size", [30, 200, 1000, 3000])
def test_a_cut_or_damaged_file_is_a_problem(size):
    data = builders.workbook(builders.HEADINGS, builders.ROW)
    assert xlsx.read(data[:size]).has_errors
    damaged = data[:size] + bytes(byte ^ 0x5A for byte in data[size : size + 200]) + data[size + 200 :]
    assert isinstance(xlsx.read(damaged).problems, tuple)  # may survive, must not raise
