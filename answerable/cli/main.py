"""The ``answerable`` command. Heavy imports stay inside the commands, so that help comes at once."""

import sys
from typing import Annotated

import typer

from answerable.cli import site
from answerable.cli.synthesize import synthesize

app = typer.Typer(
    name="answerable",
    help="Public consultations where every contribution gets an answer and every promise is answered for.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("synthesize")(synthesize)
site.add_commands(app)


@app.callback(invoke_without_command=True)
def answerable(version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False) -> None:
    """Run public consultations, or one step of them."""
    if version:
        from answerable import __version__

        typer.echo(__version__)
        raise typer.Exit


def run() -> None:
    """Run the command; a problem the operator can act on is one sentence on stderr and exit code 1."""
    try:
        app(prog_name="answerable", standalone_mode=True)
    except site.expected_problems() as problem:
        typer.echo(f"answerable: {problem}", err=True)
        sys.exit(1)
