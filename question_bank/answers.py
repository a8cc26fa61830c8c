"""Typed answers made comparable, so that marking can compare values and need not know how people type."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from question_bank.model import TextRules
from question_bank.text import fold

LARGEST_NUMBER = Decimal(10) ** 30
MOST_DECIMALS = 30
# Groups of three digits are thousands where nothing else can be meant: 5.000.000 or 5,000,000, 1.000,5 or 1,000.5.
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})")
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
# "hòa" and "hoà" are one word written by two standards: the tone goes to the second vowel of oa, oe and uy.
_EARLY_TONE = re.compile(r"(o(?=.[ae])|u(?=.y))([\u0300\u0301\u0303\u0309\u0323])(.)", re.IGNORECASE)


def comparable(text: str, rules: TextRules) -> str:
    """The text with everything taken away that the rules call unimportant.

    Spaces at the ends never matter; without ``spacing`` no space does ("mười tám" and "mườitám" are one answer).
    """
    late_toned = _EARLY_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    plain = " ".join(unicodedata.normalize("NFC", late_toned).split())
    if not rules.spacing:
        plain = plain.replace(" ", "")
    if not rules.accents:
        plain = plain.translate(str.maketrans("đĐ", "dD"))
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
    return plain if rules.case else plain.casefold()


def number_in(text: str) -> Decimal | None:
    """A number as people type it, "3,5" or "3.5" or "5.000.000"; None for anything else."""
    plain = _plain_number(text)
    if _GROUPED.fullmatch(plain):
        thousands = next(character for character in plain if character in ".,")
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if len(plain) > 40 or not any(character.isdigit() for character in plain):
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    # An exponent like E-999999999 fits no page and no memory.
    is_usual = value.is_finite() and value.as_tuple().exponent >= -MOST_DECIMALS  # type: ignore[operator]
    return value if is_usual and abs(value) <= LARGEST_NUMBER else None


def readings(text: str) -> tuple[Decimal, ...]:
    """Every number a contestant may have meant: "1.000" is one thousand in Vietnam, and 1 to three places."""
    number = number_in(text)
    if number is None:
        return ()
    plain = _plain_number(text)
    return (number, Decimal(re.sub("[.,]", "", plain))) if _ONE_GROUP.fullmatch(plain) else (number,)


def _plain_number(text: str) -> str:
    return "".join(text.split()).replace("−", "-")


def word_count(text: str) -> int:
    """Words between spaces, as word processors count them."""
    return len(fold(text).split())
