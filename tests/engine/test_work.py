"""The background of a language is the same from its parts as from the whole, and contributions stay what they are."""

from dataclasses import fields, replace

from answerable.engine.blocks import background_of
from answerable.engine.records import Contribution, Settings
from answerable.engine.work import BackgroundSum, spoken

TEXTS = ["Clean water for all", "The buses are late", "Water again", "Night buses and water"]


def summed(settings: Settings):
    background = BackgroundSum()
    for first in range(0, len(TEXTS), 2):
        background.take_in(background_of(TEXTS[first : first + 2], settings=settings))
    return background.whole()


def test_the_sum_of_counted_parts_is_the_count_of_all():
    whole = background_of(TEXTS, settings=Settings())
    found = summed(Settings())
    assert found.texts == whole.texts == len(TEXTS)
    assert (found.having == whole.having).all()


def test_texts_of_parts_are_joined_in_their_order():
    assert summed(Settings(embedder="lsa")) == tuple(TEXTS)


def test_spoken_contributions_differ_in_their_language_alone():
    given = Contribution(**{field.name: f"the {field.name}" for field in fields(Contribution)})
    (found,) = spoken([given], ["fr"])
    assert found == replace(given, language="fr")
    assert spoken([given], ["the language"])[0] is given
    assert spoken([given], []) == [given]
