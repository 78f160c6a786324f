"""Roles, organisations and delegates at the desk."""

from datetime import date

from answerable.people.models import Organisation, Person, RoleGrant
from answerable.people.states import RoleName, ScopeType
from tests.factories.consultations import NOW
from tests.factories.people import OrganisationFactory, RoleGrantFactory

ROLES = "/desk/consultations/water/roles/"


def test_role_is_given_to_somebody_who_never_signed_in(convener, world):
    answer = convener.post(ROLES, {"act": "grant", "email": "New.Moderator@example.org", "role": "moderator"})
    assert answer.status_code == 302
    grant = RoleGrant.objects.get(person__email="new.moderator@example.org")
    assert (grant.role, grant.scope_id, grant.granted_by) == (
        RoleName.MODERATOR,
        world.consultation.public_id,
        world.people["convener"],
    )


def test_role_is_ended(convener, world):
    person = world.people["moderator"]
    assert convener.post(ROLES, {"act": "end", "person": person.public_id, "role": "moderator"}).status_code == 302
    assert RoleGrant.objects.get(person=person).ended_at == NOW
    assert world.client("moderator").get("/desk/consultations/water/moderation/").status_code == 403


def test_role_for_what_is_no_address_keeps_what_was_typed(convener):
    answer = convener.post(ROLES, {"act": "grant", "email": "somebody", "role": "moderator"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write an e-mail address, for example name@example.org." in page
    assert 'value="somebody"' in page
    assert not Person.objects.filter(email="somebody").exists()


def test_convener_of_a_consultation_cannot_make_administrators(convener):
    answer = convener.post(ROLES, {"act": "grant", "email": "a@example.org", "role": "administrator"})
    assert answer.status_code == 422
    assert not RoleGrant.objects.filter(person__email="a@example.org").exists()


def test_last_administrator_stays(administrator, world):
    person = world.people["administrator"]
    answer = administrator.post("/desk/people/", {"act": "end", "person": person.public_id, "role": "administrator"})
    assert answer.status_code == 403
    assert "A site keeps at least one administrator." in answer.content.decode()


def test_role_over_the_site_is_given_by_an_administrator(administrator):
    answer = administrator.post("/desk/people/", {"act": "grant", "email": "c@example.org", "role": "convener"})
    assert answer.status_code == 302
    assert RoleGrant.objects.get(person__email="c@example.org").scope_type == ScopeType.SITE


def test_organisation_is_added_with_its_facts(administrator):
    typed = {"act": "add", "name": "Ville des Lacs", "name_language": "fr", "sector": "public", "country": "FRA"}
    answer = administrator.post("/desk/organisations/", typed)
    row = Organisation.objects.get(name="Ville des Lacs")
    assert answer["Location"] == f"/desk/organisations/{row.slug}/"
    assert (row.name_language, row.sector_id, row.country_id, row.entity_type_id) == ("fr", "public", "FRA", None)


def test_organisation_with_a_wrong_address_keeps_what_was_typed(administrator):
    answer = administrator.post("/desk/organisations/", {"act": "add", "name": "Lakes", "website": "lakes"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a whole web address that begins with https://." in page
    assert 'value="Lakes"' in page
    assert not Organisation.objects.filter(name="Lakes").exists()


def test_organisations_are_found_by_name(administrator):
    OrganisationFactory(name="City of Lakes")
    page = administrator.get("/desk/organisations/?words=lakes").content.decode()
    assert "City of Lakes" in page
    assert "Union of Well Users" not in page


def test_lead_delegate_names_another_and_ends_it(world):
    lead = world.client("delegate")
    address = "/desk/organisations/well-users/"
    typed = {"act": "name", "email": "second@example.org", "to_on": "2026-12-31"}
    assert lead.post(address, typed).status_code == 302
    named = world.organisation.delegations.get(person__email="second@example.org")
    assert (named.to_on, named.is_lead) == (date(2026, 12, 31), False)
    assert lead.post(address, {"act": "end", "person": named.person.public_id}).status_code == 302
    named.refresh_from_db()
    assert named.to_on == NOW.date()


def test_delegate_until_a_day_that_has_passed_is_refused(world):
    typed = {"act": "name", "email": "second@example.org", "to_on": "2026-01-31"}
    answer = world.client("delegate").post("/desk/organisations/well-users/", typed)
    assert answer.status_code == 422
    assert "This day has passed already." in answer.content.decode()
    assert world.organisation.delegations.count() == 1


def test_convener_of_one_consultation_sees_an_organisation_but_names_nobody(convener):
    page = convener.get("/desk/organisations/well-users/").content.decode()
    assert "Only a lead delegate of the organisation, or a convener, names its delegates." in page
    typed = {"act": "name", "email": "second@example.org"}
    assert convener.post("/desk/organisations/well-users/", typed).status_code == 403


def test_convener_of_the_site_names_delegates(world):
    RoleGrantFactory(person=world.people["participant"], role=RoleName.CONVENER, scope_type=ScopeType.SITE)
    typed = {"act": "name", "email": "second@example.org", "is_lead": "1"}
    assert world.client("participant").post("/desk/organisations/well-users/", typed).status_code == 302
    assert world.organisation.delegations.get(person__email="second@example.org").is_lead


def test_invited_participant_has_no_desk(convener, world):
    typed = {"act": "grant", "email": world.people["participant"].email, "role": "participant"}
    assert convener.post(ROLES, typed).status_code == 302
    for address in ("/desk/", "/desk/consultations/water/"):
        assert world.client("participant").get(address).status_code == 403


def test_organisation_is_changed_and_keeps_its_address(administrator, world):
    typed = {"act": "change", "name": "Union of All Wells", "name_language": "en", "website": "https://wells.example"}
    assert administrator.post("/desk/organisations/well-users/", typed).status_code == 302
    world.organisation.refresh_from_db()
    kept = world.organisation
    assert (kept.name, kept.slug, kept.website) == ("Union of All Wells", "well-users", "https://wells.example")


def test_organisation_changed_wrongly_keeps_what_was_typed(administrator, world):
    typed = {"act": "change", "name": "Union of All Wells", "website": "wells"}
    answer = administrator.post("/desk/organisations/well-users/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a whole web address that begins with https://." in page
    assert 'value="Union of All Wells"' in page
    world.organisation.refresh_from_db()
    assert world.organisation.name != "Union of All Wells"


def test_organisation_is_verified_and_doubted(administrator, world):
    address = "/desk/organisations/well-users/"
    world.organisation.verified_on = None
    world.organisation.save()
    assert administrator.post(address, {"act": "verify"}).status_code == 302
    world.organisation.refresh_from_db()
    assert world.organisation.verified_on == NOW.date()
    assert administrator.post(address, {"act": "doubt"}).status_code == 302
    world.organisation.refresh_from_db()
    assert world.organisation.verified_on is None


def test_delegate_cannot_change_or_verify_the_organisation(world):
    client = world.client("delegate")
    assert "What is known of it" not in client.get("/desk/organisations/well-users/").content.decode()
    for act in ("change", "verify"):
        assert client.post("/desk/organisations/well-users/", {"act": act, "name": "Mine"}).status_code == 403
