"""The form every form derives from: cleaned text, Vietnamese messages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from question_bank.formats.words import read_date
from question_bank.text import clean

needed = InputRequired(_l("Mục này bắt buộc phải điền."))


def at_most(longest: int) -> Length:
    return Length(max=longest, message=_l("Dài quá %(max)d ký tự."))


def at_least(shortest: int) -> Length:
    return Length(min=shortest, message=_l("Cần ít nhất %(min)d ký tự."))


def between(low: int, high: int) -> NumberRange:
    return NumberRange(low, high, message=_l("Cần một số từ %(min)s đến %(max)s."))


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """(value, label) pairs as a select field wants them."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class DayField(StringField):
    """A day from the browser's calendar, or typed 01/07/2026 where there is none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data: Any = read_date(text)
        if text and self.data is None:
            self.data = text  # what was typed stays in the field
            raise ValueError(_("Ngày có dạng ngày/tháng/năm."))

    def _value(self) -> str:
        return self.data.isoformat() if isinstance(self.data, date) else self.data or ""


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


class BaseForm(FlaskForm):
    """Text is cleaned (NFC, no control characters) before it is validated; passwords are left as typed."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            is_text = issubclass(unbound_field.field_class, StringField | TextAreaField)
            if is_text and not issubclass(unbound_field.field_class, PasswordField):
                options["filters"] = [*options.get("filters", unbound_field.kwargs.pop("filters", [])), _cleaned]
            return unbound_field.bind(form=form, **options)
