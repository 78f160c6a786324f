"""Print how many letters and repeats are found, how many of those found are none, and how the cost grows."""

import os
import time
from collections import Counter

os.environ.setdefault("OMP_NUM_THREADS", "1")

from answerable.engine.duplicates import duplicate_groups
from answerable.engine.records import DuplicateGroup, Settings
from bench.duplicates.letters import Mixture, mix, read_letters
from bench.memory import peak_megabytes
from bench.options import parser_of

_QUALITY = (("tuned on", 20_000), ("judged on", 20_000), ("judged on", 2_000), ("judged on", 400))
_GROWTH = (1_000, 10_000, 100_000)
_MILLION = 1_000_000
_REAL = 2_000


def main() -> None:
    """Print both tables; the second up to a million."""
    chosen = parser_of("Letters found, and the cost.", left_out="a million letters").parse_args()
    print("Letters among 2,000 texts people wrote by themselves. Must: precision 0.98, recall 0.95.")
    print("Pairs: of two letters found together or written for one campaign, how many are both.\n")
    print(
        f"{'letters':>9}  {'use':10} {'precision':>9} {'recall':>7} {'pairs: p':>9} {'r':>7}  campaigns written/found"
    )
    for use, count in _QUALITY:
        mixture = mix(read_letters(use=use), templated=count, real=_REAL)
        _quality_row(mixture, duplicate_groups(mixture.contributions, settings=Settings()), use=use, count=count)
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
        print("\nLeft out: a million letters, which take about three minutes and 7 GB.")


def _quality_row(mixture: Mixture, groups: tuple[DuplicateGroup, ...], *, use: str, count: int) -> None:
    """Print how well the letters of one mixture were told from the other texts, and from each other."""
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
    print(
        f"{count:>9,}  {use:10} {len(found & written) / max(1, len(found)):9.4f} {len(found & written) / count:7.4f} "
        f"{both / max(1, together):9.4f} {both / meant:7.4f}  {len(set(mixture.campaigns.values()))}/{len(campaigns)}",
        flush=True,
    )


def _pairs(sizes: Counter[object]) -> int:
    """Return how many pairs there are in groups of some sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


if __name__ == "__main__":
    main()
