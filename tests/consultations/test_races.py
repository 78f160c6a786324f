"""The same posts sent by several processes at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from answerable.config import environment
from tests.factories.ledger import flushing_past_guards

POSTER = Path(__file__).with_name("poster.py")


@pytest.fixture
def unguarded_flush():
    """Let the test's database be emptied when the test ends, the append-only tables too."""
    with flushing_past_guards():
        yield


@pytest.fixture
def shared_database(unguarded_flush, transactional_db, tmp_path):
    """Settings of a database that other processes can open: the test's own, or a file where that one is in memory."""
    if connection.vendor == "sqlite":
        return json.dumps(environment.database(f"sqlite:///{tmp_path / 'posts.sqlite3'}", tmp_path))
    kept = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    return json.dumps({name: connection.settings_dict[name] for name in kept})


def start(database, folder, *task):
    repository = POSTER.parent.parent.parent
    command = [sys.executable, str(POSTER), database, str(folder), *task]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(repository), os.environ.get("PYTHONPATH", "")])}
    return subprocess.Popen(command, cwd=repository, env=environ, stdout=subprocess.PIPE, text=True)


def outcome(process):
    said = process.communicate()[0]
    return process.returncode, said


@pytest.mark.engines
def test_the_same_posts_by_three_processes_at_once_count_once(shared_database, tmp_path):
    assert outcome(start(shared_database, tmp_path, "prepare")) == (0, "")
    posters = [start(shared_database, tmp_path, "post", name, "12") for name in ("ana", "ben", "chi")]
    assert [outcome(poster) for poster in posters] == [(0, "")] * 3
    status, said = outcome(start(shared_database, tmp_path, "count"))
    assert (status, json.loads(said)) == (0, [12, 12, [3], []])
