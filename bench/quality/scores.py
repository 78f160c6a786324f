"""The measures, each as it is defined where it was published."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, average_precision_score

from bench.quality.gold import KeyPointGold


def matching_precision(
    gold: KeyPointGold, *, similarity: Mapping[str, tuple[Sequence[str], npt.NDArray[np.float64]]]
) -> tuple[float, float]:
    """
    Return mean average precision, strict and relaxed, as the ArgKP-2021 shared task defines it.

    `similarity` maps each topic to its arguments' ids and an array (arguments, key points of the topic). For each
    topic and stance every argument is given its best key point, and the surer half is judged. A pair nobody decided
    counts as wrong (strict) or right (relaxed).
    """
    strict, relaxed = [], []
    for topic, (ids, scores) in similarity.items():
        points = [point for point in gold.key_points if point.topic == topic]
        for stance in ("1", "-1"):
            rows = [row for row, one in enumerate(ids) if gold.stances[one] == stance]
            columns = [column for column, point in enumerate(points) if point.stance == stance]
            if not rows or not columns:
                continue
            own = scores[np.ix_(rows, columns)]
            best, sure = own.argmax(axis=1), own.max(axis=1)
            judged = np.argsort(-sure, kind="stable")[: len(rows) // 2]
            labels = [gold.labels.get((ids[rows[one]], points[columns[best[one]]].id)) for one in judged]
            strict.append(_average_precision([label or 0 for label in labels], sure[judged]))
            relaxed.append(_average_precision([1 if label is None else label for label in labels], sure[judged]))
    return float(np.mean(strict)), float(np.mean(relaxed))


def agreement(truth: Mapping[str, Hashable], found: Mapping[str, str]) -> tuple[float, float]:
    """Return adjusted mutual information and adjusted Rand index over the ids in `truth`."""
    ids = sorted(truth)
    names = {name: number for number, name in enumerate(sorted(map(str, set(truth.values()))))}
    expected = [names[str(truth[one])] for one in ids]
    # What stands alone is a group of its own, not one large group of leftovers.
    given = [found.get(one) or one for one in ids]
    return float(adjusted_mutual_info_score(expected, given)), float(adjusted_rand_score(expected, given))


def redundancy(chosen: Sequence[str], *, matches: Mapping[str, frozenset[str]]) -> float:
    """Return the share of pairs of chosen contributions that match the same key point."""
    pairs = list(combinations([one for one in chosen if one in matches], 2))
    return sum(bool(matches[one] & matches[other]) for one, other in pairs) / len(pairs) if pairs else 0.0


def key_points_hit(
    chosen: Sequence[str], *, matches: Mapping[str, frozenset[str]], all_points: frozenset[str]
) -> float:
    """Return the share of key points that at least one chosen contribution matches."""
    hit = {point for one in chosen for point in matches.get(one, frozenset())}
    return len(hit & all_points) / len(all_points)


def _average_precision(labels: Sequence[int], scores: npt.NDArray[np.float64]) -> float:
    """Return average precision, 0 when there is nothing right."""
    return float(average_precision_score(labels, scores)) if any(labels) else 0.0
