"""What persons say of themselves, and what can be asked about them."""

import pytest

from answerable.foundation.verdicts import Unacceptable
from answerable.people.actions import change_profile, give_consent, withdraw_consent
from answerable.people.queries import consents_of, organisations_matching
from answerable.people.states import ConsentKind
from tests.factories.consultations import NOW
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_change_profile_keeps_and_takes_back():
    person = PersonFactory(name="Before")
    change_profile(person, changes={"name": "  After  the rain ", "country": "LAO", "time_zone": "Asia/Bangkok"})
    change_profile(person, changes={"country": ""})
    person.refresh_from_db()
    assert (person.name, person.country_id, person.time_zone) == ("After the rain", None, "Asia/Bangkok")


def test_change_profile_with_what_cannot_be_keeps_nothing():
    person = PersonFactory(name="Before")
    with pytest.raises(Unacceptable) as wrong:
        change_profile(person, changes={"name": "x" * 121, "country": "QQQ", "time_zone": "Moon/Sea"})
    assert set(wrong.value.problems) == {"name", "country", "time_zone"}
    person.refresh_from_db()
    assert person.name == "Before"


def test_change_profile_does_not_touch_the_address():
    with pytest.raises(ValueError, match="email"):
        change_profile(PersonFactory(), changes={"email": "other@example.org"})


def test_organisations_are_found_by_all_the_words():
    found = OrganisationFactory(name="Union of Well Users")
    OrganisationFactory(name="Users of Nothing")
    assert organisations_matching("well USERS") == [found]
    assert organisations_matching("  ") == []


def test_consents_are_listed_newest_first_with_those_taken_back():
    person = PersonFactory()
    give_consent(person, ConsentKind.QUOTE, at=NOW)
    withdraw_consent(person, ConsentKind.QUOTE, at=NOW)
    give_consent(person, ConsentKind.NAME, at=NOW)
    assert [(row.kind, row.withdrawn_at) for row in consents_of(person)] == [("name", None), ("quote", NOW)]
