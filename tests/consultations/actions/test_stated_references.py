"""Stating who should be heard."""

import pytest

from answerable.consultations.actions import remove_reference, state_reference
from answerable.consultations.models import StatedReference
from answerable.consultations.queries import references_of
from answerable.consultations.states import ConsultationState
from answerable.engine.records import AxisReference
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.people.states import RoleName
from tests.factories.consultations import NOW, ConsultationFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def convener():
    return RoleGrantFactory(role=RoleName.CONVENER).person


def stated(row, convener, *, source="Register of partners, 2025", **shares):
    return state_reference(row, by=convener, axis="sector", source=source, shares=shares, at=NOW)


def test_state_reference_keeps_it_for_the_engine_and_in_the_record(convener):
    row = ConsultationFactory()

    stated(row, convener, public=" 62,5 %", private="٣٧٫٥", philanthropic="", unknown="9")

    assert references_of(row) == (
        AxisReference("sector", "Register of partners, 2025", (("private", 37.5), ("public", 62.5))),
    )
    [entry] = facts_of("consultation", [row.public_id])[row.public_id]
    assert entry.facts["part"] == "reference"
    assert entry.facts["shares"] == "private 37.5, public 62.5"
    assert entry.facts["source"] == "Register of partners, 2025"


def test_state_reference_again_replaces_what_was_stated(convener):
    row = ConsultationFactory()
    stated(row, convener, public="40", private="60")

    stated(row, convener, source="Census", public="1")

    assert references_of(row) == (AxisReference("sector", "Census", (("public", 1.0),)),)
    assert len(facts_of("consultation", [row.public_id])[row.public_id]) == 2


@pytest.mark.parametrize(
    ("source", "shares", "fields"),
    [
        (" ", {"public": "40"}, {"source"}),
        ("x" * 301, {"public": "40"}, {"source"}),
        ("Census", {}, {""}),
        ("Census", {"public": "0", "private": "0"}, {""}),
        ("Census", {"public": "-1", "private": "half", "knowledge": "nan", "community": "inf", "philanthropic": "5"},
         {"share-public", "share-private", "share-knowledge", "share-community"}),
        ("", {"public": "x"}, {"source", "share-public"}),
    ],
)  # fmt: skip
def test_state_reference_with_what_cannot_be_used_says_so_at_the_field(convener, source, shares, fields):
    with pytest.raises(Unacceptable) as refused:
        stated(ConsultationFactory(), convener, source=source, **shares)

    assert set(refused.value.problems) == fields
    assert not StatedReference.objects.exists()


def test_state_reference_is_for_conveners_until_the_consultation_is_concluded(convener):
    with pytest.raises(NotAllowed):
        stated(ConsultationFactory(), PersonFactory(), public="40")
    with pytest.raises(NotAllowed):
        stated(ConsultationFactory(state=ConsultationState.CONCLUDED), convener, public="40")


def test_remove_reference_leaves_none_and_is_recorded_once(convener):
    row = ConsultationFactory()
    stated(row, convener, public="40")

    for _time in range(2):
        remove_reference(row, by=convener, axis="sector", at=NOW)

    assert references_of(row) == ()
    entries = facts_of("consultation", [row.public_id])[row.public_id]
    assert [entry.facts.get("is_removed") for entry in entries] == [None, True]
