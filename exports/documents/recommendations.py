"""What a report proposes: each proposal follows a fixed rule and names the numbers it rests on."""

from collections.abc import Sequence

from exports.documents.written import in_prose, listed, mille, percent
from exports.evaluation import ENOUGH, FEWEST, Evaluation, Mastery, MissedPoint, known

MOST_NAMED = 10
_HALF = 500  # thousandths
NONE = "Theo các tiêu chí đặt trước, số liệu của cuộc thi không đưa đến kiến nghị cụ thể nào."
_FIRMLY = "vì cả khoảng tin cậy 95 % của tỷ lệ làm đúng đều dưới 50 %"


def recommendations(e: Evaluation) -> tuple[str, ...]:
    """The proposals the data lead to, or the one sentence that they lead to none; last what has to be watched."""
    found = (missed(e), topics(e), articles(e), suspects(e), confusing(e), participation(e))
    return tuple(filter(None, (*(tuple(filter(None, found)) or (NONE,)), unsure(e))))


def missed(e: Evaluation) -> str:
    firm = [one for one in _asked_enough(e) if _is_firm(one)]
    named = [f"{_point(one)} {percent(one.share)}" for one in firm[:MOST_NAMED]]
    return f"Đề nghị phổ biến lại các nội dung: {'; '.join(named)}, {_FIRMLY}." if named else ""


def _asked_enough(e: Evaluation) -> list[MissedPoint]:
    return [one for one in e.knowledge.missed if one.people >= ENOUGH]


def _point(one: MissedPoint) -> str:
    """ "khoản 7 Điều 7 Luật Căn cước (câu CC-015):", or the question alone where it names no basis."""
    return f"{one.legal_basis} (câu {one.code}):" if one.legal_basis else f"câu {one.code}:"


def topics(e: Evaluation) -> str:
    return _weak(e.knowledge.topics, "Đề nghị bổ sung tài liệu tuyên truyền về")


def articles(e: Evaluation) -> str:
    return _weak(e.knowledge.articles, "Đề nghị phổ biến lại các quy định (tính chung các câu của từng điều)")


def _weak(rows: Sequence[Mastery], proposal: str) -> str:
    """What is under one half whatever the sample's chance."""
    weak = [one for one in known(rows) if _is_firm(one)]
    if not weak:
        return ""
    named = [f"{in_prose(one.label)} ({percent(one.share)})" for one in weak[:MOST_NAMED]]
    more = " và các mục khác nêu ở bảng" if len(weak) > MOST_NAMED else ""
    return f"{proposal}: {'; '.join(named)}{more}, {_FIRMLY}."


def _is_firm(one: Mastery | MissedPoint) -> bool:
    return mille(one.high or 0) < _HALF


def unsure(e: Evaluation) -> str:
    """How many are under one half while their interval still holds it: nothing is proposed on them."""
    kinds: tuple[tuple[Sequence[Mastery | MissedPoint], str], ...] = (
        (known(e.knowledge.topics), "chủ đề"), (known(e.knowledge.articles), "quy định"),
        (_asked_enough(e), "câu hỏi trong bảng"),
    )  # fmt: skip
    counts = [(sum(_is_unsure(one) for one in rows), words) for rows, words in kinds]
    parts = [f"{count} {words}" for count, words in counts if count]
    if not parts:
        return ""
    return (
        f"Cần theo dõi thêm, chưa đủ căn cứ để kiến nghị: {listed(parts)} có tỷ lệ làm đúng dưới 50 % nhưng khoảng tin "
        "cậy 95 % còn chứa 50 %."
    )


def _is_unsure(one: Mastery | MissedPoint) -> bool:
    return mille(one.share or 0) < _HALF and not _is_firm(one)


def suspects(e: Evaluation) -> str:
    return _codes(
        [one.code for one in e.suspects],
        "Đề nghị soát lại đáp án",
        "vì thống kê xếp các câu này vào loại nghi sai đáp án",
    )


def confusing(e: Evaluation) -> str:
    codes = [one.code for one in e.with_verdict("confusing")]
    return _codes(codes, "Đề nghị xem lại cách diễn đạt", "vì thống kê xếp các câu này vào loại dễ gây nhầm")


def _codes(codes: Sequence[str], proposal: str, why: str) -> str:
    if not codes:
        return ""
    more = " và các câu khác nêu ở phụ lục" if len(codes) > MOST_NAMED else ""
    return f"{proposal} câu {listed(codes[:MOST_NAMED])}{more}, {why}."


def participation(e: Evaluation) -> str:
    low = [one for one in e.units if one.participation_rate is not None and mille(one.participation_rate) < _HALF]
    if not low:
        return ""
    ordered = sorted(low, key=lambda one: one.participation_rate or 0)[:MOST_NAMED]
    named = [f"{one.name} ({percent(one.participation_rate)})" for one in ordered]
    more = " và các đơn vị khác nêu ở bảng" if len(low) > MOST_NAMED else ""
    return (
        f"Đề nghị vận động thêm người dự thi ở: {'; '.join(named)}{more}, vì tỷ lệ tham gia dưới 50 % quân số (đơn vị "
        f"có từ 1 đến {FEWEST - 1} người dự thi không nêu riêng)."
    )
