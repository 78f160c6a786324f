"""Small invented consultations by stances, and what is the same about two results."""

import hashlib
import json

import numpy as np

from answerable.engine.opinion import opinion_document

SECTORS = ("civil society", "private", "public")


def planted(people=120, *, statements=30, groups=2, share=0.6, seed=7):
    """Return rows of people who lean as their group does, and the group of each."""
    chance = np.random.default_rng(seed)
    leaning = chance.choice([0.1, 0.3, 0.7, 0.9], (groups, statements))
    rows, truth = [], {}
    for number in range(people):
        who = f"p{number:04}"
        truth[who] = number % groups
        for statement in np.flatnonzero(chance.random(statements) < share):
            agrees = chance.random() < leaning[number % groups, statement]
            value = 0 if chance.random() < 0.1 else (1 if agrees else -1)
            rows.append((who, f"s{statement:02}", value))
    return rows, truth


def by_chance(people=200, *, statements=30, share=0.5, seed=7):
    """Return rows of people whose stances have nothing to do with each other."""
    chance = np.random.default_rng(seed)
    agreed = chance.uniform(0.2, 0.8, statements)
    return [
        (f"p{number:04}", f"s{statement:02}", 1 if chance.random() < agreed[statement] else -1)
        for number in range(people)
        for statement in np.flatnonzero(chance.random(statements) < share)
    ]


def sectors_of(rows):
    """Return a declared sector for every second participant."""
    people = sorted({row[0] for row in rows})
    return {who: SECTORS[number % 3] for number, who in enumerate(people) if number % 2}


def digest(groups):
    """Return the SHA-256 of all that a result says, people included."""
    everything = [
        opinion_document(groups),
        [list(map(str, (one.participant, one.group, one.x, one.y, one.belonging))) for one in groups.people()],
    ]
    return hashlib.sha256(json.dumps(everything, ensure_ascii=False).encode()).hexdigest()
