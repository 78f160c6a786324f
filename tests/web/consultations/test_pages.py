"""Pages of consultations and sessions, and what they show."""

import pytest
from django.urls import reverse

from answerable.consultations.states import ConsultationState
from tests.factories.consultations import ConsultationFactory, ConsultationTextFactory, SessionTextFactory
from tests.query_counts import queries_of
from tests.web.world import more_contributions, publish_report

MOST_QUERIES = 15


def page_of(world, path, role="anonymous", **headers):
    answer = world.client(role).get(path, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_consultation_shows_its_closing_time_in_its_own_zone_to_the_second(world):
    page = page_of(world, "/consultations/water/")
    assert "20 November 2026, 23:59:59 <bdi>(Asia/Bangkok)</bdi>" in page
    assert "Set as" not in page


def test_consultation_shows_the_readers_zone_with_the_original_beside_it(world):
    person = world.people["participant"]
    person.time_zone = "Europe/Paris"
    person.save()
    page = page_of(world, "/consultations/water/", "participant")
    assert "20 November 2026, 17:59:59 <bdi>(Europe/Paris)</bdi>" in page
    assert "20 November 2026, 23:59:59 <bdi>(Asia/Bangkok)</bdi>" in page


def test_consultation_says_what_came_of_it_once_there_is_a_report(world):
    assert "Read the outcome report" not in page_of(world, "/consultations/water/")
    publish_report(world)
    page = page_of(world, "/consultations/water/")
    assert "Read the outcome report" in page
    assert "1 of 1 contributions have been weighed." in page


def test_consultation_that_is_a_draft_is_not_found_but_by_its_staff(world):
    world.consultation.state = ConsultationState.DRAFT
    world.consultation.save()
    for path in ("/consultations/water/", "/consultations/water/1/", f"/c/{world.contribution.receipt_code}/"):
        assert world.client("participant").get(path).status_code == 404
        assert world.client("convener").get(path).status_code == 200


def test_document_is_sent_as_a_download(world):
    path = reverse("consultation_document", kwargs={"slug": "water", "public_id": world.document.public_id})
    answer = world.client("anonymous").get(path)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
    assert answer["Content-Disposition"].startswith("attachment")
    assert world.client("anonymous").get("/consultations/water/documents/unknown/").status_code == 404


def test_session_links_each_receipt_its_summary_cites(world):
    code = world.contribution.receipt_code
    assert f'<a class="cite" href="/c/{code}/">[{code}]</a>' in page_of(world, "/consultations/water/1/")


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("kind=example", True),
        ("kind=view", False),
        ("question=2", True),
        ("question=nonsense", True),
        ("words=pump", True),
        ("words=bicycle", False),
        ("language=en", True),
        ("country=THA", False),
        ("sort=divided", True),
        ("cursor=nonsense", True),
    ],
)
def test_session_filters_its_contributions(world, query, is_shown):
    page = page_of(world, f"/consultations/water/1/?{query}")
    assert (f'id="{world.contribution.receipt_code}"' in page) is is_shown
    assert f'id="{world.held.receipt_code}"' not in page


def test_session_says_how_many_fit_the_filters_and_asks_nothing_without(world):
    more_contributions(world, 12)
    page = page_of(world, "/consultations/water/1/?language=en")
    assert "13 contributions fit these filters." in page
    assert "fit these filters" not in page_of(world, "/consultations/water/1/")


def test_session_without_contributions_offers_no_way_to_them(world):
    assert 'href="#all"' in page_of(world, "/consultations/water/1/")
    world.session.contribution_count = 0
    world.session.save(update_fields=["contribution_count"])
    assert 'href="#all"' not in page_of(world, "/consultations/water/1/")


def test_session_shows_its_author_what_others_do_not_see(world):
    assert f'id="{world.held.receipt_code}"' in page_of(world, "/consultations/water/1/", "author")


def test_session_reads_on_to_the_next_page_and_back(world):
    more_contributions(world, 12)
    client = world.client("anonymous")
    first = client.get("/consultations/water/1/")
    next_page = client.get("/consultations/water/1/", {"cursor": first.context["listed"].next_cursor})
    shown = [entry.contribution.receipt_code for page in (first, next_page) for entry in page.context["entries"]]
    assert len(shown) == len(set(shown)) == 13
    back = client.get("/consultations/water/1/", {"cursor": next_page.context["listed"].previous_cursor})
    assert [e.contribution for e in back.context["entries"]] == [e.contribution for e in first.context["entries"]]


def test_session_marks_texts_in_another_language_than_the_page(world):
    SessionTextFactory(session=world.session, language="fr", title="Qui répond de quoi")
    page = page_of(world, "/consultations/water/1/", headers={"accept-language": "fr"})
    assert "<h1 >Qui répond de quoi</h1>" in page
    assert f'<div class="said" lang="en" dir="ltr">{world.contribution.html}' in page


def test_summaries_show_each_week(world):
    assert "The board and the pump" in page_of(world, "/consultations/water/1/summaries/")


def test_moderation_log_shows_reasons_and_no_names(world):
    page = page_of(world, "/consultations/water/moderation/")
    assert world.held.receipt_code in page
    assert "Advertising" in page
    assert "The moderator" not in page
    assert "The author" not in page


def test_outcome_is_shown_with_its_files_once_published(world):
    assert "not published yet" in page_of(world, "/consultations/water/outcome/")
    report = publish_report(world)
    page = page_of(world, "/consultations/water/outcome/")
    finding = report.content["sessions"][0]["findings"][0]
    assert f'id="f-{finding["public_id"]}"' in page
    assert f"/c/{world.contribution.receipt_code}/" in page
    assert page_of(world, "/consultations/water/outcome/1/").count("Figures are believed") >= 1
    sent = world.client("anonymous").get("/consultations/water/outcome/1/md/")
    assert b"".join(sent.streaming_content) == b"# Report"
    assert world.client("anonymous").get("/consultations/water/outcome/1/exe/").status_code == 404


def _add_rows(world, count):
    """Add to everything that is listed anywhere."""
    for row in more_contributions(world, count):
        row.organisation = world.organisation
        row.save()
        ConsultationTextFactory(consultation=ConsultationFactory(), title="More meetings")
        world.submitted()


LISTS = [
    "/",
    "/consultations/",
    "/consultations/water/1/",
    "/consultations/water/moderation/",
    "/search/?q=meetings",
    "/goals/6/",
    "/organisations/well-users/",
    "/record/",
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("role", ["anonymous", "participant"])
def test_list_takes_as_many_queries_for_three_rows_as_for_one(world, path, role):
    world.consultation.goals.set([6])
    client = world.client(role)
    _add_rows(world, 1)
    before = queries_of(client, path)
    _add_rows(world, 2)
    assert queries_of(client, path) == before


@pytest.mark.parametrize(
    "path",
    [*LISTS, "/consultations/water/", "/consultations/water/outcome/", "/consultations/water/1/contribute/", "/goals/"],
)
def test_page_takes_at_most_fifteen_queries(world, path):
    publish_report(world)
    assert queries_of(world.client("anonymous"), path) <= MOST_QUERIES
    assert queries_of(world.client("participant"), path) <= MOST_QUERIES


def test_receipt_takes_a_fixed_number_of_queries(world):
    path = f"/c/{world.contribution.receipt_code}/"
    assert queries_of(world.client("anonymous"), path) <= MOST_QUERIES
    assert queries_of(world.client("author"), path) <= MOST_QUERIES + 8
