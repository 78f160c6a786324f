"""Synthesise contributions on a Dask cluster, or on several processes of this machine."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from answerable.engine.cluster.workplace import OnCluster
from answerable.engine.keeping import kept_at
from answerable.engine.pipeline import canonical_order, synthesize_at
from answerable.engine.records import Contribution, Progress, Settings, Synthesis
from answerable.engine.work import Workplace

if TYPE_CHECKING:
    from distributed import Client

_LOOPBACK = "127.0.0.1"
_PATIENCE, _PATIENCE_WITH_PROCESSES = "20s", "180s"


class ClusterError(Exception):
    """Say in a sentence why no cluster can be used."""


def synthesize_on_cluster(
    contributions: Sequence[Contribution],
    *,
    folder: Path,
    settings: Settings | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
) -> Synthesis:
    """
    Return the very synthesis that `pipeline.synthesize` returns, the work being done by the workers of a cluster.

    `scheduler` is the address of a running Dask scheduler ("tcp://…"); without one, `workers` processes (two, if not
    said otherwise) are started on this machine, reachable from it alone, and stopped at the end. `folder` must be seen
    by all workers under the same name; partitions are written into a new folder in it, removed at the end. The loss
    of a worker costs only what it was doing. Finished pieces of work stay in `kept`, if it is given, as
    `keeping.synthesize_keeping` leaves and finds them, so that an interrupted run goes on from there. Raises
    ClusterError, DuplicateIdError.
    """
    ordered = canonical_order(contributions)
    chosen = settings or Settings()
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="answerable-partitions-", dir=folder.absolute()))
    try:
        with _connected(scheduler, workers or 2) as client:
            workplace: Workplace = OnCluster(client, place, ordered)
            if kept is not None:
                workplace = kept_at(workplace, kept, ordered=ordered, settings=chosen)
            return synthesize_at(workplace, ordered, settings=chosen, progress=progress or _silent)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if is_new:
            # Where nothing was kept, nothing is left behind.
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def _connected(scheduler: str | None, workers: int) -> Iterator["Client"]:
    """Give a client of a running scheduler, or of one that is started with its workers for as long as it is needed."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as problem:
        message = "Dask is not installed. In a clone, ./run env dev brings it; elsewhere the extra “cluster” does."
        raise ClusterError(message) from problem
    if scheduler:
        if "://" not in scheduler:
            message = f"{scheduler} is no address of a scheduler: tcp://HOST:PORT is expected."
            raise ClusterError(message)
        try:
            client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as problem:
            message = f"No Dask scheduler answers at {scheduler}."
            raise ClusterError(message) from problem
        with client:
            yield client
        return
    with (
        # On a busy machine a process can take longer to come up than a network would be waited for.
        dask.config.set({"distributed.comm.timeouts.connect": _PATIENCE_WITH_PROCESSES}),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host=_LOOPBACK,
            dashboard_address=f"{_LOOPBACK}:0",
            silence_logs=50,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
