"""Erasing facts."""

import pytest
from django.db import transaction

from answerable.ledger.actions import erase_actor, erase_openings, sign_checkpoint
from answerable.ledger.errors import NotInTransaction
from answerable.ledger.log_types import OPENING_ERASED
from answerable.ledger.models import Entry, Opening
from answerable.ledger.queries import facts_by_entry, facts_of
from answerable.ledger.verify import verify_record
from tests.factories.ledger import NOON, recorded, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def erase(**asked):
    with transaction.atomic():
        return erase_openings(**{"ground": "withdrawn consent", "by_role": "moderator", "at": NOON, **asked})


def test_erasing_a_fact_removes_value_and_nonce_and_says_so_on_the_record():
    first, second = recorded_many(2, subject_id="thing-1")
    untouched = recorded(subject_id="thing-2")

    [tombstone] = erase(subject_type="thing", subject_id="thing-1", fields=["name"])

    assert sorted(Opening.objects.filter(field="name").values_list("entry_id", flat=True)) == [untouched.index]
    assert [(facts.facts, facts.erased) for facts in facts_by_entry([first, second])] == [
        ({"actor": "person-1", "words": 12}, {"name"}),
    ] * 2
    [said] = facts_by_entry([tombstone])
    assert (said.index, said.kind, said.subject_id) == (3, OPENING_ERASED, "thing-1")
    assert said.facts == {"erased": "0/name 1/name", "ground": "withdrawn consent", "role": "moderator"}


def test_the_record_verifies_after_an_erasure_and_counts_it():
    recorded_many(3, subject_id="thing-1")
    sign_checkpoint(NOON)

    erase(subject_type="thing", subject_id="thing-1", fields=["name", "actor"])

    report = verify_record()
    assert report.problems == []
    assert (report.entry_count, report.erased_count, report.opening_count) == (4, 6, 3 + 3)


def test_erasing_again_records_nothing():
    recorded(subject_id="thing-1")
    erase(subject_type="thing", subject_id="thing-1", fields=["name"])

    assert erase(subject_type="thing", subject_id="thing-1", fields=["name"]) == []
    assert Entry.objects.count() == 2


def test_erasing_an_actor_takes_the_reference_out_of_every_entry_of_theirs_only():
    recorded_many(2, subject_id="thing-1", actor_ref="person-1")
    recorded(subject_id="thing-2", actor_ref="person-1")
    recorded(subject_id="thing-2", actor_ref="person-2")

    with transaction.atomic():
        tombstones = erase_actor(actor_ref="person-1", ground="asked to be forgotten", by_role="person", at=NOON)

    assert list(Opening.objects.filter(field="actor").values_list("value", flat=True)) == ["s:person-2"]
    assert [(t.subject_id, facts_by_entry([t])[0].facts["erased"]) for t in tombstones] == [
        ("thing-1", "0/actor 1/actor"),
        ("thing-2", "2/actor"),
    ]
    assert verify_record().problems == []


def test_what_an_erasure_says_cannot_be_erased():
    recorded(subject_id="thing-1")
    erase(subject_type="thing", subject_id="thing-1", fields=["name"])

    assert erase(subject_type="thing", subject_id="thing-1", fields=["erased", "ground", "role"]) == []
    assert facts_of("thing", ["thing-1"])["thing-1"][1].facts["ground"] == "withdrawn consent"


def test_an_erasure_too_long_for_one_entry_takes_several():
    recorded_many(250, subject_id="thing-1")

    tombstones = erase(subject_type="thing", subject_id="thing-1", fields=["name"])

    assert [len(facts.facts["erased"].split()) for facts in facts_by_entry(tombstones)] == [100, 100, 50]
    assert verify_record().problems == []


def test_an_erasure_that_is_rolled_back_erases_nothing():
    recorded(subject_id="thing-1")
    with transaction.atomic():
        erase(subject_type="thing", subject_id="thing-1", fields=["name"])
        transaction.set_rollback(True)

    assert Opening.objects.filter(field="name").count() == 1
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_erasing_outside_a_transaction_is_refused():
    recorded(subject_id="thing-1")
    asked = {"ground": "consent", "by_role": "moderator", "at": NOON}

    with pytest.raises(NotInTransaction):
        erase_openings(subject_type="thing", subject_id="thing-1", fields=["name"], **asked)
    with pytest.raises(NotInTransaction):
        erase_actor(actor_ref="person-1", **asked)

    assert Opening.objects.count() == 3
