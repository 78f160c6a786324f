"""Invent large consultations: three bodies of opinion, few statements that many see, few people who answer many."""

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.stances import Stances

_PEOPLE_AT_ONCE = 50_000
_SHARES = (0.45, 0.35, 0.20)


def invent(people: int, *, statements: int, mean_stances: float = 48.5, seed: int = 1) -> Stances:
    """
    Return stances of people in three groups with leanings of their own.

    How many each takes is geometric, 46 on average when what is said twice counts once, and which follows a power law
    over statements. Shares of agree, pass and disagree follow from the group's leaning with noise.
    """
    chance = np.random.default_rng(seed)
    popularity = np.cumsum((1.0 / np.arange(1, statements + 1) ** 0.7)[chance.permutation(statements)])
    leanings = np.clip(chance.normal(0, 1.2, (len(_SHARES), statements)), -3, 3).astype(np.float32)
    parts = [
        _some_people(
            min(_PEOPLE_AT_ONCE, people - first),
            popularity=popularity / popularity[-1],
            leanings=leanings,
            mean_stances=mean_stances,
            chance=chance,
        )
        for first in range(0, people, _PEOPLE_AT_ONCE)
    ]
    counts = np.concatenate([counts for counts, _, _ in parts])
    return Stances(
        np.arange(people),
        np.arange(statements),
        np.concatenate(([0], np.cumsum(counts))),
        np.concatenate([statement for _, statement, _ in parts]),
        np.concatenate([value for _, _, value in parts]),
    )


def _some_people(
    people: int,
    *,
    popularity: npt.NDArray[np.float64],
    leanings: npt.NDArray[np.float32],
    mean_stances: float,
    chance: np.random.Generator,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16], npt.NDArray[np.int8]]:
    """Return how many stances each of some people takes, and statements and values in order."""
    statements = len(popularity)
    group = chance.choice(len(_SHARES), people, p=_SHARES)
    wanted = np.minimum(chance.geometric(1 / (mean_stances * 1.12), people), 2 * statements)
    person = np.repeat(np.arange(people), wanted)
    seen = np.searchsorted(popularity, chance.random(len(person)), side="right").clip(max=statements - 1)
    key = np.unique(person * statements + seen)
    person, seen = np.divmod(key, statements)
    felt = leanings[group[person], seen] + chance.standard_normal(len(key), dtype=np.float32)
    value = (felt > 0.4).astype(np.int8) - (felt < -0.4).astype(np.int8)
    return np.bincount(person, minlength=people), seen.astype(np.uint16), value
