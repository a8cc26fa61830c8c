"""The rules of the demo contests, their windows set around the day the demo is loaded."""

from datetime import datetime, timedelta
from typing import Any

from contest_app.clock import in_vietnam

BANK = "Ngân hàng câu hỏi pháp luật xã An Trường"
KINDS_BANK = "Câu hỏi mẫu đủ loại"
_PRIZES = (("Nhất", 1, 1_000_000), ("Nhì", 2, 700_000), ("Ba", 3, 500_000), ("Khuyến khích", 5, 200_000))
_AUDIENCE = {
    "description": "Học sinh, đoàn viên, thanh niên và người dân đang học tập, công tác, sinh sống tại xã An Trường.",
    "units": ["AT"],
    "exclusions": "Thành viên Ban Tổ chức, Ban Giám khảo và người soạn câu hỏi.",
    "excluded_logins": ["btc", "giamkhao", "quantri"],
}
_CONTACT = "Văn phòng HĐND và UBND xã An Trường (bộ phận tư pháp – hộ tịch)"


def _paper(counts: tuple[int, int, int, int], minutes: int, points: str) -> dict[str, Any]:
    levels = ("recognition", "comprehension", "application", "advanced")
    blueprint = [{"level": level, "count": count} for level, count in zip(levels, counts, strict=True)]
    return {"blueprint": blueprint, "minutes": minutes, "points_per_question": points}


def finished_contest(now: datetime) -> dict[str, Any]:
    """Two weekly rounds that ended a few days ago."""
    monday = _midnight(now) - timedelta(days=19)
    return {
        "title": "Tuổi trẻ An Trường với pháp luật",
        "slug": "tuoi-tre-voi-phap-luat",
        "organiser": "AT",
        "bank": BANK,
        "summary": "Hai tuần thi trực tuyến tìm hiểu pháp luật dành cho học sinh, đoàn viên và người dân trong xã.",
        "contact": _CONTACT,
        "legal_basis": "Kế hoạch tổ chức cuộc thi trực tuyến tìm hiểu pháp luật của UBND xã An Trường (dữ liệu mẫu)",
        "appeals_until": (monday + timedelta(days=15, hours=17)).isoformat(),
        "audience": {
            **_AUDIENCE,
            "groups": [
                {"code": "A", "name": "Bảng A – học sinh", "max_age": 18},
                {"code": "B", "name": "Bảng B – đoàn viên, người dân", "min_age": 19},
            ],
        },
        "rounds": [
            {
                "code": f"tuan-{week}", "name": f"Tuần {week}",
                "opens_at": (monday + timedelta(days=7 * (week - 1), hours=8)).isoformat(),
                "closes_at": (monday + timedelta(days=7 * week - 2, hours=22)).isoformat(),
            }
            for week in (1, 2)
        ],
        "paper": _paper((8, 6, 4, 2), 15, "1"),
        "prediction": {"target": "perfect"},
        "ranking": {"chain": ["score", "prediction", "time", "earlier"]},
        "collective": {"rank_by": "rate"},
        "prizes": [
            *({"name": name, "quantity": count, "amount": amount} for name, count, amount in _PRIZES),
            {"name": "Tập thể xuất sắc", "quantity": 3, "amount": 1_500_000, "kind": "collective"},
        ],
        "release": {"mark": "on_submit", "key": "after_close", "ranking": "after_close"},
    }  # fmt: skip


def open_contest(now: datetime) -> dict[str, Any]:
    """A trial round and an official round, both open for three weeks."""
    yesterday = _midnight(now) - timedelta(days=1)
    end = yesterday + timedelta(days=22, hours=22)
    window = {"opens_at": (yesterday + timedelta(hours=8)).isoformat(), "closes_at": end.isoformat()}
    return {
        "title": "Ngày Pháp luật Việt Nam – xã An Trường",
        "slug": "ngay-phap-luat",
        "organiser": "AT",
        "bank": BANK,
        "summary": "Mười câu hỏi trong mười phút. Mỗi người được thi ba lượt, lấy lượt có điểm cao nhất.",
        "contact": _CONTACT,
        "audience": _AUDIENCE,
        "rounds": [
            {"code": "thi-thu", "name": "Thi thử", "mock": True, **window},
            {"code": "chinh-thuc", "name": "Đợt chính thức", **window},
        ],
        "attempts": {"per_round": 3, "counting": "best"},
        "paper": _paper((4, 3, 2, 1), 10, "10"),
        "prediction": {"target": "participants"},
        "ranking": {"chain": ["score", "prediction", "time", "earlier"]},
        "prizes": [{"name": name, "quantity": count, "amount": amount} for name, count, amount in _PRIZES],
        "release": {"mark": "on_submit", "key": "after_close", "ranking": "by_hand"},
    }


def every_kind_contest(now: datetime) -> dict[str, Any]:
    """One question of each kind, as often as anybody likes: to see what each looks like on a phone."""
    yesterday = _midnight(now) - timedelta(days=1)
    kinds = (
        "single", "true_false", "multiple", "statements", "short", "numerical", "matching", "ordering", "cloze", "essay"
    )  # fmt: skip
    return {
        "title": "Làm quen mười loại câu hỏi",
        "slug": "muoi-loai-cau-hoi",
        "organiser": "AT",
        "bank": KINDS_BANK,
        "summary": "Mỗi loại một câu, làm thử bao nhiêu lượt cũng được. Bài tự luận do giám khảo chấm.",
        "contact": _CONTACT,
        "audience": _AUDIENCE,
        "rounds": [
            {
                "code": "lam-quen", "name": "Làm quen", "opens_at": (yesterday + timedelta(hours=8)).isoformat(),
                "closes_at": (yesterday + timedelta(days=22, hours=22)).isoformat(),
            }
        ],
        "attempts": {"per_round": None, "counting": "best"},
        "paper": {
            "blueprint": [{"kind": kind, "count": 1} for kind in kinds], "minutes": 30, "points_per_question": "1",
        },
        "release": {"mark": "on_submit", "key": "after_close", "ranking": "by_hand"},
    }  # fmt: skip


def _midnight(now: datetime) -> datetime:
    return in_vietnam(now).replace(hour=0, minute=0, second=0, microsecond=0)
