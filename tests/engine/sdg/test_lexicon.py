"""The lexicons: every goal and nearly every target in every language, and nothing that could never match."""

from collections import Counter

import pytest

from answerable.engine.sdg.lexicon import LANGUAGES, lexicon
from answerable.engine.sdg.matching import matcher


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_goal_has_telling_phrases(language):
    phrases = lexicon(language).phrases
    telling = {goal: sum(one.goal == goal and one.weight == 3 for one in phrases) for goal in range(1, 18)}

    assert min(telling.values()) >= 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_belong_to_their_goals_and_weights_are_known(language):
    for one in lexicon(language).phrases:
        assert one.weight in {0, 1, 2, 3}
        assert 1 <= one.goal <= 17
        assert not one.target or one.target.split(".")[0] == str(one.goal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_target_has_phrases_of_its_own(language):
    assert len({one.target for one in lexicon(language).phrases if one.target}) >= 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_goal_lists_no_phrase_twice(language):
    phrases = lexicon(language).phrases
    times = Counter((one.goal, one.words) for one in phrases)

    assert [key for key, count in times.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_finds_itself(language):
    lost = []
    for phrase in lexicon(language).phrases:
        text = " ".join(next(iter(sorted(word.forms or word.beginnings))) for word in phrase.words)
        hits, _ = matcher(language).hits(text)
        if not any(hit.phrase is phrase for hit in hits) and not (language == "zh" and hits):
            lost.append(text)

    assert lost == []


@pytest.mark.parametrize(("tag", "language"), [("EN", "en"), ("zh-Hans", "zh"), ("fr_CA", "fr")])
def test_a_language_is_known_by_any_of_its_tags(tag, language):
    assert lexicon(tag).language == language


@pytest.mark.parametrize("tag", ["de", "und", "", "eng"])
def test_another_language_has_no_lexicon(tag):
    assert lexicon(tag) is None


def test_an_arabic_word_is_found_with_and_without_article_and_joined_letters():
    texts = ("النفايات الإلكترونية", "نفايات إلكترونية", "والنفايات الإلكترونية", "بنفايات إلكترونية")

    assert [bool(matcher("ar").hits(text)[0]) for text in texts] == [True] * 4
