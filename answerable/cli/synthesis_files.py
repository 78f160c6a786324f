"""The files of a synthesis, written all together or not at all."""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from answerable.engine.reading import Intake
from answerable.engine.records import Contribution, Synthesis
from answerable.foundation.csv_cells import safe_cell

ADDED_COLUMNS = (
    "contribution", "language", "theme", "theme label", "status", "key", "score", "key score", "duplicate of",
)  # fmt: skip
_OWN_FILES = frozenset(
    {"report.html", "report.docx", "contributions.csv", "findings.json", "manifest.json", "timings.json"}
)


class FolderNotOurs(Exception):
    """Say that a folder holds files that a result would have to destroy."""


def require_usable(folder: Path) -> None:
    """Raise FolderNotOurs unless the folder is missing, empty, or holds nothing but an earlier result."""
    if folder.is_file() or folder.is_symlink():
        message = f"{folder} is not a folder."
        raise FolderNotOurs(message)
    if folder.is_dir() and (others := sorted({one.name for one in folder.iterdir()} - _OWN_FILES)):
        message = f"{folder} holds other files, among them {others[0]}. Choose an empty or a new folder with --out."
        raise FolderNotOurs(message)


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """
    Write files into a folder that appears complete or not at all; an earlier result is replaced whole.

    They are written beside it under another name first, so an interruption leaves the folder as it was.
    """
    require_usable(folder)
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh = workplace / "new"
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        _swap(fresh, folder, kept=workplace / "old")
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def contributions_csv(intake: Intake, *, synthesis: Synthesis) -> bytes:
    """Return every row of the input with what became of it, safe to open in a spreadsheet program."""
    placements = {one.contribution: one for one in synthesis.placements}
    languages = {one.contribution: one.language for one in synthesis.languages}
    labels = {theme.id: theme.label for theme in synthesis.themes}
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([safe_cell(name) for name in (*intake.table.columns, *_added_names(intake))])
    for row, identity in zip(intake.table.rows, intake.ids, strict=True):
        cells: list[object] = [*row]
        if identity:
            one = placements[identity]
            label = labels.get(one.theme, "")
            cells += [identity, languages[identity], one.theme, label, one.status]
            cells += [one.key, one.score, one.key_score, one.duplicate_of]
        else:
            cells += ["", "", "", "", "no text", "", "", "", ""]
        writer.writerow([safe_cell(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig", "replace")


def findings_json(synthesis: Synthesis, *, contributions: Mapping[str, Contribution]) -> bytes:
    """Return the whole result but for the manifest, each key contribution with the words it is quoted by."""
    result = asdict(synthesis)
    del result["manifest"]
    for one in result["representatives"]:
        one["quote"] = contributions[one["contribution"]].text[one["start"] : one["end"]]
    return _json(result)


def manifest_json(synthesis: Synthesis, *, intake: Intake, file_sha256: str) -> bytes:
    """Return the manifest with what is known of the file that was read."""
    columns = {field: column for field, column in vars(intake.columns).items() if column}
    read = {"sha256": file_sha256, "columns": columns, "rows": len(intake.table.rows), "notes": list(intake.notes)}
    result = asdict(synthesis.manifest)
    result["libraries"] = dict(synthesis.manifest.libraries)
    result["counts"] = dict(synthesis.manifest.counts)
    return _json({**result, "file": read})


def timings_json(seconds: Mapping[str, float]) -> bytes:
    """Return the seconds each stage took, kept apart because they are never the same twice."""
    return _json({"seconds": {stage: round(value, 3) for stage, value in seconds.items()}})


def _added_names(intake: Intake) -> list[str]:
    """Return names for the added columns that the input does not have already."""
    taken = set(intake.table.columns)
    return [f"answerable {name}" if name in taken else name for name in ADDED_COLUMNS]


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


def _json(value: object) -> bytes:
    """Return a value as JSON in UTF-8, readable and always the same; lone surrogates are escaped."""
    written = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        return written.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True).encode() + b"\n"
