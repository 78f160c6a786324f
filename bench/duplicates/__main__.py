"""Print how many letters and repeats are found, how many of those found are none, and how the cost grows."""

import os
import sys
import time
from collections import Counter
from dataclasses import dataclass

os.environ.setdefault("OMP_NUM_THREADS", "1")

from answerable.engine.duplicates import duplicate_groups
from answerable.engine.records import Settings
from bench.duplicates.letters import MANY, Mixture, Spin, mix, read_letters, spin
from bench.memory import peak_megabytes
from bench.options import parser_of

_QUALITY = (("tuned on", 20_000), ("judged on", 20_000), ("judged on", 2_000), ("judged on", 400))
_GROWTH = (1_000, 10_000, 100_000)
_MILLION = 1_000_000
_REAL = 2_000
_MANY_LETTERS, _LEAST_PRECISION, _LEAST_RECALL = 20_000, 0.98, 0.95
_SEEDS = {"tuned on": 7, "judged on": 101}
_SPUN = (
    ("tuned on", 20_000, Spin(campaigns=1, slots=12, choices=4, fixed=0.3, added=50)),
    ("tuned on", 20_000, Spin(campaigns=10, slots=12, choices=4, fixed=0.3, added=50, additions=300)),
    ("tuned on", 20_000, Spin(campaigns=10, slots=12, choices=4, fixed=0.3, added=80, additions=50)),
    ("tuned on", 20_000, Spin(campaigns=100, slots=12, choices=4, fixed=0.3, added=80)),
    ("tuned on", 20_000, Spin(campaigns=1_000, slots=12, choices=3, fixed=0.5, added=50)),
    ("tuned on", 400, Spin(campaigns=40, slots=12, choices=4, fixed=0.5, added=50)),
    ("judged on", 20_000, Spin(campaigns=3, slots=10, choices=3, fixed=0.4, added=30, additions=1_000)),
    ("judged on", 20_000, Spin(campaigns=25, slots=14, choices=5, fixed=0.3, added=60, additions=200)),
    ("judged on", 20_000, Spin(campaigns=50, slots=8, choices=4, fixed=0.5, added=40)),
    ("judged on", 20_000, Spin(campaigns=200, slots=12, choices=4, fixed=0.4, added=50, additions=500)),
    ("judged on", 5_000, Spin(campaigns=8, slots=20, choices=6, fixed=0.2, added=70, additions=30)),
    ("judged on", 1_000, Spin(campaigns=12, slots=12, choices=3, fixed=0.4, added=50, additions=60)),
    ("judged on", 200, Spin(campaigns=5, slots=12, choices=3, fixed=0.4, added=50)),
)


@dataclass(frozen=True)
class Found:
    """Hold precision and recall of letters and of pairs, and how many campaigns were written and found."""

    precision: float
    recall: float
    pair_precision: float
    pair_recall: float
    campaigns: tuple[int, int]

    def __str__(self) -> str:
        """Return the end of a row."""
        return (
            f"{self.precision:9.4f} {self.recall:7.4f} {self.pair_precision:9.4f} {self.pair_recall:7.4f}  "
            f"{self.campaigns[0]}/{self.campaigns[1]}"
        )


def main() -> None:
    """Print all tables, the last up to a million; end with 1 where a mixture of 20,000 letters is told too badly."""
    chosen = parser_of("Letters found, and the cost.", left_out="a million letters").parse_args()
    print("Letters among 2,000 texts people wrote by themselves. Must: precision 0.98, recall 0.95.")
    print("Pairs: of two letters found together or written for one campaign, how many are both.\n")
    print(
        f"{'letters':>9}  {'use':10} {'precision':>9} {'recall':>7} {'pairs: p':>9} {'r':>7}  campaigns written/found"
    )
    broken = 0
    for use, count in _QUALITY:
        found = _found(mix(read_letters(use=use), templated=count, real=_REAL), count=count)
        broken += _is_broken(found, count=count)
        print(f"{count:>9,}  {use:10} {found}", flush=True)
    print("\nThe same, of letters spun by chance: each place in a template is filled by one of a few phrases.")
    print("Added: how many letters have a sentence that others have too, of how many sentences.\n")
    print(
        f"{'letters':>9}  {'use':10} {'places':>6} {'choices':>7} {'fixed':>5} {'added':>13} "
        f"{'precision':>9} {'recall':>7} {'pairs: p':>9} {'r':>7}  campaigns written/found"
    )
    for use, count, how in _SPUN:
        found = _found(spin(how, templated=count, real=_REAL, seed=_SEEDS[use]), count=count)
        broken += _is_broken(found, count=count)
        added = f"{how.added} % of {how.additions}" if how.additions < MANY else f"{how.added} %"
        shape = f"{how.slots:6} {how.choices:7} {how.fixed:5.0%} {added:>13}"
        print(f"{count:>9,}  {use:10} {shape} {found}", flush=True)
    print("\nGrowth: processor time for each text, on one core.\n")
    for count in [*_GROWTH, *([] if chosen.quick else [_MILLION])]:
        mixture = mix(read_letters(use="judged on"), templated=count, real=_REAL)
        began = time.process_time()
        groups = duplicate_groups(mixture.contributions, settings=Settings())
        seconds = time.process_time() - began
        size = len(mixture.contributions)
        print(
            f"{size:>9,}  {1e6 * seconds / size:8.0f} microseconds  {seconds:8.2f} s in all, "
            f"{len(groups):,} groups, {peak_megabytes() / 1024:.2f} GB",
            flush=True,
        )
    if chosen.quick:
        print("\nLeft out: a million letters, which take about three minutes and 6 GB.")
    if broken:
        print(f"\nNot met: precision or recall of {broken} mixtures of 20,000 letters.")
        sys.exit(1)


def _is_broken(found: Found, *, count: int) -> bool:
    """Tell whether too few of many letters were found, or too much that is none."""
    return count >= _MANY_LETTERS and (found.precision < _LEAST_PRECISION or found.recall < _LEAST_RECALL)


def _found(mixture: Mixture, *, count: int) -> Found:
    """Find the campaigns of one mixture; say how well letters are told from the other texts, and from each other."""
    groups = duplicate_groups(mixture.contributions, settings=Settings())
    campaigns = [group for group in groups if group.kind == "campaign"]
    found = {member for group in campaigns for member in group.members}
    written = mixture.campaigns.keys()
    both = _pairs(
        Counter(
            (number, mixture.campaigns[member])
            for number, group in enumerate(campaigns)
            for member in group.members
            if member in mixture.campaigns
        )
    )
    together = _pairs(Counter({number: len(group.members) for number, group in enumerate(campaigns)}))
    meant = _pairs(Counter(mixture.campaigns.values()))
    return Found(
        precision=len(found & written) / max(1, len(found)),
        recall=len(found & written) / count,
        pair_precision=both / max(1, together),
        pair_recall=both / meant,
        campaigns=(len(set(mixture.campaigns.values())), len(campaigns)),
    )


def _pairs(sizes: Counter[object]) -> int:
    """Return how many pairs there are in groups of some sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


if __name__ == "__main__":
    main()
