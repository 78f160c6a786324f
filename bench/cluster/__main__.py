"""Print how long the same synthesis takes here, on one worker process and on two, and that the result is the same."""

import argparse
import hashlib
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from answerable.engine.cluster import synthesize_on_cluster
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Synthesis
from bench.speed.contributions import make_contributions


def main() -> None:
    """Measure and print; wall-clock time, since that is what more processes are for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    chosen = parser.parse_args()
    contributions = make_contributions(chosen.size)
    print(f"{chosen.size:,} contributions; {len(os.sched_getaffinity(0))} processors; start of the workers included.")
    began = time.perf_counter()
    _row("in this process", began, synthesize(contributions))
    for workers in chosen.workers:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            found = synthesize_on_cluster(contributions, folder=Path(folder), workers=workers)
            _row(f"on {workers} worker process{'es' if workers > 1 else ''}", began, found)


def _row(name: str, began: float, found: Synthesis) -> None:
    """Print how long one run took and the digest of its result."""
    digest = hashlib.sha256(repr(found).encode()).hexdigest()
    print(f"  {name:24} {time.perf_counter() - began:8.1f} s   result {digest[:16]}", flush=True)


if __name__ == "__main__":
    main()
