"""What was answered, for programs: as it was published, and without the words that are not public any more."""

import json

import pytest
from django.urls import reverse

from answerable.consultations.models import Contribution
from answerable.consultations.states import ConsultationState, PostState
from answerable.publish import reports
from answerable.synthesis.actions import FindingDraft, change_finding, draft_report
from tests.factories.consultations import NOW, ConsultationFactory, ContributionFactory
from tests.publish.asking import get, problem, read_to_the_end
from tests.publish.conftest import CITED
from tests.query_counts import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
HERE = "/consultations/partnerships"


def test_versions_are_listed_newest_first_with_their_files(client, answered, settings):
    answered.publish()
    newest, first = get(client, f"{HERE}/reports/").json()
    assert [(row["version"], row["is_newest"]) for row in (newest, first)] == [(2, True), (1, False)]
    assert newest["content_digest"] == answered.report.content_digest
    kept = {file.format: (file.sha256, file.size) for file in answered.report.files.all()}
    assert {file["format"]: (file["sha256"], file["size"]) for file in newest["files"]} == kept
    address = reverse("report_file", kwargs={"slug": "partnerships", "version": 2, "file_format": "docx"})
    assert settings.SITE_ADDRESS + address in [file["address"] for file in newest["files"]]


def test_a_draft_is_neither_listed_nor_read(client, answered):
    draft_report(answered.consultation, by=answered.rapporteur, at=NOW)
    assert [row["version"] for row in get(client, f"{HERE}/reports/").json()] == [1]
    problem(client, f"{HERE}/reports/2/", 404)


def test_reports_of_a_draft_consultation_are_refused(client, answered):
    answered.consultation.state = ConsultationState.DRAFT
    answered.consultation.save()
    for part in ("reports/", "reports/1/", "findings/", f"findings/{answered.finding.public_id}/", "dispositions/"):
        assert problem(client, f"{HERE}/{part}", 403)["code"] == "not_published"


def test_a_consultation_without_a_report_says_so(client, db):
    ConsultationFactory(slug="quiet")
    assert get(client, "/consultations/quiet/reports/").json() == []
    for part in ("findings/", "findings/x/", "dispositions/"):
        told = problem(client, f"/consultations/quiet/{part}", 404)
        assert told["detail"] == "No outcome report is published here."


def test_a_version_is_told_as_it_was_published(client, answered):
    change_finding(answered.finding, draft=FindingDraft("example", "New", "New."), by=answered.rapporteur, at=NOW)
    told = get(client, f"{HERE}/reports/1/").json()
    assert (told["title"], told["texts"]["minority_views"]) == ("Partnerships for the Goals", "None was given.")
    assert {name: told["coverage"][name] for name in ("total", "cited", "merged", "set_aside", "undecided")} == {
        "total": 3,
        "cited": 1,
        "merged": 1,
        "set_aside": 1,
        "undecided": 0,
    }
    assert told["sessions"] == [{"number": 1, "title": "Accountability", "questions": []}]
    (finding,) = told["findings"]
    assert (finding["title"], finding["number"], finding["kind"]) == ("Figures at the well", "1.1", "common_ground")
    assert finding["statement"] == "2 contributions say so."
    assert finding["counts"] == {"cited": 1, "merged": 1, "total": 2}
    assert finding["merged"] == [answered.merged.receipt_code]
    (recommendation,) = told["recommendations"]
    assert (recommendation["addressee"], recommendation["findings"]) == ("Councils", [answered.finding.public_id])


def test_a_citation_says_where_its_quote_stands(client, answered):
    (citation,) = get(client, f"{HERE}/findings/{answered.finding.public_id}/").json()["citations"]
    assert citation == {
        "receipt_code": answered.cited.receipt_code,
        "state": "public",
        "revision": 1,
        "start": 0,
        "end": len(CITED),
        "quote": CITED,
        "language": "en",
        "text_digest": answered.cited.text_digest,
    }


@pytest.mark.parametrize("part", ["reports/1/", "findings/", "findings/{}/"])
def test_what_is_not_public_any_more_is_not_quoted(client, answered, part):
    address = f"{HERE}/{part.format(answered.finding.public_id)}"
    assert CITED in get(client, address).content.decode()
    for state in set(PostState) - {PostState.PUBLIC}:
        Contribution.objects.filter(pk=answered.cited.pk).update(state=state)
        told = get(client, address).json()
        assert CITED not in json.dumps(told)
        found = told if "citations" in told else told.get("items", told.get("findings"))[0]
        (citation,) = found["citations"]
        assert (citation["receipt_code"], citation["quote"]) == (answered.cited.receipt_code, None)
        assert citation["state"] == state


def test_names_of_those_who_are_quoted_are_told_by_their_contributions_alone(client, answered):
    told = get(client, f"{HERE}/reports/1/").content.decode()
    assert answered.cited.author.public_name not in told
    assert answered.cited.author.public_id not in told


def test_an_unknown_version_or_finding_is_a_problem_document(client, answered):
    problem(client, f"{HERE}/reports/9/", 404)
    problem(client, f"{HERE}/reports/99999999999999999999/", 404)
    problem(client, f"{HERE}/findings/none/", 404)


def test_what_became_of_a_contribution_is_told_with_it(client, answered):
    later = ContributionFactory(session=answered.session)
    became = {
        row: get(client, f"/contributions/{row.receipt_code}/").json()["disposition"]
        for row in (answered.cited, answered.merged, answered.aside, later)
    }
    assert became[later] is None
    assert [became[row]["kind"] for row in (answered.cited, answered.merged)] == ["cited", "merged"]
    assert [found["public_id"] for found in became[answered.merged]["findings"]] == [answered.finding.public_id]
    aside = became[answered.aside]
    assert (aside["findings"], aside["reason_code"], aside["reason"]) == ([], "other", "It sells something.")
    listed = get(client, f"{HERE}/sessions/1/contributions/").json()["items"]
    assert {item["receipt_code"]: item["disposition"] for item in listed} == {
        row.receipt_code: said for row, said in became.items()
    }


def test_what_became_of_each_is_listed_and_narrowed(client, answered):
    listed = get(client, f"{HERE}/dispositions/").json()["items"]
    rows = sorted((answered.cited, answered.merged, answered.aside), key=lambda row: row.receipt_code)
    assert [item["receipt_code"] for item in listed] == [row.receipt_code for row in rows]
    narrowed = get(client, f"{HERE}/dispositions/?kind=set_aside").json()["items"]
    assert [item["receipt_code"] for item in narrowed] == [answered.aside.receipt_code]


def test_what_became_of_a_withdrawn_contribution_stays_with_its_state(client, answered):
    Contribution.objects.filter(pk=answered.merged.pk).update(state=PostState.WITHDRAWN)
    (item,) = get(client, f"{HERE}/dispositions/?kind=merged").json()["items"]
    assert (item["receipt_code"], item["state"]) == (answered.merged.receipt_code, "withdrawn")


@pytest.mark.parametrize(("part", "name"), [("findings/", "public_id"), ("dispositions/", "receipt_code")])
def test_a_list_out_of_a_report_is_read_to_its_end_though_a_new_one_appears(client, answered, monkeypatch, part, name):
    monkeypatch.setattr(reports, "LIMIT", 2)
    answered.find(4)
    first = get(client, f"{HERE}/{part}").json()
    answered.find(1)
    rest = read_to_the_end(client, first["next"].partition("/api/v1")[2])
    read = [item[name] for item in [*first["items"], *rest]]
    content = get(client, f"{HERE}/reports/2/").json()
    wanted = [said["public_id"] for said in content["findings"]] if name == "public_id" else None
    assert len(read) == len(set(read)) == (5 if wanted else 7)
    assert read == (wanted or sorted(read))
    assert {item["report_version"] for item in rest} == {2}


@pytest.mark.parametrize(
    "address",
    [
        f"{HERE}/reports/",
        f"{HERE}/reports/{{version}}/",
        f"{HERE}/findings/",
        f"{HERE}/dispositions/",
        f"{HERE}/sessions/1/contributions/",
    ],
)
def test_an_answer_costs_the_same_queries_for_one_and_three_rows(client, answered, address):
    def cost():
        return queries_of(client, f"/api/v1{address.format(version=answered.report.version)}")

    one = cost()
    answered.find(2)
    answered.publish()
    assert cost() == one
