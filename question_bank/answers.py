"""Typed answers made comparable, so that marking can compare values and need not know how people type."""

import unicodedata
from decimal import Decimal, InvalidOperation

from question_bank.model import TextRules
from question_bank.text import fold

LARGEST_NUMBER = Decimal(10) ** 30
MOST_DECIMALS = 30


def comparable(text: str, rules: TextRules) -> str:
    """The text with everything taken away that the rules call unimportant.

    Spaces at the ends never matter; without ``spacing`` no space does ("mười tám" and "mườitám" are one answer).
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if not rules.spacing:
        plain = plain.replace(" ", "")
    if not rules.accents:
        plain = plain.translate(str.maketrans("đĐ", "dD"))
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
    return plain if rules.case else plain.casefold()


def number_in(text: str) -> Decimal | None:
    """A number as people type it, "3,5" or "3.5"; None for anything else."""
    plain = "".join(text.split()).replace(",", ".").replace("−", "-")
    if len(plain) > 40 or not any(character.isdigit() for character in plain):
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    # An exponent like E-999999999 fits no page and no memory.
    is_usual = value.is_finite() and value.as_tuple().exponent >= -MOST_DECIMALS  # type: ignore[operator]
    return value if is_usual and abs(value) <= LARGEST_NUMBER else None


def word_count(text: str) -> int:
    """Words between spaces, as word processors count them."""
    return len(fold(text).split())
