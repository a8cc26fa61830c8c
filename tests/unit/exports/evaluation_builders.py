"""Evaluations for the tests of documents: a full one, and what Hypothesis may vary."""

from datetime import date, datetime

from hypothesis import strategies as st

from exports.evaluation import (
    Audience,
    Comparison,
    Corrected,
    Evaluation,
    Figure,
    GroupCount,
    Integrity,
    ItemFigures,
    Knowledge,
    Mastery,
    MissedPoint,
    Reach,
    Satisfaction,
)
from exports.report import DayRow, UnitRow

TITLE = "Tuổi trẻ An Trường với pháp luật"
DAYS = (DayRow(date(2026, 1, 5), 88, 80), DayRow(date(2026, 1, 6), 12, 12))
WEAK = Mastery("Luật Căn cước", 12, 400, 3000, 0.483, 0.441, 0.525)
STRONG = Mastery("Luật Trẻ em", 10, 398, 2800, 0.71, 0.68, 0.74)
MISSED = MissedPoint(
    "Q12", 1, "Thẻ căn cước của trẻ dưới 06 tuổi có vân tay không?", "khoản 2 Điều 18 Luật Căn cước số 26/2023/QH15",
    "Không có vân tay", "Không thu nhận sinh trắc học của người dưới 06 tuổi.", 200, 0.31, 0.25, 0.38, "Có", 0.4,
)  # fmt: skip


def item(code: str, verdict: str) -> ItemFigures:
    return ItemFigures(code, 1, f"Nội dung câu {code}", "Luật Căn cước", "nhận biết", 200, 1.0, verdict, "nhận xét")


def evaluation(**changes: object) -> Evaluation:
    values: dict[str, object] = {
        "contest_title": TITLE,
        "organiser": "Ủy ban nhân dân xã An Trường",
        "made_at": datetime(2026, 2, 1, 9, 0),  # noqa: DTZ001 - Vietnam time as shown
        "opens_on": date(2026, 1, 5),
        "closes_on": date(2026, 1, 18),
        "is_final": True,
        "reach": Reach(3200, 420, 400, 712, 680, 20, hours=(*(0,) * 8, 40, *(20,) * 15), days=DAYS),
        "audience": Audience(ages=(GroupCount("a", "13–15 tuổi", 120, 200, 0.61),), headcount=781, invited=400),
        "knowledge": Knowledge(
            topics=(STRONG, WEAK), missed=(MISSED,), average=0.66, average_low=0.64, average_high=0.68
        ),
        "test": (Figure("alpha", "Hệ số alpha", 0.81), Figure("sem", "Sai số chuẩn", None, "đề rút ngẫu nhiên")),
        "items": (item("Q1", "good"), item("Q2", "suspect"), item("Q3", "confusing")),
        "integrity": Integrity(
            voided=(("Hai thiết bị làm cùng lúc", 3), ("Khai sai năm sinh", 1)), reopened=1,
            corrections=(Corrected("Q7", "Luật đã sửa", 12, datetime(2026, 1, 20)),),  # noqa: DTZ001
        ),
        "units": (
            UnitRow(1, "TR-A", "Trường A", 100, 60, 80, 915.0, 15.25),
            UnitRow(2, "AP-1", "Ấp 1", 100, 45, 45, 630.0, 14.0),
        ),
        "comparisons": (Comparison("Tuần 1", date(2026, 1, 5), "common", 12, 300, 320, 0.55, 0.61, 0.06, 0.01, 0.11),),
        "satisfaction": Satisfaction(120, (2, 3, 15, 50, 50)),
        "analysed": 380,
        "of_people": 400,
    }  # fmt: skip
    return Evaluation(**{**values, **changes})  # type: ignore[arg-type]


def empty_evaluation() -> Evaluation:
    made = datetime(2026, 2, 1, 9, 0)  # noqa: DTZ001
    day = date(2026, 1, 5)
    return Evaluation(TITLE, "Trường A", made, day, day, False, Reach(None, 0, 0, 0, 0, 0))


shares = st.floats(0, 1, allow_nan=False)
counts, few = st.integers(0, 2_000_000), st.integers(0, 7)


@st.composite
def masteries(draw: st.DrawFn) -> Mastery:
    low, share, high = sorted(draw(st.tuples(shares, shares, shares)))
    return Mastery(f"Mục {draw(st.sampled_from('abcdefg'))}", 5, 100, 500, share, low, high)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    before, now = draw(shares), draw(shares)
    half = draw(st.floats(0, 0.3))
    difference = now - before
    return Comparison(
        "Tuần trước", date(2026, 1, 5), draw(st.sampled_from(("rasch", "common", "none"))), draw(counts), draw(counts),
        draw(counts), before, now, difference, difference - half, difference + half,
        difference, difference - half, difference + half,
    )  # fmt: skip


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    submitted, collected = draw(counts), draw(counts)
    ratings = tuple(draw(st.lists(st.integers(1, 500), min_size=5, max_size=5)))
    low, average, high = sorted(draw(st.tuples(shares, shares, shares)))
    return evaluation(
        reach=Reach(
            draw(st.none() | counts), draw(counts), draw(counts), draw(counts), submitted, collected,
            hours=tuple(draw(st.lists(counts, min_size=24, max_size=24))), days=DAYS,
        ),
        audience=Audience(headcount=draw(st.none() | st.integers(1, 100_000)), invited=draw(counts)),
        knowledge=Knowledge(average=average, average_low=low, average_high=high, missed=(MISSED,)),
        integrity=Integrity(
            voided=tuple((f"Lý do {letter}", draw(st.integers(1, 50))) for letter in "abcdefg"[: draw(few)]),
            reopened=draw(counts), late=draw(counts),
        ),
        satisfaction=Satisfaction(sum(ratings), ratings),
        analysed=draw(counts), of_people=draw(counts),
    )  # fmt: skip
