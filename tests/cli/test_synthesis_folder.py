"""A run that is killed while it puts its result in the place of an earlier one."""

import os
import signal
import subprocess
import sys

import pytest

from answerable.cli.synthesis_folder import replace_together, take_up_interrupted

# The program kills itself right before one of the two renames, so that the same leftovers come every time.
KILLED = """
import os, signal, sys
from pathlib import Path
from answerable.cli.synthesis_folder import replace_together

rename, left = Path.rename, [int(sys.argv[2])]

def rename_or_die(path, target):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, target)

Path.rename = rename_or_die
replace_together(Path(sys.argv[1]), {"report.html": b"second", "figures/a.svg": b"2"})
"""


def killed_after(folder, *, renames):
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(renames)], check=False)
    assert done.returncode == -signal.SIGKILL


def names(folder):
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
def out(tmp_path):
    replace_together(tmp_path / "out", {"report.html": b"first"})
    return tmp_path / "out"


def test_a_result_that_a_killed_run_moved_away_is_put_back(tmp_path, out):
    killed_after(out, renames=1)
    assert not out.exists()

    assert take_up_interrupted(out) is True

    assert (out / "report.html").read_bytes() == b"first"
    assert names(tmp_path) == ["out"]
    assert take_up_interrupted(out) is False


def test_what_a_run_killed_before_the_renames_left_is_removed(tmp_path, out):
    killed_after(out, renames=0)
    assert len(names(tmp_path)) == 2

    assert take_up_interrupted(out) is False

    assert names(tmp_path) == ["out"]
    assert (out / "report.html").read_bytes() == b"first"


def test_the_next_run_takes_up_by_itself_and_writes_its_own_result(tmp_path, out):
    killed_after(out, renames=1)

    replace_together(out, {"report.html": b"third"})

    assert names(tmp_path) == ["out"]
    assert (out / "report.html").read_bytes() == b"third"


def test_folders_that_are_not_of_a_run_stay(tmp_path, out):
    for name, inside in ((".out-backup_1", "old/mine.txt"), (".out-abcdefgh", "new/x"), (".out-two-abc", "new")):
        (tmp_path / name / inside).parent.mkdir(parents=True)
    (tmp_path / ".out-backup_1" / "letter.txt").write_text("mine")

    take_up_interrupted(out)

    assert names(tmp_path) == [".out-backup_1", ".out-two-abc", "out"]


def test_taking_up_waits_for_a_run_that_is_still_writing(tmp_path, out):
    fcntl = pytest.importorskip("fcntl")
    (tmp_path / ".out-abcdefgh" / "new").mkdir(parents=True)
    number = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(number, fcntl.LOCK_EX)
    program = f"from pathlib import Path; from answerable.cli.synthesis_folder import take_up_interrupted as t; t(Path({str(out)!r}))"
    waiting = subprocess.Popen([sys.executable, "-c", program])
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=1.5)
        assert names(tmp_path) == [".out-abcdefgh", "out"]
    finally:
        os.close(number)
    assert waiting.wait(timeout=60) == 0
    assert names(tmp_path) == ["out"]


def test_pieces_of_a_file_are_made_while_it_is_written(tmp_path):
    out, made = tmp_path / "out", []

    def pieces():
        for number in range(3):
            made.append(number)
            yield b"%d" % number

    replace_together(out, {"long.csv": pieces(), "last.json": (str(made).encode() for _ in range(1))})

    assert {one.name: one.read_bytes() for one in out.iterdir()} == {"long.csv": b"012", "last.json": b"[0, 1, 2]"}


def test_a_file_that_cannot_be_made_to_its_end_leaves_the_result_before(tmp_path):
    out = tmp_path / "out"
    replace_together(out, {"report.html": b"first"})

    def pieces():
        yield b"second"
        raise MemoryError

    with pytest.raises(MemoryError):
        replace_together(out, {"report.html": pieces()})

    assert [(one.name, one.read_bytes()) for one in out.iterdir()] == [("report.html", b"first")]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
