"""Run a synthesis from a file to a folder, or to the explanation of one contribution."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from answerable.cli.synthesis_document import report_document
from answerable.cli.synthesis_drawings import drawings
from answerable.cli.synthesis_explanation import explanation_text
from answerable.cli.synthesis_figures import counted
from answerable.cli.synthesis_files import (
    FolderNotOurs,
    NoResult,
    balance_json,
    contributions_csv,
    findings_json,
    input_jsonl,
    manifest_json,
    opinion_json,
    people_csv,
    read_result,
    require_usable,
    timings_json,
    write_together,
)
from answerable.cli.synthesis_folder import Content, NotWritable, require_writable, take_up_interrupted
from answerable.cli.synthesis_progress import StageBar
from answerable.documents.docx.writer import write_docx
from answerable.documents.html import write_html
from answerable.engine.balance import measure_axes
from answerable.engine.cycles import no_cycle_collection
from answerable.engine.explaining import UnknownContributionError, explain
from answerable.engine.further_axes import further_axes
from answerable.engine.keeping import forget_kept, synthesize_keeping
from answerable.engine.opinion import BadStance, OpinionGroups, find_opinion_groups, opinion_document
from answerable.engine.pipeline import synthesize
from answerable.engine.reading import Intake, read_contributions
from answerable.engine.records import Contribution, Settings, Synthesis
from answerable.engine.references import read_references
from answerable.engine.tables import ReadingError
from answerable.engine.vectors.choosing import embedder_named
from answerable.engine.vectors.embedder import EmbedderError
from answerable.foundation.hashing import chunks_digest


@dataclass(frozen=True)
class Request:
    """Hold what a synthesis was asked to be."""

    file: Path | None
    out: Path | None
    columns: Mapping[str, str] = field(default_factory=dict)
    stances: Path | None = None
    settings: Settings = field(default_factory=Settings)
    resume: bool = False
    scheduler: str = ""
    workers: int | None = None
    with_people: bool = False
    reference: Path | None = None
    axes: tuple[str, ...] = ()


def expected_problems() -> tuple[type[Exception], ...]:
    """Return the errors whose message says all that the person at the keyboard needs."""
    from answerable.engine.cluster.synthesis import ClusterError

    written = (FolderNotOurs, NotWritable, NoResult)
    return (ReadingError, *written, UnknownContributionError, EmbedderError, BadStance, ClusterError)


def write_synthesis(request: Request) -> str:
    """Read, synthesise and write all files together; return a sentence about the result."""
    with no_cycle_collection():
        return _write_synthesis(request)


def _write_synthesis(request: Request) -> str:
    """Do the same; the records of the input and of the result make no circles to look for."""
    assert request.file is not None
    assert request.out is not None
    is_put_back = take_up_interrupted(request.out)
    _require_possible(request.out, settings=request.settings)
    with StageBar() as bar:
        if is_put_back:
            bar.say(f"An earlier run was killed while it replaced {request.out}; the result before it is back there.")
        settings = _settings(request, bar)
        intake = _read(request, request.file, bar)
        kept = request.out.absolute().parent / f".{request.out.absolute().name}.stages"
        asked = further_axes(intake.table, ids=intake.ids, names=request.axes, columns=intake.columns)
        if asked:
            bar.say(f"The balance is measured by {', '.join(asked)} too.")
        synthesis = _synthesise(replace(request, settings=settings), intake, bar, kept=kept)
        synthesis = with_axes(synthesis, intake, asked, settings=settings)
        if intake.stances is not None:
            bar.show("opinions", 0, 1)
        groups = groups_of(intake)
        opinion = None if groups is None else opinion_document(groups)
        bar.show("report", 0, 1)
        files = result_files(request.file, intake=intake, synthesis=synthesis, opinion=opinion)
        if groups is not None and request.with_people:
            files["people.csv"] = people_csv(groups.people())
        # Written last, so that the making of the long files is in it.
        timings = (timings_json(bar.seconds()) for _ in range(1))
        write_together(request.out, {**files, "timings.json": timings})
        forget_kept(kept)
    coverage = synthesis.coverage
    return (
        f"{counted(coverage.received, 'contribution')}, {counted(len(synthesis.themes), 'theme')}, "
        f"{coverage.standing_alone:,} standing alone: {request.out / 'report.html'} "
        f"(in {sum(bar.seconds().values()):.1f} s)"
    )


def _require_possible(out: Path, *, settings: Settings) -> None:
    """Raise what would otherwise be found out only after the texts are read and compared."""
    require_usable(out)
    require_writable(out)
    embedder_named(settings.embedder)


def explain_contribution(request: Request, *, identity: str) -> str:
    """
    Return why a contribution is where it is, in a result that was written before or in a synthesis made for it.

    Nothing is written. Raises NoResult, UnknownContributionError.
    """
    if request.file is None:
        assert request.out is not None
        take_up_interrupted(request.out)
        synthesis, contributions = read_result(request.out)
    else:
        with StageBar() as bar:
            intake = _read(request, request.file, bar)
            contributions = list(intake.contributions)
            synthesis = synthesize(contributions, settings=request.settings, progress=bar.show)
    explanation = explain(identity, synthesis=synthesis, contributions=contributions)
    return explanation_text(explanation, contributions={one.id: one for one in contributions})


def _read(request: Request, file: Path, bar: StageBar) -> Intake:
    """Read the file and say what was understood."""
    bar.show("reading", 0, 1)
    intake = read_contributions(file, columns=request.columns, stances=request.stances)
    for note in intake.notes:
        bar.say(note)
    return intake


def _settings(request: Request, bar: StageBar) -> Settings:
    """Return the settings asked for, with the references of the file that is named."""
    if request.reference is None:
        return request.settings
    read = read_references(request.reference, further=request.axes)
    for note in read.notes:
        bar.say(note)
    return replace(request.settings, references=read.references)


def _synthesise(request: Request, intake: Intake, bar: StageBar, *, kept: Path) -> Synthesis:
    """Make the synthesis, here or on a cluster; what is done is kept until the result is written."""
    if not request.resume:
        forget_kept(kept)
    if request.scheduler or request.workers:
        from answerable.engine.cluster import synthesize_on_cluster

        return synthesize_on_cluster(
            intake.contributions,
            folder=kept,
            kept=kept,
            settings=request.settings,
            scheduler=request.scheduler or None,
            workers=request.workers,
            progress=bar.show,
        )
    return synthesize_keeping(intake.contributions, folder=kept, settings=request.settings, progress=bar.show)


def with_axes(
    synthesis: Synthesis, intake: Intake, axes: Mapping[str, Callable[[Contribution], str]], *, settings: Settings
) -> Synthesis:
    """Return a synthesis whose balance is measured on further axes too."""
    if not axes:
        return synthesis
    measured = measure_axes(
        intake.contributions,
        axes=axes,
        cited={one.contribution for one in synthesis.representatives},
        least=settings.least_for_balance,
        references=settings.references,
    )
    return replace(synthesis, balance=(*synthesis.balance, *measured))


def opinion_of(intake: Intake) -> dict[str, Any] | None:
    """Return the groups of opinion as opinion.json holds them, None where the input holds no stances."""
    groups = groups_of(intake)
    return None if groups is None else opinion_document(groups)


def groups_of(intake: Intake) -> OpinionGroups | None:
    """Return the groups of opinion, None where the input holds no stances."""
    if intake.stances is None:
        return None
    sectors = {one.author: one.sector for one in intake.contributions if one.author and one.sector}
    left_out = tuple(one for one in intake.moderated_out if one in set(intake.stances.statements.tolist()))
    return find_opinion_groups(intake.stances, sectors=sectors or None, statements_left_out=left_out)


def result_files(
    file: Path, *, intake: Intake, synthesis: Synthesis, opinion: dict[str, Any] | None
) -> dict[str, Content]:
    """Return every file of the result that the same input always gives byte for byte; long ones are made as written."""
    document = report_document(synthesis, contributions=intake.contributions, opinion=opinion)
    files: dict[str, Content] = {
        "report.html": write_html(document).encode("utf-8", "replace"),
        "report.docx": write_docx(document),
        "contributions.csv": contributions_csv(intake, synthesis=synthesis),
        "input.jsonl": input_jsonl(intake),
        "findings.json": findings_json(synthesis, contributions={one.id: one for one in intake.contributions}),
        "balance.json": balance_json(synthesis),
        "manifest.json": manifest_json(synthesis, intake=intake, file_sha256=_digest(file)),
        **drawings(synthesis, opinion=opinion),
    }
    return files if opinion is None else {**files, "opinion.json": opinion_json(opinion)}


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of the files in a folder, in order."""
    if path.is_file():
        return chunks_digest(_chunks(path))
    files = sorted(one for one in path.iterdir() if one.is_file())
    return chunks_digest(chunk for one in files for chunk in (one.name.encode(), *_chunks(one)))


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file a piece at a time."""
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")
