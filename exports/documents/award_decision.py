"""Quyết định khen thưởng, with the list of winners as its annex."""

from collections.abc import Sequence

from exports.documents import letter
from exports.documents.blocks import CENTRE, paragraph
from exports.documents.page import as_bytes
from exports.documents.prize_tables import in_numbers, prize_tables
from exports.documents.values import Accompanied, Heading, LegalBase, Letterhead, Prizes
from exports.documents.written import money, named_contest

_ROOM = "………………………………"


def award_decision(
    letterhead: Letterhead,
    heading: Heading,
    bases: Sequence[LegalBase],
    prizes: Prizes,
    *,
    contest_title: str,
    proposer: str,
    funding: str,
) -> bytes:
    """:param proposer: who proposes, for "Theo đề nghị của"; empty leaves room, as does an empty ``funding``."""
    document = letter.begin(letterhead, heading)
    paragraph(document, (letterhead.authority or letterhead.issuer).upper().replace("\n", " "), align=CENTRE,
              first_line=False, bold=True)  # fmt: skip
    letter.bases(document, bases, closing=f"Theo đề nghị của {proposer or _ROOM}")
    paragraph(document, "QUYẾT ĐỊNH:", align=CENTRE, first_line=False, bold=True)
    cost = f"Tổng số tiền thưởng là {money(prizes.money)}. " if prizes.money else ""
    letter.article(
        document, 1,
        f"Khen thưởng {in_numbers(prizes)} đạt giải {named_contest(contest_title)} (có danh sách kèm theo).",
    )  # fmt: skip
    letter.article(document, 2, f"{cost}Kinh phí khen thưởng lấy từ {funding.rstrip('.') or _ROOM}.")
    letter.article(
        document, 3,
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị liên quan và các tập thể, cá nhân có tên tại "
        "Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )  # fmt: skip
    letter.sign(document, letterhead)
    goes_with = Accompanied("Quyết định", heading.symbol, heading.number, heading.day, letterhead.authority)
    letter.begin_annex(document, "Danh sách tập thể, cá nhân đạt giải", goes_with)
    prize_tables(document, prizes)
    return as_bytes(document)
