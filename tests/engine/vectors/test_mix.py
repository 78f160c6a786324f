"""A mix: its cosines are the weighted sums of its parts' cosines."""

import numpy as np
import pytest

from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.hash_prefix import HashPrefix
from answerable.engine.vectors.lsa import Lsa
from answerable.engine.vectors.mix import Mix
from tests.engine.samples import BUSES, WATER

TEXTS = [*WATER, *BUSES]


def cosines(embedder):
    vectors = embedder.encode(TEXTS)
    return np.asarray((vectors @ vectors.T).todense())


def test_cosines_are_the_weighted_sums_of_those_of_the_parts():
    mixed = Mix([(3.0, HashPrefix()), (1.0, Lsa(dimensions=4))]).fit(TEXTS)
    wanted = 0.75 * cosines(HashPrefix().fit(TEXTS)) + 0.25 * cosines(Lsa(dimensions=4).fit(TEXTS))

    assert cosines(mixed) == pytest.approx(wanted, abs=2e-5)


def test_rows_have_length_one_or_nothing():
    vectors = Mix([(0.5, HashPrefix()), (0.5, Lsa())]).fit(TEXTS).encode([*TEXTS, "!!"])

    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1))).ravel()
    assert lengths == pytest.approx([1.0] * len(TEXTS) + [0.0], abs=1e-5)


def test_id_and_version_name_every_part():
    mixed = Mix([(3.0, HashPrefix()), (1.0, Lsa())])

    assert mixed.id == f"mix/0.75*{HashPrefix.id}+0.25*{Lsa().id}"
    assert mixed.version == "1+2+1"


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, -1.0], [1.0, float("nan")]])
def test_a_mix_that_is_none_is_refused(weights):
    with pytest.raises(EmbedderError, match="mix"):
        Mix([(weight, HashPrefix()) for weight in weights])
