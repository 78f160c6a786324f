"""Coverage: where contributions went, and for whom the keys speak."""

from answerable.engine.coverage import measure_coverage
from answerable.engine.records import Contribution, Placement, SectorCoverage


def test_measure_coverage_counts_each_contribution_once():
    contributions = [
        Contribution(one, one, sector=sector) for one, sector in zip("abcd", ["x", "x", "y", ""], strict=True)
    ]
    placements = [
        Placement("a", "T", 0.5, "key", "a", 1.0),
        Placement("b", "T", 0.5, "near-key", "a", 0.5),
        Placement("c", "T", 0.5, "duplicate of", "a", 0.3, "b"),
        Placement("d", "", 0.0, "stands alone"),
    ]

    found = measure_coverage(contributions, placements=placements)

    assert (found.received, found.keys, found.near_keys, found.duplicates, found.standing_alone) == (4, 1, 1, 1, 1)
    assert found.sectors == (SectorCoverage("x", 2, 2, 0.75), SectorCoverage("y", 1, 1, 0.3))
    assert found.sector_ratio == 0.4


def test_measure_coverage_compares_nothing_with_one_sector():
    found = measure_coverage(
        [Contribution("a", "a", sector="x")], placements=[Placement("a", "T", 1.0, "key", "a", 1.0)]
    )

    assert found.sector_ratio is None
