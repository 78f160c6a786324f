"""Fifty times the server is killed while people post: what was acknowledged is there, once, with its entry."""

import http.client
import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from urllib.parse import urlencode

import pytest

from answerable.config.start import server_command
from tests.browser.site import environment
from tests.postgresql import free_port

ROUNDS = 50
ACTS_BEFORE_A_KILL = (2, 8)
SEED = 7
TOKEN = "x" * 32


def asked(folder, what):
    words = [sys.executable, "-m", "tests.chaos.inside", what]
    done = subprocess.run(words, env=environment(folder, "http://127.0.0.1"), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


class Server:
    """The production server in a process group of its own, so that it can be killed whole."""

    def __init__(self, folder):
        self.port = free_port()
        words = server_command("127.0.0.1", self.port, workers=1)
        settings = environment(folder, f"http://127.0.0.1:{self.port}")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(words, env=settings, start_new_session=True, **quiet)

    def wait(self):
        """Wait until a page is answered: the port is open before the application is."""
        for _tick in range(600):
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
                    line.request("GET", "/rules/")
                    assert line.getresponse().status == 200
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Writer(threading.Thread):
    """One person who posts without a pause and sends again, with the same key, what was not acknowledged."""

    def __init__(self, port, slug, cookie, states, number):
        super().__init__(daemon=True)
        self.port, self.slug, self.states, self.number = port, slug, states, number
        self.state = states[number]
        self.headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.stopped = threading.Event()
        self.refused = []

    def run(self):
        while not self.stopped.is_set():
            act = self.state["waiting"].pop() if self.state["waiting"] else self.next_act()
            try:
                self.send(act)
            except (OSError, http.client.HTTPException):
                self.state["waiting"].append(act)
                return

    def next_act(self):
        number = next(self.state["numbers"])
        key = f"writer-{self.number}-{number}"
        receipts = list(self.states[self.number - 1]["contributions"].values())
        if receipts and number % 3 == 1:
            return ("replies", key, f"/c/{receipts[-1]}/replies/", {"text": f"Reply {number}", "key": key})
        if receipts and number % 3 == 2:
            return ("stances", key, f"/c/{receipts[-1]}/stance/", {"position": "agree"})
        text = f"Act {number} of writer {self.number}: the board by the pump was read again."
        fields = {"kind": "view", "questions": "1", "text": text, "key": key, "step": "publish"}
        fields |= {"capacity": "personal", "language": "en"}
        return ("contributions", key, f"/consultations/{self.slug}/1/contribute/", fields)

    def send(self, act):
        kind, key, path, fields = act
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with closing(line):
            line.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": TOKEN}), self.headers)
            answer = line.getresponse()
            body = answer.read()
        if answer.status == 302:
            location = answer.headers["Location"]
            receipt = (
                location.partition("#")[2] if kind == "replies" else location.split("/c/")[1].strip("/").split("/")[0]
            )
            self.state[kind][key] = receipt
        else:
            self.refused.append((answer.status, path, body[-300:]))


def count_of(states):
    return sum(len(state[kind]) for state in states for kind in ("contributions", "replies", "stances"))


def wait_for_acts(states, wanted):
    """Wait until so many acts are acknowledged in all: the server then dies in the middle of others."""
    for _tick in range(4_000):
        if count_of(states) >= wanted:
            return
        time.sleep(0.005)
    raise TimeoutError("people post, but nothing is acknowledged")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def outcome(folder):
    """Play the rounds; return what was acknowledged and what is kept."""
    known = asked(folder, "prepare")
    states = [
        {"waiting": [], "numbers": itertools.count(), "contributions": {}, "replies": {}, "stances": {}}
        for _cookie in known["cookies"]
    ]
    refused = []
    chance = random.Random(SEED)
    server = Server(folder)
    for number in range(ROUNDS + 1):
        server.wait()
        writers = [
            Writer(server.port, known["slug"], cookie, states, place) for place, cookie in enumerate(known["cookies"])
        ]
        for writer in writers:
            writer.start()
        wait_for_acts(states, count_of(states) + chance.randint(*ACTS_BEFORE_A_KILL))
        if number == ROUNDS:  # a last round without a kill, in which everything that waits is sent again
            for writer in writers:
                writer.stopped.set()
        else:
            server.kill()
            server = Server(folder)
        for writer in writers:
            writer.join(timeout=30)
            refused += writer.refused
    for place, state in enumerate(states):
        for act in list(state["waiting"]):
            Writer(server.port, known["slug"], known["cookies"][place], states, place).send(act)
    server.kill()
    return {"states": states, "refused": refused, "kept": asked(folder, "report")}


def acknowledged(outcome, kind):
    return {key: receipt for state in outcome["states"] for key, receipt in state[kind].items()}


def test_people_really_posted_in_every_kind(outcome):
    assert outcome["refused"] == []
    for kind in ("contributions", "replies", "stances"):
        assert len(acknowledged(outcome, kind)) > ROUNDS / 2


@pytest.mark.parametrize("kind", ["contributions", "replies"])
def test_nothing_acknowledged_is_lost_or_doubled(outcome, kind):
    kept = outcome["kept"][kind]
    assert [key for key, count in Counter(key for key, _receipt in kept).items() if count > 1] == []
    assert dict(kept) == acknowledged(outcome, kind)


def test_no_act_is_without_its_entry_and_no_entry_without_its_act(outcome):
    kept = outcome["kept"]
    assert kept["entries"] == [len(kept["contributions"]), len(kept["replies"]), kept["stances"]]
    assert kept["counted"] == len(kept["replies"])


def test_the_record_verifies(outcome):
    assert outcome["kept"]["problems"] == []
    assert outcome["kept"]["entry_count"] > ROUNDS


def test_the_check_goes_red_when_an_acknowledged_act_is_gone(outcome, folder):
    """The control: one reply is taken out behind the application's back."""
    with closing(sqlite3.connect(folder / "answerable.sqlite3")) as database:
        database.execute("DELETE FROM consultations_reply WHERE id = (SELECT max(id) FROM consultations_reply)")
        database.commit()
    kept = asked(folder, "report")
    assert dict(kept["replies"]) != acknowledged(outcome, "replies")
    assert kept["problems"] != []
