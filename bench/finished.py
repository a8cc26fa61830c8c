"""A finished contest of any size, written in bulk: what the services would take hours to make one by one."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from contest_app.accounts.models import Unit, User
from contest_app.accounts.unit_sheet import UNIT_COLUMNS, store_units
from contest_app.attempts.models import Attempt
from contest_app.bank.batches import Incoming, store_import
from contest_app.bank.models import QuestionBank, QuestionVersion
from contest_app.bank.review import approve_all
from contest_app.bank.services import create_bank
from contest_app.contests.models import Contest, Participation
from contest_app.contests.services import create_contest, open_contest
from contest_app.demo import people
from contest_app.rules.parse import from_document
from contest_app.web.tables import Row
from question_bank.model import LegalBasis, Option, Question
from question_bank.text import fold

BANK, SLUG = "Ngân hàng đo sổ kết quả", "do-so-ket-qua"
QUESTIONS, PLACES, MINUTES = 500, 30, 30
OPENS, DAYS = datetime(2026, 9, 1, 1, tzinfo=UTC), 14
_CLASSES = 40
_AT_A_TIME = 2_000  # rows of one INSERT
_LAW = (LegalBasis("36/2024/QH15", "9", "2", "Luật Trật tự, an toàn giao thông đường bộ"),)


def write_contest(session: Session, contestants: int) -> None:
    """One attempt each, closed and marked; nobody ranked yet."""
    random = Random(contestants)
    units = _units(session)
    contest = _contest(session, _bank(session, units[0]))
    number = {"user": session.query(User).count(), "contest": contest.id, "round": contest.rounds[0].id}
    versions = session.execute(select(QuestionVersion.id, QuestionVersion.options)).all()
    keys = [(one, [option["correct"] for option in options].index(True)) for one, options in versions]
    rows = _rows(random, contestants, [unit.id for unit in units[1:]], keys, number)
    while part := list(islice(rows, _AT_A_TIME)):
        for model, values in zip((User, Participation, Attempt), zip(*part, strict=True), strict=True):
            session.execute(insert(model), values)
        session.commit()


def _units(session: Session) -> list[Unit]:
    """The commune, then its classes."""
    columns = [column.key for column in UNIT_COLUMNS]
    classes = [(f"SO-{place:02}", f"Lớp {place:02}", "lớp", "SO", "") for place in range(1, _CLASSES + 1)]
    rows = [("SO", "Xã Đo Sổ", "xã, phường", "", ""), *classes]
    values = [Row(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(rows, start=2)]
    store_units(session, values, actor_id=None, now=OPENS)
    return list(session.scalars(select(Unit).order_by(Unit.code)))


def _bank(session: Session, unit: Unit) -> QuestionBank:
    reviewer = User(**_user(0, "Người duyệt", None, unit.id))
    session.add(reviewer)
    bank = create_bank(session, unit.id, BANK, OPENS)
    questions = [Incoming(_question(number)) for number in range(1, QUESTIONS + 1)]
    store_import(session, bank, questions, "do.json", actor_id=None, now=OPENS)
    approve_all(session, bank, actor_id=reviewer.id, now=OPENS)
    return bank


def _question(number: int) -> Question:
    stem = f"Câu {number}: người điều khiển phương tiện tham gia giao thông đường bộ không được làm gì?"
    options = tuple(
        Option(f"Phương án {letter} của câu {number}, dài như thường thấy trong đề", letter == "ABCD"[number % 4])
        for letter in "ABCD"
    )
    return Question("single", stem, options, ("Giao thông", f"Chủ đề {number % 10}"), legal_basis=_LAW)


def _contest(session: Session, bank: QuestionBank) -> Contest:
    closes = OPENS + timedelta(days=DAYS)
    before = OPENS - timedelta(days=1)
    document: dict[str, Any] = {
        "title": "Cuộc thi đo sổ kết quả", "slug": SLUG, "organiser": "SO", "bank": bank.name,
        "rounds": [
            {"code": "dot-1", "name": "Đợt 1", "opens_at": OPENS.isoformat(), "closes_at": closes.isoformat()}
        ],
        "paper": {"blueprint": [{"count": PLACES}], "minutes": MINUTES},
        "prizes": [{"name": "Nhất"}, {"name": "Nhì", "quantity": 2}],
    }  # fmt: skip
    contest = create_contest(session, from_document(document), actor_id=None, now=before)
    open_contest(session, contest, actor_id=None, now=before)
    session.commit()
    return contest


Keys = Sequence[tuple[int, int]]  # (version, position of its right option)


def _rows(
    random: Random, contestants: int, units: Sequence[int], keys: Keys, number: dict[str, int]
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """An account, its participation and its attempt, as columns."""
    for place in range(1, contestants + 1):
        name, year, unit = people.full_name(random), 2026 - random.randint(14, 60), random.choice(units)
        user_id = number["user"] + place
        user = {"id": user_id, **_user(place, name, year, unit)}
        person = {
            "id": place, "contest_id": number["contest"], "user_id": user_id, "full_name": name, "birth_year": year,
            "unit_id": unit, "fields": {}, "joined_at": OPENS,
        }  # fmt: skip
        attempt = {"id": place, "round_id": number["round"], "participation_id": place, "ordinal": 1}
        yield user, person, attempt | _sat(random, keys)


def _user(place: int, name: str, year: int | None, unit_id: int) -> dict[str, Any]:
    return {
        "login": f"so{place}", "full_name": name, "folded_name": fold(name), "birth_year": year, "unit_id": unit_id,
        "password_hash": "!", "created_at": OPENS,
    }  # fmt: skip


def _sat(random: Random, keys: Keys) -> dict[str, Any]:
    """A paper drawn from the bank, how it was answered, and its marks."""
    ability = min(0.97, max(0.2, random.gauss(0.65, 0.15)))
    start = OPENS + timedelta(seconds=random.randrange((DAYS - 1) * 86_400))
    end = start + timedelta(seconds=random.randint(300, MINUTES * 60 - 1))
    paper, answers, marks = [], {}, []
    for place, (version, right) in enumerate(random.sample(keys, PLACES), start=1):
        order = random.sample(range(4), 4)
        is_right = random.random() < ability - version % 7 / 25
        chosen = order.index(right) if is_right else random.choice([n for n in range(4) if order[n] != right])
        paper.append([version, order])
        answers[place] = [chosen]
        marks.append([True, is_right, 1000 * is_right])
    score = sum(is_right for _answered, is_right, _points in marks)
    return {
        "rules_version": 1, "started_at": start, "deadline": start + timedelta(minutes=MINUTES), "paper": paper,
        "sheet": json.dumps({"answers": answers}, separators=(",", ":")), "revision": 1, "saved_at": end,
        "closed_at": end, "closed_by": "contestant", "score": score, "correct": score, "marks": marks,
        "milliseconds_taken": int((end - start).total_seconds() * 1000), "device": random.choice(("phone", "computer")),
    }  # fmt: skip
