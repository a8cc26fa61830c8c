"""Files built for tests: well-made ones, and ones meant to hurt whoever opens them."""

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.model import (
    Credit,
    Gap,
    LegalBasis,
    Level,
    Markup,
    Media,
    Option,
    Question,
    TextRules,
    WordLimit,
)

_DEFAULT = Path(__file__).resolve().parents[3].parent / "shared" / "data"
SHARED_DATA = Path(os.environ.get("CONTEST_SHARED_DATA", _DEFAULT))


def sample(path: str) -> bytes:
    file = SHARED_DATA / path
    if not file.exists():
        pytest.skip(f"{file} is not here: set CONTEST_SHARED_DATA to the folder of sample banks")
    return file.read_bytes()


HEADINGS = ("Nội dung câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án")
ROW = ("Thủ đô của Việt Nam?", "Hà Nội", "Huế", "Đà Nẵng", "A")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def workbook(*rows: Sequence[object], change: Callable[[Worksheet], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book.active)
    return _saved(book)


def document(*paragraphs: str, change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if change is not None:
        change(made)
    return _saved(made)


def _saved(made) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def repacked(data: bytes, replace: dict[str, bytes | None] = {}, add: dict[str, bytes] = {}) -> bytes:  # noqa: B006
    """The archive with some entries replaced (None removes), others added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        assert set(replace) <= set(old.namelist())
        for name in old.namelist():
            content = replace.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in add.items():
            new.writestr(name, content)
    return stream.getvalue()


def zip_bomb() -> bytes:
    return repacked(workbook(HEADINGS, ROW), add={"xl/media/image1.bin": b"\0" * (12 * 1024 * 1024)})


def total_bomb() -> bytes:
    """Eleven members of 10 MB: none outgrows the ratio rule, together they outgrow the total."""
    return repacked(workbook(HEADINGS, ROW), add={f"xl/media/{n}.bin": b"\0" * (10 * 1024 * 1024) for n in range(11)})


def too_many_entries() -> bytes:
    return repacked(workbook(HEADINGS, ROW), add={f"xl/media/{n}.bin": b"" for n in range(5_001)})


def with_macro() -> bytes:
    return repacked(workbook(HEADINGS, ROW), add={"xl/vbaProject.bin": b"macro"})


def macro_content_type() -> bytes:
    types = part(workbook(HEADINGS, ROW), "[Content_Types].xml")
    changed = types.replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    assert changed != types
    return repacked(workbook(HEADINGS, ROW), replace={"[Content_Types].xml": changed})


def with_entity(encoding: str = "utf-8") -> bytes:
    """A sheet that begins with a document type declaring entities."""
    text = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    content = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    return repacked(workbook(HEADINGS, ROW), replace={"xl/worksheets/sheet1.xml": content})


def with_traversal() -> bytes:
    return repacked(workbook(HEADINGS, ROW), add={"../../evil.txt": b"x"})


def old_excel() -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600


def encrypted() -> bytes:
    return old_excel() + "EncryptedPackage".encode("utf-16-le")


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def rich_questions() -> list[Question]:
    """Questions that use everything the model has, and texts that tempt a spreadsheet."""
    law = LegalBasis("36/2024/QH15", "9", "2", "Luật Trật tự, an toàn giao thông", date(2025, 1, 1), date(2030, 12, 31))
    other = LegalBasis("168/2024/NĐ-CP", article="6", in_force_from=date(2025, 1, 1))
    four = (Option("=1+1"), Option("+84", correct=True), Option("50%"), Option("Tất cả các phương án trên", fixed=True))
    return [
        Question(
            "single", '=HYPERLINK("x")\ndòng hai', four, ("A", "B"), Level.ADVANCED, (law,), "vì", ("x", "y"), "C1"
        ),
        Question("multiple", "Chọn hai", (Option("1", True), Option("02/3/2019", True), Option("0012")), code="VD01"),
        Question("true_false", "Đúng chứ?", (Option("Sai", True), Option("Đúng")), ("Luật/Nghị định",), tags=("a, b",)),
        Question("prediction", "Có bao nhiêu người dự thi?", code="DĐ"),
        Question("single", "Hai căn cứ", (Option("Cả A và B"), Option("z", True)), legal_basis=(law, other)),
        Question(
            "single", "Không số hiệu", (Option("x", True), Option("y")), legal_basis=(LegalBasis("", title="Luật X"),)
        ),
        Question("multiple", "Mười", tuple(Option(f"o{n}", n < 2 or n == 9) for n in range(10))),
        Question(
            "single", "Hình", (Option("x", True), Option("y")),
            media=(Media("a.png", "image/png", PNG, alt="Biển báo"), Media("b.png", "image/png", PNG, place=1)),
        ),
    ]  # fmt: skip


def questions_of_every_kind() -> list[Question]:
    """One or more of each kind that was not in the first contests, with everything it can have."""
    d = Decimal
    story = "Ông A cho bà B vay 50 triệu đồng, không lập giấy tờ."
    return [
        Question(
            "multiple", "Chọn các ý đúng", credit=Credit.PARTIAL, shows_count=True, points=d(2), title="Nhiều ý",
            options=(
                Option("một", True, weight=d("0.5"), feedback="Đúng rồi"), Option("hai", True, weight=d("0.5")),
                Option("ba", weight=d("-0.5"), feedback="Chưa đúng"), Option("bốn", weight=d("-0.5")),
            ),
        ),
        Question(
            "statements", "Xét các nhận định", credit=Credit.PARTIAL, situation=story,
            options=tuple(Option(f"Nhận định {n}", n % 2 == 0) for n in range(4)),
        ),
        Question("short", "Ai cấp thẻ căn cước?", situation=story, text_rules=TextRules(accents=False), options=(
            Option("Bộ Công an", True, weight=d(1)), Option("Công an", True, weight=d("0.5"), feedback="Chưa đủ"),
        )),
        Question("numerical", "Bao nhiêu tuổi?", (Option("14", True, tolerance=d("0.5")),)),
        Question("matching", "Nối", credit=Credit.PARTIAL, options=(
            Option("Luật", match="Quốc hội"), Option("Nghị định", match="Chính phủ"),
            Option("Nghị quyết", match="Quốc hội"), Option("", match="Bộ trưởng"),
        )),
        Question("ordering", "Xếp theo thứ tự", tuple(Option(f"bước {n}") for n in range(1, 5)), credit=Credit.PARTIAL),
        Question("cloze", "Thẻ cấp cho người từ [[1]] tuổi, tại [[2]].", credit=Credit.PARTIAL, gaps=(
            Gap("numerical", (Option("14", True, tolerance=d(0)),)),
            Gap("single", (Option("công an", True), Option("tòa án")), weight=d(2)),
        )),
        Question("essay", "Viết về <b>pháp luật</b>.", words=WordLimit(200, 1000), markup=Markup.HTML),
    ]  # fmt: skip
