"""Count where the contributions went, and how well the key contributions speak for each sector."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from answerable.engine.records import Contribution, Coverage, Placement, SectorCoverage


def measure_coverage(contributions: Sequence[Contribution], *, placements: Sequence[Placement]) -> Coverage:
    """
    Return the counts of each status, and for each sector the mean similarity to the key contributions.

    Contributions and placements are in the same order. A contribution that stands alone has similarity 0.
    """
    statuses = Counter(placement.status for placement in placements)
    by_sector: dict[str, list[Placement]] = defaultdict(list)
    for contribution, placement in zip(contributions, placements, strict=True):
        if contribution.sector:
            by_sector[contribution.sector].append(placement)
    sectors = tuple(_sector_coverage(sector, by_sector[sector]) for sector in sorted(by_sector))
    return Coverage(
        received=len(placements),
        keys=statuses["key"],
        near_keys=statuses["near-key"],
        duplicates=statuses["duplicate of"],
        standing_alone=statuses["stands alone"],
        sectors=sectors,
        sector_ratio=_ratio([sector.mean_similarity for sector in sectors]),
    )


def _sector_coverage(sector: str, placements: Sequence[Placement]) -> SectorCoverage:
    """Return the coverage of one sector."""
    placed = [placement for placement in placements if placement.theme]
    similarity = sum(placement.key_score for placement in placed) / len(placements)
    return SectorCoverage(sector, len(placements), len(placed), round(similarity, 6))


def _ratio(values: Sequence[float]) -> float | None:
    """Return the lowest over the highest, None with fewer than two values or nothing covered."""
    if len(values) < 2 or max(values) == 0:  # noqa: PLR2004 - one value has nothing to compare with
        return None
    return round(min(values) / max(values), 6)
