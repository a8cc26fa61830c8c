"""What tests of the register share: an organiser, the act that all questions of the bank cite, a way to end it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from contest_app.accounts.models import Role, Unit, User
from contest_app.law import queries, services
from contest_app.law.models import LegalDocument
from tests.app.factories import World
from tests.app.person import Person

ACT = "36/2024/QH15"


@pytest.fixture
def account(world: World, units: dict[str, Unit]) -> User:
    return world.user("btc", role=Role.ORGANISER, unit=units["XA"])


@pytest.fixture
def btc(account: User, person: Callable[[], Person]) -> Person:
    """An organiser of the commune at their browser."""
    return person().log_in(account)


@pytest.fixture
def register(world: World) -> Callable[..., LegalDocument]:
    """Enters a document, or changes the one of that number."""

    def one(number: str, **values: Any) -> LegalDocument:
        session = world.session
        known = queries.by_number(session, number)
        said = services.DocumentValues(number, values.pop("title", "Luật thử"), **values)
        saved = services.save_document(session, known, said, actor_id=None, now=world.now)
        session.commit()
        return saved

    return one


@pytest.fixture
def act(world: World, questions: None) -> LegalDocument:
    """The act that the twelve approved questions of the commune's bank cite; in force."""
    found = queries.by_number(world.session, ACT)
    assert found is not None
    world.session.commit()
    return found


@pytest.fixture
def ended(act: LegalDocument, register: Callable[..., LegalDocument]) -> LegalDocument:
    """The same, ended on 30 June 2026."""
    return register(act.number, in_force_to=date(2026, 6, 30))
