"""Which concepts a word stands for, in seven languages."""

import pytest

from answerable.engine.concepts.lexicon import LANGUAGES, lexicon_of
from answerable.engine.vocabulary import stop_words
from answerable.engine.writing_systems import words_of

SAYING_IT_COSTS_TOO_MUCH = {
    "ar": ("هذا مكلف جدا", "cost"),
    "de": ("Das ist zu teuer", "cost"),
    "en": ("Nobody can pay for it", "cost"),
    "es": ("Es demasiado caro", "cost"),
    "fr": ("Cela coûte trop cher", "cost"),
    "ru": ("Это слишком дорого", "cost"),
    "zh": ("这太昂贵", "cost"),
}
SAYING_IT_IS_FOR_SCHOOLS = {
    "ar": ("في المدارس", "education"),
    "de": ("in allen Schulen", "education"),
    "en": ("in every school", "education"),
    "es": ("en las escuelas", "education"),
    "fr": ("dans les écoles", "education"),
    "ru": ("во всех школах", "education"),
    "zh": ("在学校里", "education"),
}


def concepts_in(text, language):
    lexicon = lexicon_of(language)
    return {lexicon.names[place] for word in words_of(text) for place in lexicon.concepts_of(word)}


def test_every_language_has_the_same_concepts_in_the_same_order():
    names = lexicon_of("en").names

    assert len(names) == len(set(names)) > 80
    assert {language: lexicon_of(language).names == names for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_words_in_every_language(language):
    lexicon = lexicon_of(language)
    known = (lexicon.whole, lexicon.beginnings, lexicon.insides)

    assert {place for words in known for places in words.values() for place in places} == set(range(len(lexicon.names)))
    assert min(map(len, lexicon.beginnings), default=2) >= 2
    assert min(map(len, lexicon.insides), default=4) >= 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [SAYING_IT_COSTS_TOO_MUCH, SAYING_IT_IS_FOR_SCHOOLS])
def test_concepts_of_words_are_found_in_each_language(language, said):
    text, concept = said[language]

    assert concept in concepts_in(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_function_words_stand_for_a_concept(language):
    words = stop_words(language)
    lexicon = lexicon_of(language)

    assert sum(bool(lexicon.concepts_of(word)) for word in words) < 0.35 * len(words)


def test_german_compounds_are_known_by_what_is_within_them():
    assert {"street", "traffic", "safety"} <= concepts_in("Straßenverkehrssicherheit", "de")


def test_arabic_words_are_known_behind_the_letters_written_with_them():
    assert "education" in concepts_in("وتعليم", "ar")


def test_a_beginning_is_no_inside():
    assert "law" in concepts_in("Gesetze", "de")
    assert concepts_in("umgesetzt", "de") == set()


@pytest.mark.parametrize(("tag", "known"), [("en-GB", True), ("FR_ca", True), ("sw", False), ("", False)])
def test_lexicon_of_a_language_tag(tag, known):
    assert (lexicon_of(tag) is not None) is known
