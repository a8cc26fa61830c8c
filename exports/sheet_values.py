"""What a cell can hold: text without what would break a file, numbers and dates Excel knows."""

import math
import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

VIETNAM = timezone(timedelta(hours=7))
LONGEST_TEXT = 32_767  # UTF-16 units in one cell; Excel "repairs" a file with more
FIRST_EXCEL_YEAR = 1900
LARGEST_EXACT_INTEGER = 10**15

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f]")  # Word's soft line end is a vertical tab
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def clean_text(text: str) -> str:
    """The text without what a workbook cannot hold: control characters, half characters, too many of them."""
    readable = _UNREADABLE.sub("", _LINE_ENDS.sub("\n", text))
    return readable.encode("utf-16-le", "ignore")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")


def storable(value: object) -> str | int | float | date | None:
    """The value in a type of Excel's; what Excel has no type for becomes text."""
    match value:
        case None | "":
            return None
        case bool():
            return "Có" if value else "Không"
        case int() if abs(value) < LARGEST_EXACT_INTEGER:
            return value
        case float() | Decimal():
            return float(value) if math.isfinite(value) else None
        case datetime() if value.year >= FIRST_EXCEL_YEAR:
            return value.astimezone(VIETNAM).replace(tzinfo=None) if value.tzinfo else value
        case datetime() | date() if value.year < FIRST_EXCEL_YEAR:
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        case date():
            return value
    return clean_text(str(value)) or None
