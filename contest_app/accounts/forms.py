import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, Optional, Regexp

from contest_app.accounts.models import LOGIN_PATTERN, PHONE_PATTERN
from contest_app.web.base_form import BaseForm, at_least, at_most, between, needed

_login_rule = Regexp(
    rf"^{LOGIN_PATTERN}\Z",
    re.ASCII | re.IGNORECASE,
    message=_l("Chỉ dùng chữ không dấu, số và các dấu . _ - @ + (3 đến 64 ký tự)."),
)
_phone_rule = Regexp(rf"^{PHONE_PATTERN}\Z", message=_l("Số điện thoại gồm 10 số, bắt đầu bằng 0."))
_email_rule = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Thư điện tử có dạng ten@mien.vn."))


def birth_year_field(*validators: Any) -> IntegerField:
    return IntegerField(
        _l("Năm sinh"),
        [*(validators or [Optional()]), between(1900, date.today().year - 4)],  # noqa: DTZ011 - a bound, not a clock
        render_kw={"inputmode": "numeric", "autocomplete": "bday-year"},
    )


class LogInForm(BaseForm):
    login = StringField(
        _l("Tên đăng nhập"), [needed, at_most(64)], render_kw={"autocomplete": "username", "autofocus": True}
    )
    password = PasswordField(_l("Mật khẩu"), [needed, at_most(200)], render_kw={"autocomplete": "current-password"})


class SecondFactorForm(BaseForm):
    code = StringField(
        _l("Mã xác thực"),
        [needed, at_most(20)],
        description=_l("Mã 6 số trên ứng dụng xác thực, hoặc một mã dự phòng."),
        render_kw={"autocomplete": "one-time-code", "autofocus": True},
    )


class RegisterForm(BaseForm):
    full_name = StringField(_l("Họ và tên"), [needed, at_least(2), at_most(120)], render_kw={"autocomplete": "name"})
    login = StringField(
        _l("Tên đăng nhập"),
        [needed, _login_rule],
        description=_l("Có thể dùng số điện thoại."),
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    birth_year = birth_year_field()
    password = PasswordField(
        _l("Mật khẩu"),
        [needed, at_least(8), at_most(200)],
        description=_l("Ít nhất 8 ký tự."),
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _l("Nhập lại mật khẩu"),
        [needed, EqualTo("password", message=_l("Hai lần nhập mật khẩu không giống nhau."))],
        render_kw={"autocomplete": "new-password"},
    )
    take_part = BooleanField(validators=[needed])
    contact_me = BooleanField()


class ChangePasswordForm(BaseForm):
    current = PasswordField(
        _l("Mật khẩu đang dùng"), [needed, at_most(200)], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(
        _l("Mật khẩu mới"),
        [needed, at_least(8), at_most(200)],
        description=_l("Ít nhất 8 ký tự."),
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        _l("Nhập lại mật khẩu mới"),
        [needed, EqualTo("password", message=_l("Hai lần nhập mật khẩu không giống nhau."))],
        render_kw={"autocomplete": "new-password"},
    )


class GrantForm(BaseForm):
    role = SelectField(_l("Vai trò"))
    unit = SelectField(_l("Đơn vị"))


class JoinDetails(BaseForm):
    """The fields a contest may ask for on joining; those it does not ask for are deleted before use."""

    full_name = StringField(_l("Họ và tên"), [needed, at_least(2), at_most(120)], render_kw={"autocomplete": "name"})
    birth_year = birth_year_field()
    phone = StringField(
        _l("Số điện thoại"), [Optional(), _phone_rule], render_kw={"inputmode": "tel", "autocomplete": "tel"}
    )
    email = StringField(
        _l("Thư điện tử"), [Optional(), _email_rule], render_kw={"type": "email", "autocomplete": "email"}
    )
    unit = SelectField(_l("Đơn vị"), [Optional()], default="")
    class_name = StringField(_l("Lớp"), [Optional(), at_most(60)])
    student_code = StringField(_l("Mã học sinh, sinh viên"), [Optional(), at_most(40)])
    address = StringField(_l("Địa chỉ"), [Optional(), at_most(200)])
    occupation = StringField(_l("Nghề nghiệp"), [Optional(), at_most(100)])
    take_part = BooleanField(validators=[needed])
    publish_name = BooleanField()

    def require(self, name: str) -> None:
        """This contest insists on the field."""
        field = self[name]
        field.validators = [needed, *(one for one in field.validators if not isinstance(one, Optional))]
        field.flags.required, field.flags.optional = True, False
