"""The browser and the site it opens."""

import shutil
from pathlib import Path

import pytest

from tests.browser.site import copied, loaded_folder, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine, so no page was opened in a browser")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """One served site for each process of the test run, with its own copy of the demonstration."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent
    folder = copied(loaded_folder(Path(base)), Path(base) / f"site-{worker_id}")
    with serving(folder) as running:
        yield running


@pytest.fixture
def page(browser):
    """A page on which any script error or refused resource fails the test."""
    said = []
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(f"script error: {error}"))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    expected = ("404 (Not Found)", "403 (Forbidden)", "422 (Unprocessable", "net::ERR_INTERNET_DISCONNECTED")
    assert [words for words in said if not any(part in words for part in expected)] == []


def sign_in(page, site, email):
    """Sign a person in by a one-time link."""
    page.goto(site.way_in(email))
    page.get_by_role("main").get_by_role("button").first.click()
