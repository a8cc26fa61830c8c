import io
import json
import zipfile

import pytest
from builders import document, old_excel, rich_questions, sample, workbook, zip_bomb

from question_bank.__main__ import main
from question_bank.formats import json_file, xlsx
from question_bank.formats.archive import BadFile
from question_bank.formats.registry import FORMATS, detect


def run(capfd, *arguments):
    status = main([str(argument) for argument in arguments])
    out = capfd.readouterr().out
    return status, json.loads(out) if out else None


def saved(folder, name, data):
    (folder / name).write_bytes(data)
    return folder / name


def test_formats_are_told_by_content():
    assert detect(xlsx.template(), "x.docx") == "xlsx"
    assert detect(document("x"), "x.xlsx") == "docx"
    assert detect(json_file.write([]).data, "x.txt") == "json"
    assert detect("Câu 1".encode(), "x") == "text"
    assert detect(old_excel(), "x.doc") == "docx"
    with pytest.raises(BadFile, match="unknown_format"):
        detect(b"\x7fELF\0\0", "x.bin")
    read_only = {"blackboard", "cloze", "kahoot", "anki", "csv"}
    assert {name for name, known in FORMATS.items() if not known.write} == read_only


def test_reading_prints_questions_with_rows_and_problems(tmp_path, capfd):
    file = saved(tmp_path, "a.txt", "Câu 5: Hỏi?\nA. x\nB. y\nĐáp án: A".encode())
    status, printed = run(capfd, "read", file, "--json")
    assert (status, [q["row"] for q in printed["questions"]], printed["problems"]) == (0, [5], [])


def test_an_error_exits_one_and_is_printed(tmp_path, capfd):
    file = saved(tmp_path, "a.txt", "Câu 5: Hỏi?\nA. x\nB. y".encode())
    status, printed = run(capfd, "read", file, "--json")
    assert (status, printed["problems"][0]["code"], printed["problems"][0]["row"]) == (1, "no_key", 5)


def test_a_hostile_file_prints_its_problem(tmp_path, capfd):
    status, printed = run(capfd, "read", saved(tmp_path, "a.xlsx", zip_bomb()), "--json")
    assert (status, [p["code"] for p in printed["problems"]]) == (1, ["zip_bomb"])


def test_a_missing_file_exits_two(tmp_path, capfd):
    status, printed = run(capfd, "read", tmp_path / "none.txt", "--json")
    assert (status, printed["problems"][0]["code"]) == (2, "file_not_readable")


def test_a_key_file_needs_a_word_file(tmp_path, capfd):
    file = saved(tmp_path, "a.xlsx", workbook(("x",)))
    status, printed = run(capfd, "read", file, "--key", file, "--json")
    assert (status, printed["problems"][0]["code"]) == (1, "key_file_needs_docx")


def test_writing_another_format_and_reading_it_back(tmp_path, capfd):
    file = saved(tmp_path, "a.json", json_file.write(rich_questions()).data)
    status, printed = run(capfd, "write", file, "--to", "excel", tmp_path / "b.xlsx")
    assert (status, [(p["code"], p["row"], p["column"]) for p in printed["problems"]][-1]) == (
        0, ("not_in_format", len(rich_questions()), "media")
    )  # fmt: skip
    status, printed = run(capfd, "read", tmp_path / "b.xlsx", "--json")
    assert (status, len(printed["questions"])) == (0, len(rich_questions()))


def test_a_real_bank_with_its_key_file(tmp_path, capfd):
    folder = "vn-luat-an-ninh-mang"
    bank = saved(tmp_path, "bank.docx", sample(f"{folder}/01 Tổng hợp câu hỏi trắc nghiệm ANM.docx"))
    keys = saved(tmp_path, "keys.docx", sample(f"{folder}/02 Đáp án.docx"))
    status, printed = run(capfd, "read", bank, "--key", keys, "--json")
    assert (status, len(printed["questions"])) == (0, 97)


def test_json_is_told_in_any_unicode():
    text = json_file.write(rich_questions()).data.decode()
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert detect(text.encode(encoding), "x.txt") == "json"
    assert detect(b"[html]Hoi? {=a ~b}", "x.txt") == "gift"


def test_a_package_with_a_damaged_member_is_told_without_a_crash(tmp_path, capfd):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", "<manifest>" + "x" * 5000 + "</manifest>")
    data = bytearray(made.getvalue())
    data[60:80] = b"\xff" * 20
    status, printed = run(capfd, "read", saved(tmp_path, "a.zip", bytes(data)), "--json")
    assert (status, len(printed["problems"])) == (1, 1)


def test_an_old_encoding_of_a_table_is_said():
    text = "Nội dung,A,B,Đáp án\n" + "Hỏi một?,x,y,A\nHỏi hai?,x,y,B\n"
    data = text.encode("utf-8").replace("ỏ".encode(), b"\xf3").replace("ộ".encode(), b"o").replace("Đ".encode(), b"D")
    data = data.replace("á".encode(), b"\xe1")
    assert "guessed_encoding" in [problem.code for problem in FORMATS["csv"].read(data).problems]
