"""
The file of checkpoints outside the database.

Who can rewrite every table still finds here what was signed before. The file only grows: one signed note after
another, each followed by an empty line. Copies of it in other hands are worth more than the file itself.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

_TAIL_BYTES = 65_536


def split_notes(text: str) -> list[str]:
    """Return the notes in a text that holds them one after another, separated by empty lines; none is checked."""
    blocks = [block for block in text.split("\n\n") if block.strip("\n")]
    notes: list[str] = []
    for block in blocks:
        if block.startswith("\u2014 ") and notes and not notes[-1].endswith("\n"):
            notes[-1] += "\n\n" + block.rstrip("\n") + "\n"
        else:
            notes.append(block.lstrip("\n"))
    return notes


def kept_notes(path: Path) -> list[str]:
    """Return every note in the file, oldest first; none when there is no file."""
    return split_notes(path.read_text("utf-8", errors="replace")) if path.exists() else []


def newest_kept_notes(path: Path) -> list[str]:
    """Return the last notes in the file, newest first, reading only its end; the oldest of them may be cut."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
        return split_notes(file.read().decode("utf-8", errors="replace"))[::-1]


def keep_notes(path: Path, *, notes: Iterable[str]) -> None:
    """Add notes to the file and wait until the disk has them; writers take turns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # A note torn by a power cut must not swallow the next one.
        text = "" if _ends_well(path) else "\n\n"
        file.write((text + "".join(f"{note}\n" for note in notes)).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _ends_well(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 2))
        return size == 0 or file.read() == b"\n\n"
