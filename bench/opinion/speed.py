"""What opinion groups cost, as multiples of one pass over the stored stances and of red-dwarf on the same stances."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.opinion.invented import invent
from bench.opinion.verdicts import Line

_STATEMENTS = 1000
_COMPARED = 40_000
_TIMES = 3
_INSTALL_SECONDS = 240
_RUN_SECONDS = 600
_MILLION = 1_000_000


def speed_lines(*, is_quick: bool) -> Iterator[Line]:
    """Yield growth over people, to a million unless it has to be quick, and the comparison."""
    sizes = [10_000, 100_000] + ([] if is_quick else [_MILLION])
    for people in sizes:
        yield from _growth(people)
    with tempfile.TemporaryDirectory(prefix="opinion-") as folder:
        yield from _compared(Path(folder))


def _growth(people: int) -> Iterator[Line]:
    """Yield the figures of one size."""
    with tempfile.TemporaryDirectory(prefix="opinion-") as folder:
        _write(Path(folder), people=people)
        found = _measured(Path(folder))
    told = f"{people:,} people, {found['stances']:,} stances"
    passes = found["cold_seconds"] / found["pass_seconds"]
    is_large = people == _MILLION
    yield Line(
        f"{told}: cold, in passes at memcpy speed",
        f"{passes:,.0f} ({found['cold_seconds']:.2f} s)",
        "1000" if is_large else "",
        "200" if is_large else "",
        passes <= 1000 if is_large else True,
    )
    yield Line(
        f"{told}: peak memory (before: {found['before_mb']:.0f} MB)",
        f"{found['peak_mb']:.0f} MB",
        "3000 MB" if is_large else "",
        "500 MB" if is_large else "",
        found["peak_mb"] <= 3000 if is_large else True,
    )
    refresh = found["refresh_seconds"] * 1000
    longest, anew = found["longest_seconds"] * 1000, found["redraw_seconds"] * 1000
    yield Line(
        f"{told}: 1,000 new stances (median of {found['calls']} calls; {found['still_seconds'] * 1000:.0f} ms of those "
        f"without a step of a new map, longest {longest:.0f} ms; map drawn anew at one go {anew:.0f} ms)",
        f"{refresh:.0f} ms",
        "250 ms" if is_large else "",
        "20 ms" if is_large else "",
        refresh <= 250 if is_large else True,
    )


def _compared(folder: Path) -> Iterator[Line]:
    """Yield the ratios to red-dwarf in processor time and peak memory, or that it could not be installed."""
    # On PyPI the name red-dwarf-democracy stopped at 0.1.1; the same project goes on as red-dwarf.
    told = f"{_COMPARED:,} people × {_STATEMENTS:,} statements (red-dwarf 0.4.0, as red-dwarf-democracy is at 0.1.1)"
    python = _red_dwarf(folder)
    if python is None:
        yield Line(f"{told}: red-dwarf could not be installed", "not measured", is_met=None)
        return
    _write(folder, people=_COMPARED)
    # Ours takes half a second, in which a moment's other work shows; theirs takes a minute, which evens that out.
    before = [_measured(folder) for _ in range(_TIMES)]
    theirs = _run([str(python), str(Path(__file__).with_name("red_dwarf.py")), str(folder)])
    after = [_measured(folder) for _ in range(_TIMES)]
    ours = sorted([*before, *after], key=lambda one: float(one["cold_seconds"]))[_TIMES]
    if theirs is None:
        yield Line(f"{told}: red-dwarf took too long or failed", "not measured", is_met=None)
        return
    times = theirs["seconds"] / ours["cold_seconds"]
    yield Line(
        f"{told}: red-dwarf {theirs['seconds']:.1f} s, ours {ours['cold_seconds']:.2f} s "
        f"(median of {_TIMES} before and {_TIMES} after it)",
        f"{times:.0f} times",
        "100",
        "200",
        times >= 100,
    )
    memory = theirs["peak_mb"] / ours["peak_mb"]
    yield Line(
        f"{told}: red-dwarf {theirs['peak_mb']:.0f} MB, ours {ours['peak_mb']:.0f} MB",
        f"{memory:.1f} times",
        "9",
        "",
        memory >= 9,
    )


def _write(folder: Path, *, people: int) -> None:
    """Write invented stances as columns into a folder."""
    stances = invent(people, statements=_STATEMENTS)
    for name in ("indptr", "statement", "value"):
        np.save(folder / f"{name}.npy", getattr(stances, name))
    np.save(folder / "statements.npy", np.array(_STATEMENTS))


def _measured(folder: Path) -> dict[str, Any]:
    """Return what a process of its own measured on the stances in a folder."""
    found = _run([sys.executable, "-m", "bench.opinion.measured", str(folder)])
    if found is None:
        raise SystemExit("The measurement failed; see above.")
    return found


def _red_dwarf(folder: Path) -> Path | None:
    """Return the Python of a fresh environment with red-dwarf in it, or None when it cannot be installed."""
    home = folder / "red-dwarf"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    try:
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "red-dwarf==0.4.0"],
            check=True,
            timeout=_INSTALL_SECONDS,
            capture_output=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return python


def _run(words: list[str]) -> dict[str, Any] | None:
    """Return what a command prints as JSON, run on one thread, or None with its errors shown."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
    try:
        done = subprocess.run(
            words, check=True, timeout=_RUN_SECONDS, capture_output=True, text=True, env={**os.environ, **single}
        )
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as failed:
        print(failed.stderr[-2000:], file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
