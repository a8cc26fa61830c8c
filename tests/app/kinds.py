"""A contest whose papers hold one question of each kind, and what a contestant may answer to each."""

from decimal import Decimal

from contest_app.attempts.papers import versions_by_id
from contest_app.attempts.sheets import Part
from contest_app.bank import services as banks
from contest_app.bank.models import Status
from question_bank.model import Credit, Gap, Media, Option, Question, TextRules, WordLimit

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000"
    "000049454e44ae426082"
)
STORY = "Ông Tư cho bà Năm vay 50 triệu đồng, hai bên không lập giấy tờ."
PARTIAL = Credit.PARTIAL
QUESTIONS = {
    "single": Question(
        "single", "Chọn một", (Option("đúng", True), Option("sai")), explanation="GIẢI THÍCH BÍ MẬT",
        media=(Media("a.png", "image/png", PNG, 1, "Biển"),),
    ),
    "multiple": Question(
        "multiple", "Chọn nhiều", (Option("một", True), Option("hai", True), Option("ba")), credit=PARTIAL,
        shows_count=True, situation=STORY,
    ),
    "true_false": Question("true_false", "Đúng hay sai", (Option("Đúng", True), Option("Sai"))),
    "statements": Question(
        "statements", "Xét từng ý", tuple(Option(f"ý thứ {n}", n % 2 == 0) for n in range(4)), credit=PARTIAL,
        situation=STORY,
    ),
    "short": Question(
        "short", "Cơ quan nào cấp thẻ?", (Option("Công an", True), Option("công an xã", True, weight=Decimal("0.5"))),
        text_rules=TextRules(accents=False),
    ),
    "numerical": Question("numerical", "Mấy tuổi?", (Option("14", True, tolerance=Decimal("0.5")),)),
    "matching": Question(
        "matching", "Nối cơ quan", credit=PARTIAL,
        options=(Option("Luật", match="Quốc hội"), Option("Nghị định", match="Chính phủ"), Option("", match="Bộ")),
    ),
    "ordering": Question("ordering", "Xếp thứ tự", tuple(Option(f"bước {n}") for n in "abc"), credit=PARTIAL),
    "cloze": Question(
        "cloze", "Từ [[1]] tuổi, tại [[2]].", credit=PARTIAL,
        gaps=(Gap("numerical", (Option("14", True),)), Gap("single", (Option("tòa án"), Option("công an", True)))),
    ),
    "essay": Question("essay", "Viết về pháp luật", words=WordLimit(2, 50), explanation="Ý chính: BÍ MẬT"),
}  # fmt: skip


def bank_of_every_kind(world, unit):
    bank = banks.create_bank(world.session, unit.id, "Ngân hàng thử", world.now)
    for one in QUESTIONS.values():
        banks.add_question(world.session, bank, one, author_id=None, now=world.now).status = Status.APPROVED
    world.session.commit()
    return bank


def contest_of_every_kind(world, unit, **changes):
    bank_of_every_kind(world, unit)
    lines = [{"count": 1, "kind": kind} for kind in QUESTIONS]
    return world.contest(paper={"blueprint": lines, "minutes": 10, "points_per_question": "2"}, **changes)


def place_of(world, attempt, kind: str) -> tuple[int, list[int]]:
    """Where the question of that kind stands in the paper, and the order of what was shuffled."""
    versions = versions_by_id(world.session, attempt.version_ids)
    return next(
        (place, order) for place, (number, order) in enumerate(attempt.paper, start=1) if versions[number].kind == kind
    )


def right_parts(kind: str, order: list[int]) -> list[Part]:
    """The right answer as it stands on a sheet, by displayed positions."""
    if kind in ("single", "true_false"):
        return [order.index(0)]
    if kind == "multiple":
        return [order.index(0), order.index(1)]
    answers: dict[str, list[Part]] = {
        "statements": [1, 0, 1, 0], "short": ["cong an"], "numerical": ["14,3"], "cloze": ["14", 1],
        "matching": [order.index(0), order.index(1)] if kind == "matching" else [], "ordering": [*order],
        "essay": ["Pháp luật là chuẩn mực chung."],
    }  # fmt: skip
    return answers[kind]
