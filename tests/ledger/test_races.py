"""Several processes write at once, on a database that all of them share."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from answerable.config import environment

WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """Settings of a database that other processes can open: the test's own, or a file where that one is in memory."""
    if connection.vendor == "sqlite":
        return json.dumps(environment.database(f"sqlite:///{tmp_path / 'record.sqlite3'}", tmp_path))
    kept = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    return json.dumps({name: connection.settings_dict[name] for name in kept})


def start(database, folder, *task):
    repository = WRITER.parent.parent.parent
    command = [sys.executable, str(WRITER), database, str(folder), *task]
    environ = {**os.environ, "PYTHONPATH": str(repository)}
    return subprocess.Popen(command, cwd=repository, env=environ, stdout=subprocess.PIPE, text=True)


def outcome(process):
    said = process.communicate()[0]
    return process.returncode, said


@pytest.mark.engines
def test_writers_at_once_leave_one_record_without_gaps_or_doubles(shared_database, tmp_path):
    assert outcome(start(shared_database, tmp_path, "migrate")) == (0, "")

    writers = [start(shared_database, tmp_path, "write", "30") for _ in range(3)]

    assert [outcome(writer) for writer in writers] == [(0, "")] * 3
    status, said = outcome(start(shared_database, tmp_path, "verify"))
    assert (status, json.loads(said)) == (0, {"entries": 3 * 20, "problems": []})
