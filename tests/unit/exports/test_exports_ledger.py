"""The period report as a file, and forms looked into and filled."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from exports.ledger import ActivityLine, MinimumFields, PeriodReport, SumLine, add_up, minimum_rows
from exports.ledger_workbook import ledger_workbook
from exports.statistics_form import Filling, StatisticsForm, will_be_lost


def report(**changes):
    total = add_up([(10, 12, None), (5, 5, 2_000_000_000)])
    line = ActivityLine(
        "=cmd", "Thi tìm hiểu", date(2026, 5, 1), date(2026, 5, 9), "Thi", "Luật A", "Học sinh", 10, 12, None, "", ""
    )
    values = {
        "unit": "Xã An Trường", "period": "Năm 2026", "first": date(2026, 1, 1), "last": date(2026, 12, 31),
        "generated_at": datetime(2026, 12, 31, 8, tzinfo=UTC), "minimum": MinimumFields(2, 17), "total": total,
        "by_unit": (SumLine("Xã An Trường", total, is_subtotal=True), SumLine("Lớp 10A", add_up([(5, 5, 0)]), 2)),
        "by_form": (SumLine("Thi", total),), "by_topic": (), "activities": (line,), "not_final": ("Thi sau",),
    }  # fmt: skip
    return PeriodReport(**{**values, **changes})


def rows(data, title):
    return list(load_workbook(io.BytesIO(data))[title].iter_rows(values_only=True))


def test_sums_keep_apart_what_is_nothing_and_what_is_not_known():
    assert add_up([]).cost is None
    assert add_up([(1, 2, 0)]).cost == 0
    total = add_up([(10, 12, None), (5, 5, 7)])
    assert (total.activities, total.people, total.attempts, total.cost, total.without_cost) == (2, 15, 17, 7, 1)


def test_every_sheet_says_what_it_holds():
    data = ledger_workbook(report())
    head = [row[0] for row in rows(data, "Số liệu chung")]
    assert "Năm 2026 (từ 01/01/2026 đến 31/12/2026)" in head
    assert "Chưa tính vì chưa chốt kết quả: Thi sau" in head
    assert rows(data, "Theo đơn vị")[-3:] == [
        ("Xã An Trường", 2, 15, 17, 2_000_000_000, 1), ("\u2003\u2003Lớp 10A", 1, 5, 5, 0, 0),
        ("Tổng cộng", 2, 15, 17, 2_000_000_000, 1),
    ]  # fmt: skip
    costs = [row[4] for row in load_workbook(io.BytesIO(data))["Theo đơn vị"].iter_rows(min_row=2) if row[4].value]
    assert {cell.number_format for cell in costs if isinstance(cell.value, int)} == {"#,##0"}
    assert rows(data, "Các hoạt động")[-1][0] == "=cmd"
    assert load_workbook(io.BytesIO(data))["Các hoạt động"].cell(5, 1).data_type == "s"


def test_a_number_nobody_keeps_is_not_zero():
    values = dict(rows(ledger_workbook(report()), "Số liệu chung")[-6:])
    assert values["Lượt người dự thi"] == 17
    assert values["Văn bản chỉ đạo, hướng dẫn đã ban hành"] == "chưa có số liệu trong hệ thống"
    assert [value for _label, value in minimum_rows(MinimumFields(0, 0))] == [None, None, None, 0, 0, None]


def test_an_empty_period_still_makes_a_file():
    data = ledger_workbook(report(total=add_up([]), by_unit=(), by_form=(), activities=(), not_final=()))
    assert rows(data, "Theo hình thức")[-1] == ("Tổng cộng", 0, 0, 0, None, 0)


@pytest.fixture
def book():
    made = Workbook()
    page = made.active
    page.title = "B1"
    page["A1"], page["B2"] = "Đầu", "=A1"
    page["C3"] = ArrayFormula("C3:C4", "=A1:A2*2")
    page.merge_cells("A1:C1")
    page["Z99"] = 1
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_merged_range_is_one_cell_of_the_grid(book):
    grid = StatisticsForm(book).grid("B1")
    first = grid.rows[0][1]
    assert (first[0].address, first[0].columns, first[1].address) == ("A1", 3, "D1")
    assert (len(grid.letters), len(grid.rows), grid.is_cut) == (20, 60, True)


def test_what_stands_in_a_cell_is_known(book):
    form = StatisticsForm(book)
    assert (form.held("B1", "B2").text, form.held("B1", "B2").is_formula) == ("=A1", True)
    assert (form.held("B1", "C3").text, form.held("B1", "C3").is_formula) == ("=A1:A2*2", True)
    assert form.held("B1", "D9").is_empty
    assert (form.anchor("B1", "$c$1"), form.anchor("B1", "A0"), form.anchor("B2", "A1")) == ("A1", None, None)


def test_filling_keeps_formulas_and_adds_to_a_footer(book):
    source = load_workbook(io.BytesIO(book))
    source["B1"].oddFooter.center.text = "Trang &P"
    stream = io.BytesIO()
    source.save(stream)
    data = StatisticsForm(stream.getvalue()).filled(
        [Filling("B1", "B1", "Xã\x07 A"), Filling("B1", "D4", 12), Filling("B1", "D5", None)], is_checked=False
    )
    page = load_workbook(io.BytesIO(data))["B1"]
    assert (page["A1"].value, page["B2"].value, page["C3"].value.text) == ("Xã A", "=A1", "=A1:A2*2")
    assert (page["D4"].value, page["D5"].value) == (12, None)
    assert page.oddFooter.center.text == "Trang &P\nBiểu và cách điền cần đối chiếu"


def test_a_plain_form_loses_nothing(book):
    assert will_be_lost(book) == []
