from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.sheet_values import LONGEST_TEXT
from exports.sheets import simple_sheet

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+84901234567",
    "-1",
    "@SUM(A1)",
    "=HYPERLINK(\"http://x.vn\")",
    "#N/A",
    "\t=1",
    "{=1}",
    "TRUE",
)  # fmt: skip


def opened(data):
    return load_workbook(BytesIO(data))


def only_sheet(rows, headings=("Cột",), title="Danh sách"):
    (sheet,) = opened(simple_sheet(title, headings, rows)).worksheets
    return sheet


def stored(value):
    return only_sheet([[value]])["A2"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_the_text_it_is(text):
    cell = stored(text)
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")


def test_hostile_headings_stay_text_too():
    sheet = only_sheet([], headings=HOSTILE)
    assert {cell.data_type for cell in sheet[1]} == {"s"}


def test_codes_keep_their_leading_zeros():
    assert stored("00123").value == "00123"


@pytest.mark.parametrize("text", ["Đặng Thị Hường – “Ủy ban”", "Đặng Thị Hường", "Nguyễn & <Con>", "dòng 1\ndòng 2"])
def test_text_keeps_its_diacritics_and_signs(text):
    assert stored(text).value == text


def test_control_characters_are_removed_and_words_soft_line_ends_kept():
    assert stored("a\x00b\x1bc\x0bd\r\ne\x85\ud800\ufffef").value == "abc\nd\nef"


def test_text_longer_than_a_cell_is_cut_at_excels_limit():
    assert len(stored("ế" * 40_000).value) == LONGEST_TEXT
    assert len(stored("😀" * 40_000).value) == LONGEST_TEXT // 2


def test_aware_times_are_written_in_vietnam_time():
    cell = stored(datetime(2026, 3, 1, 18, 30, 5, tzinfo=UTC))
    assert cell.value == datetime(2026, 3, 2, 1, 30, 5)  # noqa: DTZ001
    assert cell.number_format == "dd/mm/yyyy hh:mm:ss"


def test_dates_are_dates():
    cell = stored(date(2026, 9, 2))
    assert (cell.is_date, cell.value.date(), cell.number_format) == (True, date(2026, 9, 2), "dd/mm/yyyy")


def test_dates_excel_does_not_know_become_text():
    assert stored(date(1890, 5, 19)).value == "19/05/1890"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        ("", None),
        (True, "Có"),
        (False, "Không"),
        (12, 12),
        (1.5, 1.5),
        (Decimal("2.25"), 2.25),
        (float("nan"), None),
        (float("inf"), None),
        (10**20, "100000000000000000000"),
        (timedelta(minutes=1), "0:01:00"),
    ],
)
def test_other_values_are_written_in_a_type_excel_has(value, shown):
    assert stored(value).value == shown


def test_headings_are_bold_frozen_filtered_and_repeated_in_print():
    sheet = only_sheet([["01", "An"]], headings=("Mã", "Họ và tên"))
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet.print_title_rows == "$1:$1"


def test_pages_are_a4_landscape_as_wide_as_the_table_and_numbered():
    sheet = only_sheet([])
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one page wide is the default
    assert sheet.oddFooter.right.text == "Trang &P/&N"


def test_columns_fit_their_content_up_to_a_limit_where_rows_grow():
    sheet = only_sheet([["ngắn", "x" * 40, "từ " * 100]], headings=("A", "B", "C"))
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < 10 < 40 <= widths[1] < 50 < widths[2] < 65
    assert sheet.row_dimensions[2].height > 60


def test_cells_below_a_template_keep_the_zeros_people_type():
    assert only_sheet([]).column_dimensions["A"].number_format == "@"


@pytest.mark.parametrize("title", ["Câu hỏi: [1/2]?*\\", "", "'", "x" * 50, "a\x00b"])
def test_any_title_makes_a_sheet_name_excel_accepts(title):
    name = only_sheet([], title=title).title
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\\x00")


values = st.one_of(
    st.text(),
    st.sampled_from(HOSTILE),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.none(),
)


@settings(max_examples=150, deadline=None)
@given(st.text(), st.lists(st.text(), min_size=2, max_size=2), st.lists(st.tuples(values, values), max_size=4))
def test_no_value_makes_a_formula_or_an_unreadable_workbook(title, headings, rows):
    sheet = only_sheet(rows, headings, title)
    assert sheet.max_row <= len(rows) + 1
    assert not {cell.data_type for row in sheet.iter_rows() for cell in row} & {"f", "e"}
