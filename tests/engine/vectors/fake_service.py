"""A small embeddings service on loopback that answers, and fails, as it is told."""

import json
import threading
import time
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def vector_of(text, dimensions=3):
    """Return a vector that only this text has."""
    return [float(len(text)), float(text.count("a") + 1), float(sum(map(ord, text)) % 17)][:dimensions]


def answer_to(body, *, dimensions=3):
    """Return a right answer, its rows in the opposite order of the texts."""
    rows = [
        {"object": "embedding", "index": index, "embedding": vector_of(text, dimensions)}
        for index, text in enumerate(body["input"])
    ]
    return {"object": "list", "data": rows[::-1], "model": body["model"]}


class FakeService:
    """
    Hold what was asked and what to answer.

    `plan` is a queue of functions of the request body that return (status, headers, content); when it is empty every
    request gets a right answer.
    """

    def __init__(self):
        self.bodies, self.headers, self.paths = [], [], []
        self.plan = deque()
        self.url = ""

    def respond(self, handler):
        """Answer one request."""
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.bodies.append(body)
        self.headers.append(dict(handler.headers))
        self.paths.append(handler.path)
        step = self.plan.popleft() if self.plan else right
        status, headers, content = step(body)
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)


def right(body):
    """Answer as the service should."""
    return 200, {}, json.dumps(answer_to(body)).encode()


def refusing(status, **headers):
    """Return a step that refuses with a status."""
    return lambda _: (status, {name.replace("_", "-"): value for name, value in headers.items()}, b"{}")


def saying(content):
    """Return a step that answers with other content: a value for JSON, or bytes as they are."""
    return lambda _: (200, {}, content if isinstance(content, bytes) else json.dumps(content).encode())


def changed(change):
    """Return a step that answers rightly but for one change to the answer."""

    def step(body):
        answer = answer_to(body)
        change(answer["data"])
        return 200, {}, json.dumps(answer).encode()

    return step


def late(seconds):
    """Return a step that waits before it answers."""

    def step(body):
        time.sleep(seconds)
        return right(body)

    return step


def cut_off(body):
    """Answer with less than was announced."""
    status, _, content = right(body)
    return status, {"Content-Length": str(len(content))}, content[:-10]


@contextmanager
def running_service():
    """Run a service on a free port of loopback."""
    service = FakeService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            try:
                service.respond(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
