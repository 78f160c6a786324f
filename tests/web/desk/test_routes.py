"""Every page of the desk, for every role."""

import pytest
from django.urls import reverse

from tests.web.routes_desk import ROUTES
from tests.web.world import ROLES


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_desk_answers_each_role_as_the_table_says(world, role):
    client = world.client(role)
    found = {}
    for route in ROUTES:
        status = client.get(reverse(route.name, kwargs=route.kwargs(world))).status_code
        if status != route.expected[role]:
            found[route.name] = status
    assert found == {}


def test_desk_of_an_unknown_consultation_is_not_found(world):
    assert world.client("administrator").get("/desk/consultations/nowhere/").status_code == 404


def test_signed_out_visitor_of_the_desk_comes_back_after_signing_in(world):
    answer = world.client("anonymous").get("/desk/consultations/water/moderation/?of=replies")
    assert answer.status_code == 302
    assert answer["Location"] == (
        "/account/sign-in/?next=%2Fdesk%2Fconsultations%2Fwater%2Fmoderation%2F%3Fof%3Dreplies"
    )


def test_refusal_says_whose_page_it_is(world):
    answer = world.client("moderator").get("/desk/consultations/water/synthesis/")
    assert answer.status_code == 403
    assert "Only a rapporteur or a convener of this consultation sees its desk." in answer.content.decode()


def test_post_without_a_known_act_is_a_bad_request(world):
    answer = world.client("convener").post("/desk/consultations/water/sessions/", {"act": "explode"})
    assert answer.status_code == 400
