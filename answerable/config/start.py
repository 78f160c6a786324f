"""Getting a site ready and serving it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

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


def serve(host: str, port: int, *, workers: int, when_ready: Callable[[], object]) -> int:
    """
    Serve the site with a background worker beside it until interrupted; returns the server's exit code.

    ``when_ready`` is called once the site answers. The worker is ended with the server, also when the server fails.
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "answerable.config.settings"}
    # Commands in another window, such as sign-in-link, then name the address that answers.
    (settings.DATA_FOLDER / "address").write_text(settings.SITE_ADDRESS, "utf-8")
    server = subprocess.Popen(server_command(host, port, workers=workers), env=environment)  # noqa: S603
    worker = subprocess.Popen([sys.executable, "-m", "answerable.cli", "worker"], env=environment)
    previous = signal.signal(signal.SIGTERM, _interrupted)
    try:
        _wait_until_listening(host, port, server)
        when_ready()
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGTERM, previous)
        for process in (server, worker):
            _end(process)


def server_command(host: str, port: int, *, workers: int) -> list[str]:
    """Return the words that start the web server."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "answerable.config.wsgi:application",
    ]


def _interrupted(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_until_listening(host: str, port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait for at most a minute until somebody answers at the port or the server has ended."""
    for _tick in range(600):
        if server.poll() is not None:
            return
        try:
            with socket.create_connection((host, port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
