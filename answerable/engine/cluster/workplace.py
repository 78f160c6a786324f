"""Do the units of work on the workers of a Dask cluster."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from answerable.engine.cluster.allocation import keep_freed_memory
from answerable.engine.cluster.partitions import Partitions, StoredRows
from answerable.engine.cycles import no_cycle_collection
from answerable.engine.records import Contribution
from answerable.engine.vectors.hash_prefix import Frequencies
from answerable.engine.work import Told

if TYPE_CHECKING:
    from distributed import Client

Result = TypeVar("Result")
_RETRIES = 3


@dataclass(frozen=True)
class StoredValue:
    """Stand for something too large to send with each task: a file that this run wrote into its own folder."""

    path: str

    def read(self) -> object:
        """Return what was stored."""
        with Path(self.path).open("rb") as file:
            found: object = pickle.load(file)  # noqa: S301 - written by this run; who can write here runs the workers
        return found


class OnCluster:
    """
    Do the work on a cluster.

    Every task is a pure function of files in a folder that all workers see, so that one whose worker is lost is done
    again by another.
    """

    def __init__(self, client: "Client", folder: Path, contributions: Sequence[Contribution]) -> None:
        """Write the partitions of the contributions, which are in canonical order."""
        self._client = client
        self._folder = folder
        self._partitions = Partitions(folder, contributions)
        self._stored: dict[int, tuple[object, StoredValue]] = {}

    def source(self, rows: Sequence[int], *, languages: Sequence[str] = ()) -> StoredRows:
        """Return how a worker gets at some contributions."""
        return self._partitions.rows(rows, languages=languages)

    def run(self, work: Callable[..., Result], tasks: Sequence[tuple[object, ...]], *, told: Told) -> Iterator[Result]:
        """Yield what each task gives, in the order of the tasks, wherever and whenever it is done."""
        name = f"{work.__name__}-{uuid4().hex}"
        futures = [
            self._client.submit(
                do_task, work, self._lean(task), key=f"{name}-{number:06}", pure=False, retries=_RETRIES
            )
            for number, task in enumerate(tasks)
        ]
        for number, future in enumerate(futures, start=1):
            result: Result = future.result()
            future.release()  # type: ignore[no-untyped-call]
            yield result
            told(number)

    def _lean(self, task: tuple[object, ...]) -> tuple[object, ...]:
        """Return the arguments of a task with the large ones replaced by files."""
        return tuple(self._kept(part) if isinstance(part, Frequencies | tuple) else part for part in task)

    def _kept(self, value: object) -> StoredValue:
        """Return the file that holds a value, written once however many tasks need it."""
        known = self._stored.get(id(value))
        if known is None:
            path = self._folder / f"value-{len(self._stored):06}.pickle"
            path.write_bytes(pickle.dumps(value))
            # The value is held too: another could get its number once it is gone.
            known = self._stored[id(value)] = (value, StoredValue(str(path)))
        return known[1]


def do_task(work: Callable[..., Result], task: tuple[object, ...]) -> Result:
    """Do one task on a worker."""
    keep_freed_memory()
    with no_cycle_collection():
        return work(*(part.read() if isinstance(part, StoredValue) else part for part in task))
