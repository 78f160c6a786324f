"""The desk's first page says to each role what waits."""

import pytest

from answerable.consultations.models import Appeal
from answerable.consultations.states import ConsultationState
from tests.factories.consultations import NOW, ContributionFactory


@pytest.fixture
def waiting(world):
    """Things that wait: two contributions, one objection, and a public contribution without a place."""
    for _number in range(2):
        ContributionFactory(session=world.session, state="waiting")
    Appeal.objects.create(act=world.act, text="I sell nothing.", filed_by=world.people["author"], filed_at=NOW)
    return world


def page_for(world, role):
    return world.client(role).get("/desk/").content.decode()


def test_moderator_reads_what_waits_for_a_decision(waiting):
    page = page_for(waiting, "moderator")
    assert "2 contributions wait for a moderator." in page
    assert "1 objection waits for a decision." in page
    assert "has no place in the outcome yet" not in page


def test_rapporteur_reads_what_has_no_place_yet(waiting):
    page = page_for(waiting, "rapporteur")
    assert "1 contribution has no place in the outcome yet." in page
    assert "wait for a moderator" not in page


def test_convener_of_a_draft_is_asked_to_finish_it(world):
    world.consultation.state = ConsultationState.DRAFT
    world.consultation.save()
    assert "Finish the draft and publish it." in page_for(world, "convener")


def test_nothing_waits_is_said(world):
    assert "Nothing waits here." in page_for(world, "convener")


def test_person_without_a_role_is_told_why_there_is_no_desk(world):
    answer = world.client("participant").get("/desk/")
    assert answer.status_code == 403
    assert "The desk is open to those who hold a role" in answer.content.decode()
