"""Writing a contribution, from the first word to the receipt."""

import pytest
import time_machine
from django.urls import reverse

from answerable.consultations.models import Contribution, Draft
from tests.factories.consultations import CLOSES
from tests.query_counts import queries_of
from tests.web.world import World

TYPED = {"kind": "challenge", "text": "Nobody reads the **meter** aloud.", "questions": ["2"], "language": "en"}


def address(world: World) -> str:
    return reverse("contribute", kwargs={"slug": "water", "number": 1})


def test_send_a_text_leads_to_its_receipt(world):
    client = world.client("participant")
    answer = client.post(address(world), TYPED | {"step": "publish", "key": "once"}, follow=True)
    kept = Contribution.objects.get(author=world.people["participant"])
    assert answer.redirect_chain == [(f"/c/{kept.receipt_code}/", 302)]
    assert "this is its receipt" in answer.content.decode()
    assert (kept.kind, kept.text, [q.number for q in kept.questions.all()]) == ("challenge", TYPED["text"], [2])


def test_send_twice_with_one_key_keeps_one(world):
    client = world.client("participant")
    answers = [client.post(address(world), TYPED | {"step": "publish", "key": "once"}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Contribution.objects.filter(author=world.people["participant"]).count() == 1


def test_send_another_text_with_the_same_key_is_refused(world):
    client = world.client("participant")
    client.post(address(world), TYPED | {"step": "publish", "key": "once"})
    answer = client.post(address(world), TYPED | {"text": "Other words.", "step": "publish", "key": "once"})
    assert answer.status_code == 422
    assert "Other words." in answer.content.decode()


def test_send_a_faulty_form_keeps_what_was_typed_and_names_each_field(world):
    answer = world.client("participant").post(address(world), {"text": "Kept words", "step": "publish"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kept words</textarea>" in page
    assert '<a href="#f-kind-1">' in page
    assert '<a href="#f-questions-1">' in page
    assert page.count('id="problems"') == 1


def test_preview_shows_the_text_as_others_will_see_it_and_keeps_nothing(world):
    answer = world.client("participant").post(address(world), TYPED | {"step": "preview"}, follow=True)
    page = answer.content.decode()
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"{address(world)}?preview", 302)])
    assert "<strong>meter</strong>" in page
    assert '<input type="hidden" name="text" value="Nobody reads the **meter** aloud.">' in page
    assert not Contribution.objects.filter(author=world.people["participant"]).exists()


@pytest.mark.parametrize("step", [{}, {"step": ""}, {"step": "unknown"}])
def test_a_form_that_names_no_step_is_shown_and_not_published(world, step):
    before = Contribution.objects.count()
    answer = world.client("participant").post(address(world), TYPED | step, follow=True)
    assert answer.status_code == 200
    assert "consultations/preview.html" in [template.name for template in answer.templates]
    assert Contribution.objects.count() == before


def test_change_after_a_preview_brings_the_form_back_filled(world):
    answer = world.client("participant").post(address(world), TYPED | {"step": "change"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(address(world), 302)]
    assert "Nobody reads the **meter** aloud.</textarea>" in page
    assert 'value="challenge" checked' in page


def test_going_back_to_the_preview_of_what_was_sent_shows_an_empty_form_and_sends_nothing(world):
    client = world.client("participant")
    client.post(address(world), TYPED | {"step": "preview", "key": "once"})
    preview = f"{address(world)}?preview"
    assert "This is how others will read it" in client.get(preview).content.decode()
    client.post(address(world), TYPED | {"step": "publish", "key": "once"})
    again = client.get(preview)
    assert "consultations/contribute.html" in [template.name for template in again.templates]
    assert "Nobody reads" not in again.content.decode()
    assert Contribution.objects.filter(author=world.people["participant"]).count() == 1


def test_sending_one_text_keeps_another_that_is_previewed_in_a_second_window(world):
    client = world.client("participant")
    client.post(address(world), TYPED | {"step": "preview", "key": "first"})
    client.post(address(world), TYPED | {"step": "preview", "key": "second", "text": "The second text."})
    client.post(address(world), TYPED | {"step": "publish", "key": "first"})
    assert "The second text." in client.get(f"{address(world)}?preview").content.decode()


def test_preview_after_the_session_closed_says_so_beside_what_was_typed(world):
    client = world.client("participant")
    client.post(address(world), TYPED | {"step": "preview"})
    with time_machine.travel(CLOSES, tick=False):
        answer = client.get(f"{address(world)}?preview")
    assert answer.status_code == 403
    assert "Nobody reads the **meter** aloud.</textarea>" in answer.content.decode()


def test_preview_of_somebody_signed_out_is_the_form(world):
    answer = world.client("anonymous").get(f"{address(world)}?preview")
    assert "consultations/contribute.html" in [template.name for template in answer.templates]


def test_preview_takes_no_more_queries_than_a_page_may(world):
    client = world.client("participant")
    client.post(address(world), TYPED | {"step": "preview"})
    assert queries_of(client, f"{address(world)}?preview") <= 15


def test_save_as_draft_keeps_it_for_next_time_and_sending_throws_it_away(world):
    client = world.client("participant")
    assert client.post(address(world), {"text": "Begun", "step": "draft"}).status_code == 302
    assert "Begun</textarea>" in client.get(address(world)).content.decode()
    client.post(address(world), TYPED | {"step": "publish", "key": "once"})
    assert not Draft.objects.exists()


def test_write_before_signing_in_finds_the_text_again_afterwards(world):
    client = world.client("anonymous")
    answer = client.post(address(world), TYPED | {"step": "publish"})
    assert answer["Location"] == f"/account/sign-in/?next={address(world).replace('/', '%2F')}"
    client.force_login(world.people["participant"], backend="answerable.web.account.backend.SignedIn")
    page = client.get(address(world)).content.decode()
    assert "Nobody reads the **meter** aloud.</textarea>" in page
    client.post(address(world), TYPED | {"step": "publish"})
    assert "Nobody reads" not in client.get(address(world)).content.decode()


def test_send_at_the_closing_second_is_refused_and_loses_no_word(world):
    client = world.client("participant")
    with time_machine.travel(CLOSES, tick=False):
        answer = client.post(address(world), TYPED | {"step": "publish"})
    assert answer.status_code == 403
    assert "This session is closed." in answer.content.decode()
    assert "Nobody reads the **meter** aloud.</textarea>" in answer.content.decode()
    assert not Contribution.objects.filter(author=world.people["participant"]).exists()


def test_speak_for_an_organisation_is_offered_to_its_delegates_alone(world):
    public_id = world.organisation.public_id
    assert f'value="{public_id}"' in world.client("delegate").get(address(world)).content.decode()
    assert f'value="{public_id}"' not in world.client("participant").get(address(world)).content.decode()
    sent = TYPED | {"behalf": public_id, "step": "publish"}
    assert world.client("participant").post(address(world), sent).status_code == 422
    assert world.client("delegate").post(address(world), sent).status_code == 302
    assert Contribution.objects.get(organisation=world.organisation).author == world.people["delegate"]


def test_keep_a_draft_by_script_says_when_it_was_kept(world):
    draft = reverse("keep_draft", kwargs={"slug": "water", "number": 1})
    answer = world.client("participant").post(draft, {"text": "Begun", "questions": ["1", "2"]})
    assert answer.json() == {"saved_at": "2026-11-01T12:00:00+00:00"}
    assert Draft.objects.get().fields == {"text": ["Begun"], "questions": ["1", "2"]}


def test_keep_a_draft_by_script_tells_when_it_cannot(world):
    draft = reverse("keep_draft", kwargs={"slug": "water", "number": 1})
    assert world.client("anonymous").post(draft, {"text": "Begun"}).status_code == 401
    assert world.client("participant").post(draft, {"text": "x" * 90_000}).status_code == 422
    assert not Draft.objects.exists()


def test_write_where_one_may_not_take_part_shows_the_reason_beside_the_words(world):
    world.consultation.participation_policy = "verified"
    world.consultation.save()
    client = world.client("anonymous")
    client.post(address(world), TYPED | {"step": "publish"})
    client.force_login(world.people["participant"], backend="answerable.web.account.backend.SignedIn")
    answer = client.get(address(world))
    assert answer.status_code == 403
    assert "Nobody reads the **meter** aloud.</textarea>" in answer.content.decode()
    assert "Only delegates of verified organisations" in answer.content.decode()
