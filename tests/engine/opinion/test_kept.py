"""A map kept without its people, by which the next run knows its groups again."""

import json

import numpy as np
import pytest

from answerable.engine.opinion import (
    OpinionSettings,
    Stances,
    find_opinion_groups,
    kept_map,
    map_to_keep,
    opinion_document,
)
from tests.engine.opinion.samples import planted

QUICK = OpinionSettings(null_draws=5, stability_splits=4)
FEWER = {0: 30, 1: 80, 2: 45}


def found(rows, **more):
    return find_opinion_groups(Stances.from_rows(rows), settings=QUICK, **more)


def kept(groups):
    return kept_map(json.loads(json.dumps(map_to_keep(groups))))


def group_by_truth(groups, truth):
    """Return for each planted group the id that most of its people have."""
    members = {}
    for person in groups.people():
        members.setdefault(truth[person.participant], []).append(person.group)
    return {number: max(set(ids), key=ids.count) for number, ids in members.items()}


@pytest.fixture(scope="module")
def sample():
    return planted(240, statements=40, groups=3)


@pytest.fixture(scope="module")
def first(sample):
    rows, truth = sample
    return found([row for row in rows if int(row[0][1:]) // 3 < FEWER[truth[row[0]]]])


def test_what_is_kept_is_read_back_and_names_nobody(first):
    text = json.dumps(map_to_keep(first))

    again = kept_map(json.loads(text))

    assert [who for who in first.participants.tolist() if f'"{who}"' in text] == []
    assert (again.groups, again.settings, again.lineage) == (
        tuple(
            type(group)(group.id, group.size, tuple(float(f"{one:.9g}") for one in group.centre))
            for group in first.groups
        ),
        first.settings,
        first.lineage,
    )
    assert again.axes == pytest.approx(first.axes, rel=1e-8)
    assert again.means == pytest.approx(first.means, rel=1e-8)


def test_groups_keep_their_ids_without_their_people(sample, first):
    truth = sample[1]
    others, other_truth = planted(300, statements=40, groups=3)
    # Nobody of the first run is left, and the sizes of the groups are in another order.
    names = {who: f"late-{who}" for who in other_truth if int(who[1:]) // 3 >= 15 * truth.get(who, other_truth[who])}
    later = [(names[who], what, value) for who, what, value in others if who in names]

    followed = found(later, previous=kept(first))
    alone = found(later)

    late_truth = {names[who]: group for who, group in other_truth.items() if who in names}
    assert set(followed.participants.tolist()).isdisjoint(first.participants.tolist())
    assert group_by_truth(followed, late_truth) == group_by_truth(first, truth)
    assert group_by_truth(alone, late_truth) != group_by_truth(first, truth)


def test_groups_follow_as_well_as_with_their_people(sample, first):
    rows, _ = sample

    without = found(rows, previous=kept(first))
    with_them = found(rows, previous=first)

    assert [(one.id, one.size) for one in without.groups] == [(one.id, one.size) for one in with_them.groups]
    assert without.labels.tolist() == with_them.labels.tolist()


def test_any_order_of_rows_follows_alike(sample, first):
    rows, _ = sample
    turned = [rows[number] for number in np.random.default_rng(3).permutation(len(rows))]

    assert opinion_document(found(rows, previous=kept(first))) == opinion_document(found(turned, previous=kept(first)))


def test_statements_may_come_and_go_between_runs(sample, first):
    rows, truth = sample
    changed = [(who, "new" if what == "s03" else what, value) for who, what, value in rows if what != "s07"]

    followed = found(changed, previous=kept(first))

    assert group_by_truth(followed, truth) == group_by_truth(first, truth)


def test_another_number_of_groups_waits_until_it_lasts_over_runs(sample):
    rows, truth = sample
    now = found([row for row in rows if truth[row[0]] < 2])
    numbers = []

    for _ in range(4):
        now = found(rows, previous=kept(now))
        numbers.append((now.k, now.lineage.challenger, now.lineage.wins))

    assert numbers == [(2, 3, 1), (2, 3, 2), (2, 3, 3), (3, 0, 0)]


def test_after_too_few_people_ids_go_on(sample):
    rows, _ = sample
    few = found([row for row in rows if int(row[0][1:]) < 6])

    now = found(rows, previous=kept(few))

    assert (few.verdict, [group.id for group in now.groups]) == ("too few", ["G1", "G2", "G3"])


def test_a_document_from_before_has_no_map_to_follow(first):
    document = opinion_document(first)

    assert kept_map({}) is None
    assert kept_map({name: value for name, value in document.items() if name != "means"}) is None
    assert kept_map(document | {"settings": document["settings"] | {"of another version": 3}}) is not None
