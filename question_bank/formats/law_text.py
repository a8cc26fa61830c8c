"""A provision as people cite it: "khoản 2 Điều 9 Luật Đất đai số 31/2024/QH15 (hiệu lực từ 01/08/2024)"."""

import re
from datetime import date

from question_bank.formats.words import bare, read_date
from question_bank.model import LegalBasis
from question_bank.text import clean

_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_CITATION = re.compile(
    r"(?:theo\s+)?(?:khoan\s+(?P<clause>[\w.]{1,10}),?\s+)?(?:dieu\s+(?P<article>\w{1,10})\b,?\s*)?(?:cua\s+)?"
    r"(?P<title>.*?)(?:\s*\(?\b(?:so\s+)?(?P<act>\d+(?:/\d{4})?/[a-z0-9][\w-]*)\)?)?"
    rf"(?:\s*\(?(?:co\s+)?hieu luc(?:\s+tu(?:\s+ngay)?\s+(?P<begins>{_DAY}))?"
    rf"(?:\s+den(?:\s+ngay)?\s+(?P<ends>{_DAY}))?\)?)?\.?"
)
_IS_LAW = re.compile(r"(?:bo luat|luat|nghi dinh|thong tu|hien phap|phap lenh|nghi quyet|quyet dinh|chi thi)\b")
_NAMELESS = "văn bản"
_LONGEST = 400


def laws_in(text: str) -> tuple[LegalBasis, ...]:
    """The provisions of a line, divided by semicolons; none unless every part is one."""
    found = [_law(clean(part)) for part in text[:_LONGEST].split(";") if part.strip()]
    laws = tuple(law for law in found if law is not None)
    return laws if len(laws) == len(found) and len(text) <= _LONGEST else ()


def cited(law: LegalBasis) -> str:
    """The provision as ``laws_in`` reads it."""
    parts = [f"khoản {law.clause}" if law.clause else "", f"Điều {law.article}" if law.article else ""]
    parts += [law.title or (_NAMELESS if law.act else ""), f"số {law.act}" if law.act else ""]
    bounds = [f"từ {_day(law.in_force_from)}" if law.in_force_from else ""]
    bounds += [f"đến {_day(law.in_force_to)}" if law.in_force_to else ""]
    known = " ".join(bound for bound in bounds if bound)
    return " ".join(part for part in [*parts, f"(hiệu lực {known})" if known else ""] if part)


def _law(text: str) -> LegalBasis | None:
    match = _CITATION.fullmatch(bare(text))
    if match is None:
        return None
    spans = {name: match.span(name) for name, value in match.groupdict().items() if value}
    said = {name: text[begin:end].strip(" ,(") for name, (begin, end) in spans.items()}
    title = said.get("title", "")
    if not (said.get("act") or _IS_LAW.match(bare(title))) or len(title) > 300:
        return None
    begins, ends = (read_date(said.get(name, "")) for name in ("begins", "ends"))
    title = "" if title.lower() == _NAMELESS else title
    return LegalBasis(said.get("act", ""), said.get("article", ""), said.get("clause", ""), title, begins, ends)


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
