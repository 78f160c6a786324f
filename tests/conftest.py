"""What every test may use."""

import os
from pathlib import Path

import hypothesis
import pytest

from tests.factories.ledger import flushing_past_guards

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("ANSWERABLE_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile(
    "without a clock", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("without a clock")


@pytest.fixture(autouse=True)
def record_files(settings, tmp_path):
    """Keep the record's key and checkpoints of each test in a folder of its own."""
    settings.LEDGER_ORIGIN = "record.example"
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"
    settings.LEDGER_CHECKPOINT_FILE = tmp_path / "outside" / "checkpoints.txt"
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def _flushes():
    """Let a transactional test's clean-up empty the tables whose triggers refuse it."""
    with flushing_past_guards():
        yield


@pytest.fixture
def shared_data() -> Path:
    """The folder of gold data and test vectors; without it the test is skipped, with the reason."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"gold data and test vectors are not at {SHARED_DATA} (set ANSWERABLE_SHARED_DATA)")
    return SHARED_DATA


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """
    With ANSWERABLE_NO_SKIPS set, a test skipped for something missing on this machine fails instead.

    A test marked ``where_installed`` compares with a large program that nothing here may depend on: it stays skipped.
    """
    outcome = yield
    report = outcome.get_result()
    is_extra = item.get_closest_marker("where_installed") is not None
    if report.skipped and not is_extra and os.environ.get("ANSWERABLE_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is a failure here: {report.longrepr}"
