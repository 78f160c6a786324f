"""Signing in by a code, by a link, and out again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from answerable.people.actions import make_sign_in_link
from answerable.people.models import Person
from tests.factories.consultations import NOW

SIGN_IN, CODE = "/account/sign-in/", "/account/sign-in/code/"


def code_in_mail() -> str:
    return re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)[1]


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize("email", ["author@example.org", "AUTHOR@example.org "])
def test_sign_in_with_the_code_from_the_letter(world, email):
    client = world.client("anonymous")
    answer = client.post(SIGN_IN, {"email": email, "next": "/consultations/"})
    assert answer["Location"] == f"{CODE}?next=%2Fconsultations%2F"
    assert mail.outbox[-1].to == ["author@example.org"]
    answer = client.post(CODE, {"code": code_in_mail().lower(), "next": "/consultations/"})
    assert answer["Location"] == "/consultations/"
    assert is_signed_in(client)
    assert Person.objects.filter(email="author@example.org").count() == 1


def test_sign_in_with_a_new_address_makes_the_account_when_the_code_is_right(world):
    client = world.client("anonymous")
    client.post(SIGN_IN, {"email": "new@example.org"})
    assert not Person.objects.filter(email="new@example.org").exists()
    client.post(CODE, {"code": code_in_mail()})
    assert Person.objects.filter(email="new@example.org").exists()
    assert is_signed_in(client)


def test_sign_in_answers_the_same_for_known_and_unknown_addresses(world):
    said = []
    for email in ("author@example.org", "stranger@example.org"):
        client = world.client("anonymous")
        answer = client.post(SIGN_IN, {"email": email})
        page = client.get(answer["Location"]).content.decode().replace(email, "…")
        without_tokens = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
        said.append((answer.status_code, answer["Location"], without_tokens, mail.outbox[-1].subject))
    assert said[0] == said[1]
    assert len(mail.outbox) == 2


def test_sign_in_with_a_wrong_code_can_be_tried_again_but_not_for_ever(world):
    client = world.client("anonymous")
    client.post(SIGN_IN, {"email": "author@example.org"})
    first = client.post(CODE, {"code": "WRONG1"})
    assert first.status_code == 422
    assert "not the code that we sent" in first.content.decode()
    answers = [client.post(CODE, {"code": "WRONG1"}).status_code for _ in range(5)]
    assert answers[-1] == 302
    client.post(CODE, {"code": code_in_mail()})
    assert not is_signed_in(client)


def test_sign_in_with_a_code_that_is_too_old_asks_for_a_new_one(world):
    client = world.client("anonymous")
    client.post(SIGN_IN, {"email": "author@example.org"})
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        answer = client.post(CODE, {"code": code_in_mail()})
        assert answer["Location"].startswith(SIGN_IN)
        assert not is_signed_in(client)


def test_sign_in_in_another_browser_does_not_take_the_code(world):
    world.client("anonymous").post(SIGN_IN, {"email": "author@example.org"})
    other = world.client("anonymous")
    assert other.post(CODE, {"code": code_in_mail()})["Location"].startswith(SIGN_IN)
    assert not is_signed_in(other)


def test_sign_in_with_something_that_is_no_address_says_what_would_be(world):
    answer = world.client("anonymous").post(SIGN_IN, {"email": "nobody"})
    assert answer.status_code == 422
    assert 'value="nobody"' in answer.content.decode()
    assert "name@example.org" in answer.content.decode()
    assert mail.outbox == []


def test_sign_in_too_often_is_refused(world, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "2/m/key"}
    client = world.client("anonymous")
    answers = [client.post(SIGN_IN, {"email": "author@example.org"}).status_code for _ in range(3)]
    assert answers == [302, 302, 422]


def test_sign_in_never_leads_to_another_site(world):
    client = world.client("anonymous")
    client.post(SIGN_IN, {"email": "author@example.org", "next": "https://evil.example/"})
    assert client.post(CODE, {"code": code_in_mail(), "next": "//evil.example"})["Location"] == "/account/"


def test_sign_in_writes_in_the_language_of_the_page(world):
    client = Client(headers={"accept-language": "fr"})
    client.post(SIGN_IN, {"email": "nouvelle@example.org"})
    client.post(CODE, {"code": code_in_mail()})
    assert Person.objects.get(email="nouvelle@example.org").language == "fr"


def test_sign_out_forgets_the_browser(world):
    client = world.client("author")
    assert "Sign out?" in client.get("/account/sign-out/").content.decode()
    assert is_signed_in(client)
    assert client.post("/account/sign-out/")["Clear-Site-Data"] == '"storage"'
    assert not is_signed_in(client)


def test_link_signs_in_once_and_only_when_the_button_is_pressed(world):
    path = make_sign_in_link(world.people["author"], at=timezone.now())
    scanner, client = world.client("anonymous"), world.client("anonymous")
    for _ in range(2):
        assert scanner.get(path).status_code == 200
    assert client.post(path)["Location"] == "/account/"
    assert is_signed_in(client)
    assert scanner.post(path).status_code == 410
    assert not is_signed_in(scanner)


def test_link_that_is_too_old_does_not_sign_in(world):
    path = make_sign_in_link(world.people["author"], at=timezone.now() - timedelta(hours=25))
    client = world.client("anonymous")
    answer = client.post(path)
    assert answer.status_code == 410
    assert "no longer works" in answer.content.decode()
