"""Tờ trình: the proposal to reward the winners."""

from collections.abc import Sequence

from exports.documents import letter
from exports.documents.blocks import paragraph
from exports.documents.page import as_bytes
from exports.documents.prize_tables import in_numbers, prize_tables
from exports.documents.values import Accompanied, Heading, LegalBase, Letterhead, Marking, Prizes
from exports.documents.written import money, named_contest, slashed, whole


def award_proposal(
    letterhead: Letterhead, heading: Heading, bases: Sequence[LegalBase], marking: Marking, prizes: Prizes, funding: str
) -> bytes:
    """:param funding: where the money comes from; empty leaves room."""
    document = letter.begin(letterhead, heading)
    letter.bases(document, bases)
    letter.points(document, (_contest(marking), _asks(prizes), _cost(prizes, funding)))
    paragraph(document, "Kính trình xem xét, quyết định./.")
    letter.sign(document, letterhead)
    goes_with = Accompanied("Tờ trình", heading.symbol, heading.number, heading.day)
    letter.begin_annex(document, "Danh sách tập thể, cá nhân đề nghị khen thưởng", goes_with)
    prize_tables(document, prizes)
    return as_bytes(document)


def _contest(marking: Marking) -> str:
    opens = min(opens for _name, opens, _closes in marking.rounds)
    closes = max(closes for _name, _opens, closes in marking.rounds)
    return (
        f"{named_contest(marking.contest_title)} do {marking.organiser} tổ chức đã diễn ra từ ngày {slashed(opens)} "
        f"đến ngày {slashed(closes)}, có {whole(marking.ranked)} người được xếp hạng. {_frozen(marking)}"
    )


def _asks(prizes: Prizes) -> str:
    return (
        f"Căn cứ thể lệ và kết quả cuộc thi, kính trình xem xét, khen thưởng {in_numbers(prizes)} đạt giải "
        "(có danh sách kèm theo)."
    )


def _frozen(marking: Marking) -> str:
    if marking.frozen_at is None:
        return "Kết quả chưa chốt."
    return f"Kết quả được chốt ngày {slashed(marking.frozen_at)}, mã kết quả (SHA-256) là {marking.digest}."


def _cost(prizes: Prizes, funding: str) -> str:
    source = f"Nguồn kinh phí: {funding.rstrip('.')}." if funding else ""
    if prizes.money is None:
        return source
    return f"Tổng số tiền thưởng dự kiến: {money(prizes.money)}. {source}".strip()
