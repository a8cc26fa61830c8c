"""Reports of any size for the tests of the exports, plausible and without randomness."""

from datetime import date, datetime, timedelta

from exports.report import (
    AttemptRow,
    ContestReport,
    Cover,
    DayRow,
    QuestionRow,
    ScoreBin,
    StandingRow,
    UnitRow,
)

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FAMILY = ("Nguyễn Thị", "Trần Văn", "Lê Hoàng", "Phạm Đức", "Hoàng Thị Thùy", "Đặng Quốc", "Võ Ngọc")
GIVEN = ("Ánh", "An", "Bình", "Đạt", "Dũng", "Giang", "Hạnh", "Ổn", "Uyên", "Ý")
UNITS = ("Trường THCS Nguyễn Trãi", "Trường Tiểu học số 2 Bình Minh", "Chi đoàn thôn Đông Phước", "Hội Phụ nữ xã")
OPENED = datetime(2026, 3, 2, 7, 30)  # noqa: DTZ001 - Vietnam time as shown


def cover(**changes: object) -> Cover:
    values: dict[str, object] = {
        "contest_title": "Cuộc thi trực tuyến “Tìm hiểu Luật Trẻ em và Luật Giao thông đường bộ” xã Bình Minh năm 2026",
        "organiser": "Ủy ban nhân dân xã Bình Minh",
        "generated_at": datetime(2026, 3, 31, 16, 45, 9),  # noqa: DTZ001
        "rules": (
            ("Đối tượng", "Công dân Việt Nam đang sinh sống, học tập và làm việc trên địa bàn xã."),
            ("Số câu hỏi", "Mỗi đề 20 câu trắc nghiệm và 01 câu dự đoán số người dự thi. " * 3),
            ("Cách xếp hạng", "Điểm cao xếp trước; bằng điểm thì xét câu dự đoán, rồi thời gian làm bài."),
        ),
        "totals": (("Số thí sinh", 1234), ("Số lượt thi", 2345), ("Điểm trung bình", 15.62)),
        "results_hash": HASH,
    }
    return Cover(**{**values, **changes})  # type: ignore[arg-type]


def standing(place: int, **changes: object) -> StandingRow:
    values: dict[str, object] = {
        "rank": place + 1,
        "code": f"{place + 1:05}",
        "full_name": full_name(place),
        "birth_year": 2010 + place % 5,
        "unit": UNITS[place % len(UNITS)],
        "group": "Bảng A – Học sinh",
        "score": 20 - place % 21,
        "max_score": 20,
        "prediction_distance": place * 7,
        "seconds_taken": 305.25 + place,
        "submitted_at": OPENED + timedelta(hours=place % 600, seconds=41),
        "attempts": 1 + place % 3,
        "award": "Giải Nhất" if place == 0 else "",
    }
    return StandingRow(**{**values, **changes})  # type: ignore[arg-type]


def full_name(place: int) -> str:
    return f"{FAMILY[place % len(FAMILY)]} {GIVEN[place % len(GIVEN)]}"


def attempt(place: int, **changes: object) -> AttemptRow:
    started = OPENED + timedelta(minutes=place)
    values: dict[str, object] = {
        "number": place + 1,
        "code": f"{place + 1:05}",
        "full_name": full_name(place),
        "unit": UNITS[place % len(UNITS)],
        "round_name": f"Tuần {1 + place % 4}",
        "ordinal": 1 + place % 2,
        "started_at": started,
        "closed_at": started + timedelta(minutes=12, seconds=3),
        "closed_by": "Thí sinh nộp",
        "seconds_taken": 723.0,
        "correct": place % 21,
        "questions": 20,
        "score": place % 21,
        "prediction": 1500 + place,
        "counts": place % 2 == 0,
        "void_reason": "Hai thiết bị làm cùng lúc, biên bản số 03" if place % 17 == 5 else "",
    }
    return AttemptRow(**{**values, **changes})  # type: ignore[arg-type]


def question(place: int, **changes: object) -> QuestionRow:
    shown = 100 + place
    right = (place * 37) % 100
    values: dict[str, object] = {
        "code": f"{place + 1:03}",
        "stem": "Theo Luật Trẻ em năm 2016, trẻ em là người dưới bao nhiêu tuổi? " * (1 + place % 3),
        "topic": "Luật Trẻ em",
        "level": "Nhận biết",
        "legal_basis": "Điều 1 Luật Trẻ em số 102/2016/QH13",
        "shown": shown,
        "answered": shown - 3,
        "correct": right,
        "option_counts": (
            ("14 tuổi", 5, False),
            ("16 tuổi", right, True),
            ("18 tuổi, trừ trường hợp pháp luật có quy định khác", 7, False),
            ("Cả ba phương án trên đều sai", 4, False),
        ),
    }
    return QuestionRow(**{**values, **changes})  # type: ignore[arg-type]


def unit(place: int, **changes: object) -> UnitRow:
    values: dict[str, object] = {
        "rank": place + 1,
        "code": f"0{place + 1:03}",
        "name": f"{UNITS[place % len(UNITS)]} ({place + 1})",
        "headcount": None if place % 6 == 4 else 120 + 10 * place,
        "participants": 100 - (place * 13) % 80,
        "attempts": 160,
        "total_score": 1520.5,
        "average_score": 15.205,
    }
    return UnitRow(**{**values, **changes})  # type: ignore[arg-type]


def report(size: int = 40, questions: int = 20, units: int = 12, days: int = 14, **changes: object) -> ContestReport:
    values: dict[str, object] = {
        "cover": cover(),
        "standings": tuple(standing(place) for place in range(size)),
        "attempts": tuple(attempt(place) for place in range(size)),
        "questions": tuple(question(place) for place in range(questions)),
        "units": tuple(unit(place) for place in range(units)),
        "score_distribution": tuple(ScoreBin(str(score), score * 3) for score in range(21)),
        "days": tuple(
            DayRow(date(2026, 3, 2) + timedelta(days=day), 30 + day % 5, 22 + day % 4) for day in range(days)
        ),
    }
    return ContestReport(**{**values, **changes})  # type: ignore[arg-type]


def empty_report() -> ContestReport:
    return ContestReport(cover=cover(rules=(), totals=(), results_hash=""))
