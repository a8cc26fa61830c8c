from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField

from contest_app.accounts.models import Unit
from contest_app.accounts.queries import unit_choices
from contest_app.ledger.facts import FACTS, SCOPES
from contest_app.ledger.forms_of_dissemination import FORMS
from contest_app.ledger.periods import KINDS
from contest_app.ledger.presenters import capital, grouped
from contest_app.ledger.services import ActivityValues
from contest_app.web.base_form import BaseForm, at_most, choices, needed
from contest_app.web.words import ACTIVITY_FORMS, PERIOD_KINDS

MOST_MONEY = 10**12
_by_hand = {"autocomplete": "off"}


class MoneyField(StringField):
    """Whole đồng, written "1500000" or "1.500.000"; empty is not stated."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        digits = "".join(text.removesuffix("đ").removesuffix("đồng").split())
        parts = digits.replace(",", ".").split(".")
        is_grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3
        number = "".join(parts)
        self.data: Any = text
        if not text:
            self.data = None
        elif number.isascii() and number.isdecimal() and (len(parts) == 1 or is_grouped) and int(number) <= MOST_MONEY:
            self.data = int(number)
        else:
            raise ValueError(_("Ghi số tiền bằng đồng, ví dụ 1.500.000. Để trống nếu chưa có số liệu."))

    def _value(self) -> str:
        return grouped(self.data) if isinstance(self.data, int) else self.data or ""


class ActivityForm(BaseForm):
    form = SelectField(
        _l("Hình thức phổ biến"), description=_l("Các hình thức nêu tại Điều 11 Luật Phổ biến, giáo dục pháp luật.")
    )
    topic = TextAreaField(
        _l("Chủ đề"),
        [at_most(2000)],
        description=_l("Nhiều chủ đề thì ngăn bằng dấu chấm phẩy; báo cáo tính ở từng chủ đề."),
        render_kw={"rows": 4},
    )
    audience = TextAreaField(_l("Đối tượng"), [at_most(2000)], render_kw={"rows": 2})
    cost = MoneyField(
        _l("Kinh phí (đồng)"), description=_l("Để trống nếu chưa có số liệu."), render_kw={"inputmode": "numeric"}
    )
    evidence = StringField(
        _l("Minh chứng"),
        [at_most(1000)],
        description=_l("Đường dẫn hoặc số hiệu văn bản. Để trống thì lấy trang công khai của cuộc thi."),
        render_kw=_by_hand,
    )
    note = TextAreaField(_l("Ghi chú"), [at_most(2000)], render_kw={"rows": 2})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = choices((code, capital(ACTIVITY_FORMS[code])) for code in FORMS)

    def values(self) -> ActivityValues:
        return ActivityValues(
            self.form.data, self.topic.data or "", self.audience.data or "", self.cost.data,
            self.evidence.data or "", self.note.data or "",
        )  # fmt: skip


class TemplateForm(BaseForm):
    unit = SelectField(_l("Đơn vị dùng biểu mẫu"))
    name = StringField(_l("Tên biểu mẫu"), [needed, at_most(255)], render_kw=_by_hand)
    period_kind = SelectField(_l("Kỳ báo cáo thường dùng"))
    file = FileField(
        _l("Tệp biểu mẫu (.xlsx)"),
        description=_l("Tệp không có macro, nhiều nhất 2 MB."),
        render_kw={"accept": ".xlsx"},
    )

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = choices(unit_choices(units))
        self.period_kind.choices = choices((code, capital(PERIOD_KINDS[code])) for code in KINDS)


class PlaceForm(BaseForm):
    cell = StringField(_l("Ô"), [needed, at_most(10)], render_kw={**_by_hand, "size": 6, "placeholder": "B5"})
    fact = SelectField(_l("Số liệu"))
    scope = SelectField(_l("Phạm vi tính"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact.choices = choices((code, capital(fact.label)) for code, fact in FACTS.items())
        self.scope.choices = choices((code, capital(label)) for code, label in SCOPES.items())
