"""Every check of the project, one after the other: ``python -m tests.checks fast|all``."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.postgresql import NoServer, postgresql

REPOSITORY = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
IS_STRICT = bool(os.environ.get("ANSWERABLE_NO_SKIPS"))
STAGES = ["tests/ledger", "tests/reference", "tests/people", "tests/notices", "tests/consultations", "tests/synthesis"]
FACES = [
    "tests/web",
    "tests/publish",
    "tests/demo",
    "tests/config",
    "tests/chaos/test_edits.py",
    "tests/chaos/test_races.py",
]


def run(*words: str, **settings: str) -> bool:
    """Run one command in the repository and say whether it went well."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", **settings}
    return subprocess.run(words, cwd=REPOSITORY, env=environment, check=False).returncode == 0


def manage(*words: str) -> bool:
    """Run one of Django's commands with the settings of the tests."""
    return run(PYTHON, "-m", "django", *words, DJANGO_SETTINGS_MODULE="tests.settings")


def tests(*words: str, **settings: str) -> bool:
    """Run pytest on two processes."""
    own = ("--ds=tests.settings", "-n", "2", "--dist", "loadscope")
    return run(PYTHON, "-m", "pytest", "-q", *own, *words, **settings)


def on_postgresql() -> bool:
    """Run the tests of all rooms with tables on a PostgreSQL server made for them."""
    folders = [folder for folder in STAGES + FACES if (REPOSITORY / folder).exists()]
    try:
        with postgresql() as address:
            return tests(*folders, "-m", "not browser", DATABASE_URL=address)
    except NoServer as problem:
        print(f"SKIPPED, LOUDLY: nothing was tested on PostgreSQL: {problem}", flush=True)
        return not IS_STRICT


def browser_is_there() -> bool:
    """Say whether Chromium and fonts for Arabic and Chinese are here, installing them as root on Debian."""
    if shutil.which("chromium") and _has_fonts():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium and fonts ...", flush=True)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", **quiet)
        wanted = ("chromium", "fonts-noto-core", "fonts-noto-cjk")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted, **quiet)
    return bool(shutil.which("chromium"))


def _has_fonts() -> bool:
    folder = Path("/usr/share/fonts")
    return any(folder.rglob("NotoSansArabic*")) and any(folder.rglob("NotoSansCJK*"))


def in_the_browser() -> bool:
    """Run the journeys in Chromium; without one, say so loudly."""
    if not browser_is_there():
        print("SKIPPED, LOUDLY: no Chromium on this machine, so no page was opened in a browser.", flush=True)
        return not IS_STRICT
    return tests("tests/browser", "-m", "browser")


FAST: list[tuple[str, Callable[[], bool]]] = [
    ("format", lambda: run(str(TOOLS / "ruff"), "format", "--check", "--quiet", ".")),
    ("lint", lambda: run(str(TOOLS / "ruff"), "check", "--quiet", ".")),
    ("types", lambda: run(PYTHON, "-m", "mypy", DJANGO_SETTINGS_MODULE="tests.settings")),
    ("order of the house", lambda: run(str(TOOLS / "lint-imports"))),
    ("templates", lambda: run(str(TOOLS / "djlint"), "answerable", "--lint", "--quiet")),
    ("migrations complete", lambda: manage("makemigrations", "--check", "--dry-run")),
    ("system checks", lambda: manage("check", "--fail-level", "WARNING")),
    ("architecture", lambda: run(PYTHON, "-m", "pytest", "-q", "--ds=tests.settings", "tests/architecture")),
]
REST: list[tuple[str, Callable[[], bool]]] = [
    ("tests on SQLite", lambda: tests("--ignore=tests/browser", "--ignore=tests/architecture")),
    ("tests on PostgreSQL", on_postgresql),
    ("browser", in_the_browser),
]


def main() -> int:
    """Run the asked-for checks, all of them even when one fails; 0 when every one went well."""
    steps = FAST + (REST if sys.argv[1:2] == ["all"] else [])
    results = []
    if steps is not FAST:
        browser_is_there()
    for name, step in steps:
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        went_well = step()
        results.append((name, went_well, time.monotonic() - began))
    print("\n== all checks")
    for name, went_well, seconds in results:
        print(f"{'ok  ' if went_well else 'FAIL'}  {name}  ({seconds:.0f} s)")
    failed = sum(1 for _name, went_well, _seconds in results if not went_well)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
