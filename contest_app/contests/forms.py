"""The guided form. ``form_document`` turns it into a rules document; what it cannot say (rarely needed), YAML can."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from contest_app.web.base_form import BaseForm, choices
from contest_app.web.words import COUNTING, FIELD_NAMES, KINDS, LEVELS, PREDICTION_TARGETS, RANK_KEYS, UNIT_RANKINGS
from question_bank.kinds import KINDS as KNOWN_KINDS
from question_bank.model import Level

# Far more than any contest has; only there to stop a forged form.
MOST_ROWS = 200
CHAIN_PLACES = len(RANK_KEYS)
_local_time = {"type": "datetime-local"}
_whole = {"inputmode": "numeric"}


class RoundRow(Form):
    code = StringField(_l("Mã đợt"), render_kw={"size": 6})
    name = StringField(_l("Tên đợt"))
    opens_at = StringField(_l("Mở lúc"), render_kw=_local_time)
    closes_at = StringField(_l("Đóng lúc"), render_kw=_local_time)
    mock = BooleanField(_l("Thi thử"))


_DRAWABLE = [(code, said) for code, said in KINDS.items() if KNOWN_KINDS[code].drawable]


class BlueprintRow(Form):
    topic = StringField(_l("Chủ đề"), render_kw={"list": "topics", "autocomplete": "off"})
    level = SelectField(
        _l("Mức độ"), choices=choices([("", _l("mọi mức độ")), *((one.value, LEVELS[one]) for one in Level)])
    )
    kind = SelectField(_l("Loại câu"), choices=choices([("", _l("mọi loại")), *_DRAWABLE]))
    count = IntegerField(_l("Số câu"), [Optional()], render_kw=_whole)
    points = StringField(_l("Điểm mỗi câu (nếu khác)"), render_kw={"inputmode": "decimal"})


class PrizeRow(Form):
    name = StringField(_l("Tên giải"))
    quantity = IntegerField(_l("Số lượng"), [Optional()], render_kw=_whole)
    amount = IntegerField(_l("Trị giá (đồng)"), [Optional()], render_kw=_whole)
    kind = SelectField(_l("Dành cho"), choices=choices([("individual", _l("cá nhân")), ("collective", _l("tập thể"))]))
    scope = SelectField(_l("Xét theo"), choices=choices([("contest", _l("cả cuộc thi")), ("round", _l("mỗi đợt"))]))
    group = StringField(_l("Mã bảng"), render_kw={"size": 6})


class GroupRow(Form):
    code = StringField(_l("Mã bảng"), render_kw={"size": 6})
    name = StringField(_l("Tên bảng"))
    min_age = IntegerField(_l("Từ tuổi"), [Optional()], render_kw=_whole)
    max_age = IntegerField(_l("Đến tuổi"), [Optional()], render_kw=_whole)


class ReleaseField(SelectField):
    def __init__(self, label: Any, *left_out: str, **kwargs: Any) -> None:
        ways = {
            "on_submit": _l("ngay khi nộp bài"),
            "after_close": _l("khi đợt cuối đóng"),
            "by_hand": _l("khi ban tổ chức bấm công bố"),
            "at": _l("vào lúc đã hẹn"),
        }
        super().__init__(
            label, choices=choices((way, said) for way, said in ways.items() if way not in left_out), **kwargs
        )


class ContestForm(BaseForm):
    title = StringField(_l("Tên cuộc thi"))
    slug = StringField(_l("Đường dẫn"), description=_l("Chữ thường không dấu, nối bằng dấu gạch: tim-hieu-luat-2026"))
    organiser = SelectField(_l("Đơn vị tổ chức"))
    bank = SelectField(_l("Ngân hàng câu hỏi"))
    summary = TextAreaField(_l("Giới thiệu"), render_kw={"rows": 3})
    legal_basis = StringField(_l("Căn cứ"), description=_l("Kế hoạch, quyết định tổ chức cuộc thi."))
    contact = StringField(_l("Liên hệ ban tổ chức"))

    audience_text = TextAreaField(_l("Đối tượng dự thi"), render_kw={"rows": 2})
    exclusions = StringField(_l("Không được dự thi"), description=_l("Ghi bằng lời, in vào thể lệ."))
    excluded_logins = StringField(_l("Tên đăng nhập bị loại"), description=_l("Cách nhau bằng dấu phẩy."))
    units = StringField(
        _l("Chỉ các đơn vị"), description=_l("Mã đơn vị, cách nhau bằng dấu phẩy. Để trống: mọi người.")
    )
    min_age = IntegerField(_l("Tuổi tối thiểu"), [Optional()], render_kw=_whole)
    max_age = IntegerField(_l("Tuổi tối đa"), [Optional()], render_kw=_whole)
    groups = FieldList(FormField(GroupRow), min_entries=2, max_entries=MOST_ROWS)

    fields = SelectMultipleField(
        _l("Thí sinh phải khai"),
        choices=choices((name, said) for name, said in FIELD_NAMES.items() if name != "full_name"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    locked_after_first_paper = BooleanField(_l("Khóa thông tin đã khai sau lượt thi đầu tiên"))

    rounds = FieldList(FormField(RoundRow), min_entries=2, max_entries=MOST_ROWS)
    per_round = IntegerField(
        _l("Số lượt mỗi đợt"), [Optional()], description=_l("Để trống: không giới hạn."), render_kw=_whole
    )
    per_contest = IntegerField(
        _l("Số lượt cả cuộc thi"), [Optional()], description=_l("Để trống: không giới hạn."), render_kw=_whole
    )
    counting = SelectField(
        _l("Lượt nào được tính"), choices=choices((way.value, said) for way, said in COUNTING.items())
    )
    across_rounds = SelectField(
        _l("Kết quả chung cuộc"), choices=choices([("sum", _l("cộng các đợt")), ("best", _l("đợt tốt nhất"))])
    )

    blueprint = FieldList(FormField(BlueprintRow), min_entries=4, max_entries=MOST_ROWS)
    minutes = IntegerField(_l("Thời gian làm bài (phút)"), [Optional()], render_kw=_whole)
    points_per_question = StringField(_l("Điểm mỗi câu"), render_kw={"inputmode": "decimal"})
    shuffle_questions = BooleanField(_l("Đảo thứ tự câu hỏi"))
    shuffle_options = BooleanField(_l("Đảo thứ tự phương án"))
    prediction_target = SelectField(
        _l("Câu dự đoán"),
        choices=choices([("", _l("không có")), *((one.value, said) for one, said in PREDICTION_TARGETS.items())]),
    )
    prediction_text = StringField(_l("Lời câu dự đoán"), description=_l("Để trống: dùng câu mẫu ở trên."))

    chain = FieldList(
        SelectField(
            choices=choices([("", _l("— không dùng —")), *((one.value, said) for one, said in RANK_KEYS.items())])
        ),
        min_entries=CHAIN_PLACES,
        max_entries=CHAIN_PLACES,
    )
    time_measure = SelectField(
        _l("Thời gian làm bài tính đến"),
        choices=choices([("submit", _l("lúc nộp bài")), ("last_change", _l("lần đổi đáp án cuối cùng"))]),
    )
    rank_by = SelectField(_l("Xếp hạng tập thể theo"), choices=choices(UNIT_RANKINGS.items()))
    prizes = FieldList(FormField(PrizeRow), min_entries=4, max_entries=MOST_ROWS)

    mark_release = ReleaseField(_l("Điểm"))
    mark_at = StringField(render_kw=_local_time)
    key_release = ReleaseField(_l("Đáp án và giải thích"), "on_submit")
    key_at = StringField(render_kw=_local_time)
    ranking_release = ReleaseField(_l("Bảng xếp hạng"))
    ranking_at = StringField(render_kw=_local_time)
    appeals_until = StringField(_l("Nhận khiếu nại đến"), render_kw=_local_time)
    reason = StringField(_l("Lý do sửa"), description=_l("Bắt buộc khi đã có người thi."))
    keeps_ended_acts = BooleanField(
        _l("Vẫn dùng các câu có căn cứ hết hiệu lực trước ngày đóng"),
        description=_l("Chỉ cần khi chương trình báo; lý do sửa ở trên là lý do của quyết định."),
    )
