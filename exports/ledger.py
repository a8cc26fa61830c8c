"""What a period report of the activity ledger holds, as plain values: the shell computes, pages and files print.

Activities, people and attempts are counts, cost is VND. A number nobody keeps in the system is None, never 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

NOT_KEPT = "chưa có số liệu trong hệ thống"
PEOPLE_NOTE = (
    "Người được đếm trong từng hoạt động: ai dự hai cuộc thi thì được tính hai lần. Lượt thi thử và lượt bị hủy "
    "không được tính."
)
BORDER_NOTE = "Hoạt động kéo dài qua hai kỳ được tính vào kỳ có ngày kết thúc."
COST_NOTE = "Kinh phí là tổng của các hoạt động đã ghi kinh phí."
TOPIC_NOTE = "Hoạt động có nhiều chủ đề được tính ở từng chủ đề, nên các dòng không cộng thành tổng."
UNIT_NOTE = "Dòng “và các đơn vị trực thuộc” đã gồm các dòng ở dưới nó."


@dataclass(frozen=True, slots=True)
class Sums:
    activities: int = 0
    people: int = 0
    attempts: int = 0
    cost: int | None = None  # None: no activity states one
    without_cost: int = 0  # activities that state none


@dataclass(frozen=True, slots=True)
class SumLine:
    label: str
    sums: Sums
    depth: int = 0  # in the tree of units, from the unit reported on
    is_subtotal: bool = False  # a unit and all below it; the lines that follow are its parts


@dataclass(frozen=True, slots=True)
class ActivityLine:
    unit: str
    title: str
    began_on: date
    ended_on: date
    form: str
    topic: str
    audience: str
    people: int
    attempts: int
    cost: int | None
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class MinimumFields:
    """The figures the central Council's reports give in any period."""

    contests: int
    entries: int  # attempts in contests
    documents_issued: int | None = None
    direct_activities: int | None = None
    direct_attendances: int | None = None
    materials: int | None = None


@dataclass(frozen=True, slots=True)
class PeriodReport:
    unit: str
    period: str  # "6 tháng đầu năm 2026"
    first: date
    last: date
    generated_at: datetime
    minimum: MinimumFields
    total: Sums
    by_unit: tuple[SumLine, ...]
    by_form: tuple[SumLine, ...]
    by_topic: tuple[SumLine, ...]  # an activity of several topics stands under each: the lines do not add up
    activities: tuple[ActivityLine, ...]
    not_final: tuple[str, ...] = ()  # contests that ended in the period and are not counted yet


def period_words(report: PeriodReport) -> str:
    """ "6 tháng đầu năm 2026 (từ 01/01/2026 đến 30/06/2026)"; a period named by its days is not told twice."""
    first, last = f"{report.first:%d/%m/%Y}", f"{report.last:%d/%m/%Y}"
    return report.period if first in report.period else f"{report.period} (từ {first} đến {last})"


def minimum_rows(minimum: MinimumFields) -> list[tuple[str, int | None]]:
    """The minimum fields in words; None stands for ``NOT_KEPT``."""
    return [
        ("Văn bản chỉ đạo, hướng dẫn đã ban hành", minimum.documents_issued),
        ("Cuộc phổ biến pháp luật trực tiếp", minimum.direct_activities),
        ("Lượt người dự phổ biến trực tiếp", minimum.direct_attendances),
        ("Cuộc thi tìm hiểu pháp luật", minimum.contests),
        ("Lượt người dự thi", minimum.entries),
        ("Tài liệu phổ biến pháp luật đã phát hành", minimum.materials),
    ]


def add_up(figures: Iterable[tuple[int, int, int | None]]) -> Sums:
    """The sums of (people, attempts, cost) of some activities."""
    rows = list(figures)
    costs = [cost for _people, _attempts, cost in rows if cost is not None]
    return Sums(
        len(rows), sum(row[0] for row in rows), sum(row[1] for row in rows), sum(costs) if costs else None,
        len(rows) - len(costs),
    )  # fmt: skip
