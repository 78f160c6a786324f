"""The files of a synthesis, written all together or not at all."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from itertools import islice
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from pathlib import Path

from answerable.cli.synthesis_folder import Content, replace_together
from answerable.cli.synthesis_lines import json_lines
from answerable.cli.synthesis_rows import csv_pieces
from answerable.engine.balance import balance_document
from answerable.engine.opinion import Person
from answerable.engine.plain_records import NotARecord, from_plain, to_plain
from answerable.engine.reading import Intake
from answerable.engine.records import Contribution, Placement, Representative, Synthesis
from answerable.foundation.csv_cells import safe_cell

ADDED_COLUMNS = (
    "contribution", "language", "theme", "theme label", "status", "key", "score", "key score", "duplicate of",
)  # fmt: skip
_NO_TEXT = ("", "", "", "", "no text", "", "", "", "")
_LINES_AT_A_TIME = 50_000
_SURROGATES = re.compile("[\ud800-\udfff]")
_OWN_FILES = frozenset(
    {
        "report.html", "report.docx", "contributions.csv", "input.jsonl", "findings.json", "balance.json",
        "opinion.json", "manifest.json", "timings.json", "figures", "figures/themes.svg", "figures/balance.svg",
        "figures/opinions.svg", "people.csv",
    }
)  # fmt: skip


class FolderNotOurs(Exception):
    """Say that a folder holds files that a result would have to destroy."""


class NoResult(Exception):
    """Say that a folder holds no result that can be read back."""


def require_usable(folder: Path) -> None:
    """Raise FolderNotOurs unless the folder is missing, empty, or holds nothing but an earlier result."""
    if folder.is_file() or folder.is_symlink():
        message = f"{folder} is not a folder."
        raise FolderNotOurs(message)
    inside = (one.relative_to(folder).as_posix() for one in folder.rglob("*")) if folder.is_dir() else iter(())
    if other := next((one for one in inside if one not in _OWN_FILES), ""):
        message = f"{folder} holds other files, among them {other}. Choose an empty or a new folder with --out."
        raise FolderNotOurs(message)


def write_together(folder: Path, files: Mapping[str, Content]) -> None:
    """
    Write files into a folder that appears complete or not at all; an earlier result is replaced whole.

    They are written beside it under another name first, so an interruption leaves the folder as it was.
    """
    require_usable(folder)
    replace_together(folder, files)


def contributions_csv(intake: Intake, *, synthesis: Synthesis) -> Iterator[bytes]:
    """Yield every row of the input with what became of it, safe to open in a spreadsheet program, piece by piece."""
    placements = {one.contribution: one for one in synthesis.placements}
    languages = {one.contribution: one.language for one in synthesis.languages}
    labels = {theme.id: theme.label for theme in synthesis.themes}
    added = [
        _added_cells(placements[identity], language=languages[identity], labels=labels) if identity else _NO_TEXT
        for identity in intake.ids
    ]
    headings = (*intake.table.columns, *_added_names(intake))
    yield from csv_pieces(headings, rows=intake.table.rows, added=added)


def _added_cells(one: Placement, *, language: str, labels: Mapping[str, str]) -> tuple[object, ...]:
    """Return the cells that say what became of a contribution."""
    label = labels.get(one.theme, "")
    identity, scores = one.contribution, (one.score, one.key_score)
    return (identity, language, one.theme, label, one.status, one.key, *scores, one.duplicate_of)


def findings_json(synthesis: Synthesis, *, contributions: Mapping[str, Contribution]) -> Iterator[bytes]:
    """
    Yield the whole result but for the manifest, each key contribution with the words it is quoted by, piece by piece.

    Every record has a line of its own, so that a long file can be searched and compared line by line.
    """
    names = sorted(field.name for field in fields(synthesis) if field.name != "manifest")
    for number, name in enumerate(names):
        yield b",\n" if number else b"{\n"
        value = getattr(synthesis, name)
        if name == "representatives":
            yield from _list(name, [{**to_plain(one), "quote": _quote(one, contributions)} for one in value])
        elif isinstance(value, tuple):
            yield from _list(name, value)
        else:
            yield from (_encoded(f'"{name}": {line}') for line in json_lines([value]))
    yield b"\n}\n"


def _quote(one: Representative, contributions: Mapping[str, Contribution]) -> str:
    """Return the words a key contribution is quoted by."""
    return contributions[one.contribution].text[one.start : one.end]


def _list(name: str, records: Sequence[object]) -> Iterator[bytes]:
    """Yield a named JSON list with a line for each record, some thousand at a time."""
    yield _encoded(f'"{name}": [')
    for first in range(0, len(records), _LINES_AT_A_TIME):
        lines = ",\n".join(json_lines(records[first : first + _LINES_AT_A_TIME]))
        yield _encoded(f",\n{lines}" if first else f"\n{lines}")
    yield b"\n]" if records else b"]"


def _encoded(written: str) -> bytes:
    """Return JSON in UTF-8; half of a surrogate pair, which UTF-8 has not, is written as JSON escapes it."""
    try:
        return written.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", written).encode()


def manifest_json(synthesis: Synthesis, *, intake: Intake, file_sha256: str) -> bytes:
    """Return the manifest with what is known of the file that was read."""
    columns = {field: column for field, column in vars(intake.columns).items() if column}
    read = {"sha256": file_sha256, "columns": columns, "rows": len(intake.table.rows), "notes": list(intake.notes)}
    result = asdict(synthesis.manifest)
    result["libraries"] = dict(synthesis.manifest.libraries)
    result["counts"] = dict(synthesis.manifest.counts)
    return _json({**result, "file": read})


def balance_json(synthesis: Synthesis) -> bytes:
    """Return who was heard and who is quoted, with the formulae."""
    return _json(balance_document(synthesis.balance))


def opinion_json(opinion: Mapping[str, object]) -> bytes:
    """Return the groups of opinion."""
    return _json(opinion)


def people_csv(people: Iterable[Person]) -> bytes:
    """Return the group and the place on the map of every participant, for who may know that."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["participant", "group", "x", "y", "belonging"])
    writer.writerows([safe_cell(one.participant), one.group, one.x, one.y, round(one.belonging, 6)] for one in people)
    return written.getvalue().encode("utf-8-sig", "replace")


def input_jsonl(intake: Intake) -> Iterator[bytes]:
    """Yield the contributions as they were read, one a line in the order of their ids, some thousand at a time."""
    ordered = sorted(intake.contributions, key=lambda one: one.id)
    names = [field.name for field in fields(Contribution)]
    form = ", ".join(f'"{name}": %s' for name in names)
    members = attrgetter(*names)
    # As json.dumps writes a mapping of texts, at a third of the time.
    lines = (form % tuple(map(encode_basestring_ascii, members(one))) for one in ordered)
    while some := list(islice(lines, _LINES_AT_A_TIME)):
        yield "".join(f"{{{line}}}\n" for line in some).encode("ascii")


def read_result(folder: Path) -> tuple[Synthesis, list[Contribution]]:
    """Return the synthesis in a folder and what it was made of. Raises NoResult."""
    try:
        lines = (folder / "input.jsonl").read_text("ascii").splitlines()
        findings = json.loads((folder / "findings.json").read_bytes())
        manifest = json.loads((folder / "manifest.json").read_bytes())
        contributions = [Contribution(**json.loads(line)) for line in lines]
        manifest["libraries"] = sorted(manifest["libraries"].items())
        manifest["counts"] = sorted(manifest["counts"].items())
        return from_plain(Synthesis, {**findings, "manifest": manifest}), contributions
    except (OSError, ValueError, KeyError, TypeError, NotARecord) as problem:
        message = f"{folder} holds no whole result of this version. Give the file of contributions as well."
        raise NoResult(message) from problem


def timings_json(seconds: Mapping[str, float]) -> bytes:
    """Return the seconds each stage took, kept apart because they are never the same twice."""
    return _json({"seconds": {stage: round(value, 3) for stage, value in seconds.items()}})


def _added_names(intake: Intake) -> list[str]:
    """Return names for the added columns that the input does not have already."""
    taken = set(intake.table.columns)
    return [f"answerable {name}" if name in taken else name for name in ADDED_COLUMNS]


def _json(value: object) -> bytes:
    """Return a value as JSON in UTF-8, readable and always the same; lone surrogates are escaped."""
    return _encoded(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
