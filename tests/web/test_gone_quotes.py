"""What pages show of a published report when a contribution it quotes is withdrawn, or removed by a moderator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.consultations.actions import moderate, withdraw_contribution
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.report_content import report_content
from tests.factories.consultations import NOW
from tests.factories.synthesis import CitationFactory
from tests.query_counts import queries_of
from tests.web.world import more_contributions, publish_report

OUTCOME, START, SEARCH = "/consultations/water/outcome/", "/", "/search/?q=figures+believed"
DESK = "/desk/consultations/water/"
WORDS, NAME = "is read by all", "The author"
LIST = "Quoted in the published report and no longer public"
SENTENCES = {"withdraw": "Withdrawn by its author since.", "remove": "Removed by a moderator since."}


@pytest.fixture
def report(world):
    return publish_report(world)


def page_of(world, path, role="anonymous"):
    answer = world.client(role).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def take_away(world, how, contribution=None):
    said = contribution or world.contribution
    if how == "withdraw":
        withdraw_contribution(said, by=world.people["author"], at=NOW)
    else:
        moderate(said, moderator=world.people["moderator"], move="remove", reason_code="personal_data", note="", at=NOW)


@pytest.mark.parametrize("how", SENTENCES)
@pytest.mark.parametrize("path", [OUTCOME, f"{OUTCOME}1/", START, SEARCH])
def test_page_shows_a_quote_until_its_contribution_is_no_longer_public(world, report, path, how):
    before = page_of(world, path)
    assert WORDS in before
    assert NAME in before
    take_away(world, how)
    page = page_of(world, path)
    assert WORDS not in page
    assert NAME not in page
    assert "Figures are believed where they hang" in page


@pytest.mark.parametrize(("how", "sentence"), SENTENCES.items())
def test_outcome_says_in_the_place_of_a_quote_why_it_is_gone_and_how_many_the_files_hold(world, report, how, sentence):
    before = page_of(world, OUTCOME)
    assert sentence not in before
    assert "The files are as they were published." not in before
    take_away(world, how)
    page = page_of(world, OUTCOME)
    assert sentence in page
    assert f"/c/{world.contribution.receipt_code}/" in page
    assert "The files are as they were published. 1 quote in them was withdrawn or removed since" in page


def test_outcome_shows_a_quote_again_that_was_removed_by_mistake(world, report):
    take_away(world, "remove")
    assert WORDS not in page_of(world, OUTCOME)
    moderate(
        world.contribution,
        moderator=world.people["administrator"],
        move="restore",
        reason_code="mistake",
        note="",
        at=NOW,
    )
    assert WORDS in page_of(world, OUTCOME)


def test_replaced_version_does_not_show_what_is_gone_either(world, report):
    OutcomeReport.objects.filter(pk=report.pk).update(state="superseded")
    take_away(world, "withdraw")
    page = page_of(world, f"{OUTCOME}1/")
    assert SENTENCES["withdraw"] in page
    assert WORDS not in page


def test_files_and_frozen_content_stay_as_they_were_published(world, report):
    take_away(world, "withdraw")
    sent = world.client("anonymous").get(f"{OUTCOME}1/md/")
    assert b"".join(sent.streaming_content) == b"# Report"
    assert OutcomeReport.objects.get(pk=report.pk).content == report.content


@pytest.mark.parametrize("how", SENTENCES)
@pytest.mark.parametrize("page", ["", "synthesis/report/"])
def test_desk_lists_what_the_report_quotes_and_is_no_longer_public(world, report, page, how):
    assert LIST not in page_of(world, f"{DESK}{page}", "rapporteur")
    take_away(world, how)
    shown = page_of(world, f"{DESK}{page}", "rapporteur")
    finding = report.content["sessions"][0]["findings"][0]
    assert LIST in shown
    assert f"/c/{world.contribution.receipt_code}/" in shown
    assert f"{OUTCOME}#f-{finding['public_id']}" in shown
    assert WORDS not in shown


def test_rapporteur_is_told_on_the_first_page_and_a_moderator_is_not(world, report):
    sentence = "1 quote in the published report is no longer public: publish a new version."
    assert sentence not in page_of(world, "/desk/", "rapporteur")
    take_away(world, "remove")
    page = page_of(world, "/desk/", "rapporteur")
    assert f'<a href="{DESK}synthesis/report/">{sentence}</a>' in page
    assert sentence not in page_of(world, "/desk/", "moderator")
    assert LIST not in page_of(world, DESK, "moderator")


def test_withdraw_page_says_what_stays_in_files(world, report):
    page = page_of(world, f"/c/{world.contribution.receipt_code}/withdraw/", "author")
    assert "the files of that report keep the quote" in page
    assert "the next version leaves it out" in page


def another_gone(world, report):
    """Quote one more contribution in the report, and take it away."""
    said = more_contributions(world, 1)[0]
    CitationFactory(finding=world.session.findings.get(), contribution=said)
    report.content = report_content(report, at=NOW)
    report.save()
    take_away(world, "remove", said)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (OUTCOME, "anonymous"),
        (START, "anonymous"),
        (SEARCH, "anonymous"),
        (DESK, "rapporteur"),
        (f"{DESK}synthesis/report/", "rapporteur"),
        ("/desk/", "rapporteur"),
    ],
)
def test_page_takes_as_many_queries_for_three_quotes_that_are_gone_as_for_one(world, report, path, role):
    client = world.client(role)
    another_gone(world, report)
    for_one = queries_of(client, path)
    another_gone(world, report)
    another_gone(world, report)
    assert queries_of(client, path) == for_one <= 15


def test_outcome_asks_once_for_all_its_quotes(world, report):
    another_gone(world, report)
    client = world.client("anonymous")
    with CaptureQueriesContext(connection) as caught:
        client.get(OUTCOME)
    asked = [query["sql"] for query in caught if "consultations_contribution" in query["sql"]]
    assert len([sql for sql in asked if "receipt_code" in sql]) == 1
