"""The description says what is answered, also when something is wrong; and it is answered so."""

import re
from pathlib import Path

import jsonschema
import pytest
import schemathesis
from django.test import Client
from django.utils import timezone

from answerable.ledger.actions import sign_checkpoint
from answerable.publish.api import api
from tests.factories.ledger import recorded_many
from tests.factories.people import OrganisationFactory
from tests.publish.asking import get

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def validated(content, shape, description):
    jsonschema.validate(content, shape | {"components": description["components"]})


@pytest.mark.parametrize("role", ["anonymous", "signed in"])
def test_every_address_of_the_description_answers_as_it_says(answered, role):
    organisation = OrganisationFactory()
    recorded_many(1)
    sign_checkpoint(timezone.now())
    known = {"slug": "partnerships", "number": 1, "version": 1, "index": 0}
    known |= {"code": answered.cited.receipt_code, "public_id": answered.finding.public_id}
    client = Client()
    if role == "signed in":
        client.force_login(answered.cited.author)
    description = api.get_openapi_schema()
    for path, operations in description["paths"].items():
        filled = path.format(**(known | {"slug": organisation.slug} if "organisations" in path else known))
        assert set(operations) == {"get"}
        response = client.get(filled)
        assert response.status_code == 200, filled
        wanted = operations["get"]["responses"][200]
        if response["Content-Type"].startswith("application/json"):
            validated(response.json(), wanted["content"]["application/json"]["schema"], description)


def test_every_operation_declares_what_it_answers_to_wrong_requests():
    for path, operations in api.get_openapi_schema()["paths"].items():
        operation = operations["get"]
        declared = set(operation["responses"]) - {200}
        assert 405 in declared, path
        assert (404 in declared) == ("{" in path or path.endswith(("/checkpoint", "/key"))), path
        assert (422 in declared) == any(given["in"] == "query" for given in operation["parameters"]), path
        for status in declared:
            assert operation["responses"][status]["content"] == {"application/problem+json": {"schema": PROBLEM}}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/consultations/none/", 404),
        ("get", "/goals/?language=xyz", 422),
        ("post", "/goals/", 405),
        ("post", "/none/", 404),
    ],
)
def test_a_problem_document_has_the_shape_that_is_described(method, path, status):
    response = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1{path}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    validated(response.json(), PROBLEM, api.get_openapi_schema())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_wrong_method_is_told_which_are_right(method):
    client = Client(enforce_csrf_checks=True)
    for path in api.get_openapi_schema()["paths"]:
        response = getattr(client, method)(re.sub(r"{\w+}", "1", path))
        assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json"), path
        assert response["Allow"] == "GET, HEAD"
        assert response.json()["status"] == 405


def test_the_head_of_an_answer_is_that_of_the_answer(client):
    head, whole = client.head("/api/v1/consultations/"), get(client, "/consultations/")
    assert (head.status_code, head["Content-Type"], head.content) == (200, whole["Content-Type"], b"")


@pytest.mark.parametrize("path", ["/", "/none/", "/consultations/a/b/c/", "/record/x/proof/", "/consultations/a%00b/"])
def test_an_address_of_nothing_is_a_problem_document(client, path):
    response = get(client, path, 404)
    assert response["Content-Type"] == "application/problem+json"


def test_a_forgotten_slash_still_leads_there(client):
    response = get(client, "/consultations", 301)
    assert response["Location"] == "/api/v1/consultations/"


def test_the_description_is_openapi_3_1(client):
    description = get(client, "/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(description).validate()


def test_the_page_about_the_interface_names_every_address():
    named = set(re.findall(r"^\| `(/\S*)`", PAGE.read_text("utf-8"), re.MULTILINE))
    assert named == {path.removeprefix("/api/v1") for path in api.get_openapi_schema()["paths"]}
