from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional, ValidationError

from contest_app.web.base_form import BaseForm, at_most, choices, needed
from contest_app.web.words import KINDS, LEVELS
from question_bank.answers import number_in
from question_bank.checks import LONGEST_HTML, LONGEST_SITUATION
from question_bank.cloze import from_inline, inline
from question_bank.kinds import KINDS as KNOWN_KINDS
from question_bank.markup import harmless
from question_bank.model import (
    Credit,
    Gap,
    LegalBasis,
    Level,
    Markup,
    Media,
    Option,
    Question,
    TextRules,
    WordLimit,
)
from question_bank.text import clean, topic_path

_PER_CENT = Decimal(100)
_decimal = {"inputmode": "decimal", "autocomplete": "off"}


def _date_rule(_form: Any, field: Any) -> None:
    try:
        date.fromisoformat(field.data)
    except ValueError as error:
        raise ValidationError(_l("Ngày có dạng ngày/tháng/năm.")) from error


def _number_rule(_form: Any, field: Any) -> None:
    if field.data and number_in(field.data) is None:
        raise ValidationError(_l("Hãy ghi một số, ví dụ 0,5."))


class OptionForm(Form):
    text = TextAreaField(_l("Nội dung phương án"), [at_most(LONGEST_HTML)], render_kw={"rows": 2})
    match = StringField(_l("Ghép với"), [at_most(1500)])
    correct = BooleanField(_l("Đúng"))
    fixed = BooleanField(_l("Giữ nguyên vị trí khi đảo"))
    weight = StringField(_l("Phần điểm (%)"), [_number_rule, at_most(12)], render_kw=_decimal)
    tolerance = StringField(_l("Sai số cho phép"), [_number_rule, at_most(20)], render_kw=_decimal)
    feedback = StringField(_l("Lời nhắn khi chọn"), [at_most(1500)])

    def to_option(self) -> Option:
        weight, tolerance = number_in(self.weight.data or ""), number_in(self.tolerance.data or "")
        return Option(
            clean(self.text.data or ""), bool(self.correct.data), bool(self.fixed.data),
            None if weight is None else weight / _PER_CENT, clean(self.feedback.data or ""),
            clean(self.match.data or ""), tolerance,
        )  # fmt: skip


class QuestionForm(BaseForm):
    code = StringField(_l("Mã câu hỏi"), [at_most(64)], description=_l("Để trống để máy tự đặt."))
    kind = SelectField(_l("Loại câu hỏi"), choices=choices((kind, KINDS[kind]) for kind in KNOWN_KINDS))
    stem = TextAreaField(_l("Nội dung câu hỏi"), [needed, at_most(LONGEST_HTML)], render_kw={"rows": 4})
    markup = SelectField(
        _l("Cách viết"),
        default="text",
        choices=choices([("text", _l("chữ thường")), ("html", _l("HTML (bảng, chỉ số, in đậm)"))]),
    )
    situation = TextAreaField(_l("Tình huống dùng chung"), [at_most(LONGEST_SITUATION)], render_kw={"rows": 3})
    options = FieldList(FormField(OptionForm), min_entries=6)  # the kind says how many it takes
    credit = SelectField(
        _l("Cách cho điểm"),
        default="all_or_nothing",
        choices=choices(
            [
                (Credit.ALL_OR_NOTHING.value, _l("đúng hết mới có điểm")),
                (Credit.PARTIAL.value, _l("đúng phần nào được phần ấy")),
            ]
        ),
    )
    shows_count = BooleanField(_l("Cho thí sinh biết số phương án đúng"))
    case = BooleanField(_l("Phân biệt chữ hoa, chữ thường"))
    accents = BooleanField(_l("Phân biệt dấu tiếng Việt"), default=True)
    spacing = BooleanField(_l("Phân biệt khoảng trắng"))
    words_least = IntegerField(_l("Ít nhất (từ)"), [Optional(), NumberRange(0, 10_000)])
    words_most = IntegerField(_l("Nhiều nhất (từ)"), [Optional(), NumberRange(1, 10_000)])
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
    explanation = TextAreaField(_l("Giải thích"), [at_most(LONGEST_HTML)], render_kw={"rows": 3})
    tags = StringField(_l("Từ khóa"), [at_most(300)], description=_l("Cách nhau bằng dấu phẩy."))

    def to_question(self, media: Mapping[int | None, list[Media]], before: Question | None = None) -> Question:
        """The value the form describes; what the form does not show stays as it was ``before``.

        ``media``: what goes with the stem (None) and with each row of options. Rows left empty are left out, so the
        places of what stands below them move up.
        """
        base = before or Question("", "")
        filled = [
            (row, option) for row, entry in enumerate(self.options)
            if (option := entry.form.to_option()).text or option.match or media.get(row)
        ]  # fmt: skip
        kind = self.kind.data
        stem, gaps = _gaps_of(self.stem.data or "", base) if kind == "cloze" else (self.stem.data or "", ())
        placed = [replace(one, place=None) for one in media.get(None, [])]
        placed += [
            replace(one, place=place) for place, (row, _option) in enumerate(filled) for one in media.get(row, [])
        ]
        return harmless(replace(
            base, kind=kind, stem=clean(stem), options=tuple(_fitting(option, kind) for _row, option in filled),
            gaps=gaps, media=tuple(placed), markup=Markup(self.markup.data),
            situation=clean(self.situation.data or ""), **self._marking(kind), topic=topic_path(self.topic.data or ""),
            level=Level(self.level.data), legal_basis=(*self._legal_basis(), *base.legal_basis[1:]),
            explanation=clean(self.explanation.data or ""),
            tags=tuple(tag.strip() for tag in (self.tags.data or "").split(",") if tag.strip()),
            code=self.code.data or "",
        ))  # fmt: skip

    def _marking(self, kind: str) -> dict[str, Any]:
        """How it is marked, by what its kind knows."""
        compared = TextRules(self.case.data, self.accents.data, self.spacing.data)
        has_parts = kind in ("multiple", "statements", "matching", "ordering", "cloze")
        return {
            "credit": Credit(self.credit.data) if has_parts and self.credit.data else Credit.ALL_OR_NOTHING,
            "shows_count": kind == "multiple" and self.shows_count.data,
            "text_rules": compared if kind in ("short", "cloze") else TextRules(),
            "words": WordLimit(self.words_least.data, self.words_most.data) if kind == "essay" else WordLimit(),
        }

    def _legal_basis(self) -> tuple[LegalBasis, ...]:
        if not (self.act.data or self.act_title.data):
            return ()
        bounds = [date.fromisoformat(f.data) if f.data else None for f in (self.in_force_from, self.in_force_to)]
        return (LegalBasis(self.act.data, self.article.data, self.clause.data, self.act_title.data, *bounds),)


def _fitting(option: Option, kind: str) -> Option:
    """An accepted answer is right unless it earns nothing; what another kind's field held is dropped."""
    accepted = kind in ("short", "numerical")
    return replace(
        option,
        correct=(option.weight is None or option.weight > 0) if accepted else option.correct,
        match=option.match if kind == "matching" else "",
        tolerance=option.tolerance if kind == "numerical" else None,
        weight=option.weight if kind in ("single", "multiple", "short", "numerical", "matching") else None,
    )


def _gaps_of(typed: str, before: Question) -> tuple[str, tuple[Gap, ...]]:
    """Stem and gaps as typed; those nobody touched stay as they were, and one rewritten weighs what it did."""
    if before.gaps and clean(typed) == clean(inline(before.stem, before.gaps)):
        return before.stem, before.gaps
    stem, gaps = from_inline(typed, before.gaps)
    if len(gaps) != len(before.gaps):
        return stem, gaps
    pairs = zip(gaps, before.gaps, strict=True)
    return stem, tuple(gap if gap in before.gaps else replace(gap, weight=old.weight) for gap, old in pairs)


def form_values(question: Question) -> dict[str, Any]:
    """What fills the form for editing."""
    basis = question.legal_basis[0] if question.legal_basis else LegalBasis("")
    same = ("code", "kind", "situation", "explanation", "shows_count")
    return {
        **{name: getattr(question, name) for name in same}, "stem": inline(question.stem, question.gaps),
        "level": question.level.value, "markup": question.markup.value, "credit": question.credit.value,
        "case": question.text_rules.case, "accents": question.text_rules.accents,
        "spacing": question.text_rules.spacing, "words_least": question.words.least,
        "words_most": question.words.most, "options": [_option_values(option) for option in question.options],
        "topic": " > ".join(question.topic), "act": basis.act, "act_title": basis.title, "article": basis.article,
        "clause": basis.clause, "in_force_from": basis.in_force_from and basis.in_force_from.isoformat(),
        "in_force_to": basis.in_force_to and basis.in_force_to.isoformat(), "tags": ", ".join(question.tags),
    }  # fmt: skip


def _option_values(option: Option) -> dict[str, Any]:
    return {
        "text": option.text, "match": option.match, "correct": option.correct, "fixed": option.fixed,
        "weight": _comma(None if option.weight is None else option.weight * _PER_CENT),
        "tolerance": _comma(option.tolerance), "feedback": option.feedback,
    }  # fmt: skip


def _comma(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")
