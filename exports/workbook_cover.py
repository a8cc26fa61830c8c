"""The workbook's first sheet: what the contest was, what the file holds, and where it is signed."""

from collections.abc import Iterable, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.pagebreak import Break

from exports.report import Cover
from exports.sheet_looks import PRIMARY, Look
from exports.sheets import Book, Sheet, add_sheet, fit_height, put

COVER = "Bìa"
GENERATED_AT = "Thời điểm lập tệp"
PROVISIONAL = "Kết quả tạm thời, chưa chốt"
LABEL_WIDTH, SENTENCE_WIDTH = 44, 94  # characters; together as wide as A4 landscape
TITLE_CHARACTERS = 96  # of the large title in one line across both columns
SIGNATURES = ("Thư ký", "Trưởng ban Giám khảo")  # as in the minutes of the marking
ROOM_TO_SIGN = 5  # rows


def write_cover(book: Book, cover: Cover, contents: Sequence[tuple[str, int]], footer: str) -> None:
    """The cover; `contents` are the other sheets and the number of rows of each."""
    sheet = add_sheet(book, COVER, footer)
    sheet.page.sheet_view.showGridLines = False
    for letter, width in (("A", LABEL_WIDTH), ("B", SENTENCE_WIDTH)):
        sheet.page.column_dimensions[letter].width = width
    row = _write_titles(sheet, cover)
    row = _write_pairs(sheet, row, "Thông tin", _facts(cover))
    row = _write_pairs(sheet, row, f"Thể lệ (số dòng: {len(cover.rules)})", cover.rules)
    row = _write_pairs(sheet, row, f"Các trang trong tệp (số trang: {len(contents)})", _sized(contents), Look.TEXT)
    # nobody signs an empty page: the figures signed for stand with the signatures
    sheet.page.row_breaks.append(Break(id=row - 1))
    row = _write_pairs(sheet, row, f"Số liệu chung (số dòng: {len(cover.totals)})", cover.totals, Look.TEXT)
    _write_signatures(sheet, row)


def _write_titles(sheet: Sheet, cover: Cover) -> int:
    lines = (("KẾT QUẢ CUỘC THI", Look.TITLE), (cover.contest_title, Look.TITLE))
    for row, (text, look) in enumerate(lines, start=1):
        cell = put(sheet, row, 1, text, look)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.merge(row, columns=2)
        # Excel does not fit the height of merged cells by itself
        sheet.page.row_dimensions[row].height = 22 * _lines(text, TITLE_CHARACTERS)
    return len(lines) + 2


def _lines(text: str, characters: int) -> int:
    return min(sum(1 + len(line) // characters for line in text.splitlines()), 15) or 1


def _facts(cover: Cover) -> tuple[tuple[str, object], ...]:
    result = f"SHA-256: {cover.results_hash}" if cover.results_hash else PROVISIONAL
    return (("Đơn vị tổ chức", cover.organiser), (GENERATED_AT, cover.generated_at), ("Mã băm kết quả", result))


def _sized(contents: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    return [(name, f"{rows} dòng") for name, rows in contents]


def _write_pairs(
    sheet: Sheet, top: int, heading: str, pairs: Iterable[tuple[str, object]], look: Look | None = None
) -> int:
    put(sheet, top, 1, heading, Look.NOTE).font = Font(name="Arial", size=11, bold=True, color=PRIMARY)
    row = top
    for row, (label, value) in enumerate(pairs, start=top + 1):
        put(sheet, row, 1, label, Look.TEXT).font = Font(name="Arial", size=10, bold=True)
        cell = put(sheet, row, 2, value, look if isinstance(value, str) else None)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        fit_height(sheet, row, (label, cell.value), (LABEL_WIDTH - 4, SENTENCE_WIDTH))  # the label is bold
    return row + 2


def _write_signatures(sheet: Sheet, top: int) -> None:
    """Place and date, who signs, and the room to do so."""
    put(sheet, top, 2, "……………, ngày …… tháng …… năm ………", Look.NOTE)
    for column, role in enumerate(SIGNATURES, start=1):
        put(sheet, top + 1, column, role, Look.NOTE).font = Font(name="Arial", size=11, bold=True)
        put(sheet, top + 2, column, "(ký, ghi rõ họ tên)", Look.NOTE)
    for row in range(top, top + 3):
        for column in (1, 2):
            sheet.cell(row, column).alignment = Alignment(horizontal="center")
    put(sheet, top + 2 + ROOM_TO_SIGN, 1, None, Look.NOTE)  # keeps the room within the printed part
