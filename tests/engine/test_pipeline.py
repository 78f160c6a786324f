"""The whole synthesis: nothing lost, nothing counted twice, the same whatever the order."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.pipeline import STAGES, DuplicateIdError, synthesize
from answerable.engine.records import Contribution, Settings
from answerable.foundation.hashing import text_digest
from tests.engine.samples import BUSES, WATER, consultation, shuffled


@pytest.fixture(scope="module")
def result():
    return synthesize(consultation())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_synthesize_does_not_depend_on_the_order_of_rows(result, seed):
    assert synthesize(shuffled(consultation(), seed=seed)) == result


def test_synthesize_with_lsa_does_not_depend_on_the_order_of_rows():
    chosen = Settings(embedder="lsa")

    assert synthesize(consultation(), settings=chosen) == synthesize(shuffled(consultation(), seed=4), settings=chosen)


def assert_conserved(result, contributions):
    """Assert what must hold of every synthesis."""
    texts = {one.id: one.text for one in contributions}
    assert [one.contribution for one in result.placements] == sorted(texts)
    coverage = result.coverage
    assert coverage.received == len(texts)
    assert coverage.keys + coverage.near_keys + coverage.duplicates + coverage.standing_alone == len(texts)
    assert [one.contribution for one in result.languages] == sorted(texts)
    for one in result.statements:
        assert 0 <= one.start < one.end <= len(texts[one.contribution])
    for one in result.representatives:
        assert 0 <= one.start < one.end <= len(texts[one.contribution])
        assert one.text_sha256 == text_digest(texts[one.contribution])
    themes = {theme.id: theme for theme in result.themes}
    assert len(themes) == len(result.themes)
    for placement in result.placements:
        if placement.status in {"key", "near-key"}:
            assert placement.contribution in {one.contribution for one in themes[placement.theme].members}
        if placement.status == "stands alone":
            assert (placement.theme, placement.key) == ("", "")
        if placement.status == "duplicate of":
            assert placement.duplicate_of in texts
    keys = {one.contribution for one in result.representatives}
    assert keys == {one.contribution for one in result.placements if one.status == "key"}
    assert {one.key for one in result.placements if one.key} <= keys


def test_synthesize_places_every_contribution_once(result):
    assert_conserved(result, consultation())


def test_synthesize_keeps_questions_and_languages_apart(result):
    contributions = {one.id: one for one in consultation()}
    languages = {one.contribution: one.language for one in result.languages}

    assert {theme.language for theme in result.themes} == {"en", "ar", "zh"}
    for theme in result.themes:
        for member in theme.members:
            assert contributions[member.contribution].question == theme.question
            assert languages[member.contribution] == theme.language


def test_synthesize_makes_subthemes_of_members_of_their_theme():
    texts = [f"{one} {other}" for one in (*WATER, *BUSES) for other in (*WATER, *BUSES)]
    contributions = [Contribution(f"R-{number:03}", text, language="en") for number, text in enumerate(texts)]

    found = synthesize(contributions, settings=Settings(near_duplicate=1.1, smallest_theme_to_split=20))

    parents = {theme.id: {one.contribution for one in theme.members} for theme in found.themes if theme.level == 1}
    parts = [theme for theme in found.themes if theme.level == 2]
    assert parts
    assert all({one.contribution for one in part.members} <= parents[part.parent] for part in parts)
    counts = Counter(one.contribution for part in parts for one in part.members)
    assert set(counts.values()) == {1}
    assert_conserved(found, contributions)


def test_synthesize_sends_a_duplicate_where_its_original_went(result):
    placements = {one.contribution: one for one in result.placements}
    (copy,) = [one for one in result.placements if one.status == "duplicate of"]

    assert copy.duplicate_of == "R-000"
    assert copy.theme == placements["R-000"].theme != ""


def test_synthesize_lets_a_text_like_no_other_stand_alone(result):
    alone = {one.contribution for one in result.placements if one.status == "stands alone"}

    assert "R-033" in alone


def test_synthesize_ranks_the_keys_of_each_question_and_language(result):
    places = {theme.id: (theme.question, theme.language) for theme in result.themes}
    ranks = {}
    for one in result.representatives:
        ranks.setdefault(places[one.theme], []).append(one.rank)

    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in ranks.values())


def test_synthesize_with_another_text_has_another_digest(result):
    changed = [replace(one, text=one.text + "?") if one.id == "R-001" else one for one in consultation()]

    assert synthesize(changed).manifest.input_sha256 != result.manifest.input_sha256


def test_synthesize_refuses_two_contributions_with_one_id():
    with pytest.raises(DuplicateIdError, match="'same'"):
        synthesize([Contribution("same", "one"), Contribution("same", "two")])


def test_synthesize_reports_every_stage_in_order():
    stages = []

    synthesize(consultation(), progress=lambda stage, _done, _total: stages.append(stage))

    assert tuple(dict.fromkeys(stages)) == STAGES


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["One text."],
        ["The same."] * 20,
        ["🙂🙂🙂", "🙂", "!!!"],
        ["1", "2", "3.5"],
        ["", " ", "\n"],
        ["\0a\0b", "\u202eevil\u202c text", "\ud800 lone"],
        ["word " * 20_000, "word"],
        ["<p>wells &amp; water</p>", "<b>wells</b> and water"],
    ],
    ids=["none", "one", "all the same", "emoji", "numbers", "blank", "controls", "very long", "html"],
)
def test_synthesize_of_strange_input_places_everything(texts):
    contributions = [Contribution(f"R-{number:02}", text) for number, text in enumerate(texts)]

    assert_conserved(synthesize(contributions), contributions)


def test_synthesize_with_three_hundred_languages():
    contributions = [Contribution(f"R-{number:03}", WATER[number % 6], language=f"l{number}") for number in range(300)]

    assert_conserved(synthesize(contributions), contributions)


@settings(max_examples=25)
@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from((*WATER, *BUSES))), max_size=14))
def test_synthesize_conserves_whatever_it_is_given(texts):
    contributions = [Contribution(f"R-{number:02}", text, language="en") for number, text in enumerate(texts)]

    assert_conserved(synthesize(contributions), contributions)
