"""What authors do with their own contribution."""

from django.urls import reverse

from answerable.consultations.models import Appeal
from answerable.consultations.states import PostState

CHANGED = {"kind": "view", "text": "The board is read by all, also at night.", "questions": ["1"], "language": "en"}


def test_edit_shows_what_was_said_and_keeps_a_revision(world):
    client = world.client("author")
    path = reverse("edit_contribution", kwargs={"code": world.contribution.receipt_code})
    assert "The board by the **pump** is read by all.</textarea>" in client.get(path).content.decode()
    page = client.post(path, CHANGED, follow=True).content.decode()
    assert "also at night" in page
    assert "One earlier revision" in page
    world.contribution.refresh_from_db()
    assert world.contribution.revision_count == 2


def test_edit_with_a_faulty_form_keeps_what_was_typed(world):
    path = reverse("edit_contribution", kwargs={"code": world.contribution.receipt_code})
    answer = world.client("author").post(path, CHANGED | {"questions": []})
    assert answer.status_code == 422
    assert "also at night.</textarea>" in answer.content.decode()


def test_edit_by_somebody_else_is_refused_and_keeps_nothing(world):
    path = reverse("edit_contribution", kwargs={"code": world.contribution.receipt_code})
    assert world.client("participant").post(path, CHANGED).status_code == 403
    world.contribution.refresh_from_db()
    assert world.contribution.revision_count == 1


def test_withdraw_asks_first_and_then_hides_the_words(world):
    client = world.client("author")
    path = reverse("withdraw_contribution", kwargs={"code": world.contribution.receipt_code})
    assert "Withdraw it" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    world.contribution.refresh_from_db()
    assert world.contribution.state == PostState.WITHDRAWN
    assert client.get(path).status_code == 403


def test_appeal_is_filed_once_and_its_end_is_shown(world):
    client = world.client("author")
    path = reverse("appeal", kwargs={"code": world.held.receipt_code, "act_id": world.act.public_id})
    page = client.get(path).content.decode()
    assert "No selling." in page
    assert client.post(path, {"text": ""}).status_code == 422
    assert client.post(path, {"text": "I gave the pumps away."}).status_code == 302
    assert Appeal.objects.get().text == "I gave the pumps away."
    assert client.post(path, {"text": "Again."}).status_code == 403
    receipt = client.get(reverse("receipt", kwargs={"code": world.held.receipt_code})).content.decode()
    assert "Waiting for a decision" in receipt


def test_appeal_against_an_unknown_decision_is_not_found(world):
    path = reverse("appeal", kwargs={"code": world.held.receipt_code, "act_id": "unknown"})
    assert world.client("author").get(path).status_code == 404
