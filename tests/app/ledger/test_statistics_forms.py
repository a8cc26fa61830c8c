"""An office's own form: upload, mapping, filling; all else in it stays as it was."""

import io
import zipfile

import pytest
from flask import g, request
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from sqlalchemy import select

from contest_app.audit.models import AuditEntry
from contest_app.ledger import templates
from contest_app.ledger.models import StatisticsTemplate
from exports import statistics_form
from tests.app.accounts.files import hostile_files, macro_file, saved, upload, with_part


def office_form():
    book = Workbook()
    page = book.active
    page.title = "Biểu 1"
    page["A1"] = "BIỂU SỐ LIỆU"
    page["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    page.merge_cells("A1:D1")
    page["A2"], page["A3"], page["A4"] = "Đơn vị", "Cuộc thi", "Lượt"
    page.merge_cells("B2:D2")
    page["B3"].fill = PatternFill("solid", start_color="FFFF00")
    page["B3"].number_format = "#,##0"
    page["B5"] = "=SUM(B3:B4)"
    page["B6"].number_format = "dd/mm/yyyy"
    page["C3"].comment = Comment("ghi chú của huyện", "Sở")
    page.column_dimensions["A"].width = 33
    page.row_dimensions[1].height = 40
    book.create_sheet("Biểu 2")["A1"] = "Trang hai"
    book.defined_names["so_luot_du_thi_cap_xa"] = DefinedName("so_luot_du_thi_cap_xa", attr_text="'Biểu 1'!$B$4")
    book.defined_names["vung"] = DefinedName("vung", attr_text="'Biểu 1'!$A$1:$D$9")
    book.defined_names["hong"] = DefinedName("hong", attr_text="#REF!")
    return saved(book)


def send(who, data, name="bieu.xlsx", status=200, title="Biểu năm"):
    unit = who.send("GET", "/so-hoat-dong/bieu-mau").get_data(as_text=True)
    first = unit.split('<option value="')[1].split('"')[0]
    return who.post(
        "/so-hoat-dong/bieu-mau", status, unit=first, name=title, period_kind="year", file=upload(data, name)
    )


@pytest.fixture
def template(organiser, session):
    send(organiser, office_form()).sees("Hãy chọn số liệu cho từng ô.", "cần đối chiếu")
    kept = session.query(StatisticsTemplate).one()
    session.commit()
    return kept


def add(who, template, cell, fact, scope="all", status=200):
    where = {"trang-tinh": "Biểu 1", "cell": cell, "fact": fact, "scope": scope}
    return who.post(f"/so-hoat-dong/bieu-mau/{template.id}/o", status, **where)


def fill(who, template, asked="ky=year&nam=2026"):
    who.post(f"/so-hoat-dong/bieu-mau/{template.id}/dien.xlsx?{asked}")
    return who.page.data


def everything(data, but=()):
    """All that a workbook's cells and sheets say, by place."""
    book = load_workbook(io.BytesIO(data))
    cells = {
        (page.title, cell.coordinate): (
            cell.value, cell.number_format, cell.font.name, cell.font.b, cell.font.sz, cell.fill.start_color.rgb,
            cell.comment.text if cell.comment else None,
        )
        for page in book for row in page.iter_rows() for cell in row if (page.title, cell.coordinate) not in but
    }  # fmt: skip
    shape = [
        (
            page.title, sorted(map(str, page.merged_cells.ranges)),
            {key: one.width for key, one in page.column_dimensions.items()},
            {key: one.height for key, one in page.row_dimensions.items()},
        )
        for page in book
    ]  # fmt: skip
    return cells, shape, sorted(book.defined_names)


def test_only_the_mapped_cells_change(organiser, template, finished):
    for cell, fact in (("c2", "don_vi"), ("B3", "so_cuoc_thi"), ("B4", "so_luot_du_thi"), ("B6", "tu_ngay")):
        add(organiser, template, cell, fact)
    organiser.get(f"/so-hoat-dong/bieu-mau/{template.id}/dien?ky=year&nam=2026").sees(
        "4 ô sẽ được điền", "Biểu 1, B2", "Xã An Trường – Năm 2026", "01/01/2026"
    )
    filled = fill(organiser, template)
    page = load_workbook(io.BytesIO(filled))["Biểu 1"]
    assert (page["B2"].value, page["B3"].value, page["B4"].value) == ("Ủy ban nhân dân xã An Trường", 1, 4)
    assert f"{page['B6'].value:%d/%m/%Y}" == "01/01/2026"
    assert (page["B3"].number_format, page["B3"].fill.start_color.rgb) == ("#,##0", "00FFFF00")
    assert page["B5"].value == "=SUM(B3:B4)"
    mapped = {("Biểu 1", cell) for cell in ("B2", "B3", "B4", "B6")}
    assert everything(filled, mapped) == everything(office_form(), mapped)


def test_an_unchecked_form_says_so_until_somebody_confirms_and_again_after_a_change(organiser, template, session):
    add(organiser, template, "B3", "so_cuoc_thi")
    foot = load_workbook(io.BytesIO(fill(organiser, template)))["Biểu 1"].oddFooter.center.text
    assert foot == "Biểu và cách điền cần đối chiếu"
    assert "can-doi-chieu" in organiser.page.headers["Content-Disposition"]
    organiser.post(f"/so-hoat-dong/bieu-mau/{template.id}/doi-chieu").sees("đã đối chiếu 09/11/2026")
    assert load_workbook(io.BytesIO(fill(organiser, template)))["Biểu 1"].oddFooter.center.text is None
    add(organiser, template, "B4", "so_luot_du_thi").sees("cần đối chiếu")
    events = session.scalars(select(AuditEntry.event).where(AuditEntry.subject == f"template:{template.id}")).all()
    assert events == [
        "template_changed", "template_changed", "form_filled", "template_checked", "form_filled", "template_changed",
    ]  # fmt: skip


def test_an_office_s_file_is_opened_once_and_never_under_the_lock(organiser, session, finished, monkeypatch):
    real, opened = templates.opened_form, []

    def noting(data):
        if request.method == "POST":  # the page one is sent to afterwards opens it again, and locks nothing
            opened.append(g.get("is_writing", False))
        return real(data)

    def posted(address, status=200, **fields):
        opened.clear()
        organiser.post(address, status, **fields)
        return opened

    monkeypatch.setattr(templates, "opened_form", noting)
    send(organiser, office_form())
    assert opened == [False]
    address = f"/so-hoat-dong/bieu-mau/{session.query(StatisticsTemplate).one().id}"
    session.commit()
    place = {"trang-tinh": "Biểu 1", "fact": "so_cuoc_thi", "scope": "all"}
    assert posted(f"{address}/o", **place, cell="B3") == [False]
    assert posted(f"{address}/o", 422, **place, cell="không có") == [False]
    assert posted(f"{address}/theo-ten") == [False]
    assert posted(f"{address}/dien.xlsx?ky=year&nam=2026") == [False]


def test_levels_of_the_tree_and_numbers_nobody_has(organiser, template, finished):
    add(organiser, template, "B3", "so_luot_du_thi", "commune_level")
    add(organiser, template, "B4", "so_luot_du_thi", "province_level")
    add(organiser, template, "B5", "kinh_phi").sees("Ô B5 đang có nội dung", "sẽ ghi đè công thức")
    organiser.get(f"/so-hoat-dong/bieu-mau/{template.id}/dien?ky=year&nam=2026").sees("chưa có số liệu, để nguyên ô")
    page = load_workbook(io.BytesIO(fill(organiser, template)))["Biểu 1"]
    assert (page["B3"].value, page["B4"].value, page["B5"].value) == (4, 0, "=SUM(B3:B4)")


def test_cells_with_the_name_of_a_fact_are_proposed(organiser, template, session):
    organiser.get(f"/so-hoat-dong/bieu-mau/{template.id}").sees("Biểu có 1 ô mang tên của số liệu: B4.")
    organiser.post(f"/so-hoat-dong/bieu-mau/{template.id}/theo-ten").sees("Đã thêm 1 ô theo tên.", "tại cấp xã")
    session.refresh(template)
    assert template.mapping == [{"sheet": "Biểu 1", "cell": "B4", "fact": "so_luot_du_thi", "scope": "commune_level"}]
    organiser.post(f"/so-hoat-dong/bieu-mau/{template.id}/bo-o", place="Biểu 1!B4").sees("Chưa có ô nào.")


@pytest.mark.parametrize("cell", ["", "B", "5", "B0", "ZZ1", "A99999", "=B5", "B5:C6"])
def test_an_address_that_is_no_cell_is_refused(organiser, template, session, cell):
    add(organiser, template, cell, "so_cuoc_thi", status=422)
    session.refresh(template)
    assert template.mapping == []


def test_a_unit_s_name_is_no_formula(organiser, template, session, units):
    session.merge(units["TR"]).name = '=HYPERLINK("http://xau.example")'
    session.commit()
    add(organiser, template, "B2", "don_vi")
    filled = fill(organiser, template, "ky=year&nam=2026&don-vi=TR")
    cell = load_workbook(io.BytesIO(filled))["Biểu 1"]["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://xau.example")', "s")


@pytest.mark.parametrize(("data", "said"), [*hostile_files(), (b"\x8f\x02ngau nhien" * 500, "đã hỏng")])
def test_hostile_files_are_refused_in_words(organiser, session, data, said):
    send(organiser, data, status=422).sees(said)
    assert session.query(StatisticsTemplate).count() == 0


def spreading(old, new, form=office_form):
    """The office's form with a range far larger than it says, as a part of a few bytes."""
    source, stream = zipfile.ZipFile(io.BytesIO(form())), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return stream.getvalue()


def linked_form():
    book = load_workbook(io.BytesIO(office_form()))
    book.active["A2"].hyperlink = "https://xa.example"
    return saved(book)


@pytest.mark.parametrize(
    "data",
    [
        spreading(b'ref="B2:D2"', b'ref="A2:XFD100"'),
        spreading(b'ref="B2:D2"', b'ref="IV9999:A2"'),
        spreading(b'ref="B2:D2"', b'ref="XFD5:XFD6"'),
        spreading(b'ref="B2:D2"', b'ref="B:D"'),
        spreading(b'ref="C3"', b'ref="A1:XFD100"'),  # of the comment
        spreading(b'ref="A2"', b'ref="A1:IV10000"', linked_form),
    ],
    ids=["beyond", "backwards", "far out", "whole columns", "comment", "link"],
)
def test_ranges_that_would_become_millions_of_cells_are_refused_unopened(organiser, session, monkeypatch, data):
    monkeypatch.setattr(statistics_form, "load_workbook", None)  # would fail in other words
    send(organiser, data, status=422).sees("Biểu mẫu quá lớn khi mở ra.")
    assert session.query(StatisticsTemplate).count() == 0


def test_wide_titles_and_links_of_an_honest_form_stay(organiser):
    send(organiser, spreading(b'ref="B2:D2"', b'ref="B2:IV2"', linked_form)).sees("Hãy chọn số liệu cho từng ô.")


def test_macros_are_refused_whatever_the_name(organiser):
    for name in ("bieu.xlsm", "bieu.xlsx"):
        send(organiser, macro_file(), name, 422).sees("Tệp có chứa macro")


def test_what_a_filled_copy_would_lose_is_named_first(organiser, session):
    shapes = b'<xdr:wsDr xmlns:xdr="x"><xdr:sp/></xdr:wsDr>'
    send(organiser, with_part(office_form(), "xl/drawings/drawing9.xml", shapes)).sees(
        "Bản điền sẽ không còn: hình vẽ, hộp chữ."
    )


def test_a_name_is_given_once_in_a_unit(organiser, template):
    send(organiser, office_form(), status=422).sees("Đơn vị đã có biểu mẫu tên “Biểu năm”.")


def test_another_commune_cannot_reach_the_form(outsider, template):
    address = f"/so-hoat-dong/bieu-mau/{template.id}"
    outsider.get("/so-hoat-dong/bieu-mau").does_not_see("Biểu năm")
    outsider.get(address, 404)
    outsider.get(f"{address}/dien", 404)
    for verb in ("o", "theo-ten", "bo-o", "doi-chieu", "xoa", "dien.xlsx"):
        outsider.post(f"{address}/{verb}", 404)


def test_the_sample_says_what_it_is_and_maps_its_own_cells(organiser, session, finished):
    organiser.post("/so-hoat-dong/bieu-mau/thu").sees("(cần đối chiếu)", "tại cấp tỉnh")
    organiser.get("/so-hoat-dong/bieu-mau").does_not_see("Thêm biểu mẫu thử")
    template = session.query(StatisticsTemplate).one()
    session.commit()
    page = load_workbook(io.BytesIO(fill(organiser, template))).worksheets[0]
    assert "không phải biểu mẫu ban hành kèm theo thông tư" in page["A3"].value
    assert [page[f"{column}8"].value for column in "BCDE"] == [1, 3, 4, None]
    assert [page[f"{column}10"].value for column in "BCD"] == [1, 3, 4]
    assert page["B4"].value == "Ủy ban nhân dân xã An Trường"
