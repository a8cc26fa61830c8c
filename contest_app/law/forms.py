from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from contest_app.law.services import DocumentValues
from contest_app.web.base_form import BaseForm, DayField, at_most, needed

_by_hand = {"autocomplete": "off"}


class DocumentForm(BaseForm):
    number = StringField(
        _l("Số hiệu"), [needed, at_most(64)], description=_l("Ví dụ: 36/2024/QH15"), render_kw=_by_hand
    )
    title = StringField(_l("Tên văn bản"), [needed, at_most(255)], render_kw=_by_hand)
    issued_on = DayField(_l("Ngày ban hành"), render_kw={"type": "date"})
    in_force_from = DayField(_l("Có hiệu lực từ ngày"), render_kw={"type": "date"})
    in_force_to = DayField(
        _l("Có hiệu lực đến hết ngày"),
        description=_l("Hết hiệu lực từ 01/7/2026 thì ghi 30/6/2026. Để trống khi còn hiệu lực."),
        render_kw={"type": "date"},
    )
    replaced_by = StringField(
        _l("Thay bằng văn bản số"),
        [at_most(64)],
        description=_l(
            "Nếu để trống ngày cuối còn hiệu lực, máy lấy ngày liền trước ngày văn bản thay thế có hiệu lực."
        ),
        render_kw={**_by_hand, "list": "numbers"},
    )
    note = TextAreaField(_l("Ghi chú"), [at_most(2000)], render_kw={"rows": 2})
    is_checked = BooleanField(
        _l("Tôi đã đối chiếu các ngày này với văn bản gốc"),
        description=_l("Đổi ngày mà không đánh dấu thì văn bản trở lại “chưa đối chiếu”."),
    )
    reason = StringField(_l("Nguồn, lý do (ghi vào nhật ký)"), [at_most(500)], render_kw=_by_hand)

    def values(self) -> DocumentValues:
        return DocumentValues(
            self.number.data or "", self.title.data or "", self.issued_on.data, self.in_force_from.data,
            self.in_force_to.data, self.replaced_by.data or "", self.note.data or "",
        )  # fmt: skip
