"""Publishing: refused with all that is missing, frozen when it is not."""

import io

import pytest
from docx import Document as Docx

from answerable.consultations.models import Contribution, ContributionRevision
from answerable.consultations.states import PostState
from answerable.documents.pdf import missing_scripts
from answerable.foundation.hashing import text_digest
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.notices.models import Notice
from answerable.people.states import RoleName
from answerable.synthesis.actions import (
    FindingDraft,
    RecommendationDraft,
    add_citation,
    change_report_text,
    draft_report,
    merge_into_finding,
    publish_report,
    set_aside,
    tell_contributors,
    write_finding,
    write_recommendation,
)
from answerable.synthesis.models import Citation, OutcomeReport
from answerable.synthesis.queries import published_report, publishing_problems, report_document
from answerable.synthesis.queries.digests import content_digest
from answerable.synthesis.states import ReportState
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

ARABIC = "كانت اللوحة خضراء، وكان ماء بئرنا بنياً."


@pytest.fixture
def finding(session, contributions, rapporteur):
    """A finding that cites one contribution and has one merged; the third is set aside."""
    draft = FindingDraft(
        kind="common_ground",
        title="Progress that nobody can see on the spot is not believed",
        statement="{total} contributions say so, **{cited}** in these words.",
    )
    row = write_finding(session, draft=draft, by=rapporteur, at=NOW)
    add_citation(row, contribution=contributions[0], words="The dashboard was green.", by=rapporteur, at=NOW)
    merge_into_finding([contributions[1]], finding=row, by=rapporteur, at=NOW)
    set_aside([contributions[2]], reason_code="off_topic", by=rapporteur, at=NOW)
    return row


@pytest.fixture
def draft(consultation, finding, rapporteur):
    """A draft that may be published."""
    row = draft_report(consultation, by=rapporteur, at=NOW)
    return change_report_text(row, texts={"minority_views": "None was given."}, by=rapporteur, at=NOW)


def refused(draft, person):
    with pytest.raises(Unacceptable) as problem:
        publish_report(draft, by=person, at=NOW)
    draft.refresh_from_db()
    assert draft.state == ReportState.DRAFT
    return problem.value.problems


def bytes_of(file):
    with file.file.open("rb") as opened:
        return opened.read()


def docx_text(report):
    document = Docx(io.BytesIO(bytes_of(report.files.get(format="docx"))))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_publish_freezes_content_files_and_record(consultation, contributions, draft, rapporteur):
    report = publish_report(draft, by=rapporteur, at=NOW)

    assert (report.state, report.published_at, report.published_by) == (ReportState.PUBLISHED, NOW, rapporteur)
    assert report.content_digest == content_digest(report.content)
    assert set(report.files.values_list("format", flat=True)) == {"html", "docx", "pdf", "md"}
    entry = facts_of("report", [report.public_id])[report.public_id][-1]
    assert entry.facts["content_digest"] == report.content_digest
    assert {entry.facts[f"{file.format}_sha256"] for file in report.files.all()} == {
        f.sha256 for f in report.files.all()
    }
    answers = report.content["answers"]
    assert [answers[row.receipt_code]["kind"] for row in contributions] == ["cited", "merged", "set_aside"]


def test_publish_fills_the_numbers_of_a_statement(draft, rapporteur):
    report = publish_report(draft, by=rapporteur, at=NOW)
    said = report.content["sessions"][0]["findings"][0]
    assert said["statement"] == "2 contributions say so, **1** in these words."


def test_published_docx_contains_every_quote_and_finding(session, draft, finding, rapporteur):
    said = ContributionFactory(session=session, text=ARABIC, language="ar")
    add_citation(finding, contribution=said, words=ARABIC[:18], by=rapporteur, at=NOW)

    report = publish_report(draft, by=rapporteur, at=NOW)

    text = docx_text(report)
    quotes = [c["quote"] for f in report.content["sessions"][0]["findings"] for c in f["citations"]]
    assert quotes == ["The dashboard was green.", ARABIC[:18]]
    assert all(quote in text for quote in quotes)
    assert finding.title in text


def test_published_files_are_the_same_bytes_when_written_again(draft, rapporteur):
    from answerable.synthesis.actions.report_files import written_files

    report = publish_report(draft, by=rapporteur, at=NOW)

    again = {written.format: written.content for written in written_files(report.content)}
    assert {file.format: bytes_of(file) for file in report.files.all()} == again


def test_publish_lists_everything_that_is_missing(consultation, session, contributions, rapporteur):
    empty = draft_report(consultation, by=rapporteur, at=NOW)

    problems = refused(empty, rapporteur)

    assert set(problems) == {"contributions", "findings", "minority_views"}
    assert problems["contributions"][0].startswith("3 contributions have no place yet")
    assert all(row.receipt_code in problems["contributions"][0] for row in contributions)


def test_publish_names_only_the_first_twenty_undecided(consultation, session, rapporteur):
    rows = [ContributionFactory(session=session) for _n in range(21)]

    [said] = refused(draft_report(consultation, by=rapporteur, at=NOW), rapporteur)["contributions"]

    assert sum(row.receipt_code in said for row in rows) == 20


def test_publish_is_refused_when_a_quoted_text_was_altered(contributions, draft, rapporteur):
    """The control is ``test_publish_freezes_content_files_and_record``: the same report with the text as it was."""
    ContributionRevision.objects.filter(contribution=contributions[0]).update(
        text="The dashboard was Green. Our well was brown."
    )
    problems = refused(draft, rapporteur)
    assert list(problems) == ["citations"]
    assert contributions[0].receipt_code in problems["citations"][0]


def test_publish_is_refused_when_a_text_was_altered_with_its_digest(contributions, draft, rapporteur):
    text = "The dashboard was Green. Our well was brown."
    ContributionRevision.objects.filter(contribution=contributions[0]).update(text=text, text_digest=text_digest(text))
    assert list(refused(draft, rapporteur)) == ["citations"]


@pytest.mark.parametrize("change", [{"quote": "The dashboard was grey."}, {"start": 1}, {"revision_number": 2}])
def test_publish_is_refused_when_a_citation_was_altered(draft, rapporteur, change):
    Citation.objects.update(**change)
    assert list(refused(draft, rapporteur)) == ["citations"]


@pytest.mark.parametrize("state", [PostState.WITHDRAWN, PostState.REMOVED])
def test_publish_is_refused_when_a_quoted_contribution_is_no_longer_public(contributions, draft, rapporteur, state):
    Contribution.objects.filter(pk=contributions[0].pk).update(state=state)
    assert "citations" in refused(draft, rapporteur)


def test_publish_after_a_newer_revision_keeps_the_quoted_one(contributions, draft, rapporteur):
    ContributionRevision.objects.create(
        contribution=contributions[0], number=2, text="Our well was brown.", html="", text_digest="", kind="view",
        language="en", made_at=NOW,
    )  # fmt: skip
    assert publish_report(draft, by=rapporteur, at=NOW).state == ReportState.PUBLISHED


@pytest.mark.parametrize(
    "statement",
    ["33 contributions say so.", "De 3 contribuciones.", "共12份意见。", "1,204 contributions", "٣٣ مساهمة"],
)
def test_publish_is_refused_when_a_number_is_not_supported(draft, finding, rapporteur, statement):
    finding.statement = statement
    finding.save()
    assert list(refused(draft, rapporteur)) == ["numbers"]


@pytest.mark.parametrize(
    "statement",
    ["2 contributions say so.", "In 2020, 1 contribution said so.", "33 wells were measured.", "共2份意见。"],
)
def test_publish_with_numbers_that_are_supported_goes_through(draft, finding, rapporteur, statement):
    finding.statement = statement
    finding.save()
    assert publishing_problems(draft) == {}


def test_publish_with_a_finding_that_quotes_nothing_is_refused(session, draft, rapporteur):
    write_finding(session, draft=FindingDraft("challenge", "Bare", "Nothing."), by=rapporteur, at=NOW)
    assert refused(draft, rapporteur)["findings"] == ["The finding “Bare” rests on no quote."]


def test_publish_with_a_minority_finding_needs_no_text_for_it(session, contributions, draft, rapporteur):
    change_report_text(draft, texts={"minority_views": ""}, by=rapporteur, at=NOW)
    assert list(publishing_problems(OutcomeReport.objects.get(pk=draft.pk))) == ["minority_views"]

    row = write_finding(session, draft=FindingDraft("minority_view", "One", "Said."), by=rapporteur, at=NOW)
    add_citation(row, contribution=contributions[0], words="Our well", by=rapporteur, at=NOW)
    assert publishing_problems(OutcomeReport.objects.get(pk=draft.pk)) == {}


def test_publish_by_a_participant_is_refused(draft):
    with pytest.raises(NotAllowed):
        publish_report(draft, by=PersonFactory(), at=NOW)


def test_publish_by_the_convener_is_allowed(consultation, draft):
    convener = RoleGrantFactory(
        role=RoleName.CONVENER, scope_id=consultation.public_id, scope_type="consultation"
    ).person
    assert publish_report(draft, by=convener, at=NOW).state == ReportState.PUBLISHED


def test_publish_tells_each_contributor_once_whatever_is_repeated(session, contributions, draft, rapporteur):
    again = ContributionFactory(session=session, author=contributions[0].author)
    set_aside([again], reason_code="off_topic", by=rapporteur, at=NOW)

    report = publish_report(draft, by=rapporteur, at=NOW)
    publish_report(report, by=rapporteur, at=NOW)
    tell_contributors(report.pk, at=NOW)

    told = dict(Notice.objects.values_list("person", "address"))
    assert Notice.objects.count() == 3
    assert told == {row.author.pk: f"/c/{row.receipt_code}/" for row in contributions}
    assert Notice.objects.get(person=contributions[0].author).facts["count"] == 2


def test_tell_contributors_of_a_draft_tells_nobody(draft):
    assert tell_contributors(draft.pk, at=NOW) == 0


def test_publish_a_second_version_replaces_the_first_and_tells_again(consultation, draft, rapporteur):
    first = publish_report(draft, by=rapporteur, at=NOW)
    second = draft_report(consultation, by=rapporteur, at=NOW)
    assert (second.version, second.minority_views) == (first.version + 1, "None was given.")

    publish_report(second, by=rapporteur, at=NOW)

    first.refresh_from_db()
    assert first.state == ReportState.SUPERSEDED
    assert published_report(consultation) == second
    assert Notice.objects.count() == 6


def test_draft_report_twice_returns_the_same_draft(consultation, rapporteur):
    assert draft_report(consultation, by=rapporteur, at=NOW) == draft_report(consultation, by=rapporteur, at=NOW)


def test_change_text_of_a_published_report_is_refused(draft, rapporteur):
    report = publish_report(draft, by=rapporteur, at=NOW)
    with pytest.raises(Unacceptable):
        change_report_text(report, texts={"limits": "None."}, by=rapporteur, at=NOW)


def test_publish_in_french_says_its_fixed_words_to_readers_of_french(draft, rapporteur):
    change_report_text(draft, texts={"language": "fr"}, by=rapporteur, at=NOW)
    report = publish_report(draft, by=rapporteur, at=NOW)
    assert report_document(report.content).language == "fr"


def test_publish_without_a_font_for_a_script_leaves_the_pdf_out_and_says_so(session, draft, finding, rapporteur):
    tamil_brahmi = "\U00011005\U00011013\U0001101d"
    said = ContributionFactory(session=session, text=f"{tamil_brahmi} {tamil_brahmi}", language="und")
    add_citation(finding, contribution=said, words=tamil_brahmi, by=rapporteur, at=NOW)

    report = publish_report(draft, by=rapporteur, at=NOW)

    has_pdf = report.files.filter(format="pdf").exists()
    assert has_pdf == (not missing_scripts(report_document(report.content)))
    assert has_pdf == ("pdf" not in report.content["skipped_files"])


def test_publish_with_recommendations_numbers_what_they_rest_on(consultation, draft, finding, rapporteur):
    what = RecommendationDraft(
        "Let users choose", "Let those who use a well choose.", "The district", findings=(finding,)
    )
    write_recommendation(consultation, draft=what, by=rapporteur, at=NOW)

    report = publish_report(draft, by=rapporteur, at=NOW)

    [row] = report.content["recommendations"]
    assert (row["number"], row["findings"]) == (1, [["1.1", finding.public_id]])
    assert "Addressed to: The district." in docx_text(report)


def test_publish_does_not_name_who_hid_the_name(contributions, draft, rapporteur):
    Contribution.objects.filter(pk=contributions[0].pk).update(is_name_hidden=True)

    report = publish_report(draft, by=rapporteur, at=NOW)

    assert contributions[0].author.name not in docx_text(report)
    assert contributions[0].author.public_id not in str(report.content)
