"""A synthesis that is killed or stopped: no half result, and the same bytes when it goes on."""

import shutil
import signal
import subprocess
import sys

import pytest

from tests.cli.test_synthesize import contents, write_csv

# The program stops itself right after a piece of work was kept, which is the same every time.
STOPPING = """
import os, signal, sys
from pathlib import Path
from answerable.engine import keeping
from answerable.cli.main import app

# A program started in the background is deaf to Ctrl-C; this one is to be stopped as from a keyboard.
signal.signal(signal.SIGINT, signal.default_int_handler)
keep, kept = keeping._write, []
stop_after, by = int(sys.argv[1]), int(sys.argv[2])

def keep_and_stop(path, result):
    keep(path, result)
    kept.append(path)
    if len(kept) == stop_after:
        os.kill(os.getpid(), by)

keeping._write = keep_and_stop
sys.argv = ["answerable", *sys.argv[3:]]
app()
"""


# Ctrl-C in the first half second, while what the command needs is still being loaded.
STOPPED_WHILE_LOADING = """
import os, signal, sys
from answerable.cli.main import app

signal.signal(signal.SIGINT, signal.default_int_handler)

class Stopping:
    def find_spec(self, name, path, target=None):
        if name == "answerable.engine.pipeline":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Stopping())
sys.argv = ["answerable", *sys.argv[1:]]
app()
"""


def run(*arguments, stop_after=0, by=signal.SIGKILL):
    """Run the command in a process of its own, which stops itself after so many pieces of work."""
    program = [sys.executable, "-c", STOPPING, str(stop_after), str(int(by)), "synthesize", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the input, the result of a run that nothing interrupted, and its bytes."""
    folder = tmp_path_factory.mktemp("whole")
    source = write_csv(folder / "input.csv")
    assert run(source, "--out", folder / "out").returncode == 0
    return source, folder / "out", contents(folder / "out")


@pytest.mark.parametrize("pieces", [1, 5])
def test_a_killed_run_goes_on_with_resume_to_the_same_bytes(whole, tmp_path, pieces):
    source, _, expected = whole

    killed = run(source, "--out", tmp_path / "out", stop_after=pieces)
    left = sorted(one.name for one in tmp_path.iterdir())
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / ".out.stages").rglob("*.json")}
    # A second kill shows that the pieces of the first run count and are not done again.
    again = run(source, "--out", tmp_path / "out", "--resume", stop_after=1)
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / ".out.stages").rglob("*.json")}
    done = run(source, "--out", tmp_path / "out", "--resume")

    assert (killed.returncode, again.returncode, done.returncode) == (-signal.SIGKILL, -signal.SIGKILL, 0)
    assert left == [".out.stages"]
    assert len(before) == pieces
    assert len(after) == pieces + 1
    assert before.items() <= after.items()
    assert contents(tmp_path / "out") == expected
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_the_earlier_result_and_says_how_to_go_on(whole, tmp_path, by):
    source, result, expected = whole
    shutil.copytree(result, tmp_path / "out")

    stopped = run(source, "--out", tmp_path / "out", "--seed", "7", stop_after=2, by=by)

    assert stopped.returncode == 130
    assert "stopped, nothing was written; add --resume to go on from there." in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert contents(tmp_path / "out") == expected
    assert sorted(one.name for one in tmp_path.iterdir()) == [".out.stages", "out"]


def test_a_run_stopped_before_it_began_says_so_and_leaves_nothing(tmp_path):
    source = write_csv(tmp_path / "input.csv")
    program = [sys.executable, "-c", STOPPED_WHILE_LOADING, "synthesize", str(source), "--out", str(tmp_path / "out")]

    stopped = subprocess.run(program, capture_output=True, text=True, check=False)

    assert stopped.returncode == 130
    assert stopped.stderr == "answerable: stopped, nothing was written; add --resume to go on from there.\n"
    assert [one.name for one in tmp_path.iterdir()] == ["input.csv"]


def test_a_run_without_resume_begins_anew(whole, tmp_path):
    source, _, expected = whole
    run(source, "--out", tmp_path / "out", stop_after=3)
    for kept in (tmp_path / ".out.stages").glob("*/*repeats*"):
        kept.write_text("[]")

    assert run(source, "--out", tmp_path / "out").returncode == 0
    assert contents(tmp_path / "out") == expected


def test_a_stopped_run_on_worker_processes_goes_on_with_resume_to_the_same_bytes(whole, tmp_path):
    pytest.importorskip("distributed", reason="Dask is not installed (the extra 'cluster')")
    source, _, expected = whole

    stopped = run(source, "--out", tmp_path / "out", "--workers", "1", stop_after=4, by=signal.SIGTERM)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / ".out.stages").rglob("*.json")}
    # Stopping again after one more piece shows that those of the first run count.
    again = run(source, "--out", tmp_path / "out", "--workers", "1", "--resume", stop_after=1, by=signal.SIGTERM)
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / ".out.stages").rglob("*.json")}
    done = run(source, "--out", tmp_path / "out", "--resume")

    assert (stopped.returncode, again.returncode, done.returncode) == (130, 130, 0)
    assert "add --resume to go on from there." in stopped.stderr
    assert "Traceback" not in stopped.stderr + again.stderr
    assert len(before) == 4
    assert before.items() < after.items()
    assert contents(tmp_path / "out") == expected
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
