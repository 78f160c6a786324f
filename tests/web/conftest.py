"""What the tests of pages share."""

import pytest
import time_machine
from django.core.cache import cache

from tests.factories.consultations import NOW
from tests.web.world import World, make_world


@pytest.fixture(autouse=True)
def at_noon():
    """Let every test happen at one moment while the consultation is open, with nothing kept from another test."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings, tmp_path):
    """Keep uploaded files and the key of the record where they go away."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.LEDGER_KEY_FILE = tmp_path / "key"
    settings.LEDGER_CHECKPOINT_FILE = tmp_path / "checkpoints"


@pytest.fixture
def world(db) -> World:
    """One open consultation in which things have happened."""
    return make_world()
