"""The same synthesis on a real scheduler with worker processes, one of which is lost on the way."""

import json
import os
import subprocess
import sys
import time
from itertools import permutations
from pathlib import Path

import pytest

from answerable.engine.cluster import synthesize_on_cluster
from answerable.engine.cluster.synthesis import ClusterError
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Settings
from tests.engine.samples import ARABIC, BUSES, CHINESE, SECTORS, WATER, consultation

pytest.importorskip("distributed", reason="Dask is not installed (the extra 'cluster')")

ROOT = Path(__file__).resolve().parents[3]
WORKERS = ("first", "second", "third")


def large_consultation():
    """Return a few hundred contributions in a dozen blocks, one of them with half a surrogate pair."""
    texts = [
        (f"Question {question}", " ".join(pair))
        for question in range(6)
        for known in (WATER + BUSES, ARABIC, CHINESE)
        for pair in list(permutations(known, 2))[question::3]
    ]
    texts.append(("Question 0", "A torn character \ud83d is kept as it came."))
    return [
        Contribution(f"R-{number:04}", text, question=question, sector=SECTORS[number % 4], author=f"a{number % 90}")
        for number, (question, text) in enumerate(texts)
    ]


def start(module, *arguments, folder):
    """Start a part of a cluster that nobody outside this machine can reach."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments, "--host", "127.0.0.1", "--no-dashboard"],
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )


@pytest.fixture
def cluster(tmp_path):
    """Give the address of a scheduler and its three workers by name; all are gone afterwards, whatever happens."""
    file = tmp_path / "scheduler.json"
    scheduler = start(
        "distributed.cli.dask_scheduler", "--port", "0", "--scheduler-file", str(file), "--idle-timeout", "120s",
        folder=tmp_path,
    )  # fmt: skip
    workers = {}
    try:
        for _ in range(300):
            if file.exists() and file.read_text():
                break
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        for name in WORKERS:
            workers[name] = start(
                "distributed.cli.dask_worker", address, "--name", name, "--nthreads", "1", "--no-nanny",
                "--memory-limit", "0", "--death-timeout", "30", "--local-directory", str(tmp_path / name),
                folder=tmp_path,
            )  # fmt: skip
        yield address, workers
    finally:
        for one in (*workers.values(), scheduler):
            one.kill()
            one.wait()


def test_synthesize_on_cluster_gives_the_same_bytes_when_a_worker_is_killed_on_the_way(cluster, tmp_path):
    from distributed import Client

    address, workers = cluster
    killed = []
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(len(WORKERS), timeout=60)

        def kill_a_busy_worker(stage, done, _total):
            if stage != "themes" or not done or killed:
                return
            busy = {name: tasks for name, tasks in client.processing().items() if tasks}
            names = {key: one["name"] for key, one in client.scheduler_info(n_workers=-1)["workers"].items()}
            if busy:
                killed.append(names[max(busy, key=lambda worker: len(busy[worker]))])
                workers[killed[0]].kill()

        found = synthesize_on_cluster(
            large_consultation(), folder=tmp_path, scheduler=address, progress=kill_a_busy_worker
        )

        assert len(client.scheduler_info(n_workers=-1)["workers"]) == len(WORKERS) - 1

    assert killed
    assert repr(found) == repr(synthesize(large_consultation()))


def test_synthesize_on_cluster_starts_workers_of_its_own_and_removes_its_partitions(tmp_path):
    settings = Settings(embedder="lsa")

    found = [
        synthesize_on_cluster(consultation(), folder=folder, workers=1, settings=settings)
        for folder in (tmp_path, tmp_path / "made for it")
    ]

    assert found == [synthesize(consultation(), settings=settings)] * 2
    assert list(tmp_path.iterdir()) == []


def test_synthesize_on_cluster_says_when_no_scheduler_answers(tmp_path, monkeypatch):
    monkeypatch.setattr("answerable.engine.cluster.synthesis._PATIENCE", "1s")

    with pytest.raises(ClusterError, match="tcp://"):
        synthesize_on_cluster(consultation(), folder=tmp_path, scheduler="tcp://127.0.0.1:9", workers=1)
