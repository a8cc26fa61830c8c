"""What tests of accounts share: the small tree of units, and staff at their browsers."""

from collections.abc import Callable

import pytest

from contest_app.accounts.models import Role, Unit
from tests.app.factories import World
from tests.app.person import Person


@pytest.fixture
def staff(world: World, person: Callable[[], Person]) -> Callable[..., Person]:
    """Somebody with a role at a unit, logged in."""

    def enter(login: str, role: Role, unit: Unit, home: Unit | None = None) -> Person:
        user = world.user(login, role=role, unit=unit)
        if home is not None:
            user.unit = home
            world.session.commit()
        return person().log_in(user)

    return enter
