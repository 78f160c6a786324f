"""A reply by somebody who was signed out meanwhile is not lost."""

from django.test import Client

from answerable.consultations.models import Reply
from tests.factories.people import PersonFactory

TEXT = "The board was moved by the ferry company, not by us."


def test_reply_of_a_signed_out_reader_stands_in_the_form_after_signing_in(world):
    client = Client()
    address = f"/c/{world.contribution.receipt_code}/"
    answer = client.post(f"{address}replies/", {"text": TEXT, "key": "k"})
    assert (answer.status_code, Reply.objects.filter(text=TEXT).exists()) == (302, False)
    assert answer["Location"] == f"/account/sign-in/?next=%2Fc%2F{world.contribution.receipt_code}%2F"
    client.force_login(PersonFactory())
    assert TEXT in client.get(address).content.decode()
    assert TEXT not in client.get(address).content.decode()


def test_kept_reply_is_not_shown_under_another_contribution_or_to_somebody_else(world):
    client = Client()
    client.post(f"/c/{world.contribution.receipt_code}/replies/", {"text": TEXT})
    assert TEXT not in client.get(f"/c/{world.contribution.receipt_code}/").content.decode()
    other = Client()
    other.force_login(PersonFactory())
    assert TEXT not in other.get(f"/c/{world.contribution.receipt_code}/").content.decode()


def test_another_reply_from_the_same_form_is_sent_by_pressing_once_more(world):
    client, person = Client(), PersonFactory()
    client.force_login(person)
    address = f"/c/{world.contribution.receipt_code}/replies/"
    assert client.post(address, {"text": "First.", "key": "one"}).status_code == 302
    again = client.post(address, {"text": "Second.", "key": "one"})
    page = again.content.decode()
    assert (again.status_code, "Press once more" in page) == (422, True)
    assert 'name="key" value="one"' not in page
    fresh = page.partition('name="key" value="')[2].partition('"')[0]
    assert client.post(address, {"text": "Second.", "key": fresh}).status_code == 302
    assert set(Reply.objects.filter(author=person).values_list("text", flat=True)) == {"First.", "Second."}


def test_stance_of_a_signed_out_reader_leads_back_to_the_page_they_were_on(world):
    address = f"/c/{world.contribution.receipt_code}/"
    answer = Client().post(
        f"{address}stance/", {"position": "agree"}, headers={"referer": f"http://testserver{address}"}
    )
    assert answer["Location"].endswith(f"?next=%2Fc%2F{world.contribution.receipt_code}%2F")
    elsewhere = {"referer": "https://elsewhere.example/c/"}
    assert (
        Client().post(f"{address}stance/", {"position": "agree"}, headers=elsewhere)["Location"].endswith("?next=%2F")
    )
