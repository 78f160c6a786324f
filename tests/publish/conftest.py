"""A consultation with a published outcome report."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from answerable.consultations.models import Consultation, ConsultationSession, Contribution
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
    write_finding,
    write_recommendation,
)
from answerable.synthesis.models import Finding, OutcomeReport
from tests.factories.consultations import (
    NOW,
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    SessionTextFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory

CITED, MERGED, ASIDE = "The dashboard was green.", "Nobody calls back about the pump.", "Buy our filters."


@dataclass
class Answered:
    """A report of one finding that cites ``cited`` and has ``merged`` merged into it; ``aside`` was set aside."""

    consultation: Consultation
    session: ConsultationSession
    cited: Contribution
    merged: Contribution
    aside: Contribution
    finding: Finding
    report: OutcomeReport
    rapporteur: object

    def find(self, number: int) -> None:
        """Write and publish further findings, each with a quote of its own."""
        for place in range(number):
            said = ContributionFactory(session=self.session, text=f"Further words, {place}.")
            found = FindingDraft("challenge", f"Further {place}", "It was said.")
            row = write_finding(self.session, draft=found, by=self.rapporteur, at=NOW)
            add_citation(row, contribution=said, words=said.text, by=self.rapporteur, at=NOW)
        self.publish()

    def publish(self) -> OutcomeReport:
        """Publish a next version."""
        draft = draft_report(self.consultation, by=self.rapporteur, at=NOW)
        later = NOW + timedelta(days=draft.version)
        self.report = publish_report(draft, by=self.rapporteur, at=later)
        return self.report


@pytest.fixture
def answered(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    consultation = ConsultationFactory(slug="partnerships")
    ConsultationTextFactory(consultation=consultation, title="Partnerships for the Goals")
    session = ConsultationSessionFactory(consultation=consultation, number=1)
    SessionTextFactory(session=session, title="Accountability")
    by = RoleGrantFactory(
        role=RoleName.RAPPORTEUR,
        person=PersonFactory(name="Rapporteur"),
        scope_type="consultation",
        scope_id=consultation.public_id,
    ).person
    cited, merged, aside = (ContributionFactory(session=session, text=text) for text in (CITED, MERGED, ASIDE))
    draft = FindingDraft("common_ground", "Figures at the well", "{total} contributions say so.")
    finding = write_finding(session, draft=draft, by=by, at=NOW)
    add_citation(finding, contribution=cited, words=CITED, by=by, at=NOW)
    merge_into_finding([merged], finding=finding, by=by, at=NOW)
    set_aside([aside], reason_code="other", reason="It sells something.", by=by, at=NOW)
    write_recommendation(
        consultation,
        draft=RecommendationDraft(
            title="Publish", text="Publish the figures.", addressee="Councils", findings=(finding,)
        ),
        by=by,
        at=NOW,
    )
    row = draft_report(consultation, by=by, at=NOW)
    row = change_report_text(row, texts={"minority_views": "None was given."}, by=by, at=NOW)
    report = publish_report(row, by=by, at=NOW)
    return Answered(consultation, session, cited, merged, aside, finding, report, by)
