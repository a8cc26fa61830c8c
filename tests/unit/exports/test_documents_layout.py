"""The layout of Decree 30/2020 as python-docx reads it back from the files."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from document_builders import (
    ALL,
    DAY,
    ENDED,
    LAW,
    LETTERHEAD,
    MARKING,
    PRIZES,
    REPORTED,
    a_list,
    a_report,
    decision,
    heading,
    minutes,
    opened,
    paragraphs,
    proposal,
    text,
)
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from evaluation_builders import empty_evaluation, evaluation, item

from exports.documents.report_document import report_document
from exports.documents.values import Meeting, Prize, Prizes, Scale

every_kind = pytest.mark.parametrize("make", ALL.values(), ids=ALL)


@every_kind
def test_paper_and_margins(make):
    for section in opened(make()).sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20


@every_kind
def test_one_font_and_no_text_that_is_not_black(make):
    document = opened(make())
    style = document.styles["Normal"]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert style.font.size == Pt(14)
    for paragraph in paragraphs(document):
        for run in paragraph.runs:
            assert run.font.name in (None, "Times New Roman")
            assert run.font.color.rgb is None
            assert not run.font.underline  # rules are drawn


@every_kind
def test_pages_are_numbered_in_the_top_margin_but_not_the_first(make):
    for section in opened(make()).sections:
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
        (number,) = section.header.paragraphs
        assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert "PAGE" in number._p.xml
        assert number.runs[0].font.size == Pt(13)


@every_kind
def test_headings_of_tables_repeat_and_rows_are_not_torn(make):
    ruled = [table for table in opened(make()).tables if table.style.name == "Table Grid"]
    assert ruled
    for table in ruled:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def head_of(document):
    """(left, right) lines of the head."""
    rows = document.tables[0].rows
    return [[one for row in rows for one in row.cells[side].paragraphs if one.text] for side in (0, 1)]


@pytest.mark.parametrize("make", [a_report, minutes, proposal, decision])
def test_the_head(make):
    left, right = head_of(opened(make()))
    assert [one.text for one in left][:2] == ["ỦY BAN NHÂN DÂN", "XÃ AN TRƯỜNG"]
    assert all(one.runs[0].font.bold for one in left[:2])
    assert [one.text for one in right] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "An Trường, ngày 05 tháng 02 năm 2026",
    ]  # fmt: skip
    assert right[2].runs[0].font.italic


def test_a_superior_office_stands_upright_above():
    letterhead = replace(LETTERHEAD, issuer="Trường A", superior="Ủy ban nhân dân xã B")
    data = report_document(letterhead, heading(), (), evaluation(), PRIZES)
    left, _right = head_of(opened(data))
    assert [(one.text, one.runs[0].font.bold) for one in left][:2] == [
        ("ỦY BAN NHÂN DÂN XÃ B", False), ("TRƯỜNG A", True),
    ]  # fmt: skip


def test_numbers_below_ten_have_a_nought_and_blanks_leave_room():
    assert "Số: 05/BC-UBND" in text(opened(a_report()))
    assert "Số: 10/BC-UBND" in text(opened(a_report(head=heading(number=10))))
    blank = text(opened(a_report(head=heading(number=None, day=None, year=2026))))
    assert "Số:       /BC-UBND" in blank
    assert "An Trường, ngày      tháng      năm 2026" in blank


def test_the_body_is_justified_and_set_in():
    body = next(one for one in opened(a_report()).paragraphs if one.text.startswith("Có 400 người"))
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert abs(body.paragraph_format.first_line_indent - Cm(1.27)) < 1000
    assert body.paragraph_format.space_after == Pt(6)
    assert body.runs[0].font.size == Pt(14)


def test_bases_end_in_semicolons_and_the_last_in_a_full_stop():
    bases = [one for one in opened(proposal()).paragraphs if one.text.startswith("Căn cứ ") and one.runs[0].font.italic]
    assert [one.text for one in bases] == [f"Căn cứ {LAW.words}."]
    lines = opened(decision()).paragraphs
    said = [one.text for one in lines if one.text.startswith(("Căn cứ", "Theo đề nghị"))]
    assert said == [
        f"Căn cứ {LAW.words};",
        f"Căn cứ {ENDED.words} (đã hết hiệu lực từ ngày 01/11/2025);",
        "Theo đề nghị của Ban Tổ chức cuộc thi.",
    ]


def test_an_ended_basis_is_marked_on_the_page_and_one_in_force_is_not():
    marked = [
        run.text for one in opened(decision()).paragraphs for run in one.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]  # fmt: skip
    assert marked == [" (đã hết hiệu lực từ ngày 01/11/2025)"]
    assert "hết hiệu lực" not in text(opened(decision(bases=(LAW,))))


def test_a_decision_has_its_authority_articles_and_signature():
    said = text(opened(decision()))
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN TRƯỜNG\nCăn cứ" in said
    assert "QUYẾT ĐỊNH:\nĐiều 1. Khen thưởng 01 tập thể và 02 cá nhân" in said
    assert "Điều 2. Tổng số tiền thưởng là 2.700.000 đồng." in said
    assert "Nguyễn Văn Ổn" in said
    assert "- Lưu: VT, VHXH." in said
    assert (
        "(Kèm theo Quyết định số 08/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân xã An Trường)"
        in said
    )


def test_an_annex_counts_its_pages_from_one():
    sections = opened(decision()).sections
    assert len(sections) == 2
    assert sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_wide_table_of_questions_lies_on_its_side():
    document = opened(a_report(evaluation(items=tuple(item(f"Q{n}", "hard") for n in range(40)))))
    assert [one.orientation for one in document.sections] == [WD_ORIENT.PORTRAIT] * 3 + [WD_ORIENT.LANDSCAPE]
    assert "Q39" in text(document)


def test_the_report_says_what_the_law_says():
    said = text(opened(a_report()))
    assert "Không thu nhận sinh trắc học của người dưới 06 tuổi." in said
    assert "khoản 2 Điều 18 Luật Căn cước số 26/2023/QH15" in said


def test_a_picture_comes_with_its_caption():
    document = opened(a_report())
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Biểu đồ 1. Phổ điểm"
    assert "Biểu đồ 1. Phổ điểm" in text(document)


def test_an_empty_contest_makes_a_report_without_empty_tables():
    document = opened(a_report(empty_evaluation(), charts=False))
    assert "Chưa có lượt thi nào kết thúc." in text(document)
    assert [len(table.rows) for table in document.tables if len(table.rows) == 1 and len(table.columns) > 2] == []


def test_the_report_says_what_its_points_are_out_of():
    said = text(opened(a_report()))
    assert "Điểm xếp hạng của mỗi người tính trên 40 điểm của cả cuộc thi. Tính lượt thi có điểm cao nhất." in said
    assert "Điểm trung bình (trên 40)" in said
    assert "Chỉ số của toàn bộ đề thi (lượt thi đầu tiên của mỗi người; bài thi tối đa 20 điểm)" in said
    assert Scale("20", "20").out_of == "trên 20 điểm"
    assert Scale("20").out_of == ""


def test_minutes_leave_room_for_what_nobody_said():
    said = text(opened(minutes(Meeting())))
    assert "1. Thời gian: …" in said
    assert "Trần Văn Bộ" not in said
    assert "Trần Văn Bộ, Trưởng ban Giám khảo" in text(opened(minutes()))


def test_minutes_tell_what_machine_and_people_did():
    said = text(opened(minutes()))
    for part in (
        "712 lượt thi; đã thu và chấm 700 lượt", "680 lượt do thí sinh nộp, 20 lượt do máy thu",
        "4 câu trả lời do giám khảo chấm (Lê Thị Chấm)", "Hai thiết bị làm cùng lúc", "Luật đã sửa",
        "9f86d081", "09 giờ 05",
        "3. Mở lại bài thi, thêm giờ: 2 lượt được mở lại và 1 lượt được thêm giờ.", "4. Sửa đáp án",
    ):  # fmt: skip
        assert part in said, part
    assert (
        "Có 395 người được xếp hạng; điểm cao nhất là 19,5, điểm trung bình là 13,2, trên 40 điểm của cả cuộc thi.\n"
        "Tính lượt thi có điểm cao nhất."
    ) in said
    assert "verify-results" not in said  # nobody says that it was run
    assert "thêm giờ: không có." in text(opened(minutes(marking=replace(MARKING, reopened=0, extra_time=0))))


def test_equals_across_the_last_prize_are_marked_and_no_sum_is_claimed():
    tied = Prizes((*PRIZES.individual, Prize("?", "Hồ An", "Ấp 2", 3, is_open=True)))
    document = opened(a_list(tied))
    assert "đồng hạng, ban tổ chức xét" in text(document)
    assert "?" not in text(document)
    assert "Tổng số tiền thưởng" not in text(document)
    assert "Tổng số tiền thưởng: 2.700.000 đồng." in text(opened(a_list()))


def test_a_contest_nobody_won():
    assert "Không có giải nào được trao." in text(opened(a_list(Prizes())))


def test_letters_a_file_cannot_hold_are_left_out():
    odd = Prizes((Prize("Nhất", "Nguyễn\x00 Văn\x0b A\ud800", "Ấp\u200b 1", 1),))
    assert "Nguyễn Văn A" in text(opened(a_list(odd)))


@every_kind
def test_the_file_names_its_day_not_the_machines(make):
    data = make()
    assert opened(data).core_properties.created.date() in (DAY, REPORTED)
    assert date.today().isoformat() not in ZipFile(BytesIO(data)).read("docProps/core.xml").decode()  # noqa: DTZ011


def test_good_questions_are_left_to_the_workbook():
    said = text(opened(a_report(evaluation(items=(item("TOT-1", "good"), item("NHAM-1", "confusing"))))))
    assert "CÁC CÂU HỎI CẦN XEM LẠI" in said
    assert "NHAM-1" in said
    assert "TOT-1" not in said
