"""A real site for the browser: the demonstration, served by the production server on a free port of loopback."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.postgresql import free_port

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """Where a running site is, and where it keeps its data."""

    address: str
    folder: Path

    def command(self, *words: str) -> str:
        """Run one ``answerable`` command against this site's data and return what it printed."""
        run = [sys.executable, "-m", "answerable.cli", *words]
        done = subprocess.run(
            run, env=environment(self.folder, self.address), capture_output=True, text=True, check=True
        )
        return done.stdout

    def way_in(self, email: str) -> str:
        """Return the address of a link that signs that person in, once."""
        return self.command("sign-in-link", email).strip()


def environment(folder: Path, address: str) -> dict[str, str]:
    """Return the environment of a site that keeps its data in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSWERABLE_", "DATABASE_"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "answerable.config.settings",
        "PYTHONPATH": str(REPOSITORY),
        "ANSWERABLE_DATA_DIR": str(folder),
        "ANSWERABLE_SITE_ADDRESS": address,
    }


def loaded_folder(base: Path) -> Path:
    """Return a folder with the demonstration in it, made once for all processes of a test run."""
    folder, done = base / "demonstration", base / "demonstration-is-complete"
    try:
        folder.mkdir()
    except FileExistsError:
        for _tick in range(600):
            if done.exists():
                return folder
            time.sleep(0.5)
        raise TimeoutError("the demonstration was not loaded within five minutes") from None
    load = [sys.executable, "-m", "answerable.cli", "demo", "--load-only"]
    subprocess.run(load, env=environment(folder, "http://127.0.0.1:8000"), check=True, capture_output=True)
    done.touch()
    return folder


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Serve a data folder until the block ends; the server and its worker are ended by their own ids."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", folder)
    serve = [sys.executable, "-m", "answerable.cli", "serve", "--port", str(port), "--workers", "1"]
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(serve, env=environment(folder, site.address), stdout=log, stderr=log)
    try:
        wait_until_served(site, server)
        yield site
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_until_served(site: Site, server: subprocess.Popen[bytes]) -> None:
    """Wait until the home page answers; raise what the server said when it has ended."""
    for _tick in range(240):
        if server.poll() is not None:
            raise RuntimeError((site.folder / "server.log").read_text("utf-8", "replace")[-2000:])
        try:
            with urllib.request.urlopen(f"{site.address}/", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise TimeoutError("the site did not answer within a minute")


def copied(folder: Path, to: Path) -> Path:
    """Return a copy of a data folder, so that one process's acts are not seen by another."""
    shutil.copytree(folder, to)
    return to
