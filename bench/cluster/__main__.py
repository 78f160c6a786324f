"""
Print how the same synthesis scales from one worker process to two, and that the result is the same.

Other work on the machine makes wall-clock time worth little, so each row also has the processor time on the longest
way: that of this process, which does what cannot be shared, and of its busiest worker. The start of the workers is
left out.
"""

import hashlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from distributed import Client, LocalCluster

from answerable.engine.cluster import synthesize_on_cluster
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Synthesis
from bench.options import parser_of
from bench.speed.contributions import make_contributions

_LOOPBACK = "127.0.0.1"
_SIZE, _QUICK_SIZE = 20_000, 4_000


@dataclass(frozen=True)
class Measured:
    """Hold what one run took, in seconds: on the clock, of this process, of its busiest worker; and its digest."""

    wall: float
    own: float
    busiest: float
    digest: str

    @property
    def longest_way(self) -> float:
        """Return the processor time that no further worker could have shortened."""
        return self.own + self.busiest


def main() -> None:
    """Measure and print."""
    parser = parser_of("How work is shared among processes.", left_out=f"sizes above {_QUICK_SIZE:,}")
    parser.add_argument("--size", type=int, default=_SIZE, help=f"how many contributions (default {_SIZE:,})")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    chosen = parser.parse_args()
    contributions = make_contributions(min(chosen.size, _QUICK_SIZE) if chosen.quick else chosen.size)
    print(f"{len(contributions):,} contributions; {len(os.sched_getaffinity(0))} processors.")
    print(f"  {'':22} {'wall':>9} {'own cpu':>9} {'busiest':>9} {'longest':>9}   load   result")
    load = os.getloadavg()[0]
    _row("in this process", here := measured_here(contributions), load)
    found = []
    for workers in chosen.workers:
        load = os.getloadavg()[0]
        found.append(measured_on(contributions, workers=workers))
        _row(f"on {workers} worker{'s' if workers > 1 else ''}", found[-1], load)
    if len(found) > 1:
        first, last = found[0], found[-1]
        print(
            f"  from {chosen.workers[0]} to {chosen.workers[-1]} workers: {first.wall / last.wall:.2f} × by the clock, "
            f"{first.longest_way / last.longest_way:.2f} × by processor time on the longest way"
        )
    print(f"  results the same: {'yes' if len({one.digest for one in (here, *found)}) == 1 else 'NO'}")


def measured_here(contributions: list[Contribution]) -> Measured:
    """Return what a synthesis takes without workers."""
    began, own = time.perf_counter(), time.process_time()
    found = synthesize(contributions)
    return Measured(time.perf_counter() - began, time.process_time() - own, 0.0, _digest(found))


def measured_on(contributions: list[Contribution], *, workers: int) -> Measured:
    """Return what a synthesis takes on so many worker processes of this machine, once they are there."""
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers, threads_per_worker=1, host=_LOOPBACK, dashboard_address=f"{_LOOPBACK}:0"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,  # type: ignore[no-untyped-call]
    ):
        client.wait_for_workers(workers, timeout=180)
        before = client.run(time.process_time)
        began, own = time.perf_counter(), time.process_time()
        found = synthesize_on_cluster(contributions, folder=Path(folder), scheduler=cluster.scheduler_address)
        wall, own = time.perf_counter() - began, time.process_time() - own
        after = client.run(time.process_time)
        return Measured(wall, own, max(after[one] - before[one] for one in before), _digest(found))


def _digest(found: Synthesis) -> str:
    """Return the digest of a result."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _row(name: str, found: Measured, load: float) -> None:
    """Print one run and how busy the machine was when it began."""
    seconds = (found.wall, found.own, found.busiest, found.longest_way)
    print(
        f"  {name:22}" + "".join(f" {one:7.1f} s" for one in seconds) + f"   {load:4.1f}   {found.digest}", flush=True
    )


if __name__ == "__main__":
    main()
