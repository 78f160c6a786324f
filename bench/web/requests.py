"""Sending requests to an application in this process, and reading the processor's clock around them."""

import gc
import io
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
FORM = "application/x-www-form-urlencoded"
TOKEN = "x" * 32
_BARE_BETWEEN = 5
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
class Cost:
    """
    Processor time of one request in seconds, and of the bare view meanwhile; its queries; the size of the answer.

    Times are medians of many.
    """

    seconds: float
    bare_seconds: float
    queries: int
    size: int

    @property
    def multiple(self) -> float:
        """How many bare views it costs."""
        return self.seconds / self.bare_seconds


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
    application: Application, make: Callable[[int], Asked], *, bare: Callable[[], object], times: int, status: int
) -> Cost:
    """
    Return what a request costs; ``make`` gives the n-th one, and each must be answered with ``status``.

    Three requests go before, so that what a running site keeps in memory is there. The bare view is asked between
    them, so that both meet the machine in the same mood.
    """
    for number in range(3):
        _expect(answered(application, asked := make(number)), status, asked)
    with CaptureQueriesContext(connection) as caught:
        answer = answered(application, make(3))
    queries = sum(not query["sql"].startswith(_QUIET) for query in caught.captured_queries)
    spent, spent_bare = [], []
    gc.collect()
    for number in range(4, 4 + times):
        asked = make(number)
        began = time.process_time()
        answer = answered(application, asked)
        spent.append(time.process_time() - began)
        _expect(answer, status, asked)
        for _n in range(_BARE_BETWEEN):
            began = time.process_time()
            bare()
            spent_bare.append(time.process_time() - began)
    return Cost(statistics.median(spent), statistics.median(spent_bare), queries, answer.size)


def _expect(answer: Answered, status: int, asked: Asked) -> None:
    if answer.status != status:
        raise RuntimeError(f"{asked.path} was answered {answer.status}, not {status}.")


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
