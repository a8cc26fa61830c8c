"""The rules in words: the thể lệ people read is made from the value the program obeys."""

from collections.abc import Callable, Iterator
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from contest_app.rules.model import BlueprintLine, Rules, When
from contest_app.web.words import (
    COUNTING,
    FIELD_NAMES,
    KINDS,
    LEVELS,
    PREDICTION_TARGETS,
    RANK_KEYS,
    UNIT_RANKINGS,
    day_and_time,
    points,
)
from scoring.counting import AcrossRounds, Counting

Section = tuple[str, list[str]]


def explain(rules: Rules) -> list[Section]:
    """Headed lists of sentences, in the order a printed thể lệ has them."""
    parts: list[tuple[str, Callable[[Rules], Iterator[str]]]] = [
        (_("Đối tượng dự thi"), _audience),
        (_("Đăng ký"), _registration),
        (_("Thời gian thi"), _rounds),
        (_("Đề thi và cách tính điểm"), _paper),
        (_("Số lượt thi"), _attempts),
        (_("Xếp hạng"), _ranking),
        (_("Giải thưởng"), _prizes),
        (_("Công bố kết quả"), _release),
        (_("Công bằng và dữ liệu cá nhân"), _fairness),
    ]
    return [(heading, sentences) for heading, write in parts if (sentences := list(write(rules)))]


def prediction_question(rules: Rules) -> str:
    """The wording of the prediction question."""
    if rules.prediction is None:
        return ""
    return rules.prediction.question or str(PREDICTION_TARGETS[rules.prediction.target])


def _audience(rules: Rules) -> Iterator[str]:
    audience = rules.audience
    yield audience.description or _("Mọi công dân quan tâm đều có thể dự thi.")
    if audience.min_age is not None:
        yield _(
            "Từ đủ %(age)s tuổi (tính theo năm sinh, năm %(year)s).", age=audience.min_age, year=rules.reference_year
        )
    if audience.max_age is not None:
        yield _(
            "Không quá %(age)s tuổi (tính theo năm sinh, năm %(year)s).",
            age=audience.max_age,
            year=rules.reference_year,
        )
    if audience.groups:
        yield _("Các bảng thi: %(names)s.", names="; ".join(group.name for group in audience.groups))
    if audience.exclusions:
        yield _("Không tham gia dự thi: %(who)s.", who=audience.exclusions.rstrip("."))


def _registration(rules: Rules) -> Iterator[str]:
    asked = [
        str(FIELD_NAMES[one.name]) + ("" if one.required else " " + _("(không bắt buộc)"))
        for one in rules.registration.fields
    ]
    yield _("Thí sinh đăng nhập và khai: họ và tên%(more)s.", more="".join(f", {one}" for one in asked))
    if rules.registration.locked_after_first_paper:
        yield _("Thông tin đã khai không sửa được sau khi bắt đầu lượt thi đầu tiên.")
    yield _("Mỗi người chỉ dùng một tài khoản và tự mình làm bài.")


def _rounds(rules: Rules) -> Iterator[str]:
    for one in rules.rounds:
        window = {"name": one.name, "opens": day_and_time(one.opens_at), "closes": day_and_time(one.closes_at)}
        if one.mock:
            yield _("%(name)s (thi thử, không tính kết quả): từ %(opens)s đến trước %(closes)s.", **window)
        else:
            yield _("%(name)s: từ %(opens)s đến trước %(closes)s (giờ Việt Nam).", **window)
    yield _("Giờ của máy chủ là giờ chính thức.")


def _paper(rules: Rules) -> Iterator[str]:
    paper = rules.paper
    numbers = {"count": paper.question_count, "minutes": paper.minutes, "most": points(paper.max_score)}
    if any(line.points is not None for line in paper.blueprint):
        yield _("Mỗi đề có %(count)s câu, làm trong %(minutes)s phút, điểm tối đa %(most)s.", **numbers)
    else:
        yield _(
            "Mỗi đề có %(count)s câu, làm trong %(minutes)s phút; mỗi câu đúng được %(points)s điểm, "
            "điểm tối đa %(most)s.",
            points=points(paper.points_per_question), **numbers,
        )  # fmt: skip
    for line in paper.blueprint:
        topic = line.topic or _("mọi chủ đề")
        level = str(LEVELS[line.level]) if line.level else _("mọi mức độ")
        said = _("%(count)s câu: %(topic)s, %(level)s", count=line.count, topic=topic, level=level)
        yield ", ".join(filter(None, [said, *_kind_and_points(line, rules)])) + "."
    yield _("Đề của mỗi lượt thi do máy rút ngẫu nhiên, cách rút kiểm chứng được sau khi đợt thi kết thúc.")
    yield _("Câu trả lời được lưu liên tục. Hết giờ, máy tự thu bài với những câu đã lưu.")
    if rules.prediction:
        yield _("Câu hỏi dự đoán (không tính điểm): “%(question)s”", question=prediction_question(rules))


def _kind_and_points(line: BlueprintLine, rules: Rules) -> Iterator[str]:
    if line.kind:
        yield _("loại %(kind)s", kind=KINDS[line.kind])
    if any(one.points is not None for one in rules.paper.blueprint):
        yield _("mỗi câu %(points)s điểm", points=points(rules.paper.points_of(line.kind)))


def _attempts(rules: Rules) -> Iterator[str]:
    attempts = rules.attempts
    if attempts.per_round is None:
        yield _("Không giới hạn số lượt thi trong mỗi đợt.")
    else:
        yield ngettext("Mỗi đợt được thi %(num)s lượt.", "Mỗi đợt được thi %(num)s lượt.", attempts.per_round)
    if attempts.per_contest is not None:
        yield ngettext("Cả cuộc thi được thi %(num)s lượt.", "Cả cuộc thi được thi %(num)s lượt.", attempts.per_contest)
    yield from counting(rules)


def counting(rules: Rules) -> Iterator[str]:
    """Which attempts make a result, where there is a choice."""
    attempts = rules.attempts
    if attempts.per_round != 1 or attempts.counting is Counting.SUM:
        yield str(COUNTING[attempts.counting]) + "."
    if len(rules.official_rounds) > 1:
        is_sum = attempts.across_rounds is AcrossRounds.SUM
        yield _("Kết quả chung cuộc là tổng các đợt.") if is_sum else _("Kết quả chung cuộc lấy theo đợt tốt nhất.")


def _ranking(rules: Rules) -> Iterator[str]:
    steps = [str(RANK_KEYS[key]) for key in rules.ranking.chain]
    yield _("Xếp hạng lần lượt theo: %(steps)s.", steps="; ".join(f"({n}) {step}" for n, step in enumerate(steps, 1)))
    yield _("Thí sinh không phân được hơn kém theo các tiêu chí trên thì đồng hạng.")
    if rules.ranking.time_measure == "last_change":
        yield _("Thời gian làm bài tính từ lúc bắt đầu đến lần chọn đáp án cuối cùng.")
    else:
        yield _("Thời gian làm bài tính từ lúc bắt đầu đến lúc nộp bài.")
    if any(prize.kind == "collective" for prize in rules.prizes):
        yield _("Giải tập thể xếp theo %(way)s.", way=str(UNIT_RANKINGS[rules.collective.rank_by]))


def _prizes(rules: Rules) -> Iterator[str]:
    groups = {group.code: group.name for group in rules.audience.groups}
    for prize in rules.prizes:
        what = _("%(quantity)s giải %(name)s", quantity=prize.quantity, name=prize.name)
        notes = [_("tập thể") if prize.kind == "collective" else "", groups.get(prize.group, "")]
        notes += [_("mỗi đợt") if prize.scope == "round" else ""]
        if prize.amount:
            notes.append(_("trị giá %(amount)s đồng", amount=f"{prize.amount:,}".replace(",", ".")))
        said = ", ".join(note for note in notes if note)
        yield f"{what} ({said})." if said else f"{what}."


def _release(rules: Rules) -> Iterator[str]:
    yield _("Điểm của thí sinh: %(when)s.", when=_when(rules.release.mark))
    yield _("Đáp án và giải thích: %(when)s.", when=_when(rules.release.key))
    yield _("Bảng xếp hạng: %(when)s.", when=_when(rules.release.ranking))
    if rules.appeals_until:
        yield _("Khiếu nại, phúc khảo gửi ban tổ chức trước %(when)s.", when=day_and_time(rules.appeals_until))


def _when(when: When) -> str:
    if isinstance(when, datetime):
        return _("công bố lúc %(when)s", when=day_and_time(when))
    words = {
        "on_submit": _("xem được ngay sau khi nộp bài"),
        "after_close": _("công bố khi đợt thi cuối kết thúc"),
        "by_hand": _("công bố theo thông báo của ban tổ chức"),
    }
    return words[when]


def _fairness(rules: Rules) -> Iterator[str]:
    yield _("Không dùng camera, định vị hay theo dõi thiết bị. Máy chấm bài; không dùng trí tuệ nhân tạo để xếp hạng.")
    yield _("Bảng xếp hạng công khai chỉ ghi tên rút gọn, trừ khi thí sinh đồng ý ghi đầy đủ.")
    yield _("Mọi quyết định về bài thi (hủy, mở lại, thêm giờ) do người có trách nhiệm thực hiện và ghi rõ lý do.")
    if rules.contact:
        yield _("Liên hệ ban tổ chức: %(contact)s.", contact=rules.contact.rstrip("."))
