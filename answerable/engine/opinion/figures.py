"""Make the figures of a result: what each group says to each statement, and what all of them agree to."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.special import erfc

from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.records import ConsensusFigure, GroupFigure, OpinionGroups
from answerable.engine.opinion.representation import AGREE, DISAGREE, PASS, Counts, adjusted, consensus, represent
from answerable.engine.opinion.stances import Ids, Stances


def counted(
    stances: Stances, *, labels: npt.NDArray[np.signedinteger], k: int, kernels: Kernels
) -> npt.NDArray[np.int64]:
    """Return int64 (k, statements, 3): how many disagree, pass and agree, by the label of the person."""
    counts = np.zeros((k, len(stances.statements), 3), dtype=np.int64)
    if k:
        kernels.count_by_label(stances.indptr, stances.statement, stances.value, labels, counts)
    return counts


def sector_labels_of(participants: Ids, *, sectors: Mapping[str, str]) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
    """Return the sectors declared by these participants, sorted, and the position of each one's, -1 for none."""
    if not sectors:
        return (), np.full(len(participants), -1, dtype=np.int16)
    declared = [sectors.get(str(one), "") for one in participants.tolist()]
    names = tuple(sorted(set(declared) - {""}))
    position = {name: place for place, name in enumerate(names)}
    return names, np.array([position.get(name, -1) for name in declared], dtype=np.int16)


def with_figures(found: OpinionGroups) -> OpinionGroups:
    """Return a result with figures and consensus made of its counts; those of statements left out are not made."""
    rows = np.flatnonzero(np.isin(found.statements.astype(np.str_), found.left_out, invert=True))
    names = [str(one) for one in found.statements[rows].tolist()]
    by_group = found.counts if found.k else found.totals[None]
    return dataclasses.replace(
        found,
        figures=_group_figures(
            by_group[:, rows],
            groups=[group.id for group in found.groups],
            statements=names,
            rate=found.settings.false_discovery_rate,
        ),
        consensus=_consensus_figures(
            by_group[:, rows], found.sector_counts[:, rows], totals=found.totals[rows], statements=names
        ),
    )


def _group_figures(counts: Counts, *, groups: list[str], statements: list[str], rate: float) -> tuple[GroupFigure, ...]:
    """Return the figures of each group and statement with any answer in the group, by group, then by statement."""
    if len(groups) < 2:  # noqa: PLR2004  # a group differs from another
        return ()
    found = represent(counts)
    asked = counts.sum(axis=2) > 0
    chance = np.minimum(1.0, erfc(found.others_test[asked] / np.sqrt(2.0)))
    held = adjusted(chance)
    amounts, agrees = counts[asked], found.agrees[asked]
    taken = np.where(agrees, amounts[:, AGREE], amounts[:, DISAGREE])
    group_at, statement_at = np.nonzero(asked)
    columns = (
        np.array(groups, dtype=object)[group_at],
        np.array(statements, dtype=object)[statement_at],
        *(amounts[:, value] for value in (AGREE, DISAGREE, PASS)),
        np.where(agrees, np.array("agree", dtype=object), np.array("disagree", dtype=object)),
        found.share[asked],
        found.ratio[asked],
        chance,
        held,
        (held <= rate) & (2 * taken > amounts.sum(axis=1)),
    )
    return tuple(map(GroupFigure._make, zip(*(column.tolist() for column in columns), strict=True)))


def _consensus_figures(
    by_group: Counts, by_sector: Counts, *, totals: Counts, statements: list[str]
) -> tuple[ConsensusFigure, ...]:
    """Return the statements by how far all groups, and all declared sectors, agree; the strongest first."""
    over_groups = consensus(by_group)
    over_sectors = consensus(by_sector) if len(by_sector) else None
    least = over_groups if over_sectors is None else np.minimum(over_groups, over_sectors)
    order = np.argsort(-least, kind="stable")
    nothing = [None] * len(order)
    columns = (
        [statements[number] for number in order.tolist()],
        *(totals[order, value].tolist() for value in (AGREE, DISAGREE, PASS)),
        over_groups[order].tolist(),
        nothing if over_sectors is None else over_sectors[order].tolist(),
        least[order].tolist(),
    )
    return tuple(map(ConsensusFigure._make, zip(*columns, strict=True)))
