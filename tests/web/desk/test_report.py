"""Findings, recommendations and the outcome report at the desk, up to publication."""

import pytest

from answerable.synthesis.models import Citation, Disposition, Finding, OutcomeReport, Recommendation
from answerable.synthesis.states import DispositionKind, ReportState
from tests.factories.consultations import ContributionFactory
from tests.factories.synthesis import CitationFactory, FindingFactory, RecommendationFactory, ThemeFactory

DESK = "/desk/consultations/water/synthesis/"


@pytest.fixture
def finding(world):
    return FindingFactory(session=world.session, title="Figures are believed where they hang")


def written(**changes):
    return {
        "act": "save",
        "kind": "common_ground",
        "title": "Boards are read",
        "statement": "{cited} contributions say so.",
        "language": "en",
        **changes,
    }


def cite(client, world, finding, words="read by all"):
    code = world.contribution.receipt_code
    typed = {"act": "quote", "quoting": finding.public_id, "words": words}
    return client.post(f"{DESK}?c={code}", typed)


def test_finding_is_begun_with_words_picked_from_a_contribution(rapporteur, world):
    theme = ThemeFactory(session=world.session)
    address = f"{DESK}findings/new/?c={world.contribution.receipt_code}&words=read+by+all"
    assert '<blockquote class="quote said push" ><p>read by all</p>' in rapporteur.get(address).content.decode()
    answer = rapporteur.post(address, written(themes=[theme.public_id]))
    finding = Finding.objects.get()
    assert answer["Location"] == f"{DESK}findings/{finding.public_id}/"
    assert (finding.title, list(finding.themes.all())) == ("Boards are read", [theme])
    assert [citation.quote for citation in finding.citations.all()] == ["read by all"]


def test_finding_is_not_kept_when_its_first_quote_does_not_stand(rapporteur, world):
    address = f"{DESK}findings/new/?c={world.contribution.receipt_code}&words=written+nowhere"
    answer = rapporteur.post(address, written())
    assert answer.status_code == 422
    assert "These words do not stand in the contribution" in answer.content.decode()
    assert not Finding.objects.exists()


def test_finding_without_a_kind_keeps_what_was_typed(rapporteur, world):
    answer = rapporteur.post(f"{DESK}findings/new/?session=1", written(kind=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what kind of finding this is." in page
    assert 'value="Boards are read"' in page


def test_finding_shows_its_numbers_and_marks_what_does_not_hold(rapporteur, world, finding):
    cite(rapporteur, world, finding)
    address = f"{DESK}findings/{finding.public_id}/"
    rapporteur.post(address, written(statement="{cited} contributions say so, and 7 contributions more."))
    page = rapporteur.get(address).content.decode()
    assert "<p>1 contributions say so, and 7 contributions more.</p>" in page
    assert "“Boards are read” speaks of 7 contributions, but cites 1 and merges 0, 1 together." in page
    assert "Stands in the text, word for word" in page


def test_quote_of_a_text_that_was_altered_is_marked(rapporteur, world, finding):
    cite(rapporteur, world, finding)
    world.contribution.revisions.update(text="The board was blank.")
    page = rapporteur.get(f"{DESK}findings/{finding.public_id}/").content.decode()
    assert f"The text of {world.contribution.receipt_code} is not the text that was quoted" in page
    assert "Stands in the text, word for word" not in page


def test_quote_is_taken_out_and_its_contribution_waits_again(rapporteur, world, finding):
    cite(rapporteur, world, finding)
    citation = Citation.objects.get()
    name = f"{world.contribution.receipt_code}:{citation.start}"
    answer = rapporteur.post(f"{DESK}findings/{finding.public_id}/", {"act": "uncite", "quote": name})
    assert answer.status_code == 302
    assert not Citation.objects.exists()
    assert not Disposition.objects.exists()


def test_merged_contribution_is_taken_out(rapporteur, world, finding):
    said = ContributionFactory(session=world.session)
    rapporteur.post(f"{DESK}many/", {"act": "merge", "code": [said.receipt_code], "finding": finding.public_id})
    address = f"{DESK}findings/{finding.public_id}/"
    assert said.receipt_code in rapporteur.get(address).content.decode()
    rapporteur.post(address, {"act": "unmerge", "code": said.receipt_code})
    assert not Disposition.objects.exists()


def test_quote_that_is_gone_is_said(rapporteur, finding):
    answer = rapporteur.post(f"{DESK}findings/{finding.public_id}/", {"act": "uncite", "quote": "R-0000-0000:3"})
    assert answer.status_code == 422
    assert "This quote is no longer there." in answer.content.decode()


def test_finding_is_deleted(rapporteur, finding):
    answer = rapporteur.post(f"{DESK}findings/{finding.public_id}/", {"act": "delete"})
    assert answer["Location"] == f"{DESK}findings/"
    assert not Finding.objects.exists()


def test_findings_are_put_in_order(rapporteur, world, finding):
    second = FindingFactory(session=world.session, order=1)
    rapporteur.post(f"{DESK}findings/", {"act": "up", "finding": second.public_id})
    titles = [view.finding for view in rapporteur.get(f"{DESK}findings/").context["groups"][0][1]]
    assert titles == [second, finding]


def test_recommendation_is_written_changed_moved_and_deleted(rapporteur, world, finding):
    address = f"{DESK}recommendations/"
    typed = {"title": "Hang figures up", "text": "At the pump.", "addressee": "Districts", "language": "en"}
    rapporteur.post(address, {"act": "add", **typed, "findings": [finding.public_id]})
    row = Recommendation.objects.get()
    assert (row.title, list(row.findings.all())) == ("Hang figures up", [finding])
    second = RecommendationFactory(consultation=world.consultation, order=1)
    rapporteur.post(address, {"act": "up", "recommendation": second.public_id})
    assert list(Recommendation.objects.all()) == [second, row]
    rapporteur.post(f"{address}{row.public_id}/", {"act": "save", **typed, "addressee": "Ministry"})
    row.refresh_from_db()
    assert (row.addressee, list(row.findings.all())) == ("Ministry", [])
    rapporteur.post(f"{address}{row.public_id}/", {"act": "delete"})
    assert list(Recommendation.objects.all()) == [second]


def test_recommendation_without_a_text_keeps_what_was_typed(rapporteur, world):
    answer = rapporteur.post(f"{DESK}recommendations/", {"act": "add", "title": "Hang figures up", "text": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-text">Text</a>: Write the text.' in page
    assert 'value="Hang figures up"' in page


def test_report_is_begun_and_its_sections_are_kept(rapporteur, world):
    address = f"{DESK}report/"
    assert "No version is being written" in rapporteur.get(address).content.decode()
    rapporteur.post(address, {"act": "begin"})
    typed = {"act": "save", "key_messages": "- Hang figures up.", "minority_views": "One doubts it.", "language": "en"}
    assert rapporteur.post(address, typed).status_code == 302
    draft = OutcomeReport.objects.get()
    assert (draft.version, draft.state, draft.minority_views) == (1, ReportState.DRAFT, "One doubts it.")
    assert "One doubts it." in rapporteur.get(f"{address}preview/").content.decode()


def test_publication_is_refused_with_everything_that_is_missing(rapporteur, world, finding):
    CitationFactory(finding=finding, contribution=world.contribution, quote="Something else")
    finding.statement = "All 9 contributions say so."
    finding.save()
    FindingFactory(session=world.session, title="A bare one")
    rapporteur.post(f"{DESK}report/", {"act": "begin"})
    answer = rapporteur.post(f"{DESK}report/publish/", {"act": "publish"})
    code = world.contribution.receipt_code
    assert answer.status_code == 422
    assert [(part.sentence, part.address) for part in answer.context["missing"]] == [
        (f"1 contribution has no place yet: {code}.", DESK),
        ("The finding “A bare one” rests on no quote.", f"{DESK}findings/"),
        (f"The quote from {code} does not stand in its text at the place it names.", f"{DESK}findings/"),
        (
            f"“{finding.title}” speaks of 9 contributions, but cites 1 and merges 0, 1 together.",
            f"{DESK}findings/",
        ),
        (
            "The section on minority views is empty: write it, or write a finding of that kind.",
            f"{DESK}report/#f-minority_views",
        ),
    ]
    page = answer.content.decode()
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert all(f'<a href="{part.address}">' in page for part in answer.context["missing"])
    assert OutcomeReport.objects.get().state == ReportState.DRAFT


def test_report_is_published_once_nothing_is_missing(rapporteur, world, finding):
    rapporteur.post(f"{DESK}report/", {"act": "begin"})
    cite(rapporteur, world, finding)
    rapporteur.post(f"{DESK}report/", {"act": "save", "minority_views": "None was sent.", "language": "en"})
    assert "Nothing is missing" in rapporteur.get(f"{DESK}report/publish/").content.decode()
    answer = rapporteur.post(f"{DESK}report/publish/", {"act": "publish"})
    assert answer["Location"] == f"{DESK}report/"
    report = OutcomeReport.objects.get()
    assert report.state == ReportState.PUBLISHED
    assert Disposition.objects.get().kind == DispositionKind.CITED
    page = rapporteur.get(f"{DESK}report/").content.decode()
    assert '<a href="/consultations/water/outcome/1/">Version 1</a>' in page
    assert "read by all" in world.client("anonymous").get("/consultations/water/outcome/").content.decode()


def test_convener_publishes_but_does_not_write(convener, rapporteur, world, finding):
    rapporteur.post(f"{DESK}report/", {"act": "begin"})
    page = convener.get(f"{DESK}report/").content.decode()
    assert "Save the report" not in page
    assert convener.post(f"{DESK}report/", {"act": "save", "language": "en"}).status_code == 403
    assert "Publish the outcome report" in convener.get(f"{DESK}report/publish/").content.decode()
    assert convener.post(f"{DESK}report/publish/", {"act": "publish"}).status_code == 422
