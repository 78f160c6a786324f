"""Work out every measure and print it as one table."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from answerable.engine.pipeline import synthesize
from answerable.engine.records import Settings
from bench.quality import runs, scores
from bench.quality.gold import KeyPointGold, ThemeGold, read_argkp, read_cimt

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TUNED, JUDGED = "tuned on", "judged on"
# So many times as many keys as there are key points: what somebody who reads on gets to know.
_MORE_KEYS = (1.5, 2.0)


@dataclass(frozen=True)
class Row:
    """Hold one measure: what the engine reaches, and what chance and the most typical reach; lower may be better."""

    measure: str
    data: str
    use: str
    engine: str
    chance: str
    popular: str
    must: str

    @property
    def is_met(self) -> bool:
        """Whether every figure of the engine is what it must be; where nothing must be, it is."""
        wanted = [float(one) for one in _NUMBER.findall(self.must)]
        reached = [float(one) for one in _NUMBER.findall(self.engine)]
        pairs = zip(reached, wanted, strict=False)
        return all(found <= most if self.must.startswith("<=") else found >= most for found, most in pairs)


def quality_rows(folder: Path) -> Iterable[Row]:
    """Yield the rows of the table, each data set's as soon as they are known."""
    settings = Settings()
    for split, use in (("train", TUNED), ("dev", JUDGED)):
        gold = read_argkp(folder, split=split)
        yield from _matching(gold, use, settings)
        yield from _clusters(gold, use, settings)
        yield from _keys(gold, use, settings)
        yield from _sectors(gold, use, settings)
    yield from _themes(folder, settings)


def print_table(rows: Iterable[Row]) -> list[Row]:
    """Print rows as a plain table, each as it comes, and return those that are not what they must be."""
    missed = []
    widths = (54, 13, 10, 14, 14, 14, 14)
    headings = ("measure", "data", "split is", "engine", "chance", "most typical", "must")
    print("".join(heading.ljust(width) for heading, width in zip(headings, widths, strict=True)))
    for row in rows:
        cells = (row.measure, row.data, row.use, row.engine, row.chance, row.popular, row.must)
        print("".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), flush=True)
        missed += [] if row.is_met else [row]
    return missed


def _matching(gold: KeyPointGold, use: str, settings: Settings) -> Iterable[Row]:
    """Yield how well arguments find their key point."""
    engine = scores.matching_precision(gold, similarity=runs.engine_similarity(gold, settings=settings))
    chance = runs.averaged(
        lambda seed: scores.matching_precision(gold, similarity=runs.random_similarity(gold, seed=seed))
    )
    yield Row("matching mAP, strict/relaxed", _name(gold), use, _two(engine), _two(chance), "-", "0.71/0.74")


def _clusters(gold: KeyPointGold, use: str, settings: Settings) -> Iterable[Row]:
    """Yield how well themes agree with key points, for arguments that match exactly one."""
    synthesis = runs.run(gold, settings=settings)
    truth = runs.single_key_points(gold)
    for level, name in ((1, "themes"), (2, "deepest themes")):
        found = runs.themes_of(synthesis, level=level)
        engine = runs.mean_agreement(gold, found, truth=truth)
        dealt = runs.averaged(_dealing(gold, found, truth))
        must = "0.20" if level == 1 else ""
        yield Row(f"{name} to key points, AMI/ARI", _name(gold), use, _two(engine), _two(dealt), "0.000/0.000", must)


def _dealing(gold: KeyPointGold, found: dict[str, str], truth: dict[str, str]) -> runs.SeededMeasure:
    """Return the agreement of themes dealt out by chance with a seed."""
    return lambda seed: runs.mean_agreement(gold, runs.shuffled(found, seed=seed), truth=truth)


def _keys(gold: KeyPointGold, use: str, settings: Settings) -> Iterable[Row]:
    """Yield how many of the experts' points the first key contributions make, and how often they repeat one."""
    keys = runs.keys_in_order(runs.run(gold, settings=settings))
    ours = runs.first_chooser(keys)
    aware = runs.first_chooser(runs.keys_in_order(synthesize(runs.stance_as_sector(gold), settings=settings)))
    found = runs.key_point_scores_by_topic(gold, ours)
    with_sides = runs.key_point_scores_by_topic(gold, aware)
    plain = _plain(gold, settings)
    relaxed = _plain(gold, settings, is_relaxed=True)
    of_parts = runs.key_point_scores_of_parts(gold, settings=settings)
    undecided = runs.key_point_scores_by_topic(gold, ours, is_relaxed=True)
    measures = (
        ("redundant pairs among k keys (less is better)", "<= 0.15"),
        ("key points hit by k keys (k = key points)", ">= 0.60"),
    )
    for place, (measure, must) in enumerate(measures):
        variants = (
            (measure, found, plain, must),
            ("- the same, of four fifths of the arguments, 4 draws", of_parts, plain, ""),
            ("- the same, told the two sides as sectors", with_sides, plain, ""),
            ("- the same, a pair nobody decided counts as right", undecided, relaxed, ""),
        )
        for name, by_topic, (chance, popular), wanted in variants:
            others = f"{chance[place]:.3f}", f"{popular[place]:.3f}"
            yield Row(name, _name(gold), use, _with_error(by_topic[:, place]), *others, wanted)
    for times in _MORE_KEYS:
        more = runs.key_point_scores(gold, runs.times_as_many(ours, times))
        chance, popular = _plain(gold, settings, times=times)
        name, others = f"key points hit by {times:g} k keys", (f"{chance[1]:.3f}", f"{popular[1]:.3f}")
        yield Row(name, _name(gold), use, f"{more[1]:.3f}", *others, "")
    all_keys = runs.key_point_scores(gold, lambda topic, _: keys[topic])
    yield Row("key points hit by all keys", _name(gold), use, f"{all_keys[1]:.3f}", "-", "-", "")


def _plain(
    gold: KeyPointGold, settings: Settings, *, is_relaxed: bool = False, times: float = 1.0
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return redundancy and key points hit of a choice by chance, and of the most typical arguments."""

    def measured(choose: runs.Chooser) -> tuple[float, float]:
        return runs.key_point_scores(gold, runs.times_as_many(choose, times), is_relaxed=is_relaxed)

    chance = runs.averaged(lambda seed: measured(runs.random_chooser(gold, seed=seed)))
    return chance, measured(runs.popular_chooser(gold, settings=settings))


def _sectors(gold: KeyPointGold, use: str, settings: Settings) -> Iterable[Row]:
    """Yield how evenly the first key contributions speak for two sides that the engine takes for sectors."""
    blind = runs.keys_in_order(runs.run(gold, settings=settings))
    aware = runs.keys_in_order(synthesize(runs.stance_as_sector(gold), settings=settings))
    counts = {topic: sum(point.topic == topic for point in gold.key_points) for topic in aware}
    choosers = (
        runs.first_of(aware, counts),
        runs.first_of(blind, counts),
        {topic: runs.random_chooser(gold, seed=1)(topic, count) for topic, count in counts.items()},
        {topic: runs.popular_chooser(gold, settings=settings)(topic, count) for topic, count in counts.items()},
    )
    with_quota, without, chance, popular = (
        runs.sector_coverage(gold, chosen, settings=settings) for chosen in choosers
    )
    yield Row("sector coverage, min/max", _name(gold), use, *_each(0, with_quota, chance, popular), ">= 0.90")
    yield Row("coverage of all, mean similarity", _name(gold), use, *_each(1, with_quota, chance, popular), "")
    lost = 1 - with_quota[1] / without[1]
    yield Row("coverage lost by sector quotas", _name(gold), use, f"{lost:.1%}", "-", "-", "<= 1 %")


def _themes(folder: Path, settings: Settings) -> Iterable[Row]:
    """Yield how well themes agree with those experts gave to contributions that may have several."""
    gold = read_cimt(folder)
    synthesis = runs.run(gold, settings=settings)
    alone = {one: next(iter(names)) for one, names in gold.themes.items() if len(names) == 1}
    combined = {one: "+".join(sorted(names)) for one, names in gold.themes.items() if names}
    for level, themes in ((1, "themes"), (2, "deepest themes")):
        found = runs.themes_of(synthesis, level=level)
        for truth, name in ((alone, "with one theme"), (combined, "each combination")):
            engine = scores.agreement(truth, found)
            dealt = runs.averaged(_dealing_themes(truth, found))
            measure = f"{themes} AMI/ARI, {name} ({len(truth)})"
            yield Row(measure, "CIMT", TUNED, _two(engine), _two(dealt), "0.000/0.000", "")
    yield from _keys_of_themes(gold, settings, runs.keys_in_order(synthesis)[""])


def _keys_of_themes(gold: ThemeGold, settings: Settings, keys: Sequence[str]) -> Iterable[Row]:
    """Yield how many of the experts' themes the first keys touch, and how often two of them share one."""
    themes = frozenset(name for names in gold.themes.values() for name in names)
    ids = [one.id for one in gold.contributions]

    def measured(chosen: Sequence[str]) -> tuple[float, float]:
        hit = scores.key_points_hit(chosen, matches=gold.themes, all_points=themes)
        return scores.redundancy(chosen, matches=_themed(gold)), hit

    engine = measured(keys[: len(themes)])
    chance = runs.averaged(lambda seed: measured(random.Random(seed).sample(ids, len(themes))))
    popular = measured(runs.most_typical(gold.contributions, count=len(themes), settings=settings))
    measures = (
        f"pairs sharing a theme among {len(themes)} keys (less is better)",
        f"themes touched by {len(themes)} keys",
    )
    for place, measure in enumerate(measures):
        yield Row(measure, "CIMT", TUNED, *_each(place, engine, chance, popular), "")


def _themed(gold: ThemeGold) -> dict[str, frozenset[str]]:
    """Return the themes of the contributions that have any."""
    return {one: names for one, names in gold.themes.items() if names}


def _dealing_themes(truth: dict[str, str], found: dict[str, str]) -> runs.SeededMeasure:
    """Return the agreement of themes dealt out by chance with a seed, over all contributions at once."""
    return lambda seed: scores.agreement(truth, runs.shuffled(found, seed=seed))


def _name(gold: KeyPointGold) -> str:
    """Return the name of a split."""
    return f"ArgKP {gold.split}"


def _with_error(values: npt.NDArray[np.float64]) -> str:
    """Return the mean over topics with its standard error."""
    error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
    return f"{values.mean():.3f} ±{error:.3f}"


def _two(values: tuple[float, float]) -> str:
    """Return two numbers with a stroke between them."""
    return f"{values[0]:.3f}/{values[1]:.3f}"


def _each(
    place: int, engine: tuple[float, float], chance: tuple[float, float], popular: tuple[float, float]
) -> tuple[str, str, str]:
    """Return the number at one place of each pair."""
    return f"{engine[place]:.3f}", f"{chance[place]:.3f}", f"{popular[place]:.3f}"
