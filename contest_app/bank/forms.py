from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from contest_app.web.base_form import BaseForm, at_most, choices, needed
from contest_app.web.words import KINDS, LEVELS
from question_bank.kinds import KINDS as KNOWN_KINDS
from question_bank.model import LegalBasis, Level, Option, Picture, Question
from question_bank.text import clean, topic_path


def _date_rule(_form: Any, field: Any) -> None:
    try:
        date.fromisoformat(field.data)
    except ValueError as error:
        raise ValidationError(_l("Ngày có dạng ngày/tháng/năm.")) from error


class OptionForm(Form):
    text = TextAreaField(_l("Nội dung phương án"), [at_most(1500)], render_kw={"rows": 2})
    correct = BooleanField(_l("Đúng"))
    fixed = BooleanField(_l("Giữ nguyên vị trí khi đảo"))


class QuestionForm(BaseForm):
    code = StringField(_l("Mã câu hỏi"), [at_most(64)], description=_l("Để trống để máy tự đặt."))
    kind = SelectField(_l("Loại câu hỏi"), choices=choices((kind, KINDS[kind]) for kind in KNOWN_KINDS))
    stem = TextAreaField(_l("Nội dung câu hỏi"), [needed, at_most(4000)], render_kw={"rows": 3})
    options = FieldList(FormField(OptionForm), min_entries=6, max_entries=10)
    topic = StringField(
        _l("Chủ đề"), [at_most(500)], description=_l("Ví dụ: Luật Căn cước > Cấp thẻ căn cước"),
        render_kw={"list": "topics", "autocomplete": "off"},
    )  # fmt: skip
    level = SelectField(_l("Mức độ"), choices=choices((level.value, LEVELS[level]) for level in Level))
    act = StringField(_l("Số hiệu văn bản"), [at_most(100)])
    act_title = StringField(_l("Tên văn bản"), [at_most(300)])
    article = StringField(_l("Điều"), [at_most(20)])
    clause = StringField(_l("Khoản"), [at_most(20)])
    in_force_from = StringField(_l("Có hiệu lực từ"), [Optional(), _date_rule], render_kw={"type": "date"})
    in_force_to = StringField(_l("Hết hiệu lực"), [Optional(), _date_rule], render_kw={"type": "date"})
    explanation = TextAreaField(_l("Giải thích"), [at_most(4000)], render_kw={"rows": 3})
    tags = StringField(_l("Từ khóa"), [at_most(300)], description=_l("Cách nhau bằng dấu phẩy."))

    def to_question(self, picture: Picture | None = None) -> Question:
        """The value the form describes; empty options are left out."""
        options = tuple(
            Option(clean(row["text"]), bool(row["correct"]), bool(row["fixed"]))
            for row in self.options.data
            if row["text"] and clean(row["text"])
        )
        return Question(
            kind=self.kind.data, stem=self.stem.data, options=options,
            topic=topic_path(self.topic.data or ""),
            level=Level(self.level.data), legal_basis=self._legal_basis(), explanation=self.explanation.data or "",
            tags=tuple(tag.strip() for tag in (self.tags.data or "").split(",") if tag.strip()),
            code=self.code.data or "", picture=picture,
        )  # fmt: skip

    def _legal_basis(self) -> tuple[LegalBasis, ...]:
        if not (self.act.data or self.act_title.data):
            return ()
        bounds = [date.fromisoformat(f.data) if f.data else None for f in (self.in_force_from, self.in_force_to)]
        return (LegalBasis(self.act.data, self.article.data, self.clause.data, self.act_title.data, *bounds),)


def form_values(question: Question) -> dict[str, Any]:
    """What fills the form for editing."""
    basis = question.legal_basis[0] if question.legal_basis else LegalBasis("")
    return {
        "code": question.code, "kind": question.kind, "stem": question.stem, "level": question.level.value,
        "options": [{"text": o.text, "correct": o.correct, "fixed": o.fixed} for o in question.options],
        "topic": " > ".join(question.topic), "act": basis.act, "act_title": basis.title, "article": basis.article,
        "clause": basis.clause, "in_force_from": basis.in_force_from and basis.in_force_from.isoformat(),
        "in_force_to": basis.in_force_to and basis.in_force_to.isoformat(), "explanation": question.explanation,
        "tags": ", ".join(question.tags),
    }  # fmt: skip
