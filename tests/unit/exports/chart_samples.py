"""An evaluation as a commune might see it, without randomness, with names as long as laws have them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from math import cos, sin

from exports.evaluation import (
    Audience,
    Comparison,
    Evaluation,
    GroupCount,
    ItemFigures,
    Knowledge,
    Mastery,
    Reach,
    Satisfaction,
)
from exports.report import DayRow, ScoreBin

LAWS = (
    "Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15",
    "Luật Trẻ em số 102/2016/QH13 (sửa đổi, bổ sung một số điều theo Luật số 28/2018/QH14)",
    "Luật Phòng, chống bạo lực gia đình số 13/2022/QH15",
    "Nghị định số 168/2024/NĐ-CP quy định xử phạt vi phạm hành chính về trật tự, an toàn giao thông đường bộ; trừ điểm",
    "Luật Căn cước số 26/2023/QH15",
)
TOPICS = (
    "Quyền và bổn phận của trẻ em", "An toàn giao thông", "Phòng, chống bạo lực gia đình",
    "Phòng, chống tác hại của rượu, bia và các chất kích thích bị cấm khi điều khiển phương tiện giao thông",
    "Căn cước và cư trú", "Hôn nhân và gia đình", "Bảo vệ bí mật nhà nước trên không gian mạng",
)  # fmt: skip
UNITS = (
    "Thôn Đông Phước",
    "Trường Trung học cơ sở Nguyễn Trãi",
    "Hội Liên hiệp Phụ nữ xã An Trường",
    "Ban Chỉ huy Quân sự xã",
)


def mastery(place: int, label: str, **changes: object) -> Mastery:
    share = 0.5 + 0.42 * sin(place * 1.7)
    reach = 0.02 + 0.05 * (place % 4)
    values: dict[str, object] = {
        "label": label, "questions": 6 + place, "people": 1200 - 31 * place, "answers": 4000, "share": share,
        "low": max(0.0, share - reach), "high": min(1.0, share + reach),
    }  # fmt: skip
    return Mastery(**{**values, **changes})  # type: ignore[arg-type]


def articles(count: int) -> tuple[Mastery, ...]:
    return tuple(mastery(place, f"Điều {3 + 7 * place} {LAWS[place % len(LAWS)]}") for place in range(count))


def item(place: int, verdict: str = "", **changes: object) -> ItemFigures:
    facility = 0.62 + 0.3 * sin(place * 2.4)
    rest = 0.3 + 0.14 * cos(place * 1.3)
    told = verdict or ("easy" if facility >= 0.9 else "hard" if facility < 0.35 else "good")
    weak = {"confusing": 0.02, "suspect": -0.18}.get(told)
    values: dict[str, object] = {
        "code": f"GT-{place:03}", "version_id": place, "stem": "Hỏi", "topic": TOPICS[0], "level": "Nhận biết",
        "people": 400, "maximum": 1.0, "verdict": told, "facility": facility,
        "item_rest": rest if weak is None else weak + 0.03 * cos(place),
        "suspicion": 3.5 + place % 5 if told == "suspect" else None,
    }  # fmt: skip
    return ItemFigures(**{**values, **changes})  # type: ignore[arg-type]


def items(count: int = 120) -> tuple[ItemFigures, ...]:
    return tuple(
        item(
            place,
            "suspect" if place % 15 == 7 else "confusing" if place % 11 == 3 else "few" if place % 17 == 5 else "",
        )
        for place in range(count)
    )


def group(label: str, people: int | None, **changes: object) -> GroupCount:
    attempts = None if people is None else people * 3 // 2
    average = None if people is None else 0.55 + (people % 30) / 100
    return GroupCount(
        **{"code": label, "label": label, "people": people, "attempts": attempts, "average": average, **changes}
    )


def comparison(place: int, difference: float, reach: float, **changes: object) -> Comparison:
    titles = (
        "Vòng 1 – Khởi động",
        "Cuộc thi “Tìm hiểu Luật Trẻ em và pháp luật về phòng, chống bạo lực gia đình” xã An Trường năm 2025",
    )
    values: dict[str, object] = {
        "title": titles[place % 2], "held_on": date(2026, 3, 1) - timedelta(days=90 * place), "basis": "common",
        "common": 12 + place, "people_before": 300, "people_now": 420, "before": 0.6, "now": 0.6 + difference,
        "difference": difference, "low": difference - reach, "high": difference + reach,
    }  # fmt: skip
    return Comparison(**{**values, **changes})  # type: ignore[arg-type]


def evaluation(**changes: object) -> Evaluation:
    first = date(2026, 3, 2)
    days = tuple(DayRow(first + timedelta(days=n), 60 + 40 * (n % 4), 50 + 30 * (n % 4)) for n in range(21))
    hours = (3, 0, 0, 0, 1, 12, 40, 133, 251, 240, 190, 144, 98, 170, 222, 201, 160, 141, 180, 302, 411, 335, 160, 48)
    devices = (group("Điện thoại", 812), group("Máy tính", 240), group("Máy tính bảng", 31))
    ages = (
        group("Dưới 16", 310),
        group("16–30", 405),
        group("31–45", 221),
        group("46–60", 102),
        group("Trên 60", None),
    )
    values: dict[str, object] = {
        "contest_title": "Cuộc thi", "organiser": "UBND xã An Trường", "made_at": datetime(2026, 4, 1),  # noqa: DTZ001
        "opens_on": first, "closes_on": first + timedelta(days=20), "is_final": True,
        "reach": Reach(3000, 1200, 1083, 1624, 1500, 124, devices, hours, days),
        "audience": Audience(
            tuple(group(f"{UNITS[n % 4]} {n}", 12 + 17 * (n * 7 % 23)) for n in range(34)), ages,
            (group("Bảng A – Học sinh", 310), group("Bảng B – Cán bộ, công chức, viên chức và người lao động", 773)),
        ),
        "knowledge": Knowledge(
            tuple(ScoreBin(f"{n}–{n + 1}", 8 + 20 * (n % 7)) for n in range(10)),
            tuple(ScoreBin(str(n), max(0, round(190 * sin(n / 6.7)))) for n in range(21)),
            tuple(mastery(n, label) for n, label in enumerate(TOPICS)),
            (mastery(0, "Nhận biết"), mastery(1, "Thông hiểu"), mastery(3, "Vận dụng"), mastery(5, "Khác", share=None)),
            articles(34),
        ),
        "items": items(),
        "comparisons": (
            comparison(0, 0.052, 0.03), comparison(1, -0.071, 0.04), comparison(2, 0.011, 0.05),
            replace(comparison(3, 0.1, 0.01), basis="none"),
        ),
        "satisfaction": Satisfaction(420, (6, 14, 60, 150, 190)),
    }  # fmt: skip
    return Evaluation(**{**values, **changes})  # type: ignore[arg-type]
