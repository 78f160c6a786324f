"""What the ledger's tests share: files of their own for key and checkpoints."""

import pytest

from tests.factories.ledger import flushing_past_guards


@pytest.fixture(autouse=True)
def record_files(settings, tmp_path):
    """Keep the key and the checkpoints of each test in a folder of its own."""
    settings.LEDGER_ORIGIN = "record.example"
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"
    settings.LEDGER_CHECKPOINT_FILE = tmp_path / "outside" / "checkpoints.txt"
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def _flushes():
    with flushing_past_guards():
        yield
