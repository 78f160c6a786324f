"""Playing races in a process of their own."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from answerable.config import environment

RACERS = Path(__file__).with_name("racers.py")


@pytest.fixture
def race(transactional_db, tmp_path):
    """Play one race in a process of its own, on the test's database or, where that one is in memory, on a copy of it."""
    if connection.vendor == "sqlite":
        database = environment.database(f"sqlite:///{tmp_path / 'races.sqlite3'}", tmp_path)
        connection.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "races.sqlite3")) as copy:
            connection.connection.backup(copy)
    else:
        kept = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        database = {name: connection.settings_dict[name] for name in kept}

    def play(task):
        words = [sys.executable, str(RACERS), json.dumps(database), str(tmp_path), task]
        environ = {**os.environ, "PYTHONPATH": str(RACERS.parent.parent.parent)}
        done = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return play
