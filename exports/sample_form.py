"""A form to try the filling with. It is made up: no form of a circular, and it says so."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

SAMPLE_NAME = "Biểu mẫu thử kết quả phổ biến, giáo dục pháp luật (cần đối chiếu)"
_SHEET = "Biểu thử"
_NOTE = (
    "Biểu này do phần mềm lập để thử cách điền số liệu, không phải biểu mẫu ban hành kèm theo thông tư. "
    "Khi báo cáo, hãy tải biểu mẫu chính thức của đơn vị lên."
)
_HEADINGS = ("Nơi thực hiện", "Số cuộc thi", "Số người dự thi", "Số lượt người dự thi", "Kinh phí (đồng)")
_ROWS = (("Tổng số", ""), ("Tại cấp tỉnh", "_cap_tinh"), ("Tại cấp xã", "_cap_xa"))
_FACTS = ("so_cuoc_thi", "so_nguoi_du_thi", "so_luot_du_thi", "kinh_phi")  # as columns B to E
_SCOPES = {"": "all", "_cap_tinh": "province_level", "_cap_xa": "commune_level"}
_FIRST_ROW = 8
_LINE = Side(style="thin")


def sample_form() -> tuple[bytes, list[dict[str, str]]]:
    """The form and its mapping, a list of {"sheet", "cell", "fact", "scope"}."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _SHEET
    mapping = [*_write_head(sheet), *_write_body(sheet, workbook)]
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue(), mapping


def _place(cell: str, fact: str, scope: str = "all") -> dict[str, str]:
    return {"sheet": _SHEET, "cell": cell, "fact": fact, "scope": scope}


def _write_head(sheet: Worksheet) -> list[dict[str, str]]:
    sheet["A1"], sheet["A2"], sheet["A3"] = SAMPLE_NAME, None, _NOTE
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    for address in ("A1", "A3"):
        sheet[address].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.merge_cells(f"{address}:E{address[1:]}")
    sheet["A3"].font = Font(name="Times New Roman", size=11, italic=True)
    sheet.row_dimensions[1].height, sheet.row_dimensions[3].height = 26, 34
    for row, label in ((4, "Đơn vị báo cáo:"), (5, "Kỳ báo cáo:")):
        sheet.cell(row, 1, label).font = Font(name="Times New Roman", size=12)
        sheet.merge_cells(f"B{row}:E{row}")
        sheet.cell(row, 2).font = Font(name="Times New Roman", size=12, bold=True)
    for column, width in zip("ABCDE", (26, 16, 18, 22, 20), strict=True):
        sheet.column_dimensions[column].width = width
    return [_place("B4", "don_vi"), _place("B5", "ky_bao_cao")]


def _write_body(sheet: Worksheet, workbook: Workbook) -> list[dict[str, str]]:
    mapping = []
    for column, heading in enumerate(_HEADINGS, start=1):
        _boxed(sheet, _FIRST_ROW - 1, column, heading, bold=True)
    for row, (label, suffix) in enumerate(_ROWS, start=_FIRST_ROW):
        _boxed(sheet, row, 1, label, bold=not suffix)
        for column, fact in enumerate(_FACTS, start=2):
            cell = _boxed(sheet, row, column, None, bold=not suffix)
            cell.number_format = "#,##0"
            name = f"{fact}{suffix}"
            workbook.defined_names[name] = DefinedName(name, attr_text=f"'{_SHEET}'!${cell.column_letter}${row}")
            mapping.append(_place(cell.coordinate, fact, _SCOPES[suffix]))
    return mapping


def _boxed(sheet: Worksheet, row: int, column: int, text: str | None, *, bold: bool) -> Any:
    cell: Any = sheet.cell(row, column, text)
    cell.font = Font(name="Times New Roman", size=12, bold=bold)
    cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    cell.alignment = Alignment(horizontal="left" if column == 1 else "center", vertical="center", wrap_text=True)
    return cell
