"""The folder of a result: complete or not there, and put back where a run was killed while it changed it."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_FRESH, _KEPT = "new", "old"
_SUFFIX = "[a-z0-9_]{8}"

Content = bytes | Iterable[bytes]
"""What a file holds, at once or in pieces that are made while it is written."""


def replace_together(folder: Path, files: Mapping[str, Content]) -> None:
    """
    Write files into a folder that appears complete or not at all; an earlier folder is replaced whole.

    They are written beside it under another name first, in the order given, so an interruption leaves the folder as it
    was. What a run that was killed in between left behind is taken up first.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder.parent) as is_alone:
        _take_up(folder, is_alone=is_alone)
        workplace = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            fresh = workplace / _FRESH
            fresh.mkdir()
            for name, content in files.items():
                (fresh / name).parent.mkdir(exist_ok=True)
                with (fresh / name).open("wb") as file:
                    file.writelines([content] if isinstance(content, bytes) else content)
            _swap(fresh, folder, kept=workplace / _KEPT)
        finally:
            shutil.rmtree(workplace, ignore_errors=True)


class NotWritable(Exception):
    """Say that no result can be written where it is asked for."""


def require_writable(folder: Path) -> None:
    """Raise NotWritable unless a folder can be made where the result goes, so that this is known before the work."""
    folder = folder.absolute()
    place = next(one for one in folder.parents if one.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", suffix="-try", dir=place):
            pass
    except OSError as problem:
        message = f"{folder} cannot be written: {problem.strerror or problem}."
        raise NotWritable(message) from problem


def take_up_interrupted(folder: Path) -> bool:
    """
    Put back the result of a folder that a killed run had moved away, and remove what else such runs left beside it.

    Returns whether a result was put back. Nothing is touched that a run is still writing.
    """
    folder = folder.absolute()
    if not folder.parent.is_dir() or not _workplaces(folder):
        return False
    with _alone_in(folder.parent) as is_alone:
        return _take_up(folder, is_alone=is_alone)


def _take_up(folder: Path, *, is_alone: bool) -> bool:
    """Put back and remove what killed runs left; without knowing that nobody else writes, only put back."""
    is_put_back = False
    for workplace in _workplaces(folder):
        kept = workplace / _KEPT
        if kept.is_dir() and _is_free(folder):
            with suppress(OSError):
                folder.rmdir()
            kept.rename(folder)
            is_put_back = True
        if is_alone:
            shutil.rmtree(workplace, ignore_errors=True)
    return is_put_back


def _workplaces(folder: Path) -> list[Path]:
    """Return the folders beside a result in which runs write, in order; they hold nothing that is not of a run."""
    form = re.compile(rf"\.{re.escape(folder.name)}-{_SUFFIX}")
    found = [one for one in folder.parent.iterdir() if form.fullmatch(one.name) and one.is_dir()]
    return sorted(one for one in found if {inside.name for inside in one.iterdir()} <= {_FRESH, _KEPT})


def _is_free(folder: Path) -> bool:
    """Tell whether nothing stands in the place of a result, an empty folder counting as nothing."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Wait until no other run writes into a folder, and keep others out; False where the system cannot say."""
    try:
        import fcntl
        import os
    except ImportError:
        yield False
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        try:
            # Whoever is killed gives the lock back, so that it never has to be cleared away.
            fcntl.flock(number, fcntl.LOCK_EX)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(number)


def _swap(fresh: Path, folder: Path, *, kept: Path) -> None:
    """Put a folder in the place of another, and the other back if that fails."""
    had_one = folder.exists()
    if had_one:
        folder.rename(kept)
    try:
        fresh.rename(folder)
    except BaseException:
        if had_one:
            kept.rename(folder)
        raise
