"""Why a contribution is where it is."""

from dataclasses import replace

import numpy as np
import pytest

from answerable.engine.blocks import cut_blocks
from answerable.engine.duplicates import originals_of
from answerable.engine.explaining import UnknownContributionError, explain
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Settings
from answerable.engine.vectors.embedder import dense
from tests.engine.samples import WATER, consultation


@pytest.fixture(scope="module")
def result():
    return synthesize(consultation())


def explained(identity, result):
    return explain(identity, synthesis=result, contributions=consultation())


def test_explain_leads_from_the_theme_to_the_words_shared_with_it(result):
    found = explained("R-003", result)
    texts = {one.id: one.text for one in consultation()}

    assert found.reason == "in a theme"
    assert found.themes[-1].id == next(one.theme for one in result.placements if one.contribution == "R-003")
    assert {"village", "wells"} & {word for one in found.shared for word in one.phrase.lower().split()}
    for one in found.shared:
        assert texts["R-003"][one.start : one.end] == one.phrase
        assert 1 <= one.inside <= one.theme_size
        assert one.outside <= one.others


@pytest.mark.parametrize("embedder", ["hash-prefix", "lsa"])
def test_explain_measures_nearness_as_the_themes_were_made(embedder):
    contributions = consultation()
    result = synthesize(contributions, settings=Settings(embedder=embedder))
    languages = {one.contribution: one.language for one in result.languages}
    repeated = originals_of(result.duplicates)
    distinct = [replace(one, language=languages[one.id]) for one in contributions if one.id not in repeated]
    block = next(
        one
        for one in cut_blocks(distinct, settings=result.manifest.settings)
        if any(member.id == "R-012" for member in one.contributions)
    )
    ids = [one.id for one in block.contributions]
    similarity = dense(block.likeness @ block.likeness[ids.index("R-012")].T).ravel()
    similarity[ids.index("R-012")] = -1

    found = explain("R-012", synthesis=result, contributions=contributions)

    assert found.neighbours[0].contribution == ids[int(np.argmax(similarity))]
    assert found.neighbours[0].similarity == pytest.approx(float(similarity.max()), abs=1e-4)
    assert [one.similarity for one in found.neighbours] == sorted(
        (one.similarity for one in found.neighbours), reverse=True
    )


def test_explain_of_a_duplicate_names_its_original_and_its_group(result):
    (copy,) = [one.contribution for one in result.placements if one.status == "duplicate of"]

    found = explained(copy, result)

    assert (found.reason, found.duplicate_of) == ("repeats another", "R-000")
    assert [group.members for group in found.repeats] == [("R-000", copy)]
    assert found.neighbours == explained("R-000", result).neighbours


def test_explain_says_why_a_contribution_stands_alone(result):
    found = explained("R-033", result)

    assert found.status == "stands alone"
    assert found.reason in {"no neighbour", "too far from its neighbours"}
    assert (found.themes, found.shared, found.key) == ((), (), "")


def test_explain_of_a_text_without_words_says_that_there_is_nothing_to_compare():
    contributions = [Contribution("E", "🙂🙂", language="en"), *(Contribution(f"W{n}", t) for n, t in enumerate(WATER))]

    found = explain("E", synthesis=synthesize(contributions), contributions=contributions)

    assert found.reason == "nothing to compare"
    assert found.neighbours == ()


def test_explain_says_how_the_language_is_known(result):
    assert not explained("R-000", result).language.is_given
    assert explained("R-030", result).language.is_given


def test_explain_gives_tags_as_guesses(result):
    tagged = {one.contribution: one.tags for one in result.sdg}
    identity = next(iter(tagged))

    found = explained(identity, result)

    assert found.tags == tagged[identity]
    assert all(tag.is_guess for tag in found.tags)


def test_explain_refuses_an_id_that_nobody_has(result):
    with pytest.raises(UnknownContributionError, match="no contribution 'R-999'"):
        explained("R-999", result)
