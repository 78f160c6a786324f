"""The start page, the search, goals, organisations, the record, and switching the language."""

import pytest
from django.utils import timezone

from answerable.ledger.actions import sign_checkpoint
from answerable.people.models import Person
from tests.web.world import publish_report


def get(world, path, role="anonymous", **query):
    answer = world.client(role).get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_shows_the_chain_in_figures_and_what_is_open(world):
    page = get(world, "/")
    assert "Shared water" in page
    assert "contributions published, from 0 countries" in page
    assert "Latest findings" not in page


def test_home_tells_one_case_once_a_report_is_published(world):
    report = publish_report(world)
    finding = report.content["sessions"][0]["findings"][0]
    page = get(world, "/")
    assert f"/consultations/water/outcome/#f-{finding['public_id']}" in page
    assert "Figures are believed where they hang" in page


def test_home_says_so_when_nothing_is_open(db, world):
    world.consultation.closes_at = timezone.now()
    world.consultation.save()
    assert "No consultation is open at the moment." in get(world, "/")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("PUMPS read board", "R-"),
        ("shared WATER", "Shared water"),
        ("bicycle answerable", "Nothing public holds"),
        ("well users", "/organisations/well-users/"),
        ("<script>", "Nothing public holds"),
    ],
)
def test_search_finds_what_is_public(world, words, found):
    page = get(world, "/search/", q=words)
    assert found in page
    assert world.held.receipt_code not in page
    assert "<script>" not in page


def test_search_finds_published_findings_alone(world):
    assert "Nothing public holds" in get(world, "/search/", q="figures hang")
    publish_report(world)
    assert "Figures are believed where they hang" in get(world, "/search/", q="figures hang")


def test_search_for_a_receipt_code_leads_to_it(world):
    code = world.contribution.receipt_code
    assert world.client("anonymous").get("/search/", {"q": code.lower()})["Location"] == f"/c/{code}/"


def test_goal_shows_what_was_said_towards_it(world):
    world.consultation.goals.set([6])
    assert world.contribution.receipt_code in get(world, "/goals/6/")
    assert world.contribution.receipt_code not in get(world, "/goals/7/")
    assert world.client("anonymous").get("/goals/18/").status_code == 404


def test_organisation_shows_its_delegates_and_what_was_said_in_its_name(world):
    page = get(world, "/organisations/well-users/")
    assert "The delegate" in page
    assert "Shared water" in page
    assert world.contribution.receipt_code not in page
    assert world.client("anonymous").get("/organisations/nobody/").status_code == 404


def test_record_shows_entries_in_words_and_reads_on_to_older_ones(world):
    for _ in range(40):
        world.submitted()
    client = world.client("anonymous")
    first = client.get("/record/")
    assert "A contribution was received" in first.content.decode()
    older = client.get("/record/", {"before": first.context["older"]})
    shown = [line.entry.index for page in (first, older) for line in page.context["lines"]]
    assert shown == list(range(shown[0], -1, -1))
    assert client.get("/record/", {"before": "nonsense"}).status_code == 200


def test_record_offers_checkpoint_and_key_once_signed(world):
    checkpoint = sign_checkpoint(timezone.now())
    client = world.client("anonymous")
    assert client.get("/record/checkpoint/").content.decode() == checkpoint.note
    assert client.get("/record/key/").content.decode().strip() in client.get("/record/").content.decode()


def test_rules_name_every_reason_code(world):
    page = get(world, "/rules/")
    for code in ("off_topic", "personal_attack", "personal_data", "advertising", "unlawful", "repeated"):
        assert f"<code>{code}</code>" in page


def test_language_is_switched_by_a_form_and_kept(world):
    client = world.client("author")
    answer = client.post("/language/", {"language": "ar", "next": "/goals/?a=1"})
    assert answer["Location"] == "/goals/?a=1"
    page = client.get("/goals/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert Person.objects.get(email="author@example.org").language == "ar"
    assert '<html lang="ar" dir="rtl">' in world.client("author").get("/").content.decode()


def test_language_that_is_not_offered_changes_nothing(world):
    client = world.client("anonymous")
    assert client.post("/language/", {"language": "tlh", "next": "//evil.example"})["Location"] == "/"
    assert '<html lang="en" dir="ltr">' in client.get("/").content.decode()
