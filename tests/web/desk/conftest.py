"""What the tests of the desk share."""

import pytest


@pytest.fixture
def convener(world):
    return world.client("convener")


@pytest.fixture
def moderator(world):
    return world.client("moderator")


@pytest.fixture
def rapporteur(world):
    return world.client("rapporteur")


@pytest.fixture
def administrator(world):
    return world.client("administrator")
