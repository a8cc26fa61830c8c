"""What people say of one document, and of all documents of a unit."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from contest_app.documents.kinds import NUMBERED, Kind
from contest_app.documents.making import Draft
from contest_app.documents.models import HIGHEST
from contest_app.law.models import LegalDocument
from contest_app.web.base_form import BaseForm, DayField, at_most, between, needed
from exports.documents.values import Letterhead, Meeting, Member

MOST_LINES = 2000
REMEMBERED = (
    "addressees", "meeting_time", "meeting_place", "members", "proposer", "funding", "other_bases", "signer_lines",
    "signer_name",
)  # fmt: skip
_rows = {"rows": 3}
_is_symbol = Regexp(
    r"[^\W_]+(?:[-/.][^\W_]+)*$",
    message=_l("Ký hiệu gồm chữ và số, nối bằng dấu gạch ngang hoặc gạch chéo, ví dụ TTr-UBND."),
)


class _NumberField(IntegerField):
    """A whole number, or nothing; what is neither is told in our own words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text and not text.isdecimal():
            raise ValueError(_l("Số chỉ gồm chữ số, ví dụ 5. Ký hiệu do chương trình thêm."))
        if text:
            super().process_formdata([text])


class SignerForm(BaseForm):
    signer_lines = TextAreaField(
        _l("Quyền hạn, chức vụ của người ký"), [at_most(MOST_LINES)],
        description=_l("Mỗi dòng một dòng trên giấy, ví dụ TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH."),
        render_kw=_rows,
    )  # fmt: skip
    signer_name = StringField(
        _l("Họ và tên người ký"), [at_most(255)], description=_l("Không ghi học hàm, học vị. Để trống thì chừa chỗ.")
    )


class DocumentForm(SignerForm):
    number = _NumberField(
        _l("Số"), [Optional(), between(1, HIGHEST)],
        description=_l("Số tiếp theo của đơn vị. Để trống thì chừa chỗ để văn thư ghi tay."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )  # fmt: skip
    day = DayField(_l("Ngày ký"), [needed], render_kw={"type": "date"})
    addressees = TextAreaField(
        _l("Kính gửi"), [at_most(MOST_LINES)], description=_l("Mỗi dòng một nơi. Để trống thì bỏ dòng này."),
        render_kw={"rows": 2},
    )  # fmt: skip
    meeting_time = StringField(
        _l("Thời gian họp chấm thi"), [at_most(255)], description=_l("Để trống thì chừa dòng để ghi tay.")
    )
    meeting_place = StringField(_l("Địa điểm"), [at_most(255)])
    members = TextAreaField(
        _l("Thành phần"), [at_most(MOST_LINES)],
        description=_l("Mỗi dòng một người: họ và tên, dấu phẩy, chức danh. Để trống thì chừa dòng để ghi tay."),
        render_kw={"rows": 4},
    )  # fmt: skip
    proposer = StringField(_l("Theo đề nghị của"), [at_most(255)])
    funding = StringField(
        _l("Nguồn kinh phí"), [at_most(500)], description=_l("Ví dụ: nguồn kinh phí phổ biến, giáo dục pháp luật.")
    )
    other_bases = TextAreaField(
        _l("Căn cứ khác"), [at_most(MOST_LINES)],
        description=_l("Mỗi dòng một căn cứ không có trong danh mục, ví dụ kế hoạch, quyết định của đơn vị."),
        render_kw=_rows,
    )  # fmt: skip
    accepts_doubts = BooleanField(_l("Vẫn lập văn bản"))
    accepts_ended = BooleanField(_l("Vẫn dùng các căn cứ đã hết hiệu lực này"))
    search = StringField(_l("Tìm trong danh mục văn bản"), [at_most(100)], render_kw={"autocomplete": "off"})

    def said(self) -> dict[str, str]:
        """What was written beside number, day and acts, to fill the form again."""
        return {name: self[name].data or "" for name in REMEMBERED}

    def draft(self, acts: list[LegalDocument]) -> Draft:
        members = tuple(_member(line) for line in _lines(self.members.data))
        return Draft(
            day=self.day.data, number=self.number.data, addressees=_lines(self.addressees.data),
            signer_lines=_lines(self.signer_lines.data), signer_name=self.signer_name.data or "",
            meeting=Meeting(self.meeting_place.data or "", self.meeting_time.data or "", members), acts=tuple(acts),
            other_bases=tuple(line.removeprefix("Căn cứ ").rstrip(";.") for line in _lines(self.other_bases.data)),
            proposer=self.proposer.data or "", funding=self.funding.data or "",
        )  # fmt: skip


def _lines(text: str | None) -> tuple[str, ...]:
    """One each; a dash somebody typed before it is the document's to print."""
    lines = (re.sub(r"^[-–•+*]\s+", "", line.strip()) for line in (text or "").split("\n"))
    return tuple(line for line in lines if line)


def _member(line: str) -> Member:
    name, _comma, duty = line.partition(",")
    return Member(name.strip(), duty.strip())


class LetterheadForm(SignerForm):
    superior = StringField(
        _l("Cơ quan chủ quản"), [at_most(255)],
        description=_l("Dòng trên, chữ in hoa không đậm. Ủy ban nhân dân các cấp không ghi dòng này."),
    )  # fmt: skip
    issuer = TextAreaField(
        _l("Cơ quan ban hành"), [needed, at_most(255)],
        description=_l("Chữ in hoa đậm. Xuống dòng ở chỗ muốn ngắt dòng."), render_kw={"rows": 2},
    )  # fmt: skip
    place = StringField(_l("Địa danh"), [at_most(255)], description=_l("Đứng trước ngày tháng, ví dụ An Trường."))
    authority = StringField(
        _l("Thẩm quyền ra quyết định"), [at_most(255)],
        description=_l("Dòng dưới trích yếu của quyết định, ví dụ Chủ tịch Ủy ban nhân dân xã An Trường."),
    )  # fmt: skip
    recipients = TextAreaField(
        _l("Nơi nhận"), [at_most(MOST_LINES)],
        description=_l("Mỗi dòng một nơi. Dòng “Như trên” hoặc “Như Điều 3” và dòng “Lưu” do chương trình thêm."),
        render_kw=_rows,
    )  # fmt: skip
    archive = StringField(_l("Lưu"), [at_most(255)], description=_l("Ví dụ: VT, VHXH."))

    def values(self) -> Letterhead:
        return Letterhead(
            issuer=self.issuer.data or "", superior=self.superior.data or "", place=self.place.data or "",
            authority=self.authority.data or "", signer_lines=_lines(self.signer_lines.data),
            signer_name=self.signer_name.data or "", recipients=_lines(self.recipients.data),
            archive=self.archive.data or "VT",
        )  # fmt: skip

    def symbols(self) -> dict[str, str]:
        return {kind.slug: self[symbol_field(kind)].data or "" for kind in NUMBERED}

    def numbers(self) -> dict[str, int]:
        return {kind.slug: self[number_field(kind)].data for kind in NUMBERED if self[number_field(kind)].data}


def symbol_field(kind: Kind) -> str:
    return f"symbol_{kind.slug.replace('-', '_')}"


def number_field(kind: Kind) -> str:
    return f"number_{kind.slug.replace('-', '_')}"


for _kind in NUMBERED:  # two fields a kind: its symbol and its next number
    setattr(LetterheadForm, symbol_field(_kind), StringField(_l("Ký hiệu"), [needed, at_most(64), _is_symbol]))
    setattr(
        LetterheadForm, number_field(_kind),
        _NumberField(_l("Số tiếp theo"), [Optional(), between(1, HIGHEST)], render_kw={"inputmode": "numeric"}),
    )  # fmt: skip
