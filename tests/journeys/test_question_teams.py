"""Two people fill a bank: one brings a Word file and mends it on the screen, the other reviews; then all is undone."""

import re

import pytest
from docx import Document

from contest_app.accounts.models import Role
from contest_app.bank.models import BankQuestion, QuestionBank, Status
from contest_app.bank.services import add_question, create_bank
from question_bank.model import Option, Question

pytestmark = pytest.mark.journey
WIDE = {"width": 1280, "height": 900}
AGES = ("12 tuổi", "14 tuổi", "16 tuổi")
EXCHANGE = "Thẻ căn cước được cấp đổi khi công dân đủ bao nhiêu tuổi?"
FIRST_CARD = "Thẻ căn cước được cấp lần đầu khi công dân đủ bao nhiêu tuổi?"
ISSUER = "Cơ quan nào có thẩm quyền cấp thẻ căn cước?"
MENDED = "Cơ quan nào có thẩm quyền cấp thẻ căn cước theo Điều 27?"


def known_bank(world, session, unit) -> QuestionBank:
    """One approved question, of which the Word file holds a repetition and a near one."""
    bank = create_bank(session, unit.id, "Luật Căn cước", world.now)
    options = tuple(Option(age, correct=age == AGES[1]) for age in AGES)
    asked = Question("single", EXCHANGE, options)
    add_question(session, bank, asked, author_id=None, now=world.now).status = Status.APPROVED
    session.commit()
    return bank


def write_word_file(path) -> None:
    """The second question lacks its key."""
    document = Document()
    asked = ((EXCHANGE, "B"), (ISSUER, ""), (FIRST_CARD, "B"), ("Thẻ có mấy mặt?", "A"))
    for number, (stem, key) in enumerate(asked, 1):
        lines = [f"Câu {number}: {stem}", *(f"{letter}. {age}" for letter, age in zip("ABC", AGES, strict=True))]
        for line in [*lines, *([f"Đáp án: {key}"] if key else [])]:
            document.add_paragraph(line)
    document.save(path)


def test_import_mend_assign_review_and_undo(world, visitor, session, tmp_path):
    units = world.units()
    bank = known_bank(world, session, units["XA"])
    setter = visitor(viewport=WIDE).log_in(world.user("soan", role=Role.ORGANISER, unit=units["XA"]))
    reviewer = visitor(viewport=WIDE).log_in(
        world.user("duyet", role=Role.ORGANISER, unit=units["XA"], full_name="Lê Thị Duyệt")
    )
    mend_and_accept(setter, bank, tmp_path / "cau-hoi.docx")
    review_with_a_comment(reviewer, setter)
    undo_everything(setter, bank)
    left = {row.current.stem: row.status for row in session.query(BankQuestion)}
    assert left == {EXCHANGE: Status.APPROVED, MENDED: Status.RETIRED}


def mend_and_accept(setter, bank, file):
    """The repetition is set aside by itself, the broken one mended, the near one dropped by its reader."""
    write_word_file(file)
    page = setter.go(f"/ngan-hang/{bank.id}/nhap")
    page.set_input_files("input[name=file]", file)
    page.click("text=Đọc tệp và xem trước")
    setter.sees("Trùng nội dung với câu C0001", "Chưa có đáp án đúng")
    assert page.locator("#cau-3 del").first.inner_text().strip() == "đổi"
    page.click("#cau-2 >> text=Sửa tại đây")
    page.check("#options-0-correct")
    page.click("text=Lưu câu hỏi")
    setter.sees("Đã sửa. Câu này sẽ được nhận.")
    page.click("#cau-3 >> text=Bỏ qua")
    page.set_viewport_size({"width": 360, "height": 740})
    setter.fits()
    page.set_viewport_size(WIDE)
    page.fill("#topic", "Căn cước")
    page.select_option("#reviewer", label="Lê Thị Duyệt")
    page.click("#nhan >> text=Nhận 2 câu vào ngân hàng")
    setter.sees("Đã nhập 2 câu hỏi vào trạng thái chờ duyệt.", ISSUER)


def review_with_a_comment(reviewer, setter):
    """One approved, one sent back with what to mend; its author finds it, mends it and sends it again."""
    page = reviewer.go("/ngan-hang/")
    page.click("text=2 câu giao cho tôi")
    page.click(f"text={ISSUER}")
    page.fill("#note", "Ghi rõ cơ quan theo Điều 27")
    page.click("text=Trả lại để sửa")
    reviewer.sees("Ghi rõ cơ quan theo Điều 27", "bản nháp")
    page.click("text=Câu chờ duyệt tiếp theo")
    page.locator("form[action$='/trang-thai'] button[value=approved]").click()
    reviewer.sees("Người duyệt: Lê Thị Duyệt")
    mine = setter.go("/ngan-hang/")
    mine.click("text=Ghi rõ cơ quan theo Điều 27")
    mine.click("text=Sửa câu hỏi")
    mine.fill("#stem", MENDED)
    mine.click("text=Lưu câu hỏi")
    mine.click("text=Xem chỗ khác nhau")
    assert re.sub(r"\s+", " ", mine.locator("ins").last.inner_text()).strip() == "theo Điều 27"


def undo_everything(setter, bank):
    """The approved one goes because that is said; what was edited since is named and stays, retired."""
    page = setter.go(f"/ngan-hang/{bank.id}/lan-nhap")
    page.click("text=Hoàn tác lần nhập")
    setter.sees("đã được sửa sau khi nhập")
    page.check("#with_approved")
    page.locator("main form button.btn-danger").click()
    setter.sees("Đã hoàn tác 1 câu.", "Không hoàn tác được nên giữ lại")
