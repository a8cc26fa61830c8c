"""The small tree of units, for the pages of the log."""

import pytest

from contest_app.accounts.models import Unit
from tests.app.factories import World


@pytest.fixture
def units(world: World) -> dict[str, Unit]:
    return world.units()
