"""A person's own pages."""

import json

from allauth.account.models import EmailAddress

from answerable.consultations.models import Draft
from answerable.notices.models import Notice
from answerable.notices.queries import frequency_of
from answerable.people.models import Consent, Person
from tests.factories.consultations import NOW
from tests.query_counts import queries_of
from tests.web.world import publish_report


def test_account_shows_own_texts_in_any_state_and_what_became_of_them(world):
    publish_report(world)
    Draft.objects.create(
        person=world.people["author"], session=world.session, fields={"text": ["Begun words"]}, saved_at=NOW
    )
    page = world.client("author").get("/account/").content.decode()
    for said in (
        world.contribution.receipt_code,
        "1.1 Figures are believed",
        world.held.receipt_code,
        "Held back",
        "Begun words",
    ):
        assert said in page
    assert world.contribution.receipt_code not in world.client("participant").get("/account/").content.decode()


def test_account_takes_as_many_queries_for_three_texts_as_for_one(world):
    client = world.client("author")
    before = queries_of(client, "/account/")
    for _ in range(2):
        world.submitted()
    assert queries_of(client, "/account/") == before


def test_profile_keeps_what_is_said_and_shows_it_again(world):
    client = world.client("participant")
    said = {"name": "Malisa", "pseudonym": "Reed", "time_zone": "Asia/Bangkok", "country": "LAO", "sector": "community"}
    answer = client.post("/account/profile/", said | {"language": "fr"})
    assert answer["Location"] == "/account/profile/"
    person = Person.objects.get(email="participant@example.org")
    assert (person.public_name, person.time_zone, person.country_id, person.sector_id) == (
        "Reed",
        "Asia/Bangkok",
        "LAO",
        "community",
    )
    assert client.cookies["language"].value == "fr"
    assert 'value="Malisa"' in client.get("/account/profile/").content.decode()


def test_profile_with_an_unknown_zone_keeps_what_was_typed(world):
    answer = world.client("participant").post("/account/profile/", {"name": "Malisa", "time_zone": "Moon/Sea"})
    assert answer.status_code == 422
    assert 'value="Malisa"' in answer.content.decode()
    assert Person.objects.get(email="participant@example.org").time_zone == ""


def test_notices_are_shown_as_new_once(world):
    client = world.client("author")
    assert "unread notices" in client.get("/").content.decode()
    assert '<span class="tag">new</span>' in client.get("/account/notices/").content.decode()
    page = client.get("/account/notices/").content.decode()
    assert '<span class="tag">new</span>' not in page
    assert f"/c/{world.contribution.receipt_code}/#{world.reply.receipt_code}" in page
    assert "unread notices" not in client.get("/").content.decode()


def test_notices_read_on_to_older_ones(world):
    facts, address = {"code": "R-0000-0000"}, "/c/R-0000-0000/"
    for number in range(25):
        Notice.objects.create(
            person=world.people["participant"],
            kind="consultations.replied",
            facts=facts,
            address=address,
            about=str(number),
            sent_at=NOW,
        )
    client = world.client("participant")
    first = client.get("/account/notices/")
    second = client.get("/account/notices/", {"before": first.context["older"]})
    shown = [line.notice.about for page in (first, second) for line in page.context["lines"]]
    assert sorted(map(int, shown)) == list(range(25))


def test_notice_frequency_is_kept_and_nonsense_is_not(world):
    client = world.client("author")
    client.post("/account/notices/", {"frequency": "weekly"})
    client.post("/account/notices/", {"frequency": "hourly"})
    assert frequency_of(world.people["author"]) == "weekly"


def test_consent_is_given_and_taken_back_and_each_choice_kept(world):
    client, person = world.client("author"), world.people["author"]
    client.post("/account/consents/", {"quote": "no", "name": "yes"})
    client.post("/account/consents/", {"quote": "no", "name": "yes"})
    rows = Consent.objects.filter(person=person).order_by("kind").values_list("kind", "withdrawn_at")
    assert list(rows) == [("name", None), ("quote", NOW)]
    client.post("/account/consents/", {"quote": "yes", "name": "no"})
    assert list(Consent.objects.filter(person=person, withdrawn_at=None).values_list("kind", flat=True)) == ["quote"]


def test_download_holds_everything_of_this_person_and_nothing_of_others(world):
    kept = json.loads(world.client("participant").get("/account/data/download/").content)
    assert kept["profile"]["email"] == "participant@example.org"
    assert [row["receipt_code"] for row in kept["replies"]] == [world.reply.receipt_code]
    assert kept["contributions"] == []
    own = json.loads(world.client("author").get("/account/data/download/").content)
    codes = {row["receipt_code"] for row in own["contributions"]}
    assert codes == {world.contribution.receipt_code, world.held.receipt_code}
    assert "participant@example.org" not in json.dumps(own)


def test_erase_asks_for_the_address_and_then_forgets(world):
    person, client = world.people["author"], world.client("author")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    assert client.post("/account/data/erase/", {"email": "other@example.org"}).status_code == 422
    assert Person.objects.filter(email="author@example.org").exists()
    assert client.post("/account/data/erase/", {"email": "author@example.org"})["Location"] == "/"
    assert not Person.objects.filter(email="author@example.org").exists()
    assert not EmailAddress.objects.exists()
    assert client.get("/account/").status_code == 302
