"""The lists of winners, the same wherever they stand: by themselves or as the annex of a proposal or a decision."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_COLOR_INDEX

from exports.documents.blocks import CENTRE, RIGHT, Column, caption, paragraph, table
from exports.documents.values import Prize, Prizes
from exports.documents.written import whole

NOTHING = "Không có giải nào được trao."
STILL_OPEN = "đồng hạng, ban tổ chức xét"
_PERSON = (
    Column("STT", 0.9, CENTRE), Column("Họ và tên", 2.8), Column("Đơn vị", 2.9), Column("Kết quả", 1.5, CENTRE),
    Column("Giải", 1.8, CENTRE), Column("Tiền thưởng (đồng)", 1.7, RIGHT),
)  # fmt: skip
_UNIT = (
    Column("STT", 0.9, CENTRE), Column("Tập thể", 4.6), Column("Kết quả", 1.8, CENTRE), Column("Giải", 3, CENTRE),
    Column("Tiền thưởng (đồng)", 1.8, RIGHT),
)  # fmt: skip


def prize_tables(document: Any, prizes: Prizes) -> None:
    """Collective prizes first, then individual ones, a table for each part of the contest."""
    if not prizes.all:
        paragraph(document, NOTHING)
        return
    parts = (("tập thể", prizes.collective), ("cá nhân", prizes.individual))
    filled = [(words, given) for words, given in parts if given]
    for letter, (words, given) in zip("AB", filled, strict=False):
        caption(document, f"{letter}. Giải {words}" if len(filled) > 1 else f"Giải {words}")
        for part in dict.fromkeys(one.part for one in given):
            if part:
                caption(document, part)
            _one_table(document, [one for one in given if one.part == part], is_unit=words == "tập thể")
    if prizes.money is not None:
        paragraph(document, f"Tổng số tiền thưởng: {whole(prizes.money)} đồng.", bold=True)


def _one_table(document: Any, given: Sequence[Prize], *, is_unit: bool) -> None:
    rows = [_unit_row(n, one) if is_unit else _person_row(n, one) for n, one in enumerate(given, start=1)]
    made = table(document, _UNIT if is_unit else _PERSON, rows)
    for row, one in zip(made.rows[1:], given, strict=True):
        if one.is_open:
            for piece in row.cells[-2].paragraphs[0].runs:
                piece.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _person_row(number: int, one: Prize) -> tuple[str, ...]:
    return (str(number), one.name, one.unit, one.result, _award(one), _money(one))


def _unit_row(number: int, one: Prize) -> tuple[str, ...]:
    return (str(number), one.name, one.result, _award(one), _money(one))


def _award(one: Prize) -> str:
    return STILL_OPEN if one.is_open else one.award


def _money(one: Prize) -> str:
    return "" if one.money is None or one.is_open else whole(one.money)


def in_numbers(prizes: Prizes) -> str:
    """ "03 tập thể và 10 cá nhân": those decided; equals about whom the jury has still to decide are no winners yet."""
    collective, individual = (sum(not one.is_open for one in given) for given in (prizes.collective, prizes.individual))
    parts = ((collective, "tập thể"), (individual, "cá nhân"))
    return " và ".join(f"{count:02} {words}" for count, words in parts if count) or "00 tập thể, cá nhân"
