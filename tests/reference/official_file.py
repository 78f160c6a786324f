"""Where the official wording lies beside the checkout, when it does."""

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(os.environ.get("ANSWERABLE_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))


def official_file() -> Path:
    """Find the file of official wording, or skip the test and say where it was looked for."""
    path = SHARED_DATA / "sdg" / "sdg_six_languages.json"
    if not path.exists():
        pytest.skip(f"the official wording is not at {path}")
    return path
