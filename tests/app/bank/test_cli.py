"""``flask bank import``: the same readers and checks as the upload page, for an operator at the console."""

import contextvars

import pytest

from contest_app.audit.models import AuditEntry
from contest_app.bank import services
from contest_app.bank.models import QuestionBank, Status
from question_bank.model import Option, Question
from tests.app.accounts.files import macro_file

TEXT = """Câu 1: Thẻ căn cước cấp từ mấy tuổi?
A. 14 tuổi
B. 16 tuổi
Đáp án: A

Câu 2: Câu này thiếu đáp án?
A. Một
B. Hai
"""


@pytest.fixture
def run(app, session, tmp_path):
    """Import a file of this content, in a context of its own."""

    def command(content, *words, name="cau-hoi.txt"):
        session.commit()
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        args = ["bank", "import", str(file), *words]
        return contextvars.Context().run(app.test_cli_runner().invoke, args=args)

    return command


def test_good_questions_wait_for_review_and_broken_ones_are_named(run, units, stored, session):
    done = run(TEXT, "--bank", "Căn cước")
    assert done.exit_code == 0, done.output
    assert done.stdout == "1 câu hỏi đã nhập, 1 câu bị lỗi.\n"
    assert "error: 2 " in done.stderr
    assert "Chưa có đáp án đúng" in done.stderr
    (row,) = stored()
    assert (row.status, row.current.stem, row.author_id) == (Status.IN_REVIEW, "Thẻ căn cước cấp từ mấy tuổi?", None)
    bank = session.query(QuestionBank).one()
    assert (bank.name, bank.unit.code) == ("Căn cước", "XA")
    entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry.details == {"count": 1, "file": "cau-hoi.txt"}


def test_a_bank_of_that_name_is_used_and_what_it_holds_is_minded(run, bank, add, stored):
    add(Question("single", "thẻ căn cước cấp từ mấy tuổi", (Option("16 tuổi"), Option("14 tuổi", correct=True))))
    done = run(TEXT, "--bank", bank.name)
    assert "warning: 1 stem: Trùng nội dung với câu C0001" in done.stderr
    assert {row.bank_id for row in stored()} == {bank.id}


def test_the_unit_named_owns_the_bank_even_if_another_has_one_of_that_name(run, bank, units, world, session, stored):
    done = run(TEXT, "--bank", bank.name, "--unit", "TR")
    assert done.exit_code == 0, done.output
    (row,) = stored()
    assert row.bank.unit.code == "TR"
    session.commit()
    assert services.create_bank(session, units["TR"].id, bank.name, world.now).id == row.bank_id


def test_a_real_bank_in_word_with_its_key_file(run, units, stored, shared_data):
    folder = shared_data / "vn-luat-an-ninh-mang"
    content = (folder / "01 Tổng hợp câu hỏi trắc nghiệm ANM.docx").read_bytes()
    done = run(content, "--bank", "An ninh mạng", "--key", str(folder / "02 Đáp án.docx"), name="01.docx")
    assert done.stdout == "97 câu hỏi đã nhập, 0 câu bị lỗi.\n"
    assert len(stored()) == 97


@pytest.mark.parametrize(
    ("content", "name", "words", "said"),
    [
        (b"\0\x8f" * 99, "cau.bin", (), "Không nhận ra loại tệp “cau.bin”"),
        (TEXT, "cau.txt", ("--unit", "KHONG-CO"), "Không có đơn vị mã “KHONG-CO”"),
    ],
)
def test_what_cannot_be_read_stops_the_command_and_leaves_nothing(run, units, session, content, name, words, said):
    done = run(content, "--bank", "Mới", *words, name=name)
    assert done.exit_code == 1
    assert said in done.output
    assert session.query(QuestionBank).count() == 0


def test_a_file_without_a_good_question_makes_no_bank(run, units, session):
    done = run(macro_file(), "--bank", "Mới", name="cau.xlsx")
    assert done.exit_code == 1
    assert "Tệp có chứa macro" in done.output
    assert session.query(QuestionBank).count() == 0


def test_a_new_installation_is_told_to_bring_units_first(run, session):
    done = run(TEXT, "--bank", "Mới")
    assert (done.exit_code, "Chưa có đơn vị nào" in done.output) == (1, True)
