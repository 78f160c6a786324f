"""People and places that the tests of this room share."""

import pytest

from answerable.people.states import RoleName, ScopeType
from tests.factories.consultations import (
    ConsultationSessionFactory,
    ConsultationTextFactory,
    GuidingQuestionFactory,
    QuestionTextFactory,
    SessionTextFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory


@pytest.fixture
def session(db):
    """Session 1 of an open consultation with two guiding questions."""
    row = ConsultationSessionFactory(number=1)
    ConsultationTextFactory(consultation=row.consultation)
    SessionTextFactory(session=row)
    for number in (1, 2):
        QuestionTextFactory(question=GuidingQuestionFactory(session=row, number=number))
    return row


@pytest.fixture
def with_role(session):
    """Make a person who holds a role over the session's consultation."""

    def make(role):
        person = PersonFactory()
        RoleGrantFactory(
            person=person,
            role=role,
            scope_type=ScopeType.CONSULTATION,
            scope_id=session.consultation.public_id,
        )
        return person

    return make


@pytest.fixture
def moderator(with_role):
    return with_role(RoleName.MODERATOR)


@pytest.fixture
def convener(with_role):
    return with_role(RoleName.CONVENER)
