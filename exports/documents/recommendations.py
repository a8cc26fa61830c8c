"""What a report proposes: each proposal follows a fixed rule and names the numbers it rests on."""

from collections.abc import Sequence

from exports.documents.sentences import known
from exports.documents.written import listed, mille, percent
from exports.evaluation import Evaluation, Mastery

MOST_NAMED = 10
_HALF = 500  # thousandths
NONE = "Theo các tiêu chí đặt trước, số liệu của cuộc thi không đưa đến kiến nghị cụ thể nào."


def recommendations(e: Evaluation) -> tuple[str, ...]:
    """The proposals the data lead to, or the one sentence that they lead to none."""
    found = (topics(e), articles(e), suspects(e), confusing(e), participation(e))
    return tuple(filter(None, found)) or (NONE,)


def topics(e: Evaluation) -> str:
    return _weak(e.knowledge.topics, "Đề nghị bổ sung tài liệu tuyên truyền về")


def articles(e: Evaluation) -> str:
    return _weak(e.knowledge.articles, "Đề nghị phổ biến lại các quy định")


def _weak(rows: Sequence[Mastery], proposal: str) -> str:
    """Under one half; where the interval still holds one half, that is said."""
    weak = [one for one in known(rows) if mille(one.share or 0) < _HALF]
    if not weak:
        return ""
    named = [f"{one.label} ({percent(one.share)}{_unsure(one)})" for one in weak[:MOST_NAMED]]
    more = " và các mục khác nêu ở bảng" if len(weak) > MOST_NAMED else ""
    return f"{proposal}: {'; '.join(named)}{more}, vì tỷ lệ làm đúng dưới 50 %."


def _unsure(one: Mastery) -> str:
    return ", khoảng tin cậy còn chứa 50 %" if mille(one.high or 0) >= _HALF else ""


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
    return f"Đề nghị vận động thêm người dự thi ở: {'; '.join(named)}{more}, vì tỷ lệ tham gia dưới 50 % quân số."
