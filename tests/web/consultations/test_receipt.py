"""The page of a receipt, its replies and positions, and the proof."""

import json

from django.urls import reverse
from django.utils import timezone

from answerable.consultations.actions import withdraw_contribution
from answerable.consultations.models import Reply, Stance
from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.queries import verifier_key
from answerable.ledger.receipts import verify_receipt
from tests.web.world import publish_report


def address(world, name="receipt", **kwargs):
    return reverse(name, kwargs={"code": world.contribution.receipt_code} | kwargs)


def test_receipt_shows_words_thread_replies_and_place_in_the_record(world):
    page = world.client("anonymous").get(address(world)).content.decode()
    for said in (
        "<strong>pump</strong>",
        "Received",
        "Who paid for the board?",
        "In the public record",
        "Sign in to reply",
    ):
        assert said in page


def test_receipt_shows_what_the_report_says_became_of_it(world):
    report = publish_report(world)
    page = world.client("anonymous").get(address(world)).content.decode()
    finding = report.content["sessions"][0]["findings"][0]
    assert f'href="/consultations/water/outcome/#f-{finding["public_id"]}"' in page
    assert "Step 2 of 5" in page


def test_receipt_of_a_withdrawn_text_keeps_the_thread_without_the_words(world):
    withdraw_contribution(world.contribution, by=world.people["author"], at=timezone.now())
    page = world.client("anonymous").get(address(world)).content.decode()
    assert "pump" not in page
    assert "Withdrawn by its author" in page
    assert "pump" in world.client("author").get(address(world)).content.decode()


def test_receipt_code_typed_by_hand_leads_to_the_receipt(world):
    typed = world.contribution.receipt_code.lower().replace("-", " ")
    assert world.client("anonymous").get(reverse("receipts"), {"code": typed})["Location"] == address(world)
    answer = world.client("anonymous").get(reverse("receipts"), {"code": "nonsense"})
    assert answer.status_code == 422
    assert 'value="nonsense"' in answer.content.decode()
    assert world.client("anonymous").get(address(world).lower().replace("/r-", "/r-"))["Location"] == address(world)


def test_receipt_of_a_reply_leads_to_its_place(world):
    answer = world.client("anonymous").get(reverse("receipt", kwargs={"code": world.reply.receipt_code}))
    assert answer["Location"] == f"{address(world)}#{world.reply.receipt_code}"


def test_receipt_of_an_unknown_code_is_not_found(world):
    assert world.client("anonymous").get("/c/R-0000-0000/").status_code == 404


def test_proof_verifies_offline_once_a_checkpoint_covers_it(world):
    client = world.client("anonymous")
    assert client.get(address(world, "proof")).status_code == 409
    sign_checkpoint(timezone.now())
    bundle = json.loads(client.get(address(world, "proof")).content)
    proven = verify_receipt(bundle, verifier_key())
    assert proven.body.subject_id == world.contribution.receipt_code
    assert proven.facts["text_digest"] == world.contribution.text_digest
    assert "actor" not in proven.facts


def test_reply_is_kept_once_and_shown(world):
    client = world.client("delegate")
    for _ in range(2):
        answer = client.post(address(world, "reply"), {"text": "We did.", "key": "once"})
        reply = Reply.objects.get(author=world.people["delegate"])
        assert answer["Location"] == f"{address(world)}#{reply.receipt_code}"
    assert "We did." in client.get(address(world)).content.decode()


def test_reply_without_words_is_refused_and_the_page_stays(world):
    answer = world.client("delegate").post(address(world, "reply"), {"text": "…", "key": "once"})
    assert answer.status_code == 422
    assert "…</textarea>" in answer.content.decode()
    assert Reply.objects.count() == 1


def test_reply_when_signed_out_asks_to_sign_in(world):
    answer = world.client("anonymous").post(address(world, "reply"), {"text": "We did."})
    assert answer["Location"].startswith("/account/sign-in/")


def test_withdraw_a_reply_is_for_its_author_alone(world):
    path = address(world, "withdraw_reply", reply_code=world.reply.receipt_code)
    assert world.client("delegate").post(path).status_code == 403
    assert world.client("participant").post(path).status_code == 302
    assert "Who paid for the board?" not in world.client("anonymous").get(address(world)).content.decode()


def test_stance_is_taken_changed_and_taken_back(world):
    client = world.client("delegate")
    for position, counts in (("agree", (1, 0)), ("disagree", (0, 1)), ("withdraw", (0, 0))):
        answer = client.post(address(world, "stance"), {"position": position, "next": "/consultations/water/1/#x"})
        assert answer["Location"] == "/consultations/water/1/#x"
        world.contribution.refresh_from_db()
        assert (world.contribution.agree_count, world.contribution.disagree_count) == counts
    assert not Stance.objects.exists()


def test_stance_never_leads_to_another_site(world):
    sent = {"position": "agree", "next": "//evil.example/"}
    assert world.client("delegate").post(address(world, "stance"), sent)["Location"] == address(world)


def test_stance_on_ones_own_text_is_refused_with_the_reason(world):
    answer = world.client("author").post(address(world, "stance"), {"position": "agree"})
    assert answer.status_code == 403
    assert "your own contribution" in answer.content.decode()


def test_stance_of_an_unknown_kind_is_refused_with_the_reason(world):
    answer = world.client("delegate").post(address(world, "stance"), {"position": "love"})
    assert answer.status_code == 422
    assert "Choose agree, disagree or pass." in answer.content.decode()
