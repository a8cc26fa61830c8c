"""Numbers, days and names of acts as Vietnamese offices write them."""

import re
from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"
UNKNOWN = "–"
_ROOM = NBSP * 6  # to write a number into by hand
_KINDS = (
    "Nghị định", "Thông tư liên tịch", "Thông tư", "Quyết định", "Nghị quyết", "Chỉ thị", "Pháp lệnh", "Kế hoạch",
    "Bộ luật", "Luật", "Hiến pháp",
)  # fmt: skip
_NAMED_BY_SUBJECT = ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp")  # the number stands after the whole title
_ISSUERS = (
    (r"/NĐ-CP", " của Chính phủ"),
    (r"/QĐ-TTg", " của Thủ tướng Chính phủ"),
    (r"/CT-TTg", " của Thủ tướng Chính phủ"),
)
_WEIGHT = ("/QH", "/UBTVQH", "/NĐ-CP", "/NQ-", "/QĐ-TTg", "/CT-TTg", "/TT-", "/TTLT-")


def whole(number: int) -> str:
    """1234567 is "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def decimal(value: float, digits: int = 1) -> str:
    """7.5 is "7,5"; thousands are not marked."""
    return f"{value:.{digits}f}".replace(".", ",")


def percent(share: float | None) -> str:
    """0.512 is "51,2 %"; what is not known is a dash."""
    return UNKNOWN if share is None else f"{decimal(share * 100)}{NBSP}%"


def mille(share: float) -> int:
    """The share as it is printed, in thousandths: what sentences compare, so that none contradicts its own numbers."""
    return round(float(f"{share * 100:.1f}") * 10)


def points(value: float) -> str:
    """7.50 is "7,5": without needless zeros."""
    return decimal(value, 3).rstrip("0").rstrip(",")


def named_contest(title: str) -> str:
    """A contest within a sentence: "Cuộc thi “…”", once."""
    return title if re.match("(?:cuộc|hội) thi", title, re.IGNORECASE) else f"Cuộc thi “{title}”"


def money(amount: int) -> str:
    return f"{whole(amount)}{NBSP}đồng"


def slashed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def day_in_words(day: date | None, year: int | None = None) -> str:
    """ "ngày 05 tháng 02 năm 2026": a nought before days below 10 and before January and February only."""
    if day is None:
        return f"ngày{_ROOM}tháng{_ROOM}năm {year or '20' + NBSP * 4}"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def number_and_symbol(number: int | None, symbol: str) -> str:
    """ "05/BC-UBND", or room where the number is still to come."""
    return f"{_ROOM if number is None else f'{number:02}'}/{symbol}"


def listed(parts: Sequence[str]) -> str:
    """ "a, b và c"."""
    return " và ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part) if parts else ""


def in_prose(topic: str) -> str:
    """A topic's path within a sentence: "Luật Bầu cử > Phiếu bầu" is "Luật Bầu cử, mục Phiếu bầu"."""
    return topic.replace(" > ", ", mục ")


def act_in_words(number: str, title: str, issued_on: date | None) -> str:
    """An act as a "Căn cứ" names it: "Luật Căn cước số 26/2023/QH15 ngày 27 tháng 11 năm 2023"."""
    day = f" {day_in_words(issued_on)}" if issued_on else ""
    said = f"số {number}{day}{_issuer(number)}"
    kind = next((one for one in _KINDS if title.casefold().startswith(one.casefold())), "")
    if not title:
        return f"Văn bản {said}"
    if not kind or kind in _NAMED_BY_SUBJECT or number.casefold() in title.casefold():
        return title if number.casefold() in title.casefold() else f"{title} {said}"
    return f"{title[: len(kind)]} {said} {title[len(kind) :].strip()}".strip()


def _issuer(number: str) -> str:
    return next((words for pattern, words in _ISSUERS if re.search(pattern, number, re.IGNORECASE)), "")


def act_weight(number: str) -> int:
    """Where an act stands among the bases: laws, then decrees, then circulars."""
    folded = number.upper()
    return next((place for place, mark in enumerate(_WEIGHT) if mark.upper() in folded), len(_WEIGHT))
