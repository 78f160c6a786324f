"""Which contributions may become keys, and which stand for all others."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import candidates
from answerable.engine.candidates import candidates_of, key_count, quotability, voices_of, witnesses_of
from answerable.engine.records import Contribution
from tests.engine.samples import WATER

MANY = [Contribution(f"{number:03}", f"Text {number}", sector="ab"[number % 10 == 0]) for number in range(90)]
THEMES = [range(60), range(60, 85)]


def graph(size=90):
    """Return a chain in which the later links are stronger."""
    weights = np.arange(1, size, dtype=np.float64)
    chain = sparse.diags([weights, weights], [1, -1], shape=(size, size))
    return chain.tocsr()


def few(monkeypatch):
    monkeypatch.setattr(candidates, "MOST_COMPARED", 50)
    monkeypatch.setattr(candidates, "MOST_CANDIDATES", 20)
    monkeypatch.setattr(candidates, "MOST_WITNESSES", 30)


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 1), (3, 2), (8, 3), (1_000, 5)])
def test_key_count_grows_with_the_logarithm_up_to_the_most(size, count):
    assert key_count(size, most=5) == count


def test_all_members_are_candidates_and_witnesses_while_they_are_few():
    found = candidates_of(THEMES, contributions=MANY, graph=graph())

    assert found.tolist() == list(range(85))
    assert witnesses_of(THEMES, contributions=MANY, candidates=found).tolist() == list(range(85))


def test_candidates_of_many_have_places_for_every_theme_and_sector(monkeypatch):
    few(monkeypatch)

    found = candidates_of(THEMES, contributions=MANY, graph=graph()).tolist()

    assert sum(row < 60 for row in found) == 14
    assert sum(row >= 60 for row in found) == 6
    assert {MANY[row].sector for row in found} == {"a", "b"}
    assert all(30 <= row < 60 or 73 <= row < 85 for row in found)


def test_candidates_of_very_many_themes_leave_out_the_smallest(monkeypatch):
    few(monkeypatch)
    pairs = [[row, row + 1] for row in range(10, 90, 2)]

    found = candidates_of([range(10), *pairs], contributions=MANY, graph=graph()).tolist()

    assert len(found) == 20
    assert sum(row < 10 for row in found) == 2
    assert max(found) < 46


def test_witnesses_of_many_have_all_candidates_and_do_not_depend_on_the_order_of_themes(monkeypatch):
    few(monkeypatch)
    found = candidates_of(THEMES, contributions=MANY, graph=graph())

    witnesses = witnesses_of(THEMES, contributions=MANY, candidates=found)

    assert set(found.tolist()) <= set(witnesses.tolist()) <= set(range(85))
    assert len(witnesses) == len(found) + 30
    assert (witnesses_of(THEMES[::-1], contributions=MANY, candidates=found) == witnesses).all()


def test_voices_of_a_contribution_are_its_author_organisation_and_campaign():
    one = Contribution("R-1", "x", author="a", organisation="o")

    assert voices_of(one, campaigns={"R-1": "c"}) == {("author", "a"), ("organisation", "o"), ("campaign", "c")}
    assert voices_of(Contribution("R-2", "x"), campaigns={"R-1": "c"}) == frozenset()


def test_quotability_is_less_for_very_short_and_for_long_texts():
    assert quotability(WATER[0]) == 1.0
    assert quotability("Wells.") < 0.5
    assert quotability("word " * 600) == pytest.approx(0.1**0.3)
