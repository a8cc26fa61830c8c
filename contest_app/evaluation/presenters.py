"""An evaluation in words: for pages in the reader's language, for files in Vietnamese."""

from dataclasses import replace

from flask_babel import gettext as _

from contest_app.evaluation.words import (
    DEVICES,
    FIGURES,
    NOT_SAID,
    OTHER_UNITS,
    REASONS,
    SMALL_GROUPS,
    VERDICTS,
)
from contest_app.web.words import LEVELS, percent, points
from exports.evaluation import (
    ELSEWHERE,
    FEWEST,
    TOGETHER,
    UNKNOWN,
    Comparison,
    Evaluation,
    Figure,
    GroupCount,
    ItemFigures,
    Mastery,
)
from question_bank.model import Level
from scoring.statistics.linking import FEWEST_COMMON


def worded(evaluation: Evaluation) -> Evaluation:
    """The same with every label, verdict and reason filled in."""
    one = evaluation
    return replace(
        one,
        reach=replace(one.reach, devices=tuple(_device(group) for group in one.reach.devices)),
        audience=replace(
            one.audience,
            units=tuple(_group(group) for group in one.audience.units),
            ages=tuple(_group(group) for group in one.audience.ages),
            groups=tuple(_group(group) for group in one.audience.groups),
        ),
        knowledge=replace(one.knowledge, levels=tuple(_level(row) for row in one.knowledge.levels)),
        test=tuple(_figure(figure) for figure in one.test),
        items=tuple(_item(item) for item in one.items),
        comparisons=tuple(replace(found, words=_comparison(found)) for found in one.comparisons),
        notes=tuple(_notes(one)),
    )


def _device(group: GroupCount) -> GroupCount:
    return replace(group, label=str(DEVICES[group.code] if group.code else SMALL_GROUPS))


def _group(group: GroupCount) -> GroupCount:
    said = {TOGETHER: SMALL_GROUPS, UNKNOWN: NOT_SAID, ELSEWHERE: OTHER_UNITS}
    return group if group.code not in said else replace(group, label=str(said[group.code]))


def _level(row: Mastery) -> Mastery:
    return replace(row, label=str(LEVELS[Level(row.label)]))


def _figure(figure: Figure) -> Figure:
    reason = str(REASONS[figure.reason]) if figure.reason else ""
    return replace(figure, label=str(FIGURES[figure.code]), reason=reason)


def _item(item: ItemFigures) -> ItemFigures:
    words = str(VERDICTS[item.verdict])
    return replace(item, level=str(LEVELS[Level(item.level)]), verdict_words=words, evidence=evidence(item))


def evidence(item: ItemFigures) -> str:
    """Why the verdict is what it is, in one sentence; empty where there is nothing to say."""
    if item.verdict == "suspect":
        return _doubt(item)
    if item.people < FEWEST:
        return _("Dưới 5 người gặp câu này: không nêu số liệu.")
    if item.verdict == "few":
        return _("Chỉ có %(n)s người gặp câu này: chưa đủ để nhận xét.", n=item.people)
    if item.verdict == "confusing":
        return _confusion(item)
    if item.verdict == "easy":
        return _("%(share)s điểm của câu này đã được lấy: câu dễ với hầu hết mọi người.", share=percent(item.facility))
    if item.verdict == "hard":
        return _("Chỉ %(share)s điểm của câu này được lấy.", share=percent(item.facility))
    return ""


def _doubt(item: ItemFigures) -> str:
    values = item.sign_values
    if item.sign == "negative":
        return _(
            "Người làm tốt các câu khác lại hay sai câu này (hệ số phân biệt %(r)s, %(n)s người).",
            r=points(round(values["correlation"], 2)), n=int(values["answers"]),
        )  # fmt: skip
    if item.sign == "below_chance":
        return _(
            "Chỉ %(share)s trong %(n)s người trả lời câu này làm đúng, thấp hơn cả chọn bừa (%(chance)s).",
            share=percent(values["facility"]), n=int(values["answers"]), chance=percent(values["chance"]),
        )  # fmt: skip
    key = ", ".join(one.letter for one in item.options if one.is_right)
    chose = _(
        "%(n)s người chọn %(letter)s làm đúng %(rest)s phần còn lại của đề",
        n=int(values["choosers"]), letter=item.rival, rest=percent(values["rest"]),
    )  # fmt: skip
    if "key_rest" not in values:
        return _("%(chose)s, hơn những người khác; không ai chọn đáp án %(letters)s.", chose=chose, letters=key)
    return _(
        "%(chose)s, còn %(n)s người chọn đáp án %(letters)s chỉ làm đúng %(rest)s.",
        chose=chose, n=int(values["key_choosers"]), letters=key, rest=percent(values["key_rest"]),
    )  # fmt: skip


def _confusion(item: ItemFigures) -> str:
    if item.rival:
        return _("Phương án %(letter)s hút cả người làm tốt các câu khác: hãy xem lại cách hỏi.", letter=item.rival)
    return _(
        "Câu gần như không phân biệt được người biết và người chưa biết (hệ số %(r)s).",
        r=points(round(item.item_rest or 0, 2)),
    )  # fmt: skip


def _comparison(found: Comparison) -> str:
    if found.basis == "none":
        return _(
            "Không so sánh được: cần ít nhất %(needed)s câu hỏi chung đủ người làm ở cả hai bên và không đổi độ khó.",
            needed=FEWEST_COMMON,
        )
    if found.direction > 0:
        verdict = _("Lần sau làm đúng nhiều hơn")
    elif found.direction < 0:
        verdict = _("Lần sau làm đúng ít hơn")
    else:
        verdict = _("Chưa đủ căn cứ để nói có khác biệt")
    basis = _("trên %(n)s câu hỏi chung", n=found.common)
    if found.basis == "rasch":
        basis = _("trên %(n)s câu hỏi chung, quy về cùng thang đo bằng mô hình Rasch", n=found.linked)
    left_out = _(
        "Không dùng các câu dễ đi hoặc khó lên khác thường (có thể đã lộ): %(codes)s; tỷ lệ làm đúng bên cạnh vẫn gồm "
        "các câu ấy.", codes=", ".join(found.drifted),
    )  # fmt: skip
    return f"{verdict} {basis}." + (f" {left_out}" if found.drifted else "")


def _notes(evaluation: Evaluation) -> list[str]:
    """What a reader must know before believing a number."""
    said = [_("Thống kê kiến thức và câu hỏi tính trên lượt thi hợp lệ đầu tiên của mỗi người.")]
    if evaluation.analysed < evaluation.of_people:
        said.append(
            _(
                "Lấy mẫu ngẫu nhiên %(n)s trong %(all)s người để tính các thống kê này; số đếm thì tính đủ.",
                n=evaluation.analysed, all=evaluation.of_people,
            )
        )  # fmt: skip
    if evaluation.drawn_papers:
        said.append(_("Mỗi thí sinh một đề rút ngẫu nhiên: chỉ nêu các thống kê còn đúng với đề như vậy."))
    said.append(_("Nhóm dưới 5 người không hiện riêng, được gộp lại để không đoán ra ai."))
    if not evaluation.is_final:
        said.append(_("Kết quả chưa chốt: số liệu còn có thể thay đổi."))
    return said
