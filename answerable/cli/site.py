"""Commands that run a site: demo, serve, worker, verify, roles, sign-in links."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from answerable.ledger.verify import Report

Port = Annotated[int, typer.Option(help="Port to serve on.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="Address to serve on.")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    for command in (demo, serve, worker, migrate, verify, sign_in_link, grant_role):
        app.command(command.__name__.replace("_", "-"))(command)
    reference = typer.Typer(help="Goals, targets and other shared words.", no_args_is_help=True)
    reference.command("load")(load_official_wording)
    app.add_typer(reference, name="reference")


def expected_problems() -> tuple[type[Exception], ...]:
    """Return the exceptions that are told in one sentence, once their modules are loaded; else none."""
    import sys

    start = sys.modules.get("answerable.config.start")
    settings = sys.modules.get("answerable.config.environment")
    return tuple(
        problem
        for module, name in ((start, "CannotStart"), (settings, "WrongSetting"))
        if module is not None and (problem := getattr(module, name, None)) is not None
    )


def set_up() -> None:
    """Load Django with the settings of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.config.settings")
    import django

    django.setup()


def _say_where(host: str, port: int) -> None:
    """Let links name the address that is served, unless the operator named the site's own."""
    os.environ.setdefault("ANSWERABLE_SITE_ADDRESS", f"http://{host}:{port}")


def demo(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demonstration away and start over.")] = False,
    load_only: Annotated[bool, typer.Option("--load-only", help="Load the model consultation and stop.")] = False,
) -> None:
    """Bring up a site on an embedded database with the model consultation in it."""
    _say_where(host, port)
    set_up()
    from answerable.config import start
    from answerable.demo import loader

    if not load_only:
        start.require_free_port(host, port)
    if reset:
        loader.throw_away()
    start.prepare()
    if not loader.is_loaded():
        loader.load(tell=typer.echo)
    if load_only:
        return
    lines = loader.welcome(f"http://{host}:{port}")
    raise typer.Exit(start.serve(host, port, workers=1, when_ready=lambda: typer.echo("\n".join(lines))))


def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: Annotated[int, typer.Option(min=1)] = 2) -> None:
    """Serve the site with a background worker."""
    _say_where(host, port)
    set_up()
    from answerable.config import start

    start.require_free_port(host, port)
    start.prepare()
    ready = f"Serving on http://{host}:{port}/ (stop with Ctrl-C)"
    raise typer.Exit(start.serve(host, port, workers=workers, when_ready=lambda: typer.echo(ready)))


def worker() -> None:
    """Do background work until stopped."""
    set_up()
    from answerable.config.worker import WorkLoop, standard_chores

    WorkLoop(standard_chores()).run()


def migrate() -> None:
    """Bring the database and the static files up to date."""
    set_up()
    from answerable.config import start

    start.prepare()


def verify(
    checkpoint: Annotated[
        Path | None, typer.Option(help="A signed checkpoint kept elsewhere, to check against.")
    ] = None,
) -> None:
    """Check the whole public record and say exactly what was altered; exit code 1 if anything was."""
    set_up()
    from answerable.ledger.verify import verify_record

    report = verify_record(against=checkpoint.read_text("utf-8") if checkpoint else None)
    for line in told(report):
        typer.echo(line)
    raise typer.Exit(0 if report.is_intact else 1)


def told(report: "Report") -> list[str]:
    """Return what the verifier found in sentences, the sum of it first."""
    problems = [f"- {problem.message} ({problem.kind}: {problem.subject})" for problem in report.problems]
    sums = (
        f"{report.entry_count:,} entries, {report.opening_count:,} facts held against their commitments, "
        f"{report.erased_count:,} erased with a reason, {report.checkpoint_count:,} signed checkpoints."
    )
    first = "The record is whole." if report.is_intact else f"The record was ALTERED, in {len(problems)} places:"
    return [first, *problems, *report.notes, sums, f"Root of the tree: {report.root.hex()}"]


def sign_in_link(
    email: Annotated[str, typer.Argument(help="Address of the person, made if there is none yet.")],
) -> None:
    """Print a link that signs one person in, once, within 24 hours."""
    set_up()
    from django.conf import settings
    from django.utils import timezone

    from answerable.people.actions import make_sign_in_link, welcome_person

    now = timezone.now()
    typer.echo(settings.SITE_ADDRESS + make_sign_in_link(welcome_person(email, at=now), at=now))


def grant_role(
    email: Annotated[str, typer.Argument(help="Address of the person, made if there is none yet.")],
    role: Annotated[str, typer.Argument(help="administrator, convener, moderator, rapporteur or facilitator.")],
    consultation: Annotated[str, typer.Option(help="Slug of the consultation; without it, the whole site.")] = "",
) -> None:
    """Give a person a role over the site or over one consultation."""
    set_up()
    from django.utils import timezone

    from answerable.consultations.models import Consultation
    from answerable.people.actions import grant_role as grant
    from answerable.people.actions import welcome_person
    from answerable.people.states import RoleName

    if role not in RoleName.values:
        raise typer.BadParameter(f"There is no role {role!r}; the roles are {', '.join(RoleName.values)}.")
    found = Consultation.objects.filter(slug=consultation).first() if consultation else None
    if consultation and found is None:
        raise typer.BadParameter(f"There is no consultation {consultation!r}.")
    now = timezone.now()
    person = welcome_person(email, at=now)
    grant(person, RoleName(role), by=None, at=now, consultation_id=found.public_id if found else "")
    typer.echo(f"{email} is now {role} of {consultation or 'the whole site'}.")


def load_official_wording(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Load the official wording of goals and targets from a file."""
    set_up()
    from answerable.reference.actions import load_official_wording as load

    typer.echo(str(load(file)))
