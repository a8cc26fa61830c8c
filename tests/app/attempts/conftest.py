"""A contest with one contestant, An, ready to start."""

import pytest


@pytest.fixture
def contest(world, units):
    world.bank(units["XA"])
    return world.contest()


@pytest.fixture
def an(world, contest, units):
    return world.joined(contest, world.user("an", unit=units["TR-A"]))
