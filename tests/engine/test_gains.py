"""What each candidate would still bring."""

import numpy as np
import pytest

from answerable.engine.gains import Gains

VALUES = np.array([[0.9, 0.2, 0.0], [0.1, 0.8, 0.3], [0.0, 0.4, 0.6], [0.5, 0.5, 0.5]])
WEIGHTS = np.array([1.0, 2.0, 1.0, 0.5])
GROUPS = np.array([0, 0, 1, 1])


def by_hand(chosen):
    reached = VALUES[:, chosen].max(axis=1) if chosen else np.zeros(4)
    rises = WEIGHTS[:, None] * np.maximum(VALUES - reached[:, None], 0)
    return np.array([rises[group == GROUPS].sum(axis=0) for group in (0, 1)])


@pytest.mark.parametrize("chosen", [[], [1], [1, 0], [0, 2, 1]])
def test_gains_are_what_a_count_from_scratch_gives(chosen):
    gains = Gains(VALUES, weights=WEIGHTS, groups=GROUPS)

    for column in chosen:
        gains.take(column)

    assert gains.by_group == pytest.approx(by_hand(chosen), abs=1e-6)
    assert gains.reached == pytest.approx(VALUES[:, chosen].max(axis=1) if chosen else np.zeros(4))
