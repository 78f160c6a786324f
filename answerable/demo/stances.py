"""Stances of 400 invented people who really differ: each holds a place on four axes, with some noise."""

import random
from datetime import datetime

from answerable.consultations.actions.stances_in_bulk import StanceDraft, keep_stances
from answerable.consultations.models import Contribution
from answerable.consultations.states import Position, PostState
from answerable.people.models import Person

PEOPLE = 400
AXES = ("community_power", "market_role", "speed", "transparency")
# Three bodies of opinion: how they lean on the four axes, and how many of a hundred hold them.
LEANINGS = (
    (46, {"community_power": 0.9, "market_role": -0.5, "speed": -0.3, "transparency": 0.7}),
    (33, {"community_power": -0.2, "market_role": 0.8, "speed": 0.8, "transparency": 0.1}),
    (21, {"community_power": -0.6, "market_role": 0.1, "speed": -0.5, "transparency": -0.6}),
)
# What sectors the readers say they belong to, and how many of a hundred do.
SECTORS = {"civil_society": 30, "public": 22, "private": 18, "knowledge": 14, "community": 16}
SEED = 20161128
INDIFFERENCE = 0.12
UNSURE = 0.3
NO_PASSWORD = "!"  # noqa: S105  # Django's mark for an account that no password opens


def make_people(at: datetime) -> list[Person]:
    """Keep the invented readers, who take stances and write nothing."""
    chance = random.Random(SEED)  # noqa: S311  # invented people, the same at every load
    sectors = chance.choices(list(SECTORS), weights=list(SECTORS.values()), k=PEOPLE)
    rows = [
        Person(
            email=f"reader-{number:03}@demo.example",
            pseudonym=f"Reader {number:03}",
            sector_id=sectors[number - 1],
            joined_at=at,
            password=NO_PASSWORD,
        )
        for number in range(1, PEOPLE + 1)
    ]
    return Person.objects.bulk_create(rows)


def take_stances(people: list[Person], axes_of: dict[int, dict[str, float]], *, loaded_at: datetime) -> int:
    """
    Let each reader take a stance on a part of the public contributions; returns how many there are.

    ``axes_of``: database id of a contribution → how agreeing with it sits on the axes, each -1..1.
    """
    chance = random.Random(SEED)  # noqa: S311  # invented opinions, the same at every load
    posts = list(Contribution.objects.filter(state=PostState.PUBLIC, pk__in=axes_of).order_by("pk"))
    drafts = []
    for person in people:
        place = _place(chance)
        for post in chance.sample(posts, k=min(len(posts), chance.randint(8, 45))):
            position = _position(place, axes_of[post.pk], chance)
            begun = post.submitted_at
            at = begun + (loaded_at - begun) * chance.random()
            drafts.append(StanceDraft(post, person, position, at))
    return keep_stances(drafts)


def _place(chance: random.Random) -> dict[str, float]:
    _weight, leaning = chance.choices(LEANINGS, weights=[weight for weight, _leaning in LEANINGS])[0]
    return {axis: leaning[axis] + chance.gauss(0, 0.25) for axis in AXES}


def _position(place: dict[str, float], axes: dict[str, float], chance: random.Random) -> Position:
    """Return agree or disagree by how near the person's place is to the statement's, pass when neither pulls."""
    pull = sum(place[axis] * weight for axis, weight in axes.items() if axis in place) + chance.gauss(0.12, 0.3)
    if abs(pull) < INDIFFERENCE or (not axes and chance.random() < UNSURE):
        return Position.PASS
    return Position.AGREE if pull > 0 else Position.DISAGREE
