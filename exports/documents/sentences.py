"""Sentences of a report, each a function of the evaluation that states only what the evaluation holds.

A sentence whose data are missing is "" (left out) or says that they are missing. Two shares are called different only
where their 95 % intervals, as printed, do not meet; nothing is said about causes.
"""

from collections.abc import Sequence

from exports.documents.values import Scale
from exports.documents.written import decimal, in_prose, listed, mille, named_contest, percent, slashed, whole
from exports.evaluation import ENOUGH, FEWEST, TOGETHER, UNKNOWN, Comparison, Evaluation, GroupCount, Mastery, known

NO_DIFFERENCE = "chưa đủ căn cứ để kết luận có khác biệt"
MOST_NAMED = 5  # in one sentence; the tables name all


def contest(e: Evaluation) -> str:
    return (
        f"{named_contest(e.contest_title)} do {e.organiser} tổ chức, diễn ra từ ngày {slashed(e.opens_on)} "
        f"đến ngày {slashed(e.closes_on)}."
    )


def standing_of_data(e: Evaluation) -> str:
    if e.is_final:
        return "Số liệu trong báo cáo lấy từ kết quả đã chốt."
    return f"Kết quả chưa chốt: số liệu là tạm thời, tính đến ngày {slashed(e.made_at.date())}."


def visits(e: Evaluation) -> str:
    if e.reach.visits is None:
        return f"Có {whole(e.reach.registered)} người đăng ký dự thi; số lượt xem trang cuộc thi không được đếm."
    return f"Trang cuộc thi có {whole(e.reach.visits)} lượt xem; có {whole(e.reach.registered)} người đăng ký dự thi."


def people(e: Evaluation) -> str:
    said = f"Có {whole(e.reach.people)} người tham gia với {whole(e.reach.attempts)} lượt thi"
    if e.audience.rate is None:
        return f"{said}."
    invited = f"{whole(e.audience.invited)} người thuộc các đơn vị được mời"
    return f"{said}; {invited}, đạt {percent(e.audience.rate)} quân số."


def completion(e: Evaluation) -> str:
    share = e.reach.completion
    if share is None:
        return "Chưa có lượt thi nào kết thúc."
    closed = e.reach.submitted + e.reach.collected
    return (
        f"Trong {whole(closed)} lượt thi đã kết thúc, {whole(e.reach.submitted)} lượt do thí sinh nộp "
        f"({percent(share)}), {whole(e.reach.collected)} lượt do máy thu khi hết giờ."
    )


def busiest_days(e: Evaluation) -> str:
    most = max((row.attempts for row in e.reach.days), default=0)
    if not most or len(e.reach.days) < 2:
        return ""
    days = [slashed(row.day) for row in e.reach.days if row.attempts == most]
    if len(days) > MOST_NAMED:
        return ""
    return f"Số lượt thi bắt đầu nhiều nhất là vào ngày {listed(days)} ({whole(most)} lượt{_each(days)})."


def busiest_hours(e: Evaluation) -> str:
    most = max(e.reach.hours, default=0)
    hours = [f"{hour} giờ đến {hour + 1} giờ" for hour, count in enumerate(e.reach.hours) if count == most]
    if not most or len(hours) > 2:
        return ""
    return f"Khung giờ có nhiều lượt thi bắt đầu nhất là từ {listed(hours)} ({whole(most)} lượt{_each(hours)})."


def _each(things: Sequence[str]) -> str:
    return " mỗi mục" if len(things) > 1 else ""


def devices(e: Evaluation) -> str:
    shown = [one for one in e.reach.devices if one.attempts is not None]
    if not shown:
        return ""
    return f"Có {listed([f'{whole(one.attempts or 0)} lượt thi {_by_device(one)}' for one in shown])}."


def _by_device(one: GroupCount) -> str:
    said = {UNKNOWN: "không rõ thiết bị", TOGETHER: "bằng các thiết bị khác"}
    return said.get(one.code, f"bằng {one.label}")


def largest(e: Evaluation) -> str:
    """The age band with most people among those shown."""
    shown: list[GroupCount] = [
        one for one in e.audience.ages if one.people is not None and one.code not in (TOGETHER, UNKNOWN)
    ]
    most = max((one.people or 0 for one in shown), default=0)
    if len(shown) < 2 or not most:
        return ""
    names = [_age(one.label) for one in shown if one.people == most]
    return f"Nhóm tuổi có nhiều người tham gia nhất là {listed(names)} ({whole(most)} người{_each(names)})."


def _age(band: str) -> str:
    """ "≤ 15" is "từ 15 tuổi trở xuống", "18–25" is "18–25 tuổi"."""
    sign, _space, bound = band.partition(" ")
    if sign in ("≤", "≥"):
        return f"từ {bound} tuổi trở {'xuống' if sign == '≤' else 'lên'}"
    return band if "tuổi" in band else f"{band} tuổi"


def average(e: Evaluation) -> str:
    k = e.knowledge
    if k.average is None:
        return "Chưa đủ số liệu để tính tỷ lệ điểm trung bình."
    said = f"Tỷ lệ điểm đạt được, tính trung bình trên lượt thi đầu tiên của mỗi người, là {percent(k.average)}"
    return f"{said}{_interval(k.average_low, k.average_high)}."


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f" (khoảng tin cậy 95 % từ {percent(low)} đến {percent(high)})"


def lowest_topic(rows: Sequence[Mastery], what: str = "Chủ đề") -> str:
    """What went worst over all its questions, and whether it may be called worse than what went best."""
    found = known(rows)
    if not found:
        return f"{what}: chưa đủ số liệu để tính tỷ lệ làm đúng."
    low, of_few = found[0], any(one.share is not None and one.people < ENOUGH for one in rows)
    among = f", trong các mục có từ {ENOUGH} người làm" if of_few else ""
    if len(found) == 1:
        return f"{what} có đủ số liệu{among}: {_named(low)}."
    over = f"Tính chung các câu cùng {what.lower()}{among}, {what.lower()}"
    return f"{over} có tỷ lệ làm đúng thấp nhất là {_named(low)}. {_beside_best(low, found[-1], what.lower())}"


def _named(one: Mastery) -> str:
    """ "Luật Căn cước (48,3 %, khoảng tin cậy 95 % từ 44,1 % đến 52,5 %)"."""
    between = f"khoảng tin cậy 95 % từ {percent(one.low)} đến {percent(one.high)}"
    return f"{in_prose(one.label)} ({percent(one.share)}, {between})"


def _beside_best(low: Mastery, best: Mastery, what: str) -> str:
    if are_apart(low, best):
        return f"Tỷ lệ này thấp hơn tỷ lệ của {what} cao nhất là {_named(best)}; hai khoảng tin cậy không giao nhau."
    return f"So với {what} cao nhất là {_named(best)}, {NO_DIFFERENCE}."


def are_apart(low: Mastery, high: Mastery) -> bool:
    """Whether the intervals as printed do not meet."""
    return low.high is not None and high.low is not None and mille(low.high) < mille(high.low)


def missed(e: Evaluation) -> str:
    under = [one for one in e.knowledge.missed if mille(one.share) < 500]
    if not under and not any(item.people >= ENOUGH for item in e.items):
        return "Chưa đủ số liệu để nêu những nội dung nhiều người làm sai."
    if not under:
        return f"Trong các câu có từ {ENOUGH} người làm, không có câu nào có tỷ lệ làm đúng dưới 50 %."
    worst = min(under, key=lambda one: one.share)
    basis = f" ({worst.legal_basis})" if worst.legal_basis else ""
    return (
        f"Xét riêng từng câu hỏi, có {whole(len(under))} câu trong bảng có tỷ lệ làm đúng dưới 50 %; thấp nhất là "
        f"câu {worst.code}{basis}: {percent(worst.share)}, khoảng tin cậy 95 % từ {percent(worst.low)} đến "
        f"{percent(worst.high)}, trong {whole(worst.people)} người được hỏi."
    )


_VERDICTS = (
    ("good", "dùng tốt"), ("easy", "quá dễ"), ("hard", "khó"), ("confusing", "dễ gây nhầm"),
    ("suspect", "cần soát lại đáp án"), ("few", "chưa đủ lượt để nhận xét"),
)  # fmt: skip


def questions(e: Evaluation) -> str:
    if not e.items:
        return "Chưa có số liệu về từng câu hỏi."
    counts = [(words, len(e.with_verdict(code))) for code, words in _VERDICTS]
    parts = [f"{whole(count)} câu {words}" for words, count in counts if count]
    return f"Trong {whole(len(e.items))} câu hỏi đã dùng: {listed(parts)}."


def analysed(e: Evaluation) -> str:
    if not e.analysed:
        return ""
    drawn = (
        " Mỗi thí sinh nhận một đề rút ngẫu nhiên nên không phải ai cũng trả lời cùng một câu."
        if e.drawn_papers
        else ""
    )
    if e.of_people > e.analysed:
        return f"Thống kê tính trên mẫu {whole(e.analysed)} trong {whole(e.of_people)} người có lượt thi hợp lệ.{drawn}"
    return f"Thống kê tính trên lượt thi đầu tiên của {whole(e.analysed)} người có lượt thi hợp lệ.{drawn}"


def voided(e: Evaluation) -> str:
    if not e.integrity.voided:
        return "Không có lượt thi nào bị hủy."
    # a reason may name somebody, and this report goes round
    return f"Có {whole(e.integrity.voided_count)} lượt thi bị hủy; lý do từng lượt ghi trong sổ kết quả."


def decisions(e: Evaluation) -> str:
    i = e.integrity
    found = [
        (i.reopened, "lượt được mở lại"), (i.extra_time, "lượt được thêm giờ"),
        (i.taken_over, "lượt chuyển sang thiết bị khác"), (i.late, "bản gửi đến sau khi hết giờ"),
    ]  # fmt: skip
    parts = [f"{whole(count)} {words}" for count, words in found if count]
    return f"Trong quá trình thi có {listed(parts)}." if parts else ""


def corrections(e: Evaluation) -> str:
    if not e.integrity.corrections:
        return "Không có đáp án nào phải sửa sau khi thi."
    parts = [f"câu {one.code} ({one.reason}; {whole(one.changed)} lượt đổi điểm)" for one in e.integrity.corrections]
    return f"Đã sửa đáp án và chấm lại: {'; '.join(parts)}."


def collective(e: Evaluation) -> str:
    first = [unit for unit in e.units if unit.rank == 1]
    if not first:
        return ""
    taking = sum(1 for unit in e.units if unit.participants)
    names = listed([unit.name for unit in first])
    return f"Có {whole(taking)} đơn vị có từ {FEWEST} người dự thi; xếp thứ nhất: {names}."


def scale(one: Scale) -> str:
    """What the points of rankings and prizes are out of, unlike those of single papers."""
    return f"Điểm xếp hạng của mỗi người tính {one.out_of}. {one.counting}".rstrip() if one.out_of else one.counting


def comparison(one: Comparison) -> str:
    """What may be said beside an earlier round or contest."""
    earlier, arrow, later = one.title.partition(" → ")  # two rounds of this contest, else an earlier contest
    held = f"{'đợt ' if arrow else ''}“{earlier}” (ngày {slashed(one.held_on)})"
    now = f"đợt “{later}”" if arrow else ""
    if one.basis == "none" or None in (one.before, one.now):
        why = f": {one.words.rstrip('.')}" if one.words else " vì chưa đủ số liệu"
        return f"Không so sánh {f'{now} ' if now else ''}với {held}{why}."
    said = (
        f"So {f'{now} ' if now else ''}với {held}, trên {whole(one.common)} câu hỏi chung: tỷ lệ làm đúng trước là "
        f"{percent(one.before)} ({whole(one.people_before)} người), {'sau' if arrow else 'nay'} là {percent(one.now)} "
        f"({whole(one.people_now)} người)"
    )
    return f"{said}; {_difference(one, 'đợt sau' if arrow else 'lần này')}.{_drifted(one)}"


def _drifted(one: Comparison) -> str:
    """Which of the common questions the shares above should not be believed of."""
    if not one.drifted:
        return ""
    codes = listed([f"câu {code}" for code in one.drifted])
    return f" Kết luận không dựa vào {codes}, đã dễ đi hoặc khó lên khác thường (có thể đã lộ)."


def _difference(one: Comparison, this: str) -> str:
    if one.low is None or one.high is None or one.difference is None:
        return NO_DIFFERENCE
    between = f"khoảng tin cậy 95 % từ {_point(one.low)} đến {_point(one.high)} điểm phần trăm"
    if mille(one.low) > 0 and one.direction > 0:
        return f"{this} cao hơn {_point(abs(one.difference))} điểm phần trăm ({between})"
    if mille(one.high) < 0 and one.direction < 0:
        return f"{this} thấp hơn {_point(abs(one.difference))} điểm phần trăm ({between})"
    return f"{NO_DIFFERENCE} ({between})"


def _point(share: float) -> str:
    return decimal(share * 100 if mille(share) else 0.0)  # never "-0,0"


def satisfaction(e: Evaluation) -> str:
    s = e.satisfaction
    if s.average is None:
        return (
            "Chưa đủ lượt đánh giá mức độ hài lòng để nêu kết quả."
            if s.ratings
            else "Không có lượt đánh giá mức độ hài lòng."
        )
    content = s.counts[3] + s.counts[4]
    return (
        f"Có {whole(s.ratings)} lượt đánh giá mức độ hài lòng, điểm trung bình {decimal(s.average)} trên 5; "
        f"{percent(content / sum(s.counts))} chọn mức 4 hoặc 5."
    )
