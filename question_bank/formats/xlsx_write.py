"""Our Excel layout: the template people fill in, and the bank written the same way."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from question_bank.formats.archive import BadFile
from question_bank.formats.fields import words_text, yes_or_no
from question_bank.formats.kind_text import (
    HELD,
    decimal_text,
    key_text,
    option_texts,
    usual_credit,
    with_answers_inside,
)
from question_bank.formats.losses import losses
from question_bank.formats.read_back import lost_fields, not_in_format
from question_bank.formats.table import DATES, HEADINGS, LAW_FIELDS, MOST_OPTIONS, Columns, RowReader
from question_bank.formats.words import KIND_WORDS, LETTERS, LEVEL_WORDS, NO_FIXED
from question_bank.formats.xlsx_guide import EXAMPLE_CODE, EXAMPLES, GUIDE
from question_bank.kinds import KINDS
from question_bank.markup import in_plain_text
from question_bank.model import LegalBasis, Question, Written
from question_bank.text import clean

__all__ = ["EXAMPLE_CODE", "GUIDE_SHEET", "QUESTION_SHEET", "template", "write"]

QUESTION_SHEET = "Câu hỏi"
GUIDE_SHEET = "Hướng dẫn"
LONGEST_CELL = 32_767  # Excel cuts what is longer
_FEWEST_OPTIONS = 6
_DROP_DOWN_TO = 5_001
_DATE_FORMAT = "DD/MM/YYYY"
_COLUMNS = Columns({}, {})  # for reading a row back before it is in any sheet
_WIDTHS = {
    "situation": 50,
    "stem": 60,
    "explanation": 50,
    "title": 30,
    "code": 14,
    "key": 10,
    "article": 8,
    "clause": 8,
}
_HEADING_FILL = PatternFill("solid", fgColor="1F4E79")
_EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")


def template() -> bytes:
    """The empty template, with marked examples and a sheet explaining every column."""
    book, sheet, fields = _new_book(_FEWEST_OPTIONS)
    for row, example in enumerate(EXAMPLES, start=2):
        _write_row(sheet, row, fields, _values(with_answers_inside(example)))
        for column in range(1, len(fields) + 1):
            sheet.cell(row, column).fill = _EXAMPLE_FILL
    _write_guide(book)
    return _saved(book)


def write(questions: Sequence[Question]) -> Written:
    """The questions in the layout ``read`` understands; media, formatting and what else stays behind is named."""
    held = [(number, question) for number, question in enumerate(questions, start=1) if question.kind in HELD]
    most_options = max((len(option_texts(question)) for _, question in held), default=0)
    book, sheet, fields = _new_book(max(_FEWEST_OPTIONS, most_options))
    problems = [p for p in losses(questions, kinds=HELD) if p.code == "kind_not_in_format"]
    for row, (number, question) in enumerate(held, start=2):
        values = _values(with_answers_inside(in_plain_text(question)))
        _write_row(sheet, row, fields, values)
        problems += not_in_format(number, lost_fields(question, RowReader(values, row, _COLUMNS).question()))
    _write_guide(book)
    return Written(_saved(book), tuple(problems))


def _new_book(option_count: int) -> tuple[Workbook, Worksheet, list[str]]:
    if option_count > MOST_OPTIONS:
        raise BadFile("too_many_options", found=option_count, most=MOST_OPTIONS)
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    sheet.title = QUESTION_SHEET
    options = {f"option_{letter}" for letter in LETTERS[:option_count]}
    fields = [field for field in HEADINGS if not field.startswith("option_") or field in options]
    for column, field in enumerate(fields, start=1):
        cell = sheet.cell(1, column, HEADINGS[field])
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADING_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        shape = sheet.column_dimensions[get_column_letter(column)]
        shape.width = _WIDTHS.get(field, 22)
        if field in (*options, "key"):
            shape.number_format = "@"  # so that Excel takes "= vế phải" for text and leaves "1/2" alone
    sheet.freeze_panes = "A2"
    _add_drop_down(sheet, fields.index("kind") + 1, list(KIND_WORDS.values()))
    _add_drop_down(sheet, fields.index("level") + 1, list(LEVEL_WORDS.values()))
    return book, sheet, fields


def _add_drop_down(sheet: Worksheet, column: int, words: Sequence[str]) -> None:
    validation = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    validation.error, validation.errorTitle = (
        "Hãy chọn một giá trị trong danh sách.",
        "Giá trị không có trong danh sách",
    )
    letter = get_column_letter(column)
    validation.add(f"{letter}2:{letter}{_DROP_DOWN_TO}")
    sheet.add_data_validation(validation)


def _write_row(sheet: Worksheet, row: int, fields: Sequence[str], values: Mapping[str, str | date]) -> None:
    for column, field in enumerate(fields, start=1):
        value = values.get(field, "")
        if value != "":
            _write_cell(sheet, row, column, value)


def _write_cell(sheet: Worksheet, row: int, column: int, value: str | date) -> None:
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, date):
        cell.value, cell.number_format = value, _DATE_FORMAT
        return
    if len(value) > LONGEST_CELL:
        raise BadFile("cell_too_long", row=row, column=column, most=LONGEST_CELL)
    cell.value = value
    cell.data_type = "s"  # never a formula, whatever the text begins with
    cell.number_format = "@"


def _values(question: Question) -> dict[str, str | date]:
    options = {f"option_{letter}": text for letter, text in zip(LETTERS, option_texts(question), strict=False)}
    fixed = ",".join(letter for letter, o in zip(LETTERS, question.options, strict=False) if o.fixed)
    return {
        "code": clean(question.code),
        "kind": KIND_WORDS.get(question.kind, question.kind),
        "stem": clean(question.stem),
        **options,
        "key": key_text(question),
        "fixed": fixed or (NO_FIXED if KINDS[question.kind].is_choice and options else ""),
        "topic": _separated(question.topic, " > ", ">", "/"),
        "level": LEVEL_WORDS[question.level],
        **_law_values(question.legal_basis),
        "explanation": clean(question.explanation),
        "tags": _separated(question.tags, "; ", ";", ","),
        "situation": clean(question.situation),
        "credit": "" if question.credit is usual_credit(question.kind) else yes_or_no(question.credit),
        "words": words_text(question.words),
        "points": "" if question.points is None else decimal_text(question.points),
    }


def _separated(parts: Sequence[str], separator: str, mark: str, other: str) -> str:
    """Joined; one part holding the other separator gets a closing mark so that it stays one."""
    joined = separator.join(clean(part) for part in parts)
    return f"{joined} {mark}" if len(parts) == 1 and other in joined else joined


def _law_values(bases: Sequence[LegalBasis]) -> dict[str, str | date]:
    if len(bases) == 1:
        return {field: _law_value(bases[0], field) for field in LAW_FIELDS}
    return {field: "\n".join(_as_text(_law_value(basis, field)) for basis in bases) for field in LAW_FIELDS}


def _law_value(basis: LegalBasis, field: str) -> str | date:
    value = getattr(basis, field)
    if field in DATES:
        return value or ""
    return " ".join(clean(value).split())


def _as_text(value: str | date) -> str:
    return value if isinstance(value, str) else f"{value.day:02}/{value.month:02}/{value.year:04}"


def _write_guide(book: Workbook) -> None:
    sheet = book.create_sheet(GUIDE_SHEET)
    for row, (name, text) in enumerate(GUIDE, start=1):
        sheet.cell(row, 1, name).font = Font(bold=True)
        sheet.cell(row, 2, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 110


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
