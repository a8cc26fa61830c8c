"""The documents a contest needs, as pages and numbering know them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from contest_app.permissions import Permission


@dataclass(frozen=True, slots=True)
class Kind:
    slug: str  # in addresses, in the database and in file names
    title: Any  # on the screen
    says: Any  # on the screen: what is in it
    printed: str  # "BÁO CÁO"; empty: an annex, which has no head of its own
    short: str  # before the dash of its symbol; empty: no number
    fields: frozenset[str]  # of the form, beside date and signer
    first_recipient: str = ""
    needs_final: bool = False
    waits_for_end: bool = False  # dated before the contest's last day it needs a second look
    is_act: bool = False  # goes to whoever decides: bases and a signer are expected
    permission: Permission = Permission.MANAGE_CONTESTS  # to make it


REPORT = Kind(
    "bao-cao", _l("Báo cáo tổng kết"), _l("Tình hình, kết quả, kiến thức pháp luật, câu hỏi, kiến nghị; kèm biểu đồ."),
    "BÁO CÁO", "BC", frozenset({"addressees", "bases"}), "Như trên",
)  # fmt: skip
MINUTES = Kind(
    "bien-ban", _l("Biên bản chấm thi"), _l("Máy đã làm gì, người đã quyết định gì, kết quả, chữ ký các thành viên."),
    "BIÊN BẢN", "BB", frozenset({"meeting_time", "meeting_place", "members", "bases"}),
    waits_for_end=True, permission=Permission.SEE_RESULTS,  # the jury writes its own minutes
)  # fmt: skip
PRIZE_LIST = Kind(
    "danh-sach", _l("Danh sách đạt giải"), _l("Tập thể và cá nhân, dạng phụ lục kèm theo quyết định."),
    "", "", frozenset(), needs_final=True, waits_for_end=True,
)  # fmt: skip
PROPOSAL = Kind(
    "to-trinh", _l("Tờ trình khen thưởng"), _l("Đề nghị khen thưởng, tổng tiền thưởng, danh sách kèm theo."),
    "TỜ TRÌNH", "TTr", frozenset({"proposer", "addressees", "funding", "bases"}), "Như trên", needs_final=True,
    waits_for_end=True, is_act=True,
)  # fmt: skip
DECISION = Kind(
    "quyet-dinh", _l("Quyết định khen thưởng"), _l("Căn cứ, ba điều, danh sách tập thể, cá nhân đạt giải kèm theo."),
    "QUYẾT ĐỊNH", "QĐ", frozenset({"proposer", "funding", "bases"}), "Như Điều 3", needs_final=True,
    waits_for_end=True, is_act=True,
)  # fmt: skip
KINDS = {kind.slug: kind for kind in (REPORT, MINUTES, PRIZE_LIST, PROPOSAL, DECISION)}
NUMBERED = tuple(kind for kind in KINDS.values() if kind.short)
