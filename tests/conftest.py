"""What every test may use."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("ANSWERABLE_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))


@pytest.fixture
def shared_data() -> Path:
    """The folder of gold data and test vectors; without it the test is skipped, with the reason."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"gold data and test vectors are not at {SHARED_DATA} (set ANSWERABLE_SHARED_DATA)")
    return SHARED_DATA


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """With ANSWERABLE_NO_SKIPS set, a test skipped for something missing on this machine fails instead."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("ANSWERABLE_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is a failure here: {report.longrepr}"
