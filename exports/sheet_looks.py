"""How cells look: the named styles of every workbook, as Excel's style gallery shows them."""

from enum import StrEnum

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

PRIMARY, GREY = "0B5CAB", "595959"


class Look(StrEnum):
    """Names of the workbook's cell styles, as Excel's style gallery shows them."""

    TITLE = "Tiêu đề trang"
    NOTE = "Ghi chú"
    HEADING = "Đầu bảng"
    TEXT = "Chữ"
    CENTRED = "Chữ giữa ô"
    INTEGER = "Số nguyên"
    MONEY = "Số tiền"
    DECIMAL = "Số thập phân"
    PERCENT = "Tỷ lệ"
    DATE = "Ngày"
    MOMENT = "Thời điểm"
    DURATION = "Khoảng thời gian"


FORMATS = {
    Look.TEXT: "@",  # so that a code or a "=..." stays text when somebody edits the cell
    Look.CENTRED: "@",
    Look.INTEGER: "0",
    Look.MONEY: "#,##0",  # Excel groups by the signs of whoever reads
    Look.DECIMAL: "0.00",
    Look.PERCENT: "0.0%",
    Look.DATE: "dd/mm/yyyy",
    Look.MOMENT: "dd/mm/yyyy hh:mm:ss",
    Look.DURATION: "[mm]:ss",
}
_LEFT = {Look.TITLE, Look.NOTE, Look.TEXT}
_CENTRE = {Look.HEADING, Look.CENTRED, Look.DATE, Look.MOMENT}
_FONTS = {
    Look.TITLE: Font(name="Arial", size=14, bold=True, color=PRIMARY),
    Look.NOTE: Font(name="Arial", size=10, italic=True, color=GREY),
    Look.HEADING: Font(name="Arial", size=10, bold=True),
}
_PLAIN_FONT = Font(name="Arial", size=10)
_LINE = Side(style="thin", color="BFBFBF")


def named_style(look: Look) -> NamedStyle:
    in_table = look not in {Look.TITLE, Look.NOTE}
    wraps = look in {Look.HEADING, Look.TEXT, Look.CENTRED}
    horizontal = "left" if look in _LEFT else "center" if look in _CENTRE else "right"
    style = NamedStyle(name=look.value, number_format=FORMATS.get(look, "General"), font=_FONTS.get(look, _PLAIN_FONT))
    indent = int(look is Look.TEXT)  # or it would touch the number on its left
    style.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=wraps, indent=indent)
    if in_table:
        style.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    if look is Look.HEADING:
        style.fill = PatternFill("solid", start_color="DCE8F5")
    return style
