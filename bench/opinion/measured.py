"""Measure one size in a process of its own: `python -m bench.opinion.measured FOLDER`; prints JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from answerable.engine.opinion import LiveGroups, Stances, find_opinion_groups
from answerable.engine.opinion.kernels import Kernels, kernels_for
from bench.memory import peak_megabytes
from bench.opinion.invented import invent

_ROWS = 1000
_REFRESHES, _NEW_MAPS, _MOST_REFRESHES = 5, 2, 500
_LARGE = 10_000_000


def main() -> None:
    """Read the columns in a folder and print what the groups cost, cold and refreshed."""
    stances = _read(Path(sys.argv[1]))
    loops = kernels_for(max(len(stances), 10_000_000))
    find_opinion_groups(invent(2000, statements=40), kernels=loops)
    found: dict[str, Any] = {
        "stances": len(stances),
        "before_mb": peak_megabytes(),
        "loops": str(getattr(loops, "__name__", "")).rsplit(".")[-1],
    }
    found["cold_seconds"] = _seconds(lambda: _found(stances, loops=loops))
    found["peak_mb"] = peak_megabytes()
    found["pass_seconds"] = _pass_seconds(stances)
    found |= _refreshed(stances)
    print(json.dumps(found))


def _found(stances: Stances, *, loops: Kernels) -> None:
    """Find the groups once."""
    groups = find_opinion_groups(stances, kernels=loops)
    if groups.verdict != "groups":
        raise SystemExit(f"The groups that were put in were not found: {groups.verdict}.")


def _refreshed(stances: Stances) -> dict[str, float]:
    """
    Return seconds for taking in 1,000 stances, and with a map drawn anew at one go.

    Of a large consultation all calls are counted until new maps were drawn to their end, step by step.
    """
    chance = np.random.default_rng(5)
    running = LiveGroups(stances)
    found: list[float] = []
    still: list[float] = []
    maps = 0
    while maps < _NEW_MAPS and len(found) < (_MOST_REFRESHES if len(stances) > _LARGE else _REFRESHES):
        who = chance.choice(stances.participants, _ROWS).tolist()
        what = chance.choice(stances.statements, _ROWS).tolist()
        rows = [(str(one), str(other), 1) for one, other in zip(who, what, strict=True)]
        was_drawing = running.is_drawing
        found.append(_seconds(lambda rows=rows: running.take_in(rows)))  # type: ignore[misc]
        still += [] if was_drawing or running.is_drawing else found[-1:]
        maps += was_drawing and not running.is_drawing
    return {
        "calls": len(found),
        "refresh_seconds": statistics.median(found),
        "still_seconds": statistics.median(still) if still else 0.0,
        "longest_seconds": max(found),
        "redraw_seconds": _seconds(running.redraw),
    }


def _pass_seconds(stances: Stances) -> float:
    """Return the processor time of one copy of the stored columns into memory that is there already, best of five."""
    columns = (stances.statement, stances.value)
    copies = [column.copy() for column in columns]

    def copy() -> None:
        for column, into in zip(columns, copies, strict=True):
            np.copyto(into, column)

    return min(_seconds(copy) for _ in range(5))


def _read(folder: Path) -> Stances:
    """Return the stances whose columns are in a folder."""
    indptr, statement, value = (np.load(folder / f"{name}.npy") for name in ("indptr", "statement", "value"))
    statements = int(np.load(folder / "statements.npy"))
    return Stances(np.arange(len(indptr) - 1), np.arange(statements), indptr, statement, value)


def _seconds(act: Callable[[], object]) -> float:
    """Return the processor time of one act."""
    before = time.process_time()
    act()
    return time.process_time() - before


if __name__ == "__main__":
    main()
