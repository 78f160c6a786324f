"""The command that turns a file of contributions into a report: no server and no database needed."""

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

if TYPE_CHECKING:
    from answerable.engine.reading import Intake
    from answerable.engine.records import Synthesis

_STAGES = {
    "reading": "Reading the file",
    "languages": "Telling languages",
    "statements": "Finding sentences",
    "duplicates": "Finding repeats and campaigns",
    "themes": "Finding themes and key contributions",
    "balance": "Measuring coverage and balance",
    "report": "Writing the report",
}


def _column(what: str) -> Any:
    """Return the option that names a column."""
    return typer.Option(help=f"The column that holds {what}, where the guess would be wrong.")


def synthesize(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file with a column of texts.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write the result into; an earlier result is replaced.")],
    text_column: Annotated[str, _column("the texts")] = "",
    id_column: Annotated[str, _column("the ids")] = "",
    question_column: Annotated[str, _column("the question answered")] = "",
    sector_column: Annotated[str, _column("the speaker's sector")] = "",
    stakeholder_group_column: Annotated[str, _column("the speaker's stakeholder group")] = "",
    language_column: Annotated[str, _column("the language")] = "",
    country_column: Annotated[str, _column("the country")] = "",
    author_column: Annotated[str, _column("who wrote it")] = "",
    organisation_column: Annotated[str, _column("the organisation spoken for")] = "",
    seed: Annotated[
        int | None, typer.Option(help="The number that decides between equally good groupings.", min=0)
    ] = None,
) -> None:
    """Find themes, key contributions, repeats and balance in a file of contributions, and write a report."""
    chosen = {
        "text": text_column,
        "id": id_column,
        "question": question_column,
        "sector": sector_column,
        "stakeholder_group": stakeholder_group_column,
        "language": language_column,
        "country": country_column,
        "author": author_column,
        "organisation": organisation_column,
    }
    from answerable.cli.synthesis_files import FolderNotOurs
    from answerable.engine.tables import ReadingError

    try:
        _run(file, out=out, columns=chosen, seed=seed)
    except (ReadingError, FolderNotOurs) as problem:
        typer.echo(f"answerable: {problem}", err=True)
        raise typer.Exit(1) from problem
    except OSError as problem:
        typer.echo(f"answerable: the result cannot be written: {problem.strerror or problem}.", err=True)
        raise typer.Exit(1) from problem


def _run(file: Path, *, out: Path, columns: dict[str, str], seed: int | None) -> None:
    """Read, synthesise and write."""
    from answerable.cli.synthesis_files import require_usable, timings_json, write_together
    from answerable.engine.pipeline import synthesize as synthesize_contributions
    from answerable.engine.reading import read_contributions
    from answerable.engine.records import Settings

    require_usable(out)
    with _StageBar() as bar:
        bar.show("reading", 0, 1)
        intake = read_contributions(file, columns=columns)
        for note in intake.notes:
            bar.say(note)
        settings = Settings() if seed is None else Settings(seed=seed)
        synthesis = synthesize_contributions(intake.contributions, settings=settings, progress=bar.show)
        bar.show("report", 0, 1)
        files = _files(file, intake, synthesis)
        write_together(out, {**files, "timings.json": timings_json(bar.seconds())})
    coverage = synthesis.coverage
    typer.echo(
        f"{coverage.received:,} contributions, {len(synthesis.themes):,} themes, "
        f"{coverage.standing_alone:,} standing alone: {out / 'report.html'} (in {sum(bar.seconds().values()):.1f} s)",
        err=True,
    )


def _files(file: Path, intake: "Intake", synthesis: "Synthesis") -> dict[str, bytes]:
    """Return every file of the result that the same input always gives byte for byte."""
    from answerable.cli.synthesis_document import report_document
    from answerable.cli.synthesis_files import contributions_csv, findings_json, manifest_json
    from answerable.documents.docx.writer import write_docx
    from answerable.documents.html import write_html
    from answerable.foundation.hashing import chunks_digest

    document = report_document(synthesis, contributions=intake.contributions)
    return {
        "report.html": write_html(document).encode("utf-8", "replace"),
        "report.docx": write_docx(document),
        "contributions.csv": contributions_csv(intake, synthesis=synthesis),
        "findings.json": findings_json(synthesis, contributions={one.id: one for one in intake.contributions}),
        "manifest.json": manifest_json(synthesis, intake=intake, file_sha256=chunks_digest([file.read_bytes()])),
    }


class _StageBar:
    """Show on stderr which stage is at work, and remember how long each took."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, int] = {}
        self._began: dict[str, float] = {}
        self._clock: Callable[[], float] = time.perf_counter

    def __enter__(self) -> Self:
        """Begin to show."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing, whatever happened."""
        self._bar.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is; a new stage ends the one before it."""
        if stage not in self._tasks:
            self._finish()
            self._began[stage] = self._clock()
            self._tasks[stage] = self._bar.add_task(_STAGES[stage], total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    def say(self, sentence: str) -> None:
        """Print a sentence above the bar."""
        self._bar.console.print(sentence, markup=False, highlight=False)

    def seconds(self) -> dict[str, float]:
        """Return the seconds of each stage so far."""
        ends = [*list(self._began.values())[1:], self._clock()]
        return {stage: end - began for (stage, began), end in zip(self._began.items(), ends, strict=True)}

    def _finish(self) -> None:
        """Show the stage before as done."""
        if self._tasks:
            last = list(self._tasks.values())[-1]
            total = self._bar.tasks[last].total
            self._bar.update(last, completed=total)  # type: ignore[arg-type]
