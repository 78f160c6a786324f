"""Groups that were put in are found, over sizes and gaps; where none were, none are."""

import numpy as np
import pytest

from answerable.engine.opinion import Stances, find_opinion_groups
from answerable.engine.opinion.agreement import adjusted_rand


def planted(people, statements, groups, missing, *, seed=1, is_noise=False):
    """
    Return stances of groups that stand around a circle of two dimensions of opinion, and the group of each person.

    How much a person answers varies (gamma, coefficient of variation 0.6), one in five stances or so is a pass.
    """
    chance = np.random.default_rng(seed)
    group = np.arange(people) % groups
    angle = 2 * np.pi * np.arange(groups) / groups + 0.3
    leaning = np.stack([np.cos(angle), np.sin(angle)], axis=1) @ chance.normal(0, 2.0, (2, statements))
    if is_noise:
        leaning[:] = 0
    felt = leaning[group] + chance.normal(0, 0.4, statements) + chance.logistic(0, 0.6, (people, statements))
    answered = (
        chance.random((people, statements)) < np.clip(chance.gamma(2.5, (1 - missing) / 2.5, people), 0, 1)[:, None]
    )
    row, column = np.nonzero(answered)
    value = (felt > 0.2).astype(np.int8) - (felt < -0.2)
    found = Stances.from_arrays(row, column, value[row, column], known=np.arange(statements))
    return found, group[found.participants]


@pytest.mark.parametrize(
    ("people", "statements", "groups", "missing", "least"),
    [
        (100, 8, 2, 0.3, 0.8),
        (100, 60, 2, 0.6, 0.9),
        (2000, 60, 2, 0.9, 0.8),
        (400, 200, 2, 0.9, 0.9),
        (100, 60, 3, 0.6, 0.8),
        (400, 200, 3, 0.9, 0.8),
        (2000, 20, 3, 0.3, 0.8),
        (400, 60, 4, 0.3, 0.8),
        (1000, 200, 4, 0.8, 0.8),
        (400, 200, 5, 0.3, 0.9),
        (2000, 200, 5, 0.6, 0.8),
    ],
)
def test_groups_put_in_are_found(people, statements, groups, missing, least):
    stances, truth = planted(people, statements, groups, missing)

    found = find_opinion_groups(stances)

    placed = found.labels >= 0
    assert (found.verdict, found.k) == ("groups", groups)
    assert adjusted_rand(found.labels[placed], truth[placed]) >= least


@pytest.mark.parametrize(
    ("people", "statements", "missing"),
    [(100, 8, 0.3), (100, 60, 0.6), (400, 20, 0.3), (400, 200, 0.9), (2000, 60, 0.8), (1000, 200, 0.6)],
)
@pytest.mark.parametrize("seed", range(2))
def test_where_no_groups_were_put_in_none_are_clear(people, statements, missing, seed):
    stances, _ = planted(people, statements, 2, missing, seed=seed, is_noise=True)

    assert find_opinion_groups(stances).verdict == "no clear groups"
