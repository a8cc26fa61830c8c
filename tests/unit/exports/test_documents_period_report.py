"""The period report says what the ledger holds, and where the office must write itself."""

from datetime import date

from document_builders import opened, period_report, text
from docx.enum.text import WD_COLOR_INDEX

from exports.documents.period_report import TO_WRITE
from exports.ledger import add_up


def cells(document, heading):
    """The rows of the table whose first heading that is."""
    found = next(one for one in document.tables if one.rows[0].cells[0].text == heading)
    return [[cell.text.strip("\u2003") for cell in row.cells] for row in found.rows[1:]]


def test_it_opens_with_the_period_and_its_figures():
    said = text(opened(period_report()))
    assert "Kết quả phổ biến, giáo dục pháp luật 6 tháng đầu năm 2026" in said
    assert (
        "6 tháng đầu năm 2026 (từ 01/01/2026 đến 30/06/2026), Xã An Trường và các đơn vị trực thuộc có 2 hoạt động đã "
        "chốt số liệu, 455 người tham gia với 772 lượt." in said
    )
    assert "Chưa tính vì chưa chốt kết quả: Thi hè." in said
    assert "Số:       /BC-UBND" in said


def test_its_tables_hold_every_line_and_the_sums():
    document = opened(period_report())
    assert cells(document, "Đơn vị") == [
        ["Xã An Trường và các đơn vị trực thuộc", "2", "455", "772", "12.500.000"],
        ["Xã An Trường", "1", "395", "712", "12.500.000"],
        ["Trường THCS An Trường", "1", "60", "60", "–"],
        ["Tổng cộng", "2", "455", "772", "12.500.000"],
    ]
    assert ["Tài liệu phổ biến pháp luật đã phát hành", "chưa có số liệu trong hệ thống"] in cells(document, "Chỉ tiêu")
    activities = cells(document, "STT")
    assert [row[3] for row in activities] == ["02/03/2026", "05/01/2026 – 18/01/2026"]
    assert [row[-1] for row in activities] == ["–", "12.500.000"]
    assert "Có 1 hoạt động chưa ghi kinh phí." in text(document)


def test_what_only_the_office_knows_is_marked():
    runs = [run for one in opened(period_report()).paragraphs for run in one.runs if run.text == TO_WRITE]
    assert [run.font.highlight_color for run in runs] == [WD_COLOR_INDEX.YELLOW] * 2


def test_a_period_named_by_its_days_is_told_once_and_may_be_empty():
    document = opened(
        period_report(
            period="Từ ngày 01/02/2026 đến ngày 03/02/2026", first=date(2026, 2, 1), last=date(2026, 2, 3),
            total=add_up([]), by_unit=(), by_form=(), by_topic=(), activities=(), not_final=(),
        )
    )  # fmt: skip
    said = text(document)
    assert "Từ ngày 01/02/2026 đến ngày 03/02/2026, Xã An Trường và các đơn vị trực thuộc chưa có hoạt động nào" in said
    assert "Phụ lục" not in said
    assert "từ ngày 01/02/2026 đến ngày 03/02/2026./." in said
