"""A commune officer who knows Word and Excel: from a sheet of questions to published results."""

from datetime import timedelta

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from contest_app.accounts.models import Role
from contest_app.bank.models import BankQuestion
from contest_app.clock import in_vietnam
from contest_app.contests.models import Contest

pytestmark = pytest.mark.journey


def fill_template(path, count: int) -> None:
    """Write questions under the template's own headings; one row lacks its key."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heading_row = next(row for row in sheet.iter_rows() if any(cell.value == "Nội dung câu hỏi" for cell in row))
    columns = {cell.value: cell.column for cell in heading_row if cell.value}
    sheet.delete_rows(heading_row[0].row + 1, sheet.max_row)
    for number in range(1, count + 2):
        values = {
            "Nội dung câu hỏi": f"Câu hỏi số {number} về đất đai là gì?", "Phương án A": f"Ý một {number}",
            "Phương án B": f"Ý hai {number}", "Phương án C": f"Ý ba {number}", "Đáp án": "B" if number <= count else "",
            "Chủ đề": "Luật Đất đai", "Mức độ": "Nhận biết",
        }  # fmt: skip
        for heading, value in values.items():
            sheet.cell(heading_row[0].row + number, columns[heading], value)
    book.save(path)


def bring_in_questions(organiser, session, sheet):
    """Template, upload, preview with the broken row named, accept."""
    page = organiser.go("/ngan-hang/")
    page.fill("#name", "Ngân hàng thử")
    page.locator("main form button:has-text('Tạo')").click()
    page.locator("main a[href$='/nhap']").first.click()
    with page.expect_download() as download:
        page.locator("a[href$='mau.xlsx']").click()
    download.value.save_as(sheet)
    fill_template(sheet, 8)
    page.set_input_files("input[name=file]", sheet)
    page.locator("main form button.btn-primary").click()
    organiser.sees("Chưa có đáp án đúng.").fits()
    assert session.query(BankQuestion).count() == 0
    session.commit()
    page.locator("main form button.btn-primary").first.click()
    organiser.sees("Đã nhập 8 câu hỏi")


def make_and_open_contest(organiser, world):
    """Form, preview, opening."""
    opens, closes = in_vietnam(world.now) - timedelta(hours=2), in_vietnam(world.now) + timedelta(hours=2)
    page = organiser.go("/quan-ly/moi")
    page.fill("#title", "Tìm hiểu Luật Đất đai")
    page.fill("#slug", "luat-dat-dai")
    page.fill("#rounds-0-opens_at", opens.strftime("%Y-%m-%dT%H:%M"))
    page.fill("#rounds-0-closes_at", closes.strftime("%Y-%m-%dT%H:%M"))
    page.fill("#blueprint-0-count", "5")
    for row in (1, 2, 3):
        page.fill(f"#blueprint-{row}-count", "")
    page.click("text=Lưu thể lệ")
    organiser.sees("Ngân hàng đủ câu đã duyệt")
    page.click("text=Xem trước như thí sinh")
    organiser.sees("Câu 5")
    page.go_back()
    page.click("main button:has-text('Mở cuộc thi')")
    organiser.sees("Cuộc thi đã mở.")


def close_early_and_publish(organiser, visitor, world):
    """With its reason; nobody sees the ranking before."""
    page = organiser.go("/quan-ly/luat-dat-dai/sua")
    page.fill("#rounds-0-closes_at", in_vietnam(world.now).strftime("%Y-%m-%dT%H:%M"))
    page.fill("#reason", "Kết thúc sớm theo thông báo của ban tổ chức")
    page.click("text=Lưu thể lệ")
    visitor_page = visitor()
    visitor_page.go("/ket-qua/luat-dat-dai")
    visitor_page.sees("Bảng xếp hạng chưa được công bố")
    page = organiser.go("/quan-ly/luat-dat-dai")
    page.locator("form[action$='/cong-bo/ranking'] button").click()
    organiser.sees("Đã đổi công bố.")
    visitor_page.go("/ket-qua/luat-dat-dai")
    visitor_page.sees("N. V. Nhat", "N. V. Nhi").fits()
    organiser.go("/ket-qua/luat-dat-dai").locator("form[action$='/chot'] button").click()
    organiser.sees("Kết quả đã chốt")


def test_from_an_excel_sheet_to_published_results(world, visitor, session, tmp_path):
    units = world.units()
    organiser_account = world.user("btc", role=Role.ORGANISER, unit=units["XA"])
    reviewer_account = world.user("duyet", role=Role.ORGANISER, unit=units["XA"])
    organiser = visitor(viewport={"width": 1280, "height": 900}).log_in(organiser_account)
    bring_in_questions(organiser, session, tmp_path / "cau-hoi.xlsx")

    # Somebody else approves.
    reviewer = visitor(viewport={"width": 1280, "height": 900}).log_in(reviewer_account)
    reviewer.go("/ngan-hang/1").locator("form[action$='/duyet'] button").click()
    reviewer.sees("Đã duyệt 8 câu hỏi")
    organiser.go("/ngan-hang/1?tim=dat dai")
    organiser.sees("Câu hỏi số 1 về đất đai là gì?")

    make_and_open_contest(organiser, world)

    # People sit while the organiser watches.
    contest = session.query(Contest).one()
    session.commit()
    for login, right in (("nhat", 5), ("nhi", 3)):
        world.sat(contest, login, right, units["TR-A"])
    page = organiser.go("/theo-doi/luat-dat-dai")
    expect(page.locator("#so-da-nop")).to_have_text("2")

    close_early_and_publish(organiser, visitor, world)
