from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from contest_app import clock
from contest_app.accounts.models import Unit
from contest_app.accounts.queries import unit_choices
from contest_app.ledger.facts import FACTS, SCOPES
from contest_app.ledger.forms_of_dissemination import CONTEST, FORMS
from contest_app.ledger.periods import FIRST_YEAR, KINDS
from contest_app.ledger.presenters import capital, grouped
from contest_app.ledger.services import ActivityValues, OwnValues
from contest_app.web.base_form import BaseForm, DayField, at_most, choices, needed
from contest_app.web.words import ACTIVITY_FORMS, PERIOD_KINDS

MOST_MONEY = 10**12
MOST_PEOPLE = 10**7
_by_hand = {"autocomplete": "off"}


class CountField(StringField):
    """A whole number, written "1500" or "1.500"; empty is None."""

    most = MOST_PEOPLE

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        parts = "".join(text.split()).replace(",", ".").split(".")
        is_grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3
        number = "".join(parts)
        self.data: Any = text
        if not text:
            self.data = None
        elif number.isascii() and number.isdecimal() and (len(parts) == 1 or is_grouped) and int(number) <= self.most:
            self.data = int(number)
        else:
            raise ValueError(self.wrong())

    def wrong(self) -> str:
        return _("Ghi một số nguyên, ví dụ 120 hoặc 1.200.")

    def _value(self) -> str:
        return grouped(self.data) if isinstance(self.data, int) else self.data or ""


class MoneyField(CountField):
    """Whole đồng; empty is not stated."""

    most = MOST_MONEY

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([text.strip().removesuffix("đ").removesuffix("đồng") for text in valuelist])

    def wrong(self) -> str:
        return _("Ghi số tiền bằng đồng, ví dụ 1.500.000. Để trống nếu chưa có số liệu.")


class ActivityForm(BaseForm):
    """What is added to a contest's record. That it is a contest nobody changes."""

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

    def values(self) -> ActivityValues:
        return ActivityValues(**self._written(), form=CONTEST)

    def _written(self) -> dict[str, Any]:
        texts = {name: self[name].data or "" for name in ("topic", "audience", "evidence", "note")}
        return {**texts, "cost": self.cost.data}


class OwnActivityForm(ActivityForm):
    """An activity that is no contest."""

    unit = SelectField(_l("Đơn vị"))
    form = SelectField(
        _l("Hình thức phổ biến"), description=_l("Các hình thức nêu tại Điều 11 Luật Phổ biến, giáo dục pháp luật.")
    )
    title = StringField(_l("Tên hoạt động"), [needed, at_most(255)], render_kw=_by_hand)
    began_on = DayField(_l("Từ ngày"), [needed], render_kw={"type": "date"})
    ended_on = DayField(
        _l("Đến ngày"), [needed], description=_l("Hoạt động tính vào kỳ có ngày này."), render_kw={"type": "date"}
    )
    people = CountField(_l("Số người"), [needed], render_kw={"inputmode": "numeric"})
    attempts = CountField(
        _l("Số lượt"),
        [needed],
        description=_l("Một người dự hai buổi là hai lượt."),
        render_kw={"inputmode": "numeric"},
    )
    evidence = StringField(
        _l("Minh chứng"), [at_most(1000)], description=_l("Đường dẫn hoặc số hiệu văn bản."), render_kw=_by_hand
    )

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = choices(unit_choices(units))
        self.form.choices = choices((code, capital(ACTIVITY_FORMS[code])) for code in FORMS if code != CONTEST)

    def validate_ended_on(self, field: DayField) -> None:
        began, ended = self.began_on.data, field.data
        if isinstance(began, date) and isinstance(ended, date) and ended < began:
            raise ValidationError(_("Ngày cuối không được trước ngày đầu."))
        if isinstance(ended, date) and ended > clock.today():
            raise ValidationError(_("Hoạt động ghi vào sổ khi đã kết thúc."))

    def validate_began_on(self, field: DayField) -> None:
        if isinstance(field.data, date) and field.data.year < FIRST_YEAR:
            raise ValidationError(_("Ngày này quá xa trong quá khứ."))

    def validate_attempts(self, field: CountField) -> None:
        people = self.people.data
        if isinstance(people, int) and isinstance(field.data, int) and field.data < people:
            raise ValidationError(_("Số lượt không được ít hơn số người."))

    def values(self) -> OwnValues:
        return OwnValues(
            **self._written(), form=self.form.data, unit_id=int(self.unit.data), title=self.title.data or "",
            began_on=self.began_on.data, ended_on=self.ended_on.data, people=self.people.data,
            attempts=self.attempts.data,
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
