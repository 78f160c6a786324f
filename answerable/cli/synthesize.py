"""The command that turns a file of contributions into a report: no server and no database needed."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from answerable.cli.synthesis_run import Request

_INTERRUPTED = 130


def _column(what: str) -> Any:
    """Return the option that names a column."""
    return typer.Option(help=f"The column that holds {what}, where the guess would be wrong.")


def synthesize(
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV, XLSX, JSON, JSON lines or Parquet; a Decidim export; a Polis folder or archive."),
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option(help="The folder to write the result into; an earlier result is replaced.")
    ] = None,
    text_column: Annotated[str, _column("the texts")] = "",
    title_column: Annotated[
        str, typer.Option(help="A column of titles; each becomes the first line of its text.")
    ] = "",
    id_column: Annotated[str, _column("the ids")] = "",
    question_column: Annotated[str, _column("the question answered")] = "",
    sector_column: Annotated[str, _column("the speaker's sector")] = "",
    stakeholder_group_column: Annotated[str, _column("the speaker's stakeholder group")] = "",
    language_column: Annotated[str, _column("the language")] = "",
    country_column: Annotated[str, _column("the country")] = "",
    author_column: Annotated[str, _column("who wrote it")] = "",
    organisation_column: Annotated[str, _column("the organisation spoken for")] = "",
    stances: Annotated[
        Path | None, typer.Option(help="A file of participant, statement and stance: 1, 0 or -1.")
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(help="A file of who should be heard: attribute, group, share or count, and the source of it."),
    ] = None,
    axis: Annotated[
        list[str] | None,
        typer.Option(help="A further column to measure the balance by, such as region or age group; may be repeated."),
    ] = None,
    with_people: Annotated[
        bool,
        typer.Option("--with-people", help="Write people.csv as well: the group of opinion of every participant."),
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help="The number that decides between equally good groupings.", min=0)
    ] = None,
    embedder: Annotated[
        str,
        typer.Option(help="How texts become vectors: hash-prefix, lsa, model-dir:FOLDER, http:ADDRESS#MODEL, mix:…"),
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on from where an interrupted run stopped.")] = False,
    workers: Annotated[
        int | None, typer.Option(help="Share the work among so many processes, with Dask.", min=1)
    ] = None,
    scheduler: Annotated[str, typer.Option(help="Share the work among the workers of a Dask scheduler, tcp://…")] = "",
    explain: Annotated[
        str, typer.Option(help="Say why the contribution with this id is where it is, and write nothing.")
    ] = "",
) -> None:
    """
    Find themes, key contributions, repeats, balance and groups of opinion in a file of contributions.

    With --explain, FILE or the folder of an earlier result is enough.
    """
    _require_places(file, out, explain=explain)
    columns = {
        "text": text_column,
        "title": title_column,
        "id": id_column,
        "question": question_column,
        "sector": sector_column,
        "stakeholder_group": stakeholder_group_column,
        "language": language_column,
        "country": country_column,
        "author": author_column,
        "organisation": organisation_column,
    }
    asked: dict[str, Any] = {
        "file": file,
        "out": out,
        "columns": columns,
        "stances": stances,
        "resume": resume,
        "scheduler": scheduler,
        "workers": workers,
        "with_people": with_people,
        "reference": reference,
        "axes": tuple(axis or ()),
    }
    chosen: dict[str, Any] = {"embedder": embedder or None, "seed": seed}
    try:
        _answer(asked, {name: value for name, value in chosen.items() if value is not None}, explain=explain)
    except KeyboardInterrupt as stopped:
        left = "." if explain else "; add --resume to go on from there."
        typer.echo(f"answerable: stopped, nothing was written{left}", err=True)
        raise typer.Exit(_INTERRUPTED) from stopped


def _require_places(file: Path | None, out: Path | None, *, explain: str) -> None:
    """Say which of file and folder is missing, as a misuse of the command."""
    if explain and file is None and out is None:
        raise typer.BadParameter("Give FILE, or the folder of an earlier result with --out.")
    if not explain and file is None:
        raise typer.BadParameter("Give the FILE to read.")
    if not explain and out is None:
        raise typer.BadParameter("Give the folder to write into with --out.")


def _answer(asked: Mapping[str, Any], chosen: Mapping[str, Any], *, explain: str) -> None:
    """Do what was asked, with the settings chosen; what goes wrong is one sentence on stderr."""
    from answerable.cli.synthesis_progress import terminated_like_interrupted

    with terminated_like_interrupted():
        from answerable.cli.synthesis_run import Request
        from answerable.engine.records import Settings

        _told(Request(**asked, settings=Settings(**chosen)), explain=explain)


def _told(request: "Request", *, explain: str) -> None:
    """Say the explanation on stdout, or of what was written on stderr; also what went wrong."""
    from answerable.cli.synthesis_run import expected_problems, explain_contribution, write_synthesis

    try:
        if explain:
            typer.echo(explain_contribution(request, identity=explain), nl=False)
        else:
            typer.echo(write_synthesis(request), err=True)
    except expected_problems() as problem:
        typer.echo(f"answerable: {problem}", err=True)
        raise typer.Exit(1) from problem
    except OSError as problem:
        where = problem.filename or "the result"
        typer.echo(f"answerable: {where} cannot be read or written: {problem.strerror or problem}.", err=True)
        raise typer.Exit(1) from problem
