"""Sending requests to an application in this process, and reading the processor's clock around them."""

import gc
import io
import itertools
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
FORM = "application/x-www-form-urlencoded"
TOKEN = "x" * 32
# With so many rows, one of a page lasts about as long as one of the bare view, and quiet moments suit both alike.
_BARE_BETWEEN, _ROWS = 5, 12
_QUIET = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Asked:
    """One request: a path with its query, the signed-in browser session or nobody's, and the fields of a post."""

    path: str
    cookie: str = ""
    fields: dict[str, str] | None = None
    is_compressed: bool = False


@dataclass(frozen=True)
class Answered:
    """Status, headers and size in bytes of an answer."""

    status: int
    headers: dict[str, str]
    size: int


@dataclass(frozen=True)
class Spent:
    """Processor time of one request in seconds, and of the bare view meanwhile; medians of many."""

    seconds: float
    bare_seconds: float

    @property
    def multiple(self) -> float:
        """How many bare views it costs."""
        return self.seconds / self.bare_seconds


@dataclass(frozen=True)
class Cost:
    """
    What one request costs: measured in turns with the bare view, and in a row of its own; its queries; its size.

    In turns, each finds the processor's caches full of the other. In a row of its own, each has them to itself, which
    suits a small view better than a large page. A server sees something between the two.
    """

    in_turns: Spent
    in_rows: Spent
    queries: int
    queries_with_nothing_kept: int
    size: int

    @property
    def multiple(self) -> float:
        """The larger of the two multiples."""
        return max(self.in_turns.multiple, self.in_rows.multiple)


def answered(application: Application, asked: Asked) -> Answered:
    """Send one request through an application and read the whole answer, as a server would."""
    given: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], _problem: object = None) -> None:
        given["status"], given["headers"] = int(status[:3]), dict(headers)

    body = application(_environ(asked), start)
    try:
        size = sum(len(part) for part in body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return Answered(given["status"], given["headers"], size)


def cost_of(
    application: Application,
    make: Callable[[int], Asked],
    *,
    bare: Callable[[], object],
    times: int,
    status: int,
    before: Callable[[], None],
) -> Cost:
    """
    Return what a request costs; ``make`` gives the n-th one, and each must be answered with ``status``.

    Three requests go first, so that what a running site keeps in memory is there; ``before`` each one may forget it.
    """
    numbers = itertools.count()

    def ask() -> Answered:
        asked = make(next(numbers))
        answer = answered(application, asked)
        if answer.status != status:
            raise RuntimeError(f"{asked.path} was answered {answer.status}, not {status}.")
        return answer

    for _n in range(3):
        ask()
    queries, _size = _queries(ask)
    cache.clear()
    queries_with_nothing_kept, size = _queries(ask)
    ask()
    return Cost(
        _in_turns(ask, bare, before, times),
        _in_rows(ask, bare, before, times),
        queries,
        queries_with_nothing_kept,
        size,
    )


def _queries(ask: Callable[[], Answered]) -> tuple[int, int]:
    """Return how often a request asks the database, and how long its answer is."""
    with CaptureQueriesContext(connection) as caught:
        answer = ask()
    return sum(not query["sql"].startswith(_QUIET) for query in caught.captured_queries), answer.size


def _in_turns(ask: Callable[[], object], bare: Callable[[], object], before: Callable[[], None], times: int) -> Spent:
    """Ask in turns with the bare view, so that both meet the machine in the same mood."""
    spent, spent_bare = [], []
    gc.collect()
    for _n in range(times):
        before()
        spent.append(_seconds(ask))
        spent_bare += [_seconds(bare) for _b in range(_BARE_BETWEEN)]
    return Spent(statistics.median(spent), statistics.median(spent_bare))


def _in_rows(ask: Callable[[], object], bare: Callable[[], object], before: Callable[[], None], times: int) -> Spent:
    """
    Ask in rows of its own, each between two rows of the bare view; the row of the middle multiple counts.

    A processor's speed wanders from one moment to the next, so a row is only compared with those beside it.
    """
    found = []
    gc.collect()
    bare_before = _median(bare, times)
    for _row in range(_ROWS):
        row = []
        for _n in range(max(1, times // _ROWS)):
            before()
            row.append(_seconds(ask))
        bare_after = _median(bare, times)
        found.append(Spent(statistics.median(row), (bare_before + bare_after) / 2))
        bare_before = bare_after
    return sorted(found, key=lambda one: one.multiple)[len(found) // 2]


def _median(act: Callable[[], object], times: int) -> float:
    return statistics.median(_seconds(act) for _n in range(times))


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _environ(asked: Asked) -> dict[str, Any]:
    path, _mark, query = asked.path.partition("?")
    sent = urlencode({**asked.fields, "csrfmiddlewaretoken": TOKEN}).encode() if asked.fields is not None else b""
    cookies = f"csrftoken={TOKEN}; sessionid={asked.cookie}" if asked.cookie else ""
    return {
        "REQUEST_METHOD": "POST" if asked.fields is not None else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8",
        "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.5",
        "HTTP_ACCEPT_ENCODING": "gzip" if asked.is_compressed else "identity",
        "HTTP_COOKIE": cookies,
        "CONTENT_TYPE": FORM if asked.fields is not None else "",
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(sent),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
