"""Find the files of an export that comes as a folder or an archive, as Polis and Decidim write them."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.formats.errors import ReadingError
from answerable.engine.formats.sheets import is_spreadsheet
from answerable.engine.tables import Table, read_table

_MOST_BYTES, _MOST_NAMED = 8 << 30, 8
_TABLES = (".csv", ".jsonl", ".json", ".xlsx", ".parquet")
_PROPOSALS_OF_DECIDIM = "open-data-proposals.csv"
_ROLES = {
    "comments": ("comments.csv", "comments.json"),
    "votes": ("votes.csv", "participants-votes.csv", "participant-votes.csv", "votes.json"),
    "summary": ("summary.csv",),
}


@dataclass(frozen=True, slots=True)
class Export:
    """
    Hold where the parts of an export are: contributions, stances and what they are about; None where missing.

    `said` tells what of an export with many tables is read.
    """

    contributions: Path
    votes: Path | None = None
    summary: Path | None = None
    said: tuple[str, ...] = ()


@contextmanager
def opened_export(path: Path) -> Iterator[Export]:
    """
    Give the parts of an export, those of an archive for as long as the context lasts.

    A plain file is its own contributions. Raises ReadingError for a folder or archive in which nothing can be found.
    """
    if path.is_dir():
        yield _parts({one.name: one for one in sorted(path.iterdir()) if one.is_file()}, name=path.name)
    elif _is_archive(path):
        with tempfile.TemporaryDirectory(prefix="answerable-export-") as folder:
            yield _parts(_unpacked(path, Path(folder)), name=path.name)
    else:
        yield Export(path)


def topic_of(summary: Table) -> str:
    """Return what the conversation of a Polis export is about: the value beside the word topic."""
    pairs = [summary.columns, *summary.rows]
    return next((row[1] for row in pairs if len(row) > 1 and row[0].strip() == "topic"), "")


def _parts(files: dict[str, Path], *, name: str) -> Export:
    """Return the parts among files by their names, else the proposals of Decidim's open data, else the only table."""
    found = {role: next((files[one] for one in names if one in files), None) for role, names in _ROLES.items()}
    if found["comments"]:
        return Export(found["comments"], found["votes"], found["summary"])
    tables = [path for file, path in files.items() if file.casefold().endswith(_TABLES)]
    if len(tables) == 1:
        return Export(tables[0])
    proposals = [path for path in tables if path.name.casefold().endswith(_PROPOSALS_OF_DECIDIM)]
    if len(proposals) == 1:
        others = _named([path for path in tables if path not in proposals])
        told = f"The proposals are read from {proposals[0].name}; not read: {others}. To read another, name its file."
        return Export(proposals[0], said=(told,))
    if not tables:
        message = f"{name} holds no table that can be read. Save the contributions as CSV or XLSX, and name that file."
        raise ReadingError(message)
    message = (
        f"{name} holds several tables: {_named(tables)}. Take out the one with the contributions, and name that file."
    )
    raise ReadingError(message)


def _named(tables: list[Path]) -> str:
    """Return the names of the first of some files."""
    more = f" and {len(tables) - _MOST_NAMED:,} more" if len(tables) > _MOST_NAMED else ""
    return ", ".join(path.name for path in tables[:_MOST_NAMED]) + more


def _is_archive(path: Path) -> bool:
    """Tell whether a file is a zip archive and no spreadsheet."""
    return path.is_file() and zipfile.is_zipfile(path) and not is_spreadsheet(path)


def _unpacked(path: Path, folder: Path) -> dict[str, Path]:
    """Unpack the tables of an archive into a folder, whatever folders they lie in. Raises ReadingError."""
    files: dict[str, Path] = {}
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if one.filename.casefold().endswith(_TABLES)]
        if sum(one.file_size for one in members) > _MOST_BYTES:
            message = f"{path.name} unpacks to more than {_MOST_BYTES >> 30} GB. Unpack it and name the folder."
            raise ReadingError(message)
        for member in members:
            name = Path(member.filename).name
            if name in files or "__MACOSX" in member.filename:
                continue
            files[name] = folder / name
            try:
                with archive.open(member) as packed, files[name].open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
                message = f"{path.name}: {name} cannot be unpacked; it is damaged or has a password."
                raise ReadingError(message) from error
    return files


def read_topic(export: Export) -> str:
    """Return the question an export answers, nothing where it does not say."""
    if export.summary is None:
        return ""
    return topic_of(read_table(export.summary))
