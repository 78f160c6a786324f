"""Getting a site ready and serving it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


class CannotStart(Exception):
    """The site cannot start, for a reason the operator can act on."""


def prepare() -> None:
    """Bring the database and the static files up to date; nothing is done twice."""
    call_command("migrate", interactive=False, verbosity=0)
    prepare_static_files()


def prepare_static_files() -> None:
    """Collect and compress the static files when one is newer than the last collection."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = (settings.PACKAGE / "web" / "static").rglob("*")
    newest = max((p.stat().st_mtime for p in sources if p.is_file()), default=0.0)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["ninja"])


def require_free_port(host: str, port: int) -> None:
    """Raise CannotStart when another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CannotStart(
                f"Port {port} on {host} is taken by another program; choose another with --port."
            ) from problem


def serve(host: str, port: int, *, workers: int) -> int:
    """
    Serve the site with a background worker beside it until interrupted; returns the server's exit code.

    The worker is ended with the server, also when the server fails.
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "answerable.config.settings"}
    worker = subprocess.Popen([sys.executable, "-m", "answerable.cli", "worker"], env=environment)
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "answerable.config.wsgi:application",
    ]
    try:
        return subprocess.call(server, env=environment)  # noqa: S603
    except KeyboardInterrupt:
        return 0
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
