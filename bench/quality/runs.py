"""Run the engine, and plain alternatives to it, on the data sets."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from answerable.engine.blocks import Block, cut_blocks
from answerable.engine.concepts.comparing import NEARNESS_WEIGHT, Concepts, nearness
from answerable.engine.neighbours import smoothed
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Settings, Synthesis
from answerable.engine.vectors.embedder import dense
from answerable.engine.word_table import word_table
from bench.quality import scores
from bench.quality.gold import KeyPointGold, ThemeGold

Chooser = Callable[[str, int], list[str]]
SeededMeasure = Callable[[int], tuple[float, float]]
_REPEATS = 20
_DRAWS, _SHARE_DRAWN = 4, 0.8


def blocks_by_question(contributions: Sequence[Contribution], *, settings: Settings) -> dict[str, Block]:
    """Return the blocks of English contributions by question."""
    spoken = [replace(one, language="en") for one in contributions]
    return {block.question: block for block in cut_blocks(spoken, settings=settings)}


def engine_similarity(
    gold: KeyPointGold, *, settings: Settings, concept_weight: float = NEARNESS_WEIGHT
) -> dict[str, tuple[list[str], npt.NDArray[np.float64]]]:
    """Return for each topic the similarity of its arguments to its key points, as the engine matches keys."""
    found = {}
    for topic, block in blocks_by_question(gold.arguments, settings=settings).items():
        points = [point.text for point in gold.key_points if point.topic == topic]
        concepts = Concepts(block.language)
        of_arguments = concepts.fit_encode(word_table([one.text for one in block.contributions]))
        shared = dense(of_arguments @ concepts.encode(word_table(points)).T)
        near = nearness(dense(block.vectors @ block.embedder.encode(points).T), concepts=shared, weight=concept_weight)
        similarity = smoothed(near, graph=block.graph)
        found[topic] = ([one.id for one in block.contributions], similarity.astype(np.float64))
    return found


def random_similarity(gold: KeyPointGold, *, seed: int) -> dict[str, tuple[list[str], npt.NDArray[np.float64]]]:
    """Return similarities drawn by chance."""
    generator = np.random.default_rng(seed)
    found = {}
    for topic in sorted({point.topic for point in gold.key_points}):
        ids = [one.id for one in gold.arguments if one.question == topic]
        points = sum(point.topic == topic for point in gold.key_points)
        found[topic] = (ids, generator.random((len(ids), points)))
    return found


def single_key_points(gold: KeyPointGold) -> dict[str, str]:
    """Return the key point of each argument that matches exactly one."""
    return {one: next(iter(points)) for one, points in gold.matches().items() if len(points) == 1}


def themes_of(synthesis: Synthesis, *, level: int) -> dict[str, str]:
    """Return the theme of each placed contribution: the one at level 1, or the deepest."""
    parents = {theme.id: theme.parent or theme.id for theme in synthesis.themes}
    placed = {one.contribution: one.theme for one in synthesis.placements if one.theme}
    return {one: parents[theme] if level == 1 else theme for one, theme in placed.items()}


def mean_agreement(gold: KeyPointGold, found: Mapping[str, str], *, truth: Mapping[str, str]) -> tuple[float, float]:
    """Return the mean agreement over topics."""
    by_topic: dict[str, dict[str, str]] = defaultdict(dict)
    for one in gold.arguments:
        if one.id in truth:
            by_topic[one.question][one.id] = truth[one.id]
    pairs = [scores.agreement(own, found) for own in by_topic.values()]
    return float(np.mean([pair[0] for pair in pairs])), float(np.mean([pair[1] for pair in pairs]))


def shuffled(found: Mapping[str, str], *, seed: int) -> dict[str, str]:
    """Return the same themes dealt out by chance."""
    ids, values = sorted(found), [found[one] for one in sorted(found)]
    random.Random(seed).shuffle(values)
    return dict(zip(ids, values, strict=True))


def keys_in_order(synthesis: Synthesis) -> dict[str, list[str]]:
    """Return for each question its key contributions by rank."""
    questions = {theme.id: theme.question for theme in synthesis.themes}
    keys: dict[str, list[str]] = defaultdict(list)
    for one in sorted(synthesis.representatives, key=lambda one: one.rank):
        keys[questions[one.theme]].append(one.contribution)
    return dict(keys)


def first_of(keys: Mapping[str, Sequence[str]], counts: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the first few keys of each question."""
    return {question: list(keys[question][:count]) for question, count in counts.items()}


def key_point_scores(gold: KeyPointGold, choose: Chooser, *, is_relaxed: bool = False) -> tuple[float, float]:
    """Return mean redundancy and mean share of key points hit when as many are chosen as there are key points."""
    by_topic = key_point_scores_by_topic(gold, choose, is_relaxed=is_relaxed)
    return float(by_topic[:, 0].mean()), float(by_topic[:, 1].mean())


def key_point_scores_by_topic(
    gold: KeyPointGold, choose: Chooser, *, is_relaxed: bool = False
) -> npt.NDArray[np.float64]:
    """
    Return redundancy and share of key points hit for each topic, shape (topics, 2).

    When relaxed, a pair of argument and key point that nobody decided counts as matching, as in relaxed precision.
    """
    matches = gold.possible_matches() if is_relaxed else gold.matches()
    found = []
    for topic in sorted({point.topic for point in gold.key_points}):
        points = frozenset(point.id for point in gold.key_points if point.topic == topic)
        chosen = choose(topic, len(points))
        hit = scores.key_points_hit(chosen, matches=matches, all_points=points)
        found.append((scores.redundancy(chosen, matches=matches), hit))
    return np.array(found)


def key_point_scores_of_parts(gold: KeyPointGold, *, settings: Settings) -> npt.NDArray[np.float64]:
    """
    Return the mean of redundancy and of key points hit for each topic, over four draws of four fifths of the arguments.

    Less than the figure of one choice it depends on luck, and a setting that suits all arguments by chance
    suits fewer of these. Shape (topics, 2).
    """
    found = []
    for seed in range(_DRAWS):
        generator = random.Random(seed)
        some = tuple(one for one in gold.arguments if generator.random() < _SHARE_DRAWN)
        keys = keys_in_order(run(replace(gold, arguments=some), settings=settings))
        found.append(key_point_scores_by_topic(gold, first_chooser(keys)))
    return np.asarray(np.mean(found, axis=0))


def times_as_many(choose: Chooser, times: float) -> Chooser:
    """Return what chooses so many times as many as it is asked for."""
    return lambda topic, count: choose(topic, round(times * count))


def first_chooser(keys: Mapping[str, Sequence[str]]) -> Chooser:
    """Return what chooses the first of keys in the order of their rank."""
    return lambda topic, count: list(keys[topic][:count])


def random_chooser(gold: KeyPointGold, *, seed: int) -> Chooser:
    """Return what chooses arguments of a topic by chance."""
    generator = random.Random(seed)
    return lambda topic, count: generator.sample([one.id for one in gold.arguments if one.question == topic], count)


def popular_chooser(gold: KeyPointGold, *, settings: Settings) -> Chooser:
    """Return what chooses the arguments most alike to all others: what most people said, and nothing else."""
    blocks = blocks_by_question(gold.arguments, settings=settings)
    return lambda topic, count: _most_typical(blocks[topic], count=count)


def most_typical(contributions: Sequence[Contribution], *, count: int, settings: Settings) -> list[str]:
    """Return the contributions to one question, in one language, that are most alike to all others."""
    (block,) = cut_blocks(contributions, settings=settings)
    return _most_typical(block, count=count)


def _most_typical(block: Block, *, count: int) -> list[str]:
    """Return the contributions of a block that are most alike to all others."""
    central = np.asarray(block.vectors @ np.asarray(block.vectors.sum(axis=0)).ravel()).ravel()
    return [block.contributions[int(row)].id for row in np.argsort(-central, kind="stable")[:count]]


def averaged(measure: SeededMeasure) -> tuple[float, float]:
    """Return the mean of a measure over twenty seeds."""
    results = np.array([measure(seed) for seed in range(_REPEATS)])
    return float(results[:, 0].mean()), float(results[:, 1].mean())


def stance_as_sector(gold: KeyPointGold) -> list[Contribution]:
    """Return the arguments with their side as their sector, which makes two sectors of uneven size."""
    return [replace(one, sector=gold.stances[one.id], language="en") for one in gold.arguments]


def sector_coverage(
    gold: KeyPointGold, chosen: Mapping[str, Sequence[str]], *, settings: Settings
) -> tuple[float, float]:
    """
    Return the lowest over the highest mean similarity of a side to the chosen contributions, and the mean over all.

    Similarity is that to the nearest chosen contribution of the same question; means are over questions.
    """
    ratios, means = [], []
    for question, block in blocks_by_question(gold.arguments, settings=settings).items():
        place = {one.id: row for row, one in enumerate(block.contributions)}
        columns = [place[one] for one in chosen[question]]
        nearest = dense(block.vectors @ block.vectors[columns].T).max(axis=1)
        sides = [nearest[[gold.stances[one.id] == side for one in block.contributions]].mean() for side in ("1", "-1")]
        ratios.append(min(sides) / max(sides))
        means.append(nearest.mean())
    return float(np.mean(ratios)), float(np.mean(means))


def run(gold: KeyPointGold | ThemeGold, *, settings: Settings) -> Synthesis:
    """Return the synthesis of a data set."""
    contributions = gold.arguments if isinstance(gold, KeyPointGold) else gold.contributions
    return synthesize([replace(one, language=one.language or "en") for one in contributions], settings=settings)
