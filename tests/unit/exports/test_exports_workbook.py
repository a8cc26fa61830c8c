from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from report_builders import (
    HASH,
    OPENED,
    attempt,
    cover,
    empty_report,
    question,
    report,
    standing,
    unit,
)

from exports.report import ContestReport, DayRow, ScoreBin
from exports.workbook import results_workbook

SHEETS = [
    "Bìa",
    "Xếp hạng",
    "Danh sách theo tên",
    "Lượt thi",
    "Câu hỏi",
    "Đơn vị",
    "Phân bố điểm",
    "Theo ngày",
    "Giải thích",
]
HEADING = 3
HOSTILE = "=cmd|' /C calc'!A0"


def opened(value):
    return load_workbook(BytesIO(results_workbook(value)))


def table(sheet):
    """The rows below the headings, as dictionaries."""
    headings, *rows = sheet.iter_rows(min_row=HEADING, values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def column(sheet, heading):
    return [row[heading] for row in table(sheet)]


def all_cells(workbook):
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def texts_from(sheet, first_row):
    rows = sheet.iter_rows(min_row=first_row, values_only=True)
    return [str(value) for row in rows for value in row if value is not None]


def test_the_sheets_stand_in_a_fixed_order():
    assert opened(report()).sheetnames == SHEETS


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Xếp hạng", 40),
        ("Danh sách theo tên", 40),
        ("Lượt thi", 40),
        ("Câu hỏi", 20),
        ("Đơn vị", 12),
        ("Theo ngày", 14),
    ],
)
def test_every_sheet_states_and_holds_its_number_of_rows(title, rows):
    workbook = opened(report())
    sheet = workbook[title]
    assert str(sheet["A2"].value).split(" · ")[0] == f"Số dòng: {rows}"
    assert sheet.max_row == HEADING + rows
    contents = {row[0]: row[1] for row in workbook["Bìa"].iter_rows(values_only=True)}
    assert contents[title] == f"{rows} dòng"


@pytest.mark.parametrize("title", SHEETS[1:])
def test_every_table_is_frozen_filtered_and_printed_on_a4_landscape(title):
    sheet = opened(report())[title]
    letter = sheet.cell(HEADING, sheet.max_column).column_letter
    assert sheet.freeze_panes.endswith(str(HEADING + 1))
    assert sheet.auto_filter.ref == f"A{HEADING}:{letter}{sheet.max_row}"
    if title != "Đơn vị":  # a table of one page: on the next stands its chart alone
        assert sheet.print_title_rows == f"${HEADING}:${HEADING}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.oddFooter.right.text == "Trang &P/&N"


def test_the_cover_tells_rules_totals_hash_and_who_signs():
    shown = texts(opened(report())["Bìa"])
    assert cover().contest_title in shown
    assert {"Đối tượng", "Số thí sinh", "1234", f"SHA-256: {HASH}", "Thư ký", "Trưởng ban Giám khảo"} <= set(shown)


def test_signatures_stand_on_one_printed_page_with_the_figures_signed_for():
    sheet = opened(report())["Bìa"]
    (before,) = (row.id for row in sheet.row_breaks.brk)
    last_page = texts_from(sheet, before + 1)
    assert last_page[0].startswith("Số liệu chung")
    assert {"1234", "Thư ký", "Trưởng ban Giám khảo"} <= set(last_page)
    assert sheet.max_row - before < 20


@pytest.mark.parametrize("title", ["Xếp hạng", "Danh sách theo tên"])
def test_standings_print_at_eight_points_at_least(title):
    long = standing(
        0, full_name="Nguyễn Phương Thị Thanh Huyền", unit="Trung tâm Giáo dục nghề nghiệp – Giáo dục thường xuyên",
        group="Bảng B – đoàn viên, thanh niên và người dân", award="Giải Khuyến khích tháng", prediction_distance=12345,
    )  # fmt: skip
    sheet = opened(report(standings=(long,)))[title]
    pixels = sum(7 * column.width + 5 for column in sheet.column_dimensions.values())  # Calibri 11, Excel's own font
    inches = 11.69 - sheet.page_margins.left - sheet.page_margins.right
    assert 10 * 96 * inches / pixels >= 8  # the table is of ten points


def test_the_cover_writes_the_time_of_making_in_vietnam_time():
    made = cover(generated_at=datetime(2026, 3, 31, 9, 45, tzinfo=UTC))
    values = [cell.value for cell in opened(report(cover=made))["Bìa"]["B"]]
    assert datetime(2026, 3, 31, 16, 45) in values  # noqa: DTZ001


def test_provisional_results_are_called_so_on_the_cover_and_on_every_page():
    workbook = opened(report(cover=cover(results_hash="")))
    assert "Kết quả tạm thời, chưa chốt" in texts(workbook["Bìa"])
    assert {sheet.oddFooter.left.text for sheet in workbook} == {"Kết quả tạm thời, chưa chốt"}


def test_every_page_of_final_results_carries_the_beginning_of_the_hash():
    assert {sheet.oddFooter.left.text for sheet in opened(report())} == {f"Mã băm: {HASH[:16]}…"}


def test_standings_keep_codes_as_text_times_as_dates_and_diacritics():
    sheet = opened(report(1))["Xếp hạng"]
    (row,) = table(sheet)
    assert (row["Số báo danh"], row["Họ và tên"]) == ("00001", "Nguyễn Thị Ánh")
    assert row["Nộp bài lúc"] == OPENED.replace(second=41)
    assert row["Thời gian làm bài"] == timedelta(seconds=305.25)


def test_a_contestant_with_nothing_known_leaves_empty_cells():
    nobody = standing(
        0, rank=None, birth_year=None, prediction_distance=None, seconds_taken=None, submitted_at=None, award=""
    )
    (row,) = table(opened(report(standings=(nobody,)))["Xếp hạng"])
    unknown = ("Hạng", "Năm sinh", "Lệch dự đoán", "Thời gian làm bài", "Nộp bài lúc", "Giải")
    assert [row[heading] for heading in unknown] == [None] * 6


@pytest.mark.parametrize(("scores", "shown_as"), [((20, 18.0), "0"), ((20, 17.5), "0.00")])
def test_scores_show_decimals_only_where_some_score_has_them(scores, shown_as):
    standings = tuple(standing(place, score=score) for place, score in enumerate(scores))
    sheet = opened(report(standings=standings))["Xếp hạng"]
    assert {sheet.cell(HEADING + 1 + place, 7).number_format for place in range(2)} == {shown_as}


def test_the_list_by_name_is_in_vietnamese_order_of_given_names():
    names = ("Lê Văn Đạt", "Trần Ánh", "Vũ Dũng", "Nguyễn An")
    standings = tuple(standing(place, full_name=name) for place, name in enumerate(names))
    sheet = opened(report(standings=standings))["Danh sách theo tên"]
    assert column(sheet, "Họ và tên") == ["Nguyễn An", "Trần Ánh", "Vũ Dũng", "Lê Văn Đạt"]


def test_attempts_say_which_count_and_why_others_are_void():
    attempts = (attempt(0, counts=True), attempt(1, counts=False), attempt(2, counts=False, void_reason="Thi hộ"))
    sheet = opened(report(attempts=attempts, voided=1))["Lượt thi"]
    assert column(sheet, "Tình trạng") == ["Được tính", "Không tính", "Đã hủy"]
    assert column(sheet, "Lý do hủy") == [None, None, "Thi hộ"]
    assert "đã hủy: 1" in sheet["A2"].value


def test_voided_attempts_are_struck_through_up_to_their_reason():
    (marked,) = opened(report(3))["Lượt thi"].conditional_formatting
    (rule,) = marked.rules
    assert (str(marked.sqref), rule.formula, rule.dxf.font.strike) == ("A4:O6", ['$P4<>""'], True)


def test_questions_show_rate_options_key_and_how_often_each_was_chosen():
    sheet = opened(report(questions=1))["Câu hỏi"]
    (row,) = table(opened(ContestReport(cover(), questions=(question(1),)))["Câu hỏi"])
    assert row["Tỷ lệ đúng"] == pytest.approx(37 / 101)
    assert [row[f"Chọn {letter}"] for letter in "ABCD"] == [5, 37, 7, 4]
    assert row["Đáp án"] == "B"
    assert row["Các phương án"].startswith("A. 14 tuổi\nB. 16 tuổi\n")
    assert sheet["B4"].number_format == "0.0%"


def test_questions_of_different_numbers_of_options_share_one_table():
    questions = (question(0), question(1, option_counts=()), question(2, shown=0))
    rows = table(opened(replace(report(), questions=questions))["Câu hỏi"])
    assert rows[1]["Chọn A"] is None
    assert rows[1]["Đáp án"] is None
    assert rows[2]["Tỷ lệ đúng"] is None


def test_units_show_participation_where_the_headcount_is_known():
    units = (unit(0, headcount=200, participants=50), unit(1, headcount=None), unit(2, headcount=0))
    rates = column(opened(replace(report(), units=units))["Đơn vị"], "Tỷ lệ tham gia")
    assert rates == [0.25, None, None]


def test_the_score_distribution_adds_shares_of_all_papers():
    bins = (ScoreBin("0–9", 1), ScoreBin("10–20", 3))
    sheet = opened(report(score_distribution=bins))["Phân bố điểm"]
    assert [tuple(row.values()) for row in table(sheet)] == [("0–9", 1, 0.25), ("10–20", 3, 0.75)]


def test_days_are_dates():
    day = DayRow(date(2026, 3, 8), 5, 4)
    sheet = opened(replace(report(), days=(day,)))["Theo ngày"]
    assert (sheet["A4"].value.date(), sheet["A4"].number_format) == (day.day, "dd/mm/yyyy")


def references(chart):
    """(names, values) ranges of every series."""
    found = []
    for series in chart.series:
        names = series.cat.strRef or series.cat.numRef
        found.append((names.f, series.val.numRef.f))
    return found


def charts(workbook, title):
    return workbook[title]._charts


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Câu hỏi", [("'Câu hỏi'!$A$4:$A$23", "'Câu hỏi'!$B$4:$B$23")]),
        ("Đơn vị", [("'Đơn vị'!$C$4:$C$15", "'Đơn vị'!$F$4:$F$15")]),
        ("Phân bố điểm", [("'Phân bố điểm'!$A$4:$A$24", "'Phân bố điểm'!$B$4:$B$24")]),
        (
            "Theo ngày",
            [
                ("'Theo ngày'!$A$4:$A$17", "'Theo ngày'!$B$4:$B$17"),
                ("'Theo ngày'!$A$4:$A$17", "'Theo ngày'!$C$4:$C$17"),
            ],
        ),
    ],
)
def test_charts_are_excels_own_and_cover_exactly_the_data(title, expected):
    (chart,) = charts(opened(report()), title)
    assert references(chart) == expected
    assert not chart.x_axis.delete
    assert not chart.y_axis.delete
    assert chart.x_axis.title.tx.rich.p[0].r[0].t
    assert (chart.legend is None) == (len(expected) == 1)


@pytest.mark.parametrize(("title", "size"), [("Câu hỏi", 60), ("Đơn vị", 25)])
def test_many_bars_are_shared_out_on_charts_that_together_cover_the_data(title, size):
    workbook = opened(report(1, questions=130, units=130))
    drawn = [references(chart)[0][0].split("!")[1] for chart in charts(workbook, title)]
    letter = "A" if title == "Câu hỏi" else "C"
    starts = range(4, 134, size)
    assert drawn == [f"${letter}${first}:${letter}${min(first + size - 1, 133)}" for first in starts]


@pytest.mark.parametrize("title", ["Câu hỏi", "Đơn vị", "Phân bố điểm", "Theo ngày", "Giải thích"])
def test_no_chart_covers_its_table_or_another_chart(title):
    sheet = opened(report(1, questions=130, units=130))[title]
    tops = [chart.anchor._from for chart in sheet._charts]
    assert all(top.row >= sheet.max_row or top.col >= sheet.max_column for top in tops)
    for above, below in zip(sheet._charts, sheet._charts[1:], strict=False):
        height_rows = above.anchor.ext.height / 9525 / 20  # pixels of a default row
        assert above.anchor._from.row + height_rows <= below.anchor._from.row


def test_without_headcounts_the_chart_shows_numbers_of_participants():
    units = tuple(unit(place, headcount=None) for place in range(3))
    (chart,) = charts(opened(replace(report(), units=units)), "Đơn vị")
    assert references(chart)[0][1] == "'Đơn vị'!$E$4:$E$6"


def test_an_empty_report_is_a_workbook_that_says_so():
    workbook = opened(empty_report())
    assert workbook.sheetnames == SHEETS
    for sheet in workbook.worksheets[1:-1]:
        assert sheet["A2"].value.startswith("Số dòng: 0")
        assert sheet["A4"].value == "Chưa có dữ liệu"
        assert not sheet._charts


def hostile_report(text):
    """A report that says the same text wherever people may write something."""
    options = ((text, 1, True), (text, 2, False))
    return ContestReport(
        cover=cover(contest_title=text, organiser=text, rules=((text, text),), totals=((text, 1),), results_hash=text),
        standings=(standing(0, code=text, full_name=text, unit=text, group=text, award=text),),
        attempts=(attempt(0, code=text, full_name=text, unit=text, round_name=text, closed_by=text, void_reason=text),),
        questions=(question(0, code=text, stem=text, topic=text, level=text, legal_basis=text, option_counts=options),),
        units=(unit(0, code=text, name=text),),
        score_distribution=(ScoreBin(text, 1),),
        days=(DayRow(date(2026, 3, 2), 1, 1),),
    )


@pytest.mark.parametrize("text", [HOSTILE, "+84901234567", "-1", "@x", "#REF!", "a\x0b=1", "Rất dài " * 900])
def test_hostile_text_makes_no_formula_anywhere(text):
    workbook = opened(hostile_report(text))
    assert not {cell.data_type for cell in all_cells(workbook)} & {"f", "e"}
    assert workbook["Đơn vị"]["C4"].value == text.replace("\x0b", "\n")


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_no_text_makes_a_formula_or_an_unreadable_workbook(text):
    workbook = opened(hostile_report(text))
    assert not {cell.data_type for cell in all_cells(workbook)} & {"f", "e"}


def test_twenty_thousand_attempts_are_all_there():
    attempts = tuple(attempt(place) for place in range(20_000))
    sheet = opened(ContestReport(cover(), attempts=attempts))["Lượt thi"]
    assert sheet.max_row == HEADING + 20_000
    assert sheet.cell(HEADING + 20_000, 1).value == 20_000
