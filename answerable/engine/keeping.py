"""Keep what is done of a synthesis in a folder, so that after an interruption it goes on from there."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from answerable.engine import ENGINE_VERSION
from answerable.engine.manifest import input_digest
from answerable.engine.pipeline import canonical_order, synthesize_at
from answerable.engine.plain_records import NotARecord, from_plain, to_packed, to_plain
from answerable.engine.records import Contribution, Progress, Settings, Synthesis
from answerable.engine.work import TEXTS_IN_A_PART, Here, Source, Told, Workplace

Result = TypeVar("Result")


class Kept:
    """
    Do the work at another workplace, but not what an earlier run has done.

    The result of every task is written into a folder as soon as it is there, whole or not at all, and read back as the
    very same records.
    """

    def __init__(self, workplace: Workplace, folder: Path) -> None:
        """Take what is in a folder for results of the same work."""
        self._workplace = workplace
        self._folder = folder
        self._stages = 0
        self.found = 0

    def source(self, rows: Sequence[int], *, languages: Sequence[str] = ()) -> Source:
        """Return how to get at some contributions."""
        return self._workplace.source(rows, languages=languages)

    def run(self, work: Callable[..., Result], tasks: Sequence[tuple[object, ...]], *, told: Told) -> Iterator[Result]:
        """Yield what each task gives, from the folder or else from the other workplace."""
        self._stages += 1
        kind = get_type_hints(work)["return"]
        paths = [self._folder / f"{self._stages}-{work.__name__}-{number:06}.json" for number in range(len(tasks))]
        # Each kept result is read twice, so that those of a large input are never all held at once.
        known = {path for path in paths if _read(path, kind) is not None}
        self.found += len(known)
        missing = [task for path, task in zip(paths, tasks, strict=True) if path not in known]
        fresh = self._workplace.run(work, missing, told=_unheard)
        for number, path in enumerate(paths, start=1):
            if path in known:
                yield _read(path, kind)
            else:
                result = next(fresh)
                _write(path, result)
                yield result
            told(number)


def synthesize_keeping(
    contributions: Sequence[Contribution],
    *,
    folder: Path,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Synthesis:
    """
    Return what `pipeline.synthesize` returns, keeping each finished piece of work in a folder.

    What the folder holds of the same contributions and settings, made by the same version, is not done again; the
    result is the same, byte for byte. The folder can be removed at the end. Raises DuplicateIdError.
    """
    ordered = canonical_order(contributions)
    chosen = settings or Settings()
    workplace = kept_at(Here(ordered), folder, ordered=ordered, settings=chosen)
    return synthesize_at(workplace, ordered, settings=chosen, progress=progress or _silent)


def kept_at(workplace: Workplace, folder: Path, *, ordered: Sequence[Contribution], settings: Settings) -> Kept:
    """Return a workplace that keeps in a folder what another does with contributions in canonical order."""
    place = folder / work_digest(ordered, settings=settings)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Kept(workplace, place)


def forget_kept(folder: Path) -> None:
    """Remove what was kept in a folder, if there is any."""
    shutil.rmtree(folder, ignore_errors=True)


def work_digest(ordered: Sequence[Contribution], *, settings: Settings) -> str:
    """Return a name for the work on contributions in canonical order; anything that changes it gives another."""
    facts = [ENGINE_VERSION, TEXTS_IN_A_PART, to_plain(settings), input_digest(ordered)]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


def _read(path: Path, kind: Any) -> Any:
    """Return a kept result, None where there is none that can be read."""
    try:
        return from_plain(kind, json.loads(path.read_bytes()))
    except (OSError, ValueError, NotARecord):
        return None


def _write(path: Path, result: object) -> None:
    """Write a result under another name first, so that it is never there in part."""
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(to_packed(result), separators=(",", ":")), encoding="ascii")
    unfinished.replace(path)


def _unheard(_done: int) -> None:
    """Tell nobody."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
