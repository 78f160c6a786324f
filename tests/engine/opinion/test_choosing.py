"""How many groups: fewer where more are hardly clearer, and none where chance is as clear."""

import pytest

from answerable.engine.opinion import CurvePoint, OpinionSettings, Stability
from answerable.engine.opinion.choosing import Choice, choose, possible_ks, verdict_on

SETTINGS = OpinionSettings()


def curve(*silhouettes, null=0.3):
    return tuple(CurvePoint(k, silhouette, 0.25, null) for k, silhouette in enumerate(silhouettes, start=2))


@pytest.mark.parametrize(
    ("silhouettes", "k"), [((0.4, 0.5, 0.3), 3), ((0.495, 0.5, 0.502), 2), ((0.48, 0.5, 0.502), 3), ((0.2,), 2)]
)
def test_fewer_groups_are_chosen_where_more_are_hardly_clearer(silhouettes, k):
    assert choose(curve(*silhouettes), previous=None, settings=SETTINGS) == Choice(k, 0, 0)


@pytest.mark.parametrize(
    ("silhouette", "stability", "verdict"),
    [
        (0.31, 0.2, "groups"),
        (0.31, None, "groups"),
        (0.30, 0.2, "no clear groups"),
        (0.31, 0.02, "no clear groups"),
    ],
)
def test_groups_are_clear_beyond_chance_and_when_stable(silhouette, stability, verdict):
    measured = Stability(stability, (), 50, 2)

    assert verdict_on(Choice(2, 0, 0), curve=curve(silhouette), stability=measured, settings=SETTINGS) == verdict


def test_few_people_are_not_divided_into_many_groups():
    assert possible_ks(12, settings=SETTINGS) == [2, 3]
    assert possible_ks(1000, settings=SETTINGS) == [2, 3, 4, 5]
    assert possible_ks(12, settings=OpinionSettings(groups_wanted=6)) == [2, 3, 6]
