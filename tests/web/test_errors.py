"""What readers see when something is refused, missing or broken."""

import pytest
from django.test import Client, RequestFactory

from answerable.web import errors


def test_unknown_address_is_answered_in_the_look(db):
    answer = Client().get("/nothing/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_expired_form_gives_back_every_word(world):
    client = Client(enforce_csrf_checks=True)
    typed = {"text": 'Words & "quotes"', "questions": ["1", "2"], "kind": "view", "csrfmiddlewaretoken": "stale"}
    answer = client.post("/consultations/water/1/contribute/", typed)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Words &amp; &quot;quotes&quot;</textarea>" in page
    assert page.count('name="questions"') == 2
    assert 'value="stale"' not in page
    assert 'action="/consultations/water/1/contribute/"' in page


def test_expired_form_never_shows_a_code_again(world):
    answer = Client(enforce_csrf_checks=True).post("/account/sign-in/code/", {"code": "SECRET"})
    assert "SECRET" not in answer.content.decode()


def test_refusal_shows_its_reason_to_people_who_are_signed_in(world):
    answer = world.client("participant").get(f"/c/{world.contribution.receipt_code}/edit/")
    assert answer.status_code == 403
    assert "Only its author changes a contribution." in answer.content.decode()


@pytest.mark.parametrize(("view", "status"), [("bad_request", 400), ("forbidden", 403), ("server_error", 500)])
def test_error_page_stands_on_its_own(db, view, status):
    request = RequestFactory().get("/")
    answer = getattr(errors, view)(request)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_pages_carry_the_headers_that_protect_readers(world):
    answer = Client().get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_address_of_a_form_opened_as_a_page_says_so(world):
    answer = Client().get(f"/c/{world.contribution.receipt_code}/stance/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This is not a page" in answer.content.decode()
