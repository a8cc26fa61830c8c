"""What tests of the bank share: two organisers of the commune, a bank, and moving a question along."""

from collections.abc import Callable
from typing import Any

import pytest

from contest_app.accounts.models import Role, Unit
from contest_app.bank import services
from contest_app.bank.models import BankQuestion, QuestionBank
from question_bank.model import Question
from tests.app.factories import World
from tests.app.person import Person


@pytest.fixture
def btc(world: World, units: dict[str, Unit], person: Callable[[], Person]) -> Person:
    """An organiser of the commune at their browser."""
    return person().log_in(world.user("btc", role=Role.ORGANISER, unit=units["XA"]))


@pytest.fixture
def other(world: World, units: dict[str, Unit], person: Callable[[], Person]) -> Person:
    """A second one, who reviews what the first wrote."""
    return person().log_in(world.user("duyet", role=Role.ORGANISER, unit=units["XA"], full_name="Lê Thị Duyệt"))


@pytest.fixture
def bank(world: World, units: dict[str, Unit]) -> QuestionBank:
    """An empty bank."""
    made = services.create_bank(world.session, units["XA"].id, "Luật Đất đai", world.now)
    world.session.commit()
    return made


@pytest.fixture
def add(world: World, bank: QuestionBank) -> Callable[..., BankQuestion]:
    """Puts a question into the bank."""

    def one(question: Question, *, status: str = "draft") -> BankQuestion:
        row = services.add_question(world.session, bank, question, author_id=None, now=world.now)
        row.status = status
        world.session.commit()
        return row

    return one


@pytest.fixture
def stored(world: World) -> Callable[[], list[BankQuestion]]:
    """The questions the database holds now, in the order they came."""

    def look() -> list[BankQuestion]:
        session = world.session
        session.commit()
        found = session.query(BankQuestion).populate_existing().order_by(BankQuestion.id).all()
        for row in found:
            session.refresh(row, ["current", "versions"])
            assert row.current.topic is None or row.current.topic.path  # loaded while the session may look
        session.commit()
        return found

    return look


def move(browser: Person, question_id: int, status: str, expected: int = 200, note: str = "") -> Person:
    """Press one of the buttons of the review."""
    data: dict[str, Any] = {"csrf_token": browser.token(), "status": status, "note": note}
    browser.page = browser.send(
        "POST", f"/ngan-hang/cau-hoi/{question_id}/trang-thai", data=data, follow_redirects=True
    )
    assert browser.page.status_code == expected, browser.text[:400]
    return browser
