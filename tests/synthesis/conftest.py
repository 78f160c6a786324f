"""A consultation with one session, a rapporteur, and the words people gave to it."""

import pytest

from answerable.people.states import RoleName
from tests.factories.consultations import (
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    QuestionTextFactory,
    SessionTextFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Files that a test publishes go away with it."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def consultation(db):
    """A published consultation with a title."""
    row = ConsultationFactory(slug="partnerships")
    ConsultationTextFactory(consultation=row, title="Partnerships for the Goals")
    return row


@pytest.fixture
def session(consultation):
    """Its only session, with one guiding question."""
    row = ConsultationSessionFactory(consultation=consultation, number=1)
    SessionTextFactory(session=row, title="Accountability to those concerned")
    QuestionTextFactory(question=GuidingQuestionFactory(session=row, number=1), text="Who answers to whom?")
    return row


@pytest.fixture
def rapporteur(consultation):
    """A rapporteur of this consultation and of no other."""
    return RoleGrantFactory(
        role=RoleName.RAPPORTEUR,
        person=PersonFactory(name="Rapporteur"),
        scope_type="consultation",
        scope_id=consultation.public_id,
    ).person


@pytest.fixture
def contributions(session):
    """Three public contributions."""
    return [
        ContributionFactory(session=session, text=text)
        for text in (
            "The dashboard was green. Our well was brown.",
            "Nobody calls back when we complain about the pump.",
            "Buy our filters, they are the best in town.",
        )
    ]
