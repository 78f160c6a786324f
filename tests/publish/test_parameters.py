"""What cannot be asked is said by name, with what can."""

import base64
import json

import pytest

from answerable.consultations.queries.contributions import SORTS
from answerable.consultations.states import ContributionKind
from answerable.publish import consultations
from answerable.publish.cursors import write_report_cursor
from answerable.synthesis.states import DispositionKind
from tests.factories.consultations import (
    ConsultationFactory,
    ConsultationSessionFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    ReplyFactory,
)
from tests.publish.asking import get, problem, read_to_the_end

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
LIST = "/consultations/water/sessions/1/contributions/"


@pytest.fixture
def session():
    session = ConsultationSessionFactory(consultation=ConsultationFactory(slug="water"), number=1)
    GuidingQuestionFactory(session=session, number=1)
    return session


def error(client, path):
    (found,) = problem(client, path, 422)["errors"]
    return found


def cursor_of(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (f"{LIST}?kind=xyz", ContributionKind.values),
        (f"{LIST}?sort=xyz", list(SORTS)),
        (f"{LIST}?question=7", ["1"]),
        ("/consultations/water/dispositions/?kind=xyz", DispositionKind.values),
    ],
)
def test_a_value_outside_a_short_list_is_refused_with_the_list(client, session, path, allowed):
    found = error(client, path)
    assert (found["field"], found["allowed"]) == (path.partition("?")[2].partition("=")[0], allowed)


@pytest.mark.parametrize(
    ("path", "one"),
    [
        (f"{LIST}?sector=xyz", "public"),
        (f"{LIST}?country=xyz", "KEN"),
        (f"{LIST}?language=xyz", "fr"),
        ("/consultations/?language=xyz", "zh-hans"),
        ("/consultations/water/?language=xyz", "sw"),
        ("/goals/?language=xyz", "ar"),
    ],
)
def test_a_value_outside_a_long_list_is_refused_with_the_list(client, session, path, one):
    found = error(client, path)
    assert found["field"] == path.partition("?")[2].partition("=")[0]
    assert one in found["allowed"]
    get(client, path.replace("xyz", one))


@pytest.mark.parametrize(
    "asked", ["question=x", "question=-1", "organisation=a%00b", "search=a%00b", "search=" + "a" * 501]
)
def test_a_value_of_the_wrong_form_is_refused_by_name(client, session, asked):
    assert error(client, f"{LIST}?{asked}")["field"] == asked.partition("=")[0]


def test_every_wrong_parameter_is_named_at_once(client, session):
    told = problem(client, f"{LIST}?kind=x&sort=y&language=z", 422)
    assert {found["field"] for found in told["errors"]} == {"kind", "sort", "language"}


def test_an_empty_parameter_counts_as_not_given(client, session):
    ContributionFactory(session=session)
    assert len(get(client, f"{LIST}?kind=&sort=&language=&sector=&cursor=").json()["items"]) == 1


BROKEN = [
    "x",
    "!!!",
    "%00",
    "é",
    cursor_of(),
    cursor_of(0, "2026-01-01T00:00:00", "R-0000-0000"),
    cursor_of(0, "0001-01-01T00:00:00+14:00", "R-0000-0000"),
    cursor_of(0, 5, "R-0000-0000"),
    cursor_of(0, "2026-01-01T00:00:00+00:00", "a\x00b"),
    cursor_of(True, "2026-01-01T00:00:00+00:00", "R-0000-0000"),
    cursor_of(2, "2026-01-01T00:00:00+00:00", "R-0000-0000"),
    cursor_of([], {}, None),
    cursor_of(1, "none"),
    cursor_of(99, "none"),
    cursor_of(-1, "none"),
    cursor_of(10**20, "none"),
]


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        "/contributions/{code}/replies/",
        "/consultations/water/moderation/",
        "/consultations/partnerships/findings/",
        "/consultations/partnerships/dispositions/",
    ],
)
def test_a_broken_cursor_is_refused(client, session, answered, path):
    address = path.format(code=ContributionFactory(session=session).receipt_code)
    for cursor in BROKEN:
        assert error(client, f"{address}?cursor={cursor}")["field"] == "cursor", cursor


def test_a_cursor_of_another_order_or_list_is_refused(client, session, answered):
    moment = cursor_of(0, "2026-01-01T00:00:00+00:00", "R-0000-0000")
    get(client, f"{LIST}?cursor={moment}")
    assert error(client, f"{LIST}?sort=discussed&cursor={moment}")["field"] == "cursor"
    of_report = write_report_cursor(1, answered.finding.public_id)
    get(client, f"/consultations/partnerships/findings/?cursor={of_report}")
    assert error(client, f"/consultations/partnerships/dispositions/?cursor={of_report}")["field"] == "cursor"


@pytest.mark.parametrize("sort", SORTS)
def test_cursors_that_were_issued_are_taken(client, session, monkeypatch, sort):
    monkeypatch.setattr(consultations, "LIMIT", 1)
    for _number in range(3):
        row = ContributionFactory(session=session)
        ReplyFactory(contribution=row)
    ReplyFactory(contribution=row)
    assert len(read_to_the_end(client, f"{LIST}?sort={sort}")) == 3
    assert len(read_to_the_end(client, f"/contributions/{row.receipt_code}/replies/")) == 2


def test_a_place_of_the_record_that_cannot_be_is_refused(client):
    assert error(client, "/record/?before=99999999999999999999")["field"] == "before"
    problem(client, "/record/99999999999999999999/proof", 404)
    problem(client, "/consultations/none/sessions/99999999999999999999/contributions/", 404)
