"""Keep contributions in Parquet files that every worker can read, each worker only the rows it needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from answerable.engine.records import Contribution
from answerable.engine.work import TEXTS_IN_A_PART, spoken

_COLUMNS = tuple(field.name for field in fields(Contribution))

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class StoredRows:
    """
    Stand for some contributions until somebody needs them: calling it reads them.

    `pieces` are files with the places of the rows in them and among the contributions asked for.
    """

    pieces: tuple[tuple[str, Places, Places], ...]
    languages: tuple[str, ...]

    def __call__(self) -> list[Contribution]:
        """Read the contributions, in the order asked for, in their languages where those are known."""
        found: dict[int, Contribution] = {}
        for path, inside, places in self.pieces:
            table = pq.read_table(path).take(inside)
            columns = [[_text(cell) for cell in table.column(name).to_pylist()] for name in _COLUMNS]
            found.update(
                zip(places.tolist(), (Contribution(*cells) for cells in zip(*columns, strict=True)), strict=True)
            )
        return spoken([found[place] for place in range(len(found))], self.languages)


class Partitions:
    """Hold where each contribution is stored: partitions of one question each, in the order of their ids."""

    def __init__(self, folder: Path, contributions: Sequence[Contribution]) -> None:
        """Write the partitions into a folder that every worker must see under the same name."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(contributions):
            rows[one.question].append(row)
        self._paths: list[str] = []
        self._files: Places = np.zeros(len(contributions), dtype=np.int64)
        self._inside: Places = np.zeros(len(contributions), dtype=np.int64)
        folder.mkdir(parents=True, exist_ok=True)
        for question in sorted(rows):
            for first in range(0, len(rows[question]), TEXTS_IN_A_PART):
                part = rows[question][first : first + TEXTS_IN_A_PART]
                self._files[part] = len(self._paths)
                self._inside[part] = np.arange(len(part))
                self._paths.append(str(_write(folder, len(self._paths), [contributions[row] for row in part])))

    def rows(self, chosen: Sequence[int], *, languages: Sequence[str] = ()) -> StoredRows:
        """Return how to read some rows."""
        wanted = np.array(chosen, dtype=np.int64)
        files = self._files[wanted]
        pieces = []
        for file in np.unique(files).tolist():
            places = np.flatnonzero(files == file)
            pieces.append((self._paths[file], self._inside[wanted[places]], places))
        return StoredRows(tuple(pieces), tuple(languages))


def _write(folder: Path, number: int, contributions: Sequence[Contribution]) -> Path:
    """Write one partition; texts are kept as bytes, since half a surrogate pair is no text to Parquet."""
    path = folder / f"part-{number:06}.parquet"
    columns = {
        name: pa.array(
            [getattr(one, name).encode("utf-8", "surrogatepass") for one in contributions], pa.large_binary()
        )
        for name in _COLUMNS
    }
    pq.write_table(pa.table(columns), path)
    return path


def _text(cell: bytes) -> str:
    """Return the characters of a stored cell."""
    return cell.decode("utf-8", "surrogatepass")
