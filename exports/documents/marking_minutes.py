"""Biên bản chấm thi: who sat, what the machine did, what people decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from exports.documents import letter
from exports.documents.blocks import CENTRE, RIGHT, Column, bullets, heading, paragraph, table
from exports.documents.page import as_bytes
from exports.documents.values import Heading, LegalBase, Letterhead, Marking, Meeting
from exports.documents.written import listed, slashed, whole

_DOTS = "……………………………………………………"
_LINES_BY_HAND = 5


def marking_minutes(
    letterhead: Letterhead, head: Heading, bases: Sequence[LegalBase], marking: Marking, meeting: Meeting
) -> bytes:
    document = letter.begin(letterhead, head)
    letter.bases(document, bases)
    _sitting(document, meeting)
    _by_machine(document, marking)
    _by_people(document, marking)
    _results(document, marking)
    paragraph(
        document,
        "Biên bản được các thành viên có tên nêu trên đọc lại, thống nhất và ký tên. "
        "Ý kiến khác (nếu có): " + _DOTS + ".",
    )
    letter.sign_side_by_side(
        document, ((("Thư ký",), ""), (letterhead.signer_lines or ("Trưởng ban Giám khảo",), letterhead.signer_name))
    )
    _member_signatures(document, meeting)
    return as_bytes(document)


def _sitting(document: Any, meeting: Meeting) -> None:
    heading(document, "I. Thời gian, địa điểm, thành phần")
    paragraph(document, f"1. Thời gian: {meeting.time or _DOTS}")
    paragraph(document, f"2. Địa điểm: {meeting.place or _DOTS}")
    paragraph(document, "3. Thành phần:")
    given = [f"{one.name}{f', {one.duty}' if one.duty else ''}" for one in meeting.members]
    bullets(document, [f"{line};" for line in given] or [_DOTS] * _LINES_BY_HAND)


def _by_machine(document: Any, marking: Marking) -> None:
    heading(document, "II. Phần việc do máy thực hiện")
    rows = [(name, _moment(opens), _moment(closes)) for name, opens, closes in marking.rounds]
    table(document, (Column("Đợt thi", 2), Column("Mở lúc", 1.6, CENTRE), Column("Đóng lúc", 1.6, CENTRE)), rows)
    closed = marking.submitted + marking.collected
    counted = (
        f"Máy ghi nhận {whole(marking.attempts)} lượt thi; đã thu và chấm {whole(closed)} lượt, trong đó "
        f"{whole(marking.submitted)} lượt do thí sinh nộp, {whole(marking.collected)} lượt do máy thu khi hết giờ."
    )
    by_key = "Câu trắc nghiệm và câu có đáp án do máy chấm theo đáp án của ngân hàng câu hỏi và thể lệ cuộc thi."
    letter.points(document, (counted, by_key))


def _by_people(document: Any, marking: Marking) -> None:
    heading(document, "III. Phần việc do con người quyết định")
    essays = f"1. Bài tự luận: {whole(marking.essays)} câu trả lời do giám khảo chấm"
    by = f" ({listed(marking.essay_markers)})" if marking.essay_markers else ""
    paragraph(document, f"{essays}{by}." if marking.essays else "1. Bài tự luận: không có bài nào do giám khảo chấm.")
    if marking.voided:
        paragraph(document, f"2. Lượt thi bị hủy: {whole(sum(n for _r, n in marking.voided))} lượt.")
        table(document, (Column("Lý do", 4), Column("Số lượt", 1, RIGHT)), [(r, whole(n)) for r, n in marking.voided])
    else:
        paragraph(document, "2. Lượt thi bị hủy: không có.")
    paragraph(document, f"3. Mở lại bài thi, thêm giờ: {_let_on(marking)}.")
    if marking.corrections:
        paragraph(document, "4. Sửa đáp án và chấm lại:")
        columns = (Column("Câu", 1, CENTRE), Column("Lý do", 4), Column("Số lượt đổi điểm", 1.2, RIGHT))
        table(document, columns, [(code, reason, whole(n)) for code, reason, n in marking.corrections])
    else:
        paragraph(document, "4. Sửa đáp án và chấm lại: không có.")


def _let_on(marking: Marking) -> str:
    counts = ((marking.reopened, "lượt được mở lại"), (marking.extra_time, "lượt được thêm giờ"))
    return listed([f"{whole(count)} {words}" for count, words in counts if count]) or "không có"


def _results(document: Any, marking: Marking) -> None:
    heading(document, "IV. Kết quả")
    letter.points(document, (_ranked(marking), marking.scale.counting))
    if marking.frozen_at is None:
        paragraph(document, "Tại thời điểm lập biên bản, kết quả chưa chốt; các số liệu trên là tạm thời.")
        return
    paragraph(document, f"Kết quả được chốt lúc {_moment(marking.frozen_at)}. Mã kết quả (SHA-256):")
    paragraph(document, marking.digest, align=CENTRE, first_line=False, size=12)
    paragraph(
        document,
        "Mã này tính từ các bảng xếp hạng cá nhân và tập thể, cũng in trong sổ kết quả; ai cũng có thể dùng mã để đối "
        "chiếu kết quả về sau có đúng là kết quả đã chốt hay không.",
    )


def _ranked(marking: Marking) -> str:
    said = f"Có {whole(marking.ranked)} người được xếp hạng"
    if not marking.highest:
        return f"{said}."
    out_of = f", {marking.scale.out_of}" if marking.scale.out_of else ""
    return f"{said}; điểm cao nhất là {marking.highest}, điểm trung bình là {marking.average}{out_of}."


def _member_signatures(document: Any, meeting: Meeting) -> None:
    paragraph(document, "Chữ ký của các thành viên:", first_line=False).paragraph_format.keep_with_next = True
    names = [one.name for one in meeting.members] or [""] * _LINES_BY_HAND
    columns = (Column("STT", 0.7, CENTRE), Column("Họ và tên", 2.5), Column("Chữ ký", 2))
    table(document, columns, [(str(n), name, "\n") for n, name in enumerate(names, start=1)])


def _moment(at: datetime) -> str:
    return f"{at:%H} giờ {at:%M} ngày {slashed(at)}"
