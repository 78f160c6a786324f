"""Roles, delegates, sign-in links, erasure."""

from datetime import UTC, datetime, timedelta

import pytest

from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.models import Entry
from answerable.ledger.queries import facts_of
from answerable.people import actions, log_types, queries, rules
from answerable.people.models import Consent, Delegation, Person, RoleGrant, SignInLink
from answerable.people.states import ConsentKind, RoleName, ScopeType
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_grant_role_by_the_operator_holds_and_is_recorded():
    person = PersonFactory()
    actions.grant_role(person, RoleName.MODERATOR, by=None, at=NOW, consultation_id="abc")
    assert rules.has_role(fresh(person), RoleName.MODERATOR, at=NOW, consultation_id="abc")
    assert not rules.has_role(fresh(person), RoleName.MODERATOR, at=NOW, consultation_id="other")
    assert list(Entry.objects.values_list("kind", flat=True)) == [log_types.ROLE_GRANTED]


def test_grant_role_twice_keeps_one_grant_and_one_entry():
    person = PersonFactory()
    for _time in range(2):
        actions.grant_role(person, RoleName.RAPPORTEUR, by=None, at=NOW)
    assert (RoleGrant.objects.count(), Entry.objects.count()) == (1, 1)


def test_grant_role_by_a_stranger_is_refused_and_leaves_nothing():
    with pytest.raises(NotAllowed, match="administrator"):
        actions.grant_role(PersonFactory(), RoleName.CONVENER, by=PersonFactory(), at=NOW)
    assert (RoleGrant.objects.count(), Entry.objects.count()) == (0, 0)


def test_grant_role_by_the_convener_of_another_consultation_is_refused():
    convener = RoleGrantFactory(role=RoleName.CONVENER, scope_type="consultation", scope_id="mine").person
    actions.grant_role(PersonFactory(), RoleName.MODERATOR, by=convener, at=NOW, consultation_id="mine")
    with pytest.raises(NotAllowed):
        actions.grant_role(PersonFactory(), RoleName.MODERATOR, by=fresh(convener), at=NOW, consultation_id="other")


def test_an_administrator_holds_every_role_everywhere():
    administrator = RoleGrantFactory(role=RoleName.ADMINISTRATOR).person
    assert all(rules.has_role(administrator, role, at=NOW, consultation_id="any") for role in RoleName)


def test_end_role_of_the_last_administrator_is_refused():
    grant = RoleGrantFactory(role=RoleName.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="at least one"):
        actions.end_role(grant, by=None, at=NOW)
    RoleGrantFactory(role=RoleName.ADMINISTRATOR)
    actions.end_role(grant, by=None, at=NOW)
    assert not rules.has_role(fresh(grant.person), RoleName.ADMINISTRATOR, at=NOW + timedelta(seconds=1))


def test_add_organisation_with_a_taken_name_gets_its_own_slug():
    first = actions.add_organisation("River  Union", by=None, at=NOW)
    second = actions.add_organisation("River Union", by=None, at=NOW)
    assert (first.slug, second.slug) == ("river-union", "river-union-2")


def test_add_organisation_without_a_name_says_what_is_missing():
    with pytest.raises(Unacceptable) as refused:
        actions.add_organisation("  ", by=None, at=NOW)
    assert list(refused.value.problems) == ["name"]


def test_add_organisation_by_somebody_without_a_role_is_refused():
    with pytest.raises(NotAllowed):
        actions.add_organisation("River Union", by=PersonFactory(), at=NOW)


def test_change_organisation_keeps_and_records_only_what_became_different():
    organisation = OrganisationFactory(name="Ville des Lacs")
    convener = RoleGrantFactory(role=RoleName.CONVENER).person
    changes = {"name": " Ville  des Lacs ", "website": "https://lacs.example", "country": ""}
    actions.change_organisation(organisation, by=convener, changes=changes, at=NOW)
    assert (organisation.website, organisation.country_id) == ("https://lacs.example", None)
    facts = facts_of("organisation", [organisation.public_id])[organisation.public_id]
    wanted = {"actor": convener.public_id, "website": "https://lacs.example"}
    assert [(each.kind, each.facts) for each in facts] == [("people.organisation_changed", wanted)]
    actions.change_organisation(organisation, by=convener, changes=changes, at=NOW)
    assert len(facts_of("organisation", [organisation.public_id])[organisation.public_id]) == 1


def test_change_organisation_says_each_field_that_is_wrong_and_keeps_nothing():
    organisation = OrganisationFactory(name="Ville des Lacs")
    convener = RoleGrantFactory(role=RoleName.CONVENER).person
    with pytest.raises(Unacceptable) as refused:
        actions.change_organisation(organisation, by=convener, changes={"name": " ", "website": "lacs"}, at=NOW)
    assert sorted(refused.value.problems) == ["name", "website"]
    organisation.refresh_from_db()
    assert organisation.name == "Ville des Lacs"


def test_change_organisation_by_somebody_without_a_role_is_refused():
    with pytest.raises(NotAllowed):
        actions.change_organisation(OrganisationFactory(), by=PersonFactory(), changes={"name": "X"}, at=NOW)


def test_verify_organisation_vouches_from_today_and_may_be_taken_back():
    organisation = OrganisationFactory(verified_on=None)
    convener = RoleGrantFactory(role=RoleName.CONVENER).person
    actions.verify_organisation(organisation, is_verified=True, by=convener, at=NOW)
    assert organisation.verified_on == NOW.date()
    actions.verify_organisation(organisation, is_verified=True, by=convener, at=NOW)
    actions.verify_organisation(organisation, is_verified=False, by=convener, at=NOW)
    assert organisation.verified_on is None
    facts = facts_of("organisation", [organisation.public_id])[organisation.public_id]
    assert [each.facts["verified_on"] for each in facts] == [str(NOW.date()), ""]


def test_verify_organisation_by_the_convener_of_one_consultation_is_refused():
    grant = RoleGrantFactory(role=RoleName.CONVENER, scope_type=ScopeType.CONSULTATION, scope_id="one")
    with pytest.raises(NotAllowed):
        actions.verify_organisation(OrganisationFactory(), is_verified=True, by=grant.person, at=NOW)


def test_name_delegate_by_a_lead_delegate_lets_the_person_speak_until_the_end():
    lead, helper, organisation = PersonFactory(), PersonFactory(), OrganisationFactory()
    actions.name_delegate(organisation, lead, by=None, at=NOW, is_lead=True)
    delegation = actions.name_delegate(organisation, helper, by=lead, at=NOW, to_on=NOW.date())
    assert list(queries.organisations_of_delegate(helper, NOW.date())) == [organisation]
    assert not queries.is_delegate(helper, organisation, NOW.date() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.name_delegate(organisation, PersonFactory(), by=helper, at=NOW)
    assert Delegation.objects.get(pk=delegation.pk).named_by == lead


def test_end_delegation_lets_the_person_speak_no_longer_than_today():
    organisation, person = OrganisationFactory(), PersonFactory()
    delegation = actions.name_delegate(organisation, person, by=None, at=NOW)
    actions.end_delegation(delegation, by=None, at=NOW + timedelta(days=3))
    assert queries.is_delegate(person, organisation, NOW.date() + timedelta(days=3))
    assert not queries.is_delegate(person, organisation, NOW.date() + timedelta(days=4))


def test_a_sign_in_link_works_once_within_its_time():
    person = PersonFactory()
    secret = actions.make_sign_in_link(person, at=NOW).strip("/").rpartition("/")[2]
    assert not SignInLink.objects.filter(secret_digest=secret).exists()
    assert actions.use_sign_in_link(secret, at=NOW) == person
    assert actions.use_sign_in_link(secret, at=NOW) is None


def test_a_sign_in_link_that_is_too_old_or_made_up_signs_nobody_in():
    secret = actions.make_sign_in_link(PersonFactory(), at=NOW).strip("/").rpartition("/")[2]
    assert actions.use_sign_in_link(secret, at=NOW + actions.LINK_LIFETIME) is None
    assert actions.use_sign_in_link("made-up", at=NOW) is None


def test_consent_given_and_withdrawn_leaves_its_history():
    person = PersonFactory()
    actions.give_consent(person, ConsentKind.QUOTE, at=NOW)
    actions.give_consent(person, ConsentKind.QUOTE, at=NOW)
    actions.withdraw_consent(person, ConsentKind.QUOTE, at=NOW)
    actions.give_consent(person, ConsentKind.QUOTE, at=NOW)
    assert Consent.objects.filter(person=person).count() == 2
    assert Consent.objects.filter(person=person, withdrawn_at=None).count() == 1


def test_erase_person_leaves_no_address_and_no_name_and_no_role():
    person = RoleGrantFactory(person__name="Somebody").person
    actions.erase_person(person, at=NOW)
    gone = fresh(person)
    assert (gone.email, gone.name, gone.is_active) == (None, "", False)
    assert not RoleGrant.objects.filter(person=person).exists()


def test_welcome_person_finds_an_address_in_any_case():
    first = actions.welcome_person("Someone@Example.org", at=NOW)
    assert actions.welcome_person("someone@example.ORG ", at=NOW) == first
    assert queries.person_by_email("SOMEONE@example.org") == first
