"""Print what each stage costs, as a multiple of reading and hashing the texts once, up to a million."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from answerable.engine.pipeline import canonical_order, synthesize_at
from answerable.engine.records import Contribution, Settings
from answerable.engine.work import Here, Result, Told
from bench.memory import peak_megabytes
from bench.options import parser_of
from bench.speed.contributions import QUESTIONS, make_contributions
from bench.speed.tables import write_csv

_SIZES = (10_000, 100_000, 1_000_000)
_MOST_WITH_FILES = 100_000
_STAGES = {
    "read_part": "languages, statements",
    "repeats_of_question": "repeats, campaigns",
    "read_spoken_part": "SDG tags, word counts",
    "themes_of_rows": "themes, labels, keys",
    "rest": "order, balance, manifest",
}


class Timed(Here):
    """Do the work here, and add up the processor time of each kind."""

    def __init__(self, contributions: Sequence[Contribution]) -> None:
        """Begin with nothing spent."""
        super().__init__(contributions)
        self.seconds: dict[str, float] = dict.fromkeys(_STAGES, 0.0)

    def run(self, work: Callable[..., Result], tasks: Sequence[tuple[object, ...]], *, told: Told) -> Iterator[Result]:
        """Yield what each task gives."""
        for number, task in enumerate(tasks, start=1):
            began = time.process_time()
            result = work(*task)
            self.seconds[work.__name__] += time.process_time() - began
            yield result
            told(number)


def main() -> None:
    """Measure 10^4, 10^5 and 10^6 contributions, and print a table."""
    parser = parser_of("What each stage costs.", left_out=f"sizes above {_MOST_WITH_FILES:,}")
    parser.add_argument("--sizes", type=int, nargs="*", default=_SIZES)
    chosen = parser.parse_args()
    sizes = [size for size in chosen.sizes if not chosen.quick or size <= _MOST_WITH_FILES]
    print("Processor time on one core; in brackets as a multiple of reading and hashing the same texts once.")
    print("Wanted: 100,000 end to end, files and all, within 120 s (aim: 30 s); 1,000,000 within 24 GB.\n")
    for size in sizes:
        _measure(size, with_files=size <= _MOST_WITH_FILES)
    if len(sizes) < len(chosen.sizes):
        print("Left out: a million contributions, which take about twenty minutes and 4 GB.")


def _measure(size: int, *, with_files: bool) -> None:
    """Print the table of one size."""
    contributions = make_contributions(size)
    characters = sum(len(one.text) for one in contributions)
    unit = _once(contributions)
    print(f"{size:,} contributions, {characters / size:.0f} characters each, {QUESTIONS} questions")
    print(f"  {'reading and hashing once':28} {unit:10.3f} s")
    began = time.process_time()
    ordered = canonical_order(contributions)
    workplace = Timed(ordered)
    found = synthesize_at(workplace, ordered, settings=Settings(), progress=lambda *_: None)
    total = time.process_time() - began
    workplace.seconds["rest"] = total - sum(workplace.seconds.values())
    for stage, name in _STAGES.items():
        _row(name, workplace.seconds[stage], unit)
    _row("the whole synthesis", total, unit)
    print(f"  {'peak memory':28} {peak_megabytes() / 1024:10.2f} GB")
    if with_files:
        _row("the command, files and all", _command(contributions), unit)
    counts = found.coverage
    print(f"  {len(found.themes):,} themes, {counts.keys:,} keys, {counts.duplicates:,} repeats\n", flush=True)


def _row(name: str, seconds: float, unit: float) -> None:
    """Print one stage."""
    print(f"  {name:28} {seconds:10.2f} s  ({seconds / unit:,.0f} x)", flush=True)


def _once(contributions: Sequence[Contribution]) -> float:
    """Return the processor time of reading the texts from a file and hashing each, the least of three times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts"
        path.write_text("\n".join(one.text for one in contributions), encoding="utf-8")
        return min(_read_and_hash(path) for _ in range(3))


def _read_and_hash(path: Path) -> float:
    """Return the processor time of reading and hashing the lines of a file."""
    began = time.process_time()
    for line in path.read_bytes().split(b"\n"):
        hashlib.sha256(line).digest()
    return time.process_time() - began


def _command(contributions: Sequence[Contribution]) -> float:
    """Return the processor time of the command on a CSV file of the contributions, its files written."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "contributions.csv"
        write_csv(source, contributions)
        before = os.times()
        command = [sys.executable, "-m", "answerable.cli", "synthesize", str(source), "--out", f"{folder}/outcome"]
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
