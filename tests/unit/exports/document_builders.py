"""The documents, made from values a commune might have."""

from datetime import date, datetime, time
from io import BytesIO

import docx
from evaluation_builders import TITLE, evaluation
from report_builders import report

from exports.charts import as_png, bins_chart
from exports.documents.award_decision import award_decision
from exports.documents.award_proposal import award_proposal
from exports.documents.marking_minutes import marking_minutes
from exports.documents.period_report import period_report_document, subject
from exports.documents.prize_list import prize_list
from exports.documents.report_document import report_document
from exports.documents.values import (
    Accompanied,
    Heading,
    LegalBase,
    Letterhead,
    Marking,
    Meeting,
    Member,
    Prize,
    Prizes,
    Scale,
)
from exports.ledger import ActivityLine, MinimumFields, PeriodReport, SumLine, add_up

DAY = date(2026, 2, 5)
REPORTED = date(2026, 7, 1)  # when the period report was computed, which has no day yet
LETTERHEAD = Letterhead(
    "Ủy ban nhân dân\nxã An Trường", "", "An Trường", "Chủ tịch Ủy ban nhân dân xã An Trường",
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn Ổn", ("Sở Tư pháp",), "VT, VHXH",
)  # fmt: skip
LAW = LegalBase("Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13 ngày 20 tháng 6 năm 2012")
ENDED = LegalBase("Thông tư số 03/2019/TT-BTP", date(2025, 11, 1))
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PRIZES = Prizes(
    (
        Prize("Nhất", "Đặng Thị Thùy Ý", "Trường THCS An Trường", 1, "19,5/20 điểm", 1_000_000),
        Prize("Khuyến khích", "Võ Đạt", "Ấp 1", 2, "18/20 điểm", 200_000),
    ),
    (Prize("Tập thể xuất sắc", "Chi đoàn Ấp 5", "", 1, "60,6 % quân số dự thi", 1_500_000),),
)  # fmt: skip
SCALE = Scale("20", "40", "Tính lượt thi có điểm cao nhất.")
MARKING = Marking(
    TITLE, "Ủy ban nhân dân xã An Trường",
    (("Tuần 1", datetime(2026, 1, 5, 8), datetime(2026, 1, 11, 22)),),  # noqa: DTZ001 - Vietnam time as shown
    712, 680, 20, (("Hai thiết bị làm cùng lúc", 3),), (("Q7", "Luật đã sửa", 12),), 4, ("Lê Thị Chấm",), 395, "19,5",
    "13,2", DIGEST, datetime(2026, 1, 20, 9, 5), reopened=2, extra_time=1, scale=SCALE,  # noqa: DTZ001
)  # fmt: skip


def heading(kind="BÁO CÁO", symbol="BC-UBND", number=5, day=DAY, **more):
    return Heading(kind, f"Tổng kết Cuộc thi “{TITLE}”", symbol, number, day, **more)


def a_report(e=None, head=None, charts=True):
    pictures = [("Phổ điểm", as_png(bins_chart("Phổ điểm", report().score_distribution, "Điểm")))] if charts else []
    return report_document(LETTERHEAD, head or heading(), (LAW, ENDED), e or evaluation(), PRIZES, pictures, SCALE)


def minutes(meeting=None, marking=MARKING):
    members = (Member("Trần Văn Bộ", "Trưởng ban Giám khảo"),)
    given = Meeting("Trụ sở xã", "08 giờ", members) if meeting is None else meeting
    return marking_minutes(LETTERHEAD, heading("BIÊN BẢN", "BB-UBND", None), (LAW,), marking, given)


def a_list(prizes=PRIZES):
    head = Heading("", f"tập thể, cá nhân đạt giải Cuộc thi “{TITLE}”", day=DAY)
    return prize_list(LETTERHEAD, head, prizes, Accompanied("Quyết định", "QĐ-UBND", 8, DAY, LETTERHEAD.authority))


def proposal(prizes=PRIZES):
    head = heading("TỜ TRÌNH", "TTr-UBND", 12, addressees=("Chủ tịch Ủy ban nhân dân xã An Trường", "Hội đồng"))
    return award_proposal(LETTERHEAD, head, (LAW,), MARKING, prizes, "ngân sách xã")


def decision(bases=(LAW, ENDED), prizes=PRIZES):
    return award_decision(
        LETTERHEAD, heading("QUYẾT ĐỊNH", "QĐ-UBND", 8), bases, prizes, contest_title=TITLE,
        proposer="Ban Tổ chức cuộc thi", funding="",
    )  # fmt: skip


def period_report(**changes):
    contest, talk = (395, 712, 12_500_000), (60, 60, None)
    lines = (
        ActivityLine(
            "Trường THCS An Trường", "Nói chuyện chuyên đề về phòng, chống ma túy", date(2026, 3, 2), date(2026, 3, 2),
            "Phổ biến trực tiếp", "Luật Phòng, chống ma túy", "Học sinh khối 9", *talk, "", "",
        ),
        ActivityLine(
            "Xã An Trường", TITLE, date(2026, 1, 5), date(2026, 1, 18), "Cuộc thi tìm hiểu pháp luật",
            "Luật Căn cước; Luật Giao thông", "Đoàn viên, thanh niên", *contest, "https://thi.example/x", "",
        ),
    )  # fmt: skip
    values = {
        "unit": "Xã An Trường", "period": "6 tháng đầu năm 2026", "first": date(2026, 1, 1), "last": date(2026, 6, 30),
        "generated_at": datetime.combine(REPORTED, time(8)), "minimum": MinimumFields(1, 712, None, 1, 60),
        "total": add_up([contest, talk]), "by_unit": (
            SumLine("Xã An Trường và các đơn vị trực thuộc", add_up([contest, talk]), is_subtotal=True),
            SumLine("Xã An Trường", add_up([contest])), SumLine("Trường THCS An Trường", add_up([talk]), 1),
        ),
        "by_form": (SumLine("Cuộc thi tìm hiểu pháp luật", add_up([contest])),),
        "by_topic": (SumLine("Luật Căn cước", add_up([contest])),), "activities": lines, "not_final": ("Thi hè",),
    }  # fmt: skip
    made = PeriodReport(**{**values, **changes})
    head = Heading("BÁO CÁO", subject(made), "BC-UBND", year=2026, addressees=("Sở Tư pháp",))
    return period_report_document(LETTERHEAD, head, made)


ALL = {
    "bao-cao": a_report, "bien-ban": minutes, "danh-sach": a_list, "to-trinh": proposal, "quyet-dinh": decision,
    "bao-cao-ky": period_report,
}  # fmt: skip


def opened(data):
    return docx.Document(BytesIO(data))


def paragraphs(document):
    """Every paragraph as it reads, those of tables included."""
    inside = [one for table in document.tables for row in table.rows for cell in row.cells for one in cell.paragraphs]
    return [*document.paragraphs, *inside]


def text(document):
    return "\n".join(one.text for one in paragraphs(document)).replace("\u00a0", " ")
