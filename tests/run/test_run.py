"""``./run`` says in one sentence what is wrong, and takes a half-made environment for what it is."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
NEEDED = ["sh", "dirname", "cat", "cksum", "tr", "mkdir", "rm", "awk", "df", "grep", "tail"]


@pytest.fixture
def tools(tmp_path):
    """A folder with what a bare machine has, and nothing else: no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in NEEDED:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def run(*words, path, env_dir, **settings):
    environment = {"PATH": str(path), "HOME": os.environ.get("HOME", "/"), "ANSWERABLE_ENV": str(env_dir), **settings}
    return subprocess.run(
        ["sh", str(REPOSITORY / "run"), *words], env=environment, capture_output=True, text=True, check=False
    )


def said(done):
    assert done.returncode != 0
    return done.stderr.strip().splitlines()


def test_without_python_one_sentence_says_so_and_nothing_is_left(tools, tmp_path):
    lines = said(run("demo", path=tools, env_dir=tmp_path / "env"))
    assert lines == [
        "run: Python 3.11 or newer is needed and was not found; install it, or name it with PYTHON=/path/to/python3."
    ]
    assert not (tmp_path / "env").exists()


def python_that(tools, script):
    """Put a stand-in for Python there that passes for a new one and then does as the script says."""
    stand_in = tools / "python3"
    stand_in.write_text(f'#!/bin/sh\ncase "$1" in -c) exit 0 ;; esac\n{script}\n')
    stand_in.chmod(0o755)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo 'ensurepip is not available'; exit 1", "python3-venv"),
        ("echo 'No space left on device'; exit 1", "the disk is full"),
        ("echo 'Could not find a version that satisfies'; exit 1", "the package index cannot be reached"),
        ("echo 'THESE PACKAGES DO NOT MATCH THE HASHES'; exit 1", "is not the one pinned here"),
    ],
)
def test_what_went_wrong_with_the_setting_up_is_one_clear_sentence(tools, tmp_path, script, sentence):
    python_that(tools, script)
    lines = said(run("demo", path=tools, env_dir=tmp_path / "env"))
    assert sentence in lines[-1]
    assert not (tmp_path / "env.lock").exists()
    assert not (tmp_path / "env" / "complete-run").exists()


def test_a_half_made_environment_is_made_anew(tools, tmp_path):
    env = tmp_path / "env"
    (env / "bin").mkdir(parents=True)
    (env / "half").touch()
    python_that(tools, "exit 1")
    said(run("demo", path=tools, env_dir=env))
    assert not (env / "half").exists()


def test_the_lock_of_a_run_that_was_killed_does_not_stop_the_next(tools, tmp_path):
    lock = tmp_path / "env.lock"
    lock.mkdir()
    (lock / "pid").write_text("999999999")
    python_that(tools, "echo 'No space left on device'; exit 1")
    assert "the disk is full" in said(run("demo", path=tools, env_dir=tmp_path / "env"))[-1]


def test_two_runs_at_once_do_not_set_up_together(tools, tmp_path):
    lock = tmp_path / "env.lock"
    lock.mkdir()
    (lock / "pid").write_text(str(os.getpid()))
    python_that(tools, "exit 1")
    assert "another run" in said(run("demo", path=tools, env_dir=tmp_path / "env"))[-1]


def test_an_unknown_verb_is_told_with_the_known_ones(tools, tmp_path):
    lines = said(run("fly", path=tools, env_dir=tmp_path / "env"))
    assert 'there is no verb "fly"' in lines[-1]
    assert any(line.startswith("./run demo") for line in lines)


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_busy_port_is_one_clear_sentence(tmp_path, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        settings = {"ANSWERABLE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "answerable.config.settings"}
        words = [sys.executable, "-m", "answerable.cli", command, "--port", port]
        done = subprocess.run(words, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    assert said(done) == [
        f"answerable: Port {port} on 127.0.0.1 is taken by another program; choose another with --port."
    ]


def test_files_named_to_the_command_lie_where_it_was_called(tmp_path):
    (tmp_path / "answerable").mkdir()  # a folder of this name is not taken for the program
    (tmp_path / "said.csv").write_text("text\nShade at the bus stop.\nA bench at the bus stop.\n")
    done = subprocess.run(
        ["sh", str(REPOSITORY / "run"), "answerable", "synthesize", "said.csv", "--out", "outcome"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "outcome" / "report.html").is_file()
