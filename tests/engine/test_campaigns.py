"""Letters that say the same in ever other words."""

import random
import re

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import campaigns as finding
from answerable.engine.duplicates import duplicate_groups
from answerable.engine.records import Contribution, Settings
from tests.engine.samples import BUSES, WATER

FERRY = (
    "{Dear members of the council|To the council|Good day}, {I ask you|we ask you|please agree} to {keep|save} the "
    "{evening|late|last} ferry {across the bay|to the island|to our island}. "
    "{Nurses|Night nurses|Those who clean the hospital} {come home|return|travel back} {with it|on it}, and "
    "{there is no road|no road leads there|we have no bridge}. "
    "{A boat that carries forty|Forty people on a boat} {is not empty|cannot be called empty}, {whatever your count says|"
    "as your own count shows|and you have counted wrongly}. "
    "{Ask the children|Ask our children} {who study in town|at the school in town} how {they would get home|they should "
    "return|they are to come back}{| after five| in winter}. {insert}"
)
HARBOUR = (
    "{We object|I object|Our family objects} to {dredging|the dredging of} the {old harbour|fishing harbour}. "
    "{The sand will bury|Sand will cover|The mud buries} {the oysters|our oyster beds|the shellfish}, "
    "{which feed|that feed|and they feed} {sixty households|some sixty families|half the street}. "
    "{No ship of that size|Not one such ship|No large ship} {has ever called|ever came here|asked to come}, "
    "{and none will|nor will it|so who is it for}{|, we believe| in our view}? {insert}"
)

ADDITIONS = (
    "My mother sells bread at the pier.",
    "I have lived here since I was born.",
    "Greetings from the third house on the hill.",
    "My uncle built boats until his hands gave out.",
    "We moved here for the quiet.",
    "I study at the school in town myself.",
    "",
)


def letters(template, *, count, seed):
    """Return senders' letters: each choice made by chance, and a sentence of their own at the end."""
    chance = random.Random(seed)

    def written():
        text = template.replace("{insert}", chance.choice(ADDITIONS))
        while match := re.search(r"\{([^{}]*)\}", text):
            text = text[: match.start()] + chance.choice(match[1].split("|")) + text[match.end() :]
        return text

    return [written() for _ in range(count)]


def mixture(*, ferry, harbour, seed=3):
    """Return contributions in a random order, with the campaign of each that is a letter."""
    own = [f"{one} {other}" for one, other in zip(WATER, BUSES, strict=True)] + [*WATER, *BUSES]
    texts = [(text, "ferry") for text in letters(FERRY, count=ferry, seed=seed)]
    texts += [(text, "harbour") for text in letters(HARBOUR, count=harbour, seed=seed)]
    texts += [(text, "") for text in own]
    random.Random(seed).shuffle(texts)
    contributions = [Contribution(f"L-{number:04}", text) for number, (text, _) in enumerate(texts)]
    return contributions, {one.id: name for one, (_, name) in zip(contributions, texts, strict=True) if name}


def campaigns(contributions, **settings):
    groups = duplicate_groups(contributions, settings=Settings(**settings))
    return [set(group.members) for group in groups if group.kind == "campaign"]


@pytest.mark.parametrize("counts", [(200, 60), (40, 25)])
def test_duplicate_groups_tells_letters_in_other_words_from_what_people_wrote_by_themselves(counts):
    contributions, written = mixture(ferry=counts[0], harbour=counts[1])

    found = campaigns(contributions)

    assert sorted(found, key=len, reverse=True) == [
        {one for one, name in written.items() if name == "ferry"},
        {one for one, name in written.items() if name == "harbour"},
    ]


def test_duplicate_groups_finds_no_letters_when_nothing_shared_is_enough_to_begin_with():
    contributions, _ = mixture(ferry=40, harbour=25)

    assert campaigns(contributions, campaign_similarity=1.0) == []


def test_duplicate_groups_takes_sentences_that_many_combine_freely_for_no_campaign():
    chance = random.Random(5)
    words = ["".join(chance.choices("aeioubdgklmnprstvz", k=chance.randint(3, 8))) for _ in range(500)]
    sentences = [" ".join(chance.sample(words, 10)) + "." for _ in range(120)]
    texts = [" ".join(chance.sample(sentences, 4)) for _ in range(150)]

    assert campaigns([Contribution(f"{number:03}", text) for number, text in enumerate(texts)]) == []


def test_mean_shares_are_those_of_each_text_with_the_profile_of_its_campaign(monkeypatch):
    chance = np.random.default_rng(5)
    recurring = sparse.csr_matrix((chance.random((40, 30)) < 0.3).astype(np.float32))
    profiles = sparse.csr_matrix((chance.random((7, 30)) * (chance.random((7, 30)) < 0.5)).astype(np.float32))
    rows, campaign = np.arange(3, 38), chance.integers(0, 7, 35)
    wanted = [float((recurring[[row]] @ profiles.toarray()[own])[0]) for row, own in zip(rows, campaign, strict=True)]
    for cells in (10, 65, 4_000_000):
        monkeypatch.setattr(finding, "_CELLS_AT_A_TIME", cells)
        assert finding._mean_shares(recurring, profiles, rows, campaign).tolist() == wanted
