"""The guided form: another view of the rules document. What it cannot say (rarely needed), YAML can."""

from datetime import datetime
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

from contest_app.clock import in_vietnam
from contest_app.rules.model import Rules
from contest_app.web.base_form import BaseForm, choices
from contest_app.web.words import COUNTING, FIELD_NAMES, LEVELS, PREDICTION_TARGETS, RANK_KEYS, UNIT_RANKINGS
from question_bank.model import Level

ROUND_ROWS, BLUEPRINT_ROWS, PRIZE_ROWS, GROUP_ROWS = 12, 40, 20, 10
_CHAIN_PLACES = len(RANK_KEYS)
_local_time = {"type": "datetime-local"}
_whole = {"inputmode": "numeric"}


class RoundRow(Form):
    code = StringField(_l("Mã đợt"), render_kw={"size": 6})
    name = StringField(_l("Tên đợt"))
    opens_at = StringField(_l("Mở lúc"), render_kw=_local_time)
    closes_at = StringField(_l("Đóng lúc"), render_kw=_local_time)
    mock = BooleanField(_l("Thi thử"))


class BlueprintRow(Form):
    topic = StringField(_l("Chủ đề"), render_kw={"list": "topics", "autocomplete": "off"})
    level = SelectField(_l("Mức độ"), choices=choices([("", _l("mọi mức độ")), *((one.value, LEVELS[one]) for one in Level)]))
    count = IntegerField(_l("Số câu"), [Optional()], render_kw=_whole)


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
            "on_submit": _l("ngay khi nộp bài"), "after_close": _l("khi đợt cuối đóng"),
            "by_hand": _l("khi ban tổ chức bấm công bố"), "at": _l("vào lúc đã hẹn"),
        }  # fmt: skip
        super().__init__(label, choices=choices((way, said) for way, said in ways.items() if way not in left_out), **kwargs)


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
    units = StringField(_l("Chỉ các đơn vị"), description=_l("Mã đơn vị, cách nhau bằng dấu phẩy. Để trống: mọi người."))
    min_age = IntegerField(_l("Tuổi tối thiểu"), [Optional()], render_kw=_whole)
    max_age = IntegerField(_l("Tuổi tối đa"), [Optional()], render_kw=_whole)
    groups = FieldList(FormField(GroupRow), min_entries=2, max_entries=GROUP_ROWS)

    fields = SelectMultipleField(
        _l("Thí sinh phải khai"), choices=choices((name, said) for name, said in FIELD_NAMES.items() if name != "full_name"),
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip
    locked_after_first_paper = BooleanField(_l("Khóa thông tin đã khai sau lượt thi đầu tiên"))

    rounds = FieldList(FormField(RoundRow), min_entries=2, max_entries=ROUND_ROWS)
    per_round = IntegerField(_l("Số lượt mỗi đợt"), [Optional()], description=_l("Để trống: không giới hạn."), render_kw=_whole)
    per_contest = IntegerField(
        _l("Số lượt cả cuộc thi"), [Optional()], description=_l("Để trống: không giới hạn."), render_kw=_whole
    )
    counting = SelectField(_l("Lượt nào được tính"), choices=choices((way.value, said) for way, said in COUNTING.items()))
    across_rounds = SelectField(_l("Kết quả chung cuộc"), choices=choices([("sum", _l("cộng các đợt")), ("best", _l("đợt tốt nhất"))]))

    blueprint = FieldList(FormField(BlueprintRow), min_entries=4, max_entries=BLUEPRINT_ROWS)
    minutes = IntegerField(_l("Thời gian làm bài (phút)"), [Optional()], render_kw=_whole)
    points_per_question = StringField(_l("Điểm mỗi câu"), render_kw={"inputmode": "decimal"})
    shuffle_questions = BooleanField(_l("Đảo thứ tự câu hỏi"))
    shuffle_options = BooleanField(_l("Đảo thứ tự phương án"))
    prediction_target = SelectField(
        _l("Câu dự đoán"), choices=choices([("", _l("không có")), *((one.value, said) for one, said in PREDICTION_TARGETS.items())])
    )
    prediction_text = StringField(_l("Lời câu dự đoán"), description=_l("Để trống: dùng câu mẫu ở trên."))

    chain = FieldList(
        SelectField(choices=choices([("", _l("— không dùng —")), *((one.value, said) for one, said in RANK_KEYS.items())])),
        min_entries=_CHAIN_PLACES, max_entries=_CHAIN_PLACES,
    )  # fmt: skip
    time_measure = SelectField(
        _l("Thời gian làm bài tính đến"),
        choices=choices([("submit", _l("lúc nộp bài")), ("last_change", _l("lần đổi đáp án cuối cùng"))]),
    )
    rank_by = SelectField(_l("Xếp hạng tập thể theo"), choices=choices(UNIT_RANKINGS.items()))
    prizes = FieldList(FormField(PrizeRow), min_entries=4, max_entries=PRIZE_ROWS)

    mark_release = ReleaseField(_l("Điểm"))
    mark_at = StringField(render_kw=_local_time)
    key_release = ReleaseField(_l("Đáp án và giải thích"), "on_submit")
    key_at = StringField(render_kw=_local_time)
    ranking_release = ReleaseField(_l("Bảng xếp hạng"))
    ranking_at = StringField(render_kw=_local_time)
    appeals_until = StringField(_l("Nhận khiếu nại đến"), render_kw=_local_time)
    reason = StringField(_l("Lý do sửa"), description=_l("Bắt buộc khi đã có người thi."))


def document_from(form: ContestForm) -> dict[str, Any]:
    """The rules document the form describes; rows left empty are left out. Validation is the rules' own."""
    return {
        **{name: form[name].data or "" for name in ("title", "slug", "organiser", "bank", "summary", "contact", "legal_basis")},
        "appeals_until": form.appeals_until.data or None,
        "audience": {
            "description": form.audience_text.data, "exclusions": form.exclusions.data,
            "units": _listed(form.units.data), "excluded_logins": _listed(form.excluded_logins.data),
            "min_age": form.min_age.data, "max_age": form.max_age.data,
            "groups": [row for row in form.groups.data if row["code"] or row["name"]],
        },
        "registration": {
            "fields": [{"name": name} for name in form.fields.data or ()],
            "locked_after_first_paper": form.locked_after_first_paper.data,
        },
        "rounds": [row for row in form.rounds.data if row["code"] or row["name"] or row["opens_at"]],
        "attempts": {
            "per_round": form.per_round.data, "per_contest": form.per_contest.data,
            "counting": form.counting.data, "across_rounds": form.across_rounds.data,
        },
        "paper": _paper(form),
        "prediction": {"target": form.prediction_target.data, "question": form.prediction_text.data}
        if form.prediction_target.data
        else None,
        "ranking": {"chain": [key for key in form.chain.data if key], "time_measure": form.time_measure.data},
        "collective": {"rank_by": form.rank_by.data},
        "prizes": [_prize(row) for row in form.prizes.data if row["name"]],
        "release": {
            switch: form[f"{switch}_at"].data if form[f"{switch}_release"].data == "at" else form[f"{switch}_release"].data
            for switch in ("mark", "key", "ranking")
        },
    }  # fmt: skip


def _paper(form: ContestForm) -> dict[str, Any]:
    return {
        "blueprint": [{**row, "level": row["level"] or None} for row in form.blueprint.data if row["count"] or row["topic"]],
        "minutes": form.minutes.data,
        "points_per_question": (form.points_per_question.data or "").replace(",", "."),
        "shuffle_questions": form.shuffle_questions.data,
        "shuffle_options": form.shuffle_options.data,
    }


def _prize(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "quantity": row["quantity"] or 1, "amount": row["amount"] or 0}


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def form_values(rules: Rules) -> dict[str, Any]:
    """What fills the form for editing."""
    audience, paper = rules.audience, rules.paper
    spare = {"name": "", "code": ""}
    values: dict[str, Any] = {
        **{name: getattr(rules, name) for name in ("title", "slug", "organiser", "bank", "summary", "contact", "legal_basis")},
        "audience_text": audience.description, "exclusions": audience.exclusions, "units": ", ".join(audience.units),
        "excluded_logins": ", ".join(audience.excluded_logins), "min_age": audience.min_age, "max_age": audience.max_age,
        "groups": [*(group.model_dump() for group in audience.groups), spare],
        "fields": [one.name for one in rules.registration.fields],
        "locked_after_first_paper": rules.registration.locked_after_first_paper,
        "rounds": [
            *({**one.model_dump(), "opens_at": local(one.opens_at), "closes_at": local(one.closes_at)} for one in rules.rounds),
            spare,
        ],
        **rules.attempts.model_dump(),
        "blueprint": [*({**line.model_dump(), "level": line.level or ""} for line in paper.blueprint), {"topic": ""}],
        "minutes": paper.minutes, "points_per_question": f"{paper.points_per_question:f}".replace(".", ","),
        "shuffle_questions": paper.shuffle_questions, "shuffle_options": paper.shuffle_options,
        "prediction_target": rules.prediction.target if rules.prediction else "",
        "prediction_text": rules.prediction.question if rules.prediction else "",
        "chain": [*rules.ranking.chain, *[""] * (_CHAIN_PLACES - len(rules.ranking.chain))],
        "time_measure": rules.ranking.time_measure, "rank_by": rules.collective.rank_by,
        "prizes": [*(prize.model_dump() for prize in rules.prizes), {**spare, "quantity": None}],
        "appeals_until": local(rules.appeals_until),
    }  # fmt: skip
    for switch in ("mark", "key", "ranking"):
        when = getattr(rules.release, switch)
        is_moment = isinstance(when, datetime)
        values |= {f"{switch}_release": "at" if is_moment else when, f"{switch}_at": local(when) if is_moment else ""}
    return values


def local(moment: datetime | None) -> str:
    """As a datetime-local input writes it, in Vietnam time."""
    return in_vietnam(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


def starting_values(now: datetime) -> dict[str, Any]:
    """A sensible contest to begin from: what most of the real ones have in common."""
    return {
        "fields": ["birth_year", "unit"], "locked_after_first_paper": True, "per_round": 1, "counting": "best",
        "across_rounds": "sum", "minutes": 15, "points_per_question": "1", "shuffle_questions": True,
        "shuffle_options": True, "chain": ["score", "time", "earlier", "", "", ""], "time_measure": "submit",
        "rank_by": "participants", "mark_release": "on_submit", "key_release": "after_close", "ranking_release": "by_hand",
        "rounds": [{"code": "dot-1", "name": "Đợt 1", "opens_at": "", "closes_at": ""}],
        "blueprint": [{"topic": "", "level": level.value, "count": count} for level, count in zip(Level, (8, 6, 4, 2), strict=True)],
        "prizes": [
            {"name": name, "quantity": count, "amount": None, "kind": "individual", "scope": "contest", "group": ""}
            for name, count in (("Nhất", 1), ("Nhì", 2), ("Ba", 3), ("Khuyến khích", 5))
        ],
    }  # fmt: skip


def field_of(where: tuple[str | int, ...]) -> str:
    """The name of the form's field a problem's path leads to; "" when the form has none."""
    names = {
        ("audience", "description"): "audience_text", ("collective", "rank_by"): "rank_by",
        ("prediction", "target"): "prediction_target", ("prediction", "question"): "prediction_text",
        **{("release", switch): f"{switch}_release" for switch in ("mark", "key", "ranking")},
    }  # fmt: skip
    if where[:2] in names:
        return names[where[:2]]
    inner = where[1:] if where and where[0] in ("audience", "registration", "attempts", "paper", "ranking") else where
    return "-".join(str(part) for part in inner)
