"""A synthesis that goes on while contributions come in."""

from dataclasses import replace

import pytest

from answerable.engine.continuing import go_on, keep_theme_ids
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, ThemeLink
from answerable.engine.renewing import is_new_run_due
from tests.engine.samples import BUSES, WATER


def contributions(*texts, prefix="R"):
    return [Contribution(f"{prefix}-{number:02}", text, language="en") for number, text in enumerate(texts)]


PLACED = contributions(*WATER[:5], *BUSES[:5])


@pytest.fixture(scope="module")
def first():
    return synthesize(PLACED)


@pytest.mark.parametrize(("attached", "placed", "due"), [(1, 9, False), (2, 9, True), (0, 0, False), (1, 0, True)])
def test_a_new_run_is_due_when_more_than_a_tenth_is_new(attached, placed, due):
    assert is_new_run_due(attached, placed=placed) == due


def test_go_on_attaches_up_to_a_tenth_and_changes_nothing_else(first):
    found = go_on(contributions(BUSES[5], prefix="N"), placed=PLACED, synthesis=first)

    (placement,) = found.attached
    themes = {one.contribution: one.theme for one in first.placements}
    assert found.synthesis is first
    assert not found.is_new
    assert placement.theme == themes["R-05"]


def test_go_on_with_more_begins_anew_and_keeps_the_ids_of_themes_that_live_on(first):
    new = contributions(BUSES[5], WATER[5], prefix="N")

    found = go_on(new, placed=PLACED, synthesis=first)

    fresh = synthesize([*PLACED, *new])
    assert found.is_new
    assert found.attached == ()
    assert {one.id for one in found.synthesis.themes} == {one.id for one in first.themes}
    assert {one.id for one in fresh.themes}.isdisjoint({one.id for one in first.themes})
    assert [one.members for one in found.synthesis.themes] == [one.members for one in fresh.themes]


def test_keep_theme_ids_renames_themes_wherever_they_are_named(first):
    new = synthesize([*PLACED, *contributions(BUSES[5], WATER[5], prefix="N")])
    one, other = (theme.id for theme in new.themes)
    linked = replace(new, links=(ThemeLink(one, other, 0.5, "made up"),))

    kept = keep_theme_ids(linked, old=first.themes)

    ids = {theme.id for theme in first.themes}
    assert {placement.theme for placement in kept.placements} == ids
    assert {key.theme for key in kept.representatives} == ids
    assert [(link.theme, link.other) for link in kept.links] == [tuple(sorted(ids))]


def test_keep_theme_ids_of_themes_nobody_knows_changes_nothing(first):
    assert keep_theme_ids(first, old=()) == first


def test_keep_theme_ids_renames_the_parents_of_subthemes():
    texts = [f"{one} {other}" for one in (*WATER, *BUSES) for other in (*WATER, *BUSES)]
    before = contributions(*texts[:-4])
    chosen = replace(synthesize([]).manifest.settings, near_duplicate=1.1, smallest_theme_to_split=20)
    old = synthesize(before, settings=chosen)

    kept = keep_theme_ids(
        synthesize([*before, *contributions(*texts[-4:], prefix="N")], settings=chosen), old=old.themes
    )

    ids = {theme.id for theme in kept.themes if theme.level == 1}
    parts = [theme for theme in kept.themes if theme.level == 2]
    assert parts
    assert {part.parent for part in parts} <= ids
    assert {theme.id for theme in old.themes} & ids
