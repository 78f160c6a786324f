"""
Fit again what the engine learned from labels, on ArgKP train; run it as `python -m bench.quality.weights`.

It prints the weights of `affinity.same_point` beside those in use, how well they tell pairs apart on topics they were
not fitted on, and what concepts are worth in matching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from answerable.engine import affinity
from answerable.engine.blocks import Block
from answerable.engine.concepts import comparing
from answerable.engine.records import Settings
from bench.quality import runs, scores
from bench.quality.gold import KeyPointGold, consultations_folder, read_argkp

Numbers = npt.NDArray[np.float64]
_NAMES = ("cosine", "second order", "short walk", "long walk", "typical", "both typical")
_EVERY_OTHER = 3
_CONCEPT_WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True)
class Pairs:
    """Hold the pairs of a topic's arguments that match a key point: `measures` (pairs, 6), and who share one."""

    measures: Numbers
    same: npt.NDArray[np.bool_]


def pairs_of(block: Block, *, matches: Mapping[str, frozenset[str]]) -> Pairs:
    """Return the pairs of one topic, with the measures that `same_point` puts together."""
    size = len(block.contributions)
    rows = np.arange(size)
    itself = np.eye(size, dtype=bool)
    cosines = affinity.cosines_among(block.likeness)
    walks = affinity.walks_between(block.graph, rows=rows, columns=rows)
    typical = affinity.typicality(cosines)
    measures = [affinity.standardised(one, itself) for one in (cosines, cosines @ cosines, *walks)]
    measures += [typical[:, None] + typical[None, :], typical[:, None] * typical[None, :]]
    points = [matches.get(one.id, frozenset()) for one in block.contributions]
    first, second = np.triu_indices(size, 1)
    decided = [bool(points[one]) and bool(points[other]) for one, other in zip(first, second, strict=True)]
    first, second = first[decided], second[decided]
    same = np.array([bool(points[one] & points[other]) for one, other in zip(first, second, strict=True)])
    return Pairs(np.stack(measures, axis=-1)[first, second], same)


def fitted(pairs: Sequence[Pairs]) -> LogisticRegression:
    """Return a logistic regression on every third pair of some topics."""
    measures = np.concatenate([one.measures[::_EVERY_OTHER] for one in pairs])
    same = np.concatenate([one.same[::_EVERY_OTHER] for one in pairs])
    return LogisticRegression(max_iter=300).fit(measures, same)


def areas_left_out(pairs: Sequence[Pairs]) -> Numbers:
    """Return for each topic the area under the curve of what was fitted on all others, shape (topics,)."""
    found = []
    for place, own in enumerate(pairs):
        model = fitted([*pairs[:place], *pairs[place + 1 :]])
        found.append(roc_auc_score(own.same, model.decision_function(own.measures)))
    return np.array(found)


def main() -> None:
    """Fit and print; without the data, say where it is looked for."""
    folder = consultations_folder()
    if folder is None:
        print("The data sets are not at hand: set ANSWERABLE_SHARED_DATA to the folder that holds consultations/.")
        return
    gold, settings = read_argkp(folder, split="train"), Settings()
    blocks = runs.blocks_by_question(gold.arguments, settings=settings)
    matches = gold.matches()
    pairs = [pairs_of(block, matches=matches) for block in blocks.values()]
    model = fitted(pairs)
    for name, weight, used in zip(_NAMES, model.coef_[0], affinity.WEIGHTS, strict=True):
        print(f"{name:14s} fitted {weight:6.2f}  in use {used:6.2f}")
    print(f"{'constant':14s} fitted {float(model.intercept_[0]):6.2f}  in use {affinity.CONSTANT:6.2f}")
    areas = areas_left_out(pairs)
    print(f"area under the curve, topics left out in turn: {areas.mean():.3f} ±{_error(areas):.3f}")
    _print_concepts(gold, settings)


def _print_concepts(gold: KeyPointGold, settings: Settings) -> None:
    """Print how well arguments find their key point with other weights of concepts."""
    used = comparing.NEARNESS_WEIGHT
    for weight in _CONCEPT_WEIGHTS:
        similarity = runs.engine_similarity(gold, settings=settings, concept_weight=weight)
        strict, relaxed = scores.matching_precision(gold, similarity=similarity)
        mark = "  in use" if weight == used else ""
        print(f"concepts {weight:4.2f}: matching mAP {strict:.3f}/{relaxed:.3f}{mark}")


def _error(values: Numbers) -> float:
    """Return the standard error of a mean."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


if __name__ == "__main__":
    main()
