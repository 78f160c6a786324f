"""Who may do what here."""

import pytest

from answerable.consultations.states import ConsultationState
from answerable.people.states import RoleName
from answerable.synthesis import rules
from answerable.synthesis.states import ReportState
from tests.factories.consultations import NOW, ConsultationFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.synthesis import OutcomeReportFactory


@pytest.mark.parametrize(
    ("role", "synthesise", "publish", "desk"),
    [
        (RoleName.RAPPORTEUR, True, True, True),
        (RoleName.CONVENER, False, True, True),
        (RoleName.ADMINISTRATOR, True, True, True),
        (RoleName.MODERATOR, False, False, False),
        (RoleName.FACILITATOR, False, False, False),
    ],
)
def test_each_role_may_do_its_part(db, role, synthesise, publish, desk):
    consultation = ConsultationFactory()
    person = RoleGrantFactory(role=role).person

    assert bool(rules.may_synthesise(person, consultation, at=NOW)) is synthesise
    assert bool(rules.may_publish_report(person, consultation, at=NOW)) is publish
    assert bool(rules.may_see_desk(person, consultation, at=NOW)) is desk


def test_a_draft_consultation_is_not_synthesised(db):
    consultation = ConsultationFactory(state=ConsultationState.DRAFT)
    person = RoleGrantFactory(role=RoleName.RAPPORTEUR).person

    assert rules.may_synthesise(person, consultation, at=NOW).code == "draft"
    assert rules.may_publish_report(person, consultation, at=NOW).code == "draft"


def test_a_rapporteur_of_elsewhere_may_nothing_here(rapporteur):
    assert rules.may_synthesise(rapporteur, ConsultationFactory(), at=NOW).code == "not_rapporteur"


def test_list_and_detail_of_reports_agree(consultation, rapporteur):
    rows = [OutcomeReportFactory(consultation=consultation, state=state) for state in ReportState]

    for person in (None, PersonFactory(), rapporteur):
        listed = set(rules.visible_reports(person, consultation, at=NOW))
        assert listed == {row for row in rows if rules.may_see_report(person, row, at=NOW)}
    assert len(listed) == 3
