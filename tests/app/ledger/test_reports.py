"""Lists and period reports: borders of periods, a unit and all below, sums."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from contest_app.accounts.models import Role
from contest_app.ledger.models import Activity
from contest_app.ledger.periods import period
from tests.app.word_files import read


@pytest.fixture
def ledger(world, session, units):
    """Activities at several units and on both sides of a border between periods."""

    def add(title, unit, began, ended, people, attempts, cost=None, topic="Luật A", form="contest"):
        session.add(
            Activity(
                unit_id=units[unit].id,
                title=title,
                began_on=began,
                ended_on=ended,
                form=form,
                topic=topic,
                audience="",
                people=people,
                attempts=attempts,
                cost=cost,
                updated_at=world.now,
            )
        )

    add("Thi xuân", "XA", date(2026, 2, 1), date(2026, 6, 30), 10, 12, 1_000_000)
    add("Thi qua kỳ", "TR", date(2026, 6, 20), date(2026, 7, 1), 20, 25, topic="Luật A; Luật B")
    add("Thi lớp", "TR-A", date(2026, 12, 1), date(2026, 12, 31), 5, 5, 500_000)
    add("Thi xã khác", "XK", date(2026, 3, 1), date(2026, 3, 2), 99, 99, 1)
    session.commit()


@pytest.mark.parametrize(
    ("asked", "seen", "hidden"),
    [
        ("ky=first_half&nam=2026", ["Thi xuân"], ["Thi qua kỳ", "Thi lớp"]),
        ("ky=second_half&nam=2026", ["Thi qua kỳ", "Thi lớp"], ["Thi xuân"]),
        ("ky=year&nam=2026", ["Thi xuân", "Thi qua kỳ", "Thi lớp"], []),
        ("ky=year&nam=2025", ["Không có hoạt động nào khớp"], ["Thi xuân"]),
        ("ky=first_half&nam=2026&tu=2025-12-15&den=2026-06-14", [], ["Thi xuân", "Thi qua kỳ"]),
        ("ky=other&nam=2026&tu=2026-07-01&den=2026-07-01", ["Thi qua kỳ"], ["Thi xuân", "Thi lớp"]),
        ("don-vi=TR", ["Thi qua kỳ", "Thi lớp"], ["Thi xuân"]),
        ("tim=thi+lop", ["Thi lớp"], ["Thi xuân"]),
        ("tim=LUAT+b", ["Thi qua kỳ"], ["Thi lớp"]),
        ("hinh-thuc=direct", ["Không có hoạt động nào khớp"], ["Thi xuân"]),
        ("ky=other&tu=2026-07-02&den=2026-07-01", ["Kỳ báo cáo chưa đúng"], ["Thi xuân"]),
        ("ky=other&tu=31/02/2026&den=2026-07-01", ["Kỳ báo cáo chưa đúng"], ["Thi xuân"]),
        ("ky=year&nam=99999", ["Kỳ báo cáo chưa đúng"], ["Thi xuân"]),
        ("ky=year&nam=abc", ["Kỳ báo cáo chưa đúng"], ["Thi xuân"]),
        ("ky=year&nam=" + "9" * 5000, ["Kỳ báo cáo chưa đúng"], ["Thi xuân"]),
    ],
)
def test_the_list_shows_what_is_asked_for(organiser, ledger, asked, seen, hidden):
    organiser.get(f"/so-hoat-dong/?{asked}").sees(*seen).does_not_see(*hidden, "Thi xã khác")


def test_sums_are_of_the_unit_and_all_below(organiser, ledger):
    page = organiser.get("/so-hoat-dong/bao-cao?ky=year&nam=2026&don-vi=XA")
    page.sees("Xã An Trường và các đơn vị trực thuộc 3 35 42 1.500.000", "Xã An Trường 1 10 12 1.000.000")
    page.sees("Trường THPT An Trường và các đơn vị trực thuộc 2 25 30 500.000", "Lớp 10A 1 5 5 500.000")
    page.sees("Luật A 3 35 42 1.500.000", "Luật B 1 20 25 –", "1 hoạt động chưa ghi kinh phí")
    page.sees("Cuộc thi tìm hiểu pháp luật 3", "Lượt người dự thi 42", "đã phát hành chưa có số liệu trong hệ thống")


def test_the_report_downloads_with_its_sums_as_values(organiser, ledger):
    organiser.get("/so-hoat-dong/bao-cao.xlsx?ky=second_half&nam=2026&don-vi=TR")
    book = load_workbook(io.BytesIO(organiser.page.data))
    rows = {row[0]: row[1:] for sheet in book for row in sheet.iter_rows(values_only=True)}
    assert rows["Tổng cộng"][:4] == (2, 25, 30, 500_000)
    assert rows["Tài liệu phổ biến pháp luật đã phát hành"][0] == "chưa có số liệu trong hệ thống"
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    organiser.get("/so-hoat-dong/bao-cao.xlsx?ky=other", 422).sees("Kỳ báo cáo chưa đúng")


def test_the_report_is_a_letter_of_the_unit_reported_on(organiser, ledger):
    organiser.get("/so-hoat-dong/bao-cao.docx?ky=first_half&nam=2026&don-vi=XA")
    printed = read(organiser.page)
    assert "ỦY BAN NHÂN DÂN\nXÃ AN TRƯỜNG" in printed
    assert "đơn vị trực thuộc có 1 hoạt động đã chốt số liệu, 10 người tham gia với 12 lượt." in printed
    organiser.get("/so-hoat-dong/bao-cao.docx?ky=first_half&nam=2026&don-vi=TR")
    printed = read(organiser.page)
    assert "TRƯỜNG THPT AN TRƯỜNG" in printed
    assert "HIỆU TRƯỞNG" in printed
    assert "chưa có hoạt động nào đã chốt số liệu" in printed
    organiser.get("/so-hoat-dong/bao-cao.docx?ky=other", 422).sees("Kỳ báo cáo chưa đúng")
    organiser.get("/so-hoat-dong/bao-cao.docx?don-vi=XK", 404)


def test_the_print_view_holds_every_row(organiser, session, world, units):
    for number in range(60):
        session.add(
            Activity(
                unit_id=units["XA"].id,
                title=f"Cuộc số {number:02}",
                began_on=date(2026, 1, 1),
                ended_on=date(2026, 1, 2),
                form="contest",
                people=1,
                attempts=1,
                updated_at=world.now,
            )
        )
    session.commit()
    organiser.get("/so-hoat-dong/").sees("Trang 1 trên 2")
    organiser.get("/so-hoat-dong/?in=1").sees("Cuộc số 00", "Cuộc số 59")


def test_who_holds_two_units_has_both(world, units, person, ledger, session):
    user = world.user("hai-noi", role=Role.ORGANISER, unit=units["XA"])
    from contest_app.accounts.services import grant_role

    grant_role(session, user, Role.JUDGE, units["XK"], actor_id=None, now=world.now)
    session.commit()
    person().log_in(user).get("/so-hoat-dong/").sees("Thi xã khác", "Thi lớp")


def test_a_period_of_other_days_is_named_by_them(organiser, ledger):
    asked = "ky=year&nam=2026&tu=2020-01-01&den=2020-12-31"
    named = "Từ ngày 01/01/2020 đến ngày 31/12/2020"
    organiser.get(f"/so-hoat-dong/bao-cao?{asked}&don-vi=XA").sees(f"– {named}").does_not_see("Năm 2026 ")
    organiser.get(f"/so-hoat-dong/?{asked}").sees(named)
    organiser.get(f"/so-hoat-dong/bao-cao.docx?{asked}&don-vi=XA")
    assert "Năm 2026" not in read(organiser.page)
    organiser.get("/so-hoat-dong/bao-cao?ky=year&nam=2026&tu=2026-01-01&don-vi=XA").sees("– Năm 2026")


def test_days_given_stand_in_for_the_calendar_s():
    shifted = period("first_half", 2026, date(2025, 12, 15), date(2026, 6, 14))
    assert (shifted.first, shifted.last, shifted.is_usual) == (date(2025, 12, 15), date(2026, 6, 14), False)
    assert period("second_half", 2026).first == date(2026, 7, 1)
    assert period("year", 2026, date(2027, 1, 1)) is None
    assert period("quý", 2026) is None
