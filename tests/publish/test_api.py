"""The interface for programs: the same things under the same rules as the pages, in shapes that its description names."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from answerable.consultations.models import Contribution
from answerable.consultations.states import ConsultationState, PostState
from answerable.ledger.actions import sign_checkpoint
from tests.factories.consultations import (
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    ReplyFactory,
)
from tests.factories.ledger import recorded_many
from tests.publish.asking import get, problem, read_to_the_end
from tests.query_counts import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def session():
    consultation = ConsultationFactory(slug="water")
    ConsultationTextFactory(consultation=consultation)
    session = ConsultationSessionFactory(consultation=consultation, number=1)
    GuidingQuestionFactory(session=session)
    return session


def test_a_contribution_is_told_as_its_page_tells_it(client, session):
    row = ContributionFactory(session=session)
    told = get(client, f"/contributions/{row.receipt_code}/").json()
    assert told["text"] == row.text
    assert told["author"] == row.author.public_name
    assert (told["consultation"], told["session"], told["revision"]) == ("water", 1, 1)
    assert row.author.email not in json.dumps(told)


def test_a_hidden_name_is_not_told(client, session):
    row = ContributionFactory(session=session, is_name_hidden=True)
    assert get(client, f"/contributions/{row.receipt_code}/").json()["author"] is None


@pytest.mark.parametrize("state", [s for s in PostState if s != PostState.PUBLIC])
def test_what_is_not_public_is_refused_with_its_reason(client, session, state):
    row = ContributionFactory(session=session, state=state)
    told = problem(client, f"/contributions/{row.receipt_code}/", 403)
    assert told["detail"]
    assert row.text not in json.dumps(told)
    listed = get(client, "/consultations/water/sessions/1/contributions/").json()
    assert listed["items"] == []


def test_a_draft_of_a_consultation_is_not_told(client):
    ConsultationFactory(slug="secret", state=ConsultationState.DRAFT)
    assert get(client, "/consultations/").json() == []
    assert problem(client, "/consultations/secret/", 403)["code"] == "not_published"


@pytest.mark.parametrize(
    "path",
    [
        "/contributions/R-0000-0000/",
        "/consultations/none/",
        "/consultations/none/moderation/",
        "/organisations/none/",
        "/record/999999/proof",
        "/record/checkpoint",
    ],
)
def test_nothing_there_is_a_problem_document(client, path):
    problem(client, path, 404)


def test_a_list_is_read_to_its_end_without_loss_or_repetition(client, session):
    made = [ContributionFactory(session=session).receipt_code for _number in range(120)]
    items = read_to_the_end(client, "/consultations/water/sessions/1/contributions/")
    read = [item["receipt_code"] for item in items]
    assert sorted(read) == sorted(made)
    assert len(read) == len(set(read))


def test_a_list_is_narrowed_and_ordered(client, session):
    ContributionFactory(session=session, kind="view")
    example = ContributionFactory(session=session, kind="example")
    listed = get(client, "/consultations/water/sessions/1/contributions/?kind=example").json()
    assert [item["receipt_code"] for item in listed["items"]] == [example.receipt_code]


def test_replies_come_with_their_contribution(client, session):
    row = ContributionFactory(session=session)
    reply = ReplyFactory(contribution=row)
    ReplyFactory(contribution=row, state=PostState.HELD)
    listed = get(client, f"/contributions/{row.receipt_code}/replies/").json()
    assert [item["text"] for item in listed["items"]] == [reply.text]


def test_a_proof_names_the_checkpoint_that_covers_the_entry(client):
    recorded_many(5)
    sign_checkpoint(timezone.now())
    proof = get(client, "/record/3/proof").json()
    assert (proof["index"], proof["size"], len(proof["path"])) == (3, 5, 3)
    assert proof["checkpoint"] == get(client, "/record/checkpoint").content.decode()
    assert get(client, "/record/key").content.decode().startswith("record.example+")
    entries = get(client, "/record/").json()
    assert [entry["index"] for entry in entries["items"]] == [4, 3, 2, 1, 0]
    assert entries["items"][1]["leaf_hash"] == proof["leaf_hash"]


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/consultations/", lambda session: ConsultationTextFactory()),
        ("/consultations/water/sessions/1/contributions/", lambda session: ContributionFactory(session=session)),
        ("/goals/", lambda session: None),
    ],
)
def test_a_list_costs_the_same_queries_for_one_and_three_rows(client, session, path, make):
    make(session)
    one = queries_of(client, f"/api/v1{path}")
    make(session)
    make(session)
    assert queries_of(client, f"/api/v1{path}") == one


def test_addresses_of_contributions_are_those_of_their_pages(client, session, settings):
    row = ContributionFactory(session=session)
    told = get(client, f"/contributions/{row.receipt_code}/").json()
    assert told["address"] == settings.SITE_ADDRESS + reverse("receipt", kwargs={"code": row.receipt_code})
    assert Contribution.objects.count() == 1
