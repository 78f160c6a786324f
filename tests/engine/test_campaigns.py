"""Letters that say the same in ever other words."""

import random
import re

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import campaign_profiles as profiles
from answerable.engine import campaigns as searching
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


def made_up(chance, count):
    """Return so many words that no language has."""
    return ["".join(chance.choices("aeioubdgklmnprstvz", k=chance.randint(3, 8))) for _ in range(count)]


def phrases(chance, words, *, count, shortest=2, longest=5):
    return [" ".join(chance.choices(words, k=chance.randint(shortest, longest))) for _ in range(count)]


def spun(*, campaigns, letters, slots=12, choices=3, inserts=0, seed=1):
    """
    Return letters of several campaigns, each slot of a template filled by one of a few phrases, and whose each is.

    Half of them have a sentence of eighteen words before or after, one of so many `inserts` that all campaigns share.
    """
    chance = random.Random(seed)
    words = made_up(chance, 3_000)
    added = phrases(chance, words, count=inserts, shortest=18, longest=18)
    found = []
    for number in range(campaigns):
        template = [phrases(chance, words, count=choices) for _ in range(slots)]
        for _ in range(letters):
            text = " ".join(chance.choice(slot) for slot in template)
            if added and chance.random() < 1 / 2:
                text = " ".join(chance.sample([text, chance.choice(added)], 2))
            found.append((text, number))
    chance.shuffle(found)
    contributions = [Contribution(f"L-{place:05}", text) for place, (text, _) in enumerate(found)]
    return contributions, {one.id: number for one, (_, number) in zip(contributions, found, strict=True)}


def together(found, written):
    """Return for each campaign found which campaigns its letters were written for, and how many letters it has."""
    return sorted((sorted({written[one] for one in members}), len(members)) for members in found)


def test_duplicate_groups_keeps_campaigns_apart_whose_senders_add_the_same_sentences():
    contributions, written = spun(campaigns=12, letters=60, inserts=40)

    assert together(campaigns(contributions), written) == [([number], 60) for number in range(12)]


def test_duplicate_groups_finds_hundreds_of_small_campaigns():
    contributions, written = spun(campaigns=450, letters=12, choices=2)

    found = together(campaigns(contributions), written)

    assert {number for own, _ in found for number in own} == set(range(450))
    assert all(len(own) == 1 for own, _ in found)
    assert sum(count for _, count in found) > 0.99 * len(contributions)


def test_duplicate_groups_finds_short_letters_when_nearly_all_of_each_comes_back():
    contributions, written = spun(campaigns=5, letters=300, slots=7, choices=3)

    assert together(campaigns(contributions), written) == [([number], 300) for number in range(5)]


def test_duplicate_groups_finds_short_letters_in_which_senders_replaced_any_word_of_ten():
    chance = random.Random(6)
    words = made_up(chance, 3_000)
    template = chance.sample(words, 20)
    texts = [
        " ".join(chance.choice(words) if chance.random() < 1 / 10 else word for word in template) for _ in range(200)
    ]
    texts += phrases(chance, words, count=200, shortest=20, longest=20)

    (found,) = campaigns([Contribution(f"{place:03}", text) for place, text in enumerate(texts)])

    assert len(found) > 190
    assert max(found) <= "199"


@pytest.mark.parametrize("count", [30, 80])
def test_duplicate_groups_takes_answers_that_begin_with_a_long_question_for_no_campaign(count):
    chance = random.Random(2)
    question = "we should not abolish the right of all to keep bees"
    own = phrases(chance, made_up(chance, 400), count=count, shortest=15, longest=18)

    assert campaigns([Contribution(f"{place:02}", f"{question} {text}") for place, text in enumerate(own)]) == []


def test_duplicate_groups_finds_the_same_campaigns_by_a_sample_of_many_texts(monkeypatch):
    contributions, written = spun(campaigns=4, letters=400, inserts=20)
    small, of_small = spun(campaigns=1, letters=20, seed=9)
    small = [Contribution(f"S-{one.id}", one.text) for one in small]
    written |= dict.fromkeys((one.id for one in small), 4)
    monkeypatch.setattr(searching, "_SAMPLE", 300)
    monkeypatch.setattr(searching, "_MOST_AT_ONCE", 600)

    found = together(campaigns([*contributions, *small]), written)

    assert found == [*(([number], 400) for number in range(4)), ([4], len(of_small))]


def test_parts_are_those_of_each_text_that_the_profile_of_its_campaign_has(monkeypatch):
    chance = np.random.default_rng(5)
    recurring = sparse.csr_matrix((chance.random((40, 30)) < 0.3).astype(np.float32))
    shares = sparse.csr_matrix((chance.random((7, 30)) * (chance.random((7, 30)) < 0.5)).astype(np.float32))
    rows, campaign, totals = np.arange(3, 38), chance.integers(0, 7, 35), np.full(40, 10)
    own, theirs = recurring.toarray()[rows], shares.toarray()[campaign]
    for cells, at_a_time in ((0, 9), (0, 100), (16, 9), (16, 100)):
        monkeypatch.setattr(profiles, "_CELLS_TO_A_QUESTION", cells)
        monkeypatch.setattr(profiles, "_ROWS_AT_A_TIME", at_a_time)
        explained, shared = profiles._parts(recurring, shares, rows, campaign, totals=totals)
        assert explained.tolist() == [count / 10 for count in ((own > 0) & (theirs > 0)).sum(axis=1).tolist()]
        assert shared == pytest.approx((own * theirs).sum(axis=1) / 10)
