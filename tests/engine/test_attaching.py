"""Themes that live on while contributions come in."""

from answerable.engine.attaching import attach, match_themes
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Member, Theme
from tests.engine.samples import BUSES, WATER


def contributions(*texts, prefix="R"):
    return [Contribution(f"{prefix}-{number:02}", text, language="en") for number, text in enumerate(texts)]


def theme(name, *members, level=1, language="en"):
    return Theme(name, "", level, "", language, name, (), tuple(Member(one, 1.0) for one in members))


def test_match_themes_follows_members_not_ids():
    old = [theme("o1", "a", "b", "c"), theme("o2", "d", "e")]
    new = [theme("n1", "d", "e", "f", "g"), theme("n2", "a", "b", "x")]

    assert match_themes(old, new) == {"o1": "n2", "o2": "n1"}


def test_match_themes_counts_only_what_both_runs_placed():
    assert match_themes([theme("o", "a", "b")], [theme("n", "a", "b", *"cdefghijkl")]) == {"o": "n"}


def test_match_themes_matches_each_new_theme_once_and_leaves_what_came_apart():
    old = [theme("o1", "a", "b", "c"), theme("o2", "d")]
    new = [theme("n", "a", "b", "c", "d")]

    assert match_themes(old, new) == {"o1": "n"}


def test_match_themes_keeps_levels_and_languages_apart():
    old = [theme("o", "a", "b")]

    assert match_themes(old, [theme("n", "a", "b", level=2)]) == {}
    assert match_themes(old, [theme("n", "a", "b", language="fr")]) == {}


def test_match_themes_finds_the_themes_of_a_run_again_after_more_came_in():
    first = synthesize(contributions(*WATER[:5], *BUSES[:5]))
    second = synthesize([*contributions(*WATER[:5], *BUSES[:5]), *contributions(WATER[5], BUSES[5], prefix="S")])

    assert set(match_themes(first.themes, second.themes)) == {one.id for one in first.themes}


def test_attach_puts_new_contributions_into_the_themes_there_are():
    placed = contributions(*WATER[:5], *BUSES[:5])
    synthesis = synthesize(placed)
    themes = {one.contribution: one.theme for one in synthesis.placements}

    found = attach(
        contributions(BUSES[5], WATER[5], "Zyxt quorl bimmeth.", prefix="N"), placed=placed, synthesis=synthesis
    )

    assert [one.contribution for one in found] == ["N-00", "N-01", "N-02"]
    assert [one.theme for one in found] == [themes["R-05"], themes["R-00"], ""]
    assert [one.status for one in found] == ["near-key", "near-key", "stands alone"]
    keys = {one.contribution for one in synthesis.representatives}
    assert {one.key for one in found[:2]} <= keys


def test_attach_to_a_question_nobody_answered_stands_alone():
    synthesis = synthesize(contributions(*WATER))
    new = Contribution("N", WATER[0], question="Another", language="en")

    assert attach([new], placed=contributions(*WATER), synthesis=synthesis)[0].status == "stands alone"
