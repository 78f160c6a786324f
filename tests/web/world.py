"""A small world that pages can show: one open consultation in which things have happened, and people of every role."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.test import Client

from answerable.consultations.actions import ContributionDraft, moderate, submit_contribution, write_reply
from answerable.consultations.models import (
    Consultation,
    ConsultationDocument,
    ConsultationSession,
    Contribution,
    ConveningOrganisation,
    Digest,
    ModerationAct,
    Reply,
)
from answerable.people.models import Delegation, Organisation, Person, RoleGrant
from answerable.people.states import RoleName, ScopeType
from answerable.synthesis.models import OutcomeReport, ReportFile
from answerable.synthesis.queries.report_content import report_content
from answerable.synthesis.states import DispositionKind, ReportState
from tests.factories.consultations import (
    NOW,
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    QuestionTextFactory,
    SessionTextFactory,
)
from tests.factories.people import DelegationFactory, OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.synthesis import CitationFactory, DispositionFactory, FindingFactory, OutcomeReportFactory

STAFF = {
    "moderator": RoleName.MODERATOR,
    "rapporteur": RoleName.RAPPORTEUR,
    "convener": RoleName.CONVENER,
    "administrator": RoleName.ADMINISTRATOR,
}
ROLES = ("anonymous", "participant", "author", "delegate", *STAFF)


@dataclass
class World:
    """What there is, and who."""

    consultation: Consultation
    session: ConsultationSession
    organisation: Organisation
    contribution: Contribution
    reply: Reply
    held: Contribution
    act: ModerationAct
    digest: Digest
    document: ConsultationDocument
    people: dict[str, Person] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Return a browser in which somebody of that role is signed in; anonymous is nobody."""
        client = Client()
        if role != "anonymous":
            client.force_login(self.people[role], backend="answerable.web.account.backend.SignedIn")
        return client

    def submitted(self, text: str = "The board by the pump names who repairs it.", **fields) -> Contribution:
        """Submit one more contribution by the author."""
        draft = ContributionDraft(kind="view", text=text, questions=(1,), language="en", **fields)
        return submit_contribution(
            session=self.session, author=self.people["author"], draft=draft, idempotency_key="", at=NOW
        )


def make_world() -> World:
    """Make the world at NOW."""
    organisation = OrganisationFactory(name="Union of Well Users", slug="well-users")
    people = _people(organisation)
    consultation = ConsultationFactory(slug="water", time_zone="Asia/Bangkok", event_name="Expert group meeting")
    ConveningOrganisation.objects.create(consultation=consultation, organisation=organisation)
    ConsultationTextFactory(consultation=consultation, title="Shared water", summary="Who reads the meter?")
    _give_roles(people, consultation)
    session = _session(consultation)
    said = ContributionDraft(
        kind="example", text="The board by the **pump** is read by all.", questions=(1, 2), language="en"
    )
    contribution = submit_contribution(
        session=session, author=people["author"], draft=said, idempotency_key="first", at=NOW - timedelta(days=2)
    )
    held_draft = ContributionDraft(kind="view", text="Buy my pumps.", questions=(1,), language="en")
    held = submit_contribution(
        session=session, author=people["author"], draft=held_draft, idempotency_key="held", at=NOW - timedelta(days=2)
    )
    act = moderate(
        held, moderator=people["moderator"], move="hold", reason_code="advertising", note="No selling.", at=NOW
    )
    reply = write_reply(
        contribution=contribution,
        author=people["participant"],
        text="Who paid for the board?",
        idempotency_key="first",
        at=NOW - timedelta(days=1),
    )
    return World(
        consultation=consultation,
        session=session,
        organisation=organisation,
        contribution=contribution,
        reply=reply,
        held=held,
        act=act,
        digest=_digest(session, contribution, people["moderator"]),
        document=_document(consultation),
        people=people,
    )


def publish_report(world: World) -> OutcomeReport:
    """Publish an outcome report in which the world's contribution is cited; its one file is Markdown."""
    finding = FindingFactory(session=world.session, title="Figures are believed where they hang")
    CitationFactory(finding=finding, contribution=world.contribution)
    DispositionFactory(contribution=world.contribution, kind=DispositionKind.CITED, finding=finding, reason_code="")
    report = OutcomeReportFactory(
        consultation=world.consultation, version=1, key_messages="- Hang figures up.", minority_views="None was sent."
    )
    report.content = report_content(report, at=NOW)
    report.state, report.published_at, report.content_digest = ReportState.PUBLISHED, NOW, "0" * 64
    report.save()
    ReportFile.objects.create(
        report=report,
        format="md",
        media_type="text/markdown; charset=utf-8",
        size=8,
        sha256="f" * 64,
        file=ContentFile(b"# Report", name="report.md"),
    )
    return report


def _people(organisation: Organisation) -> dict[str, Person]:
    people = {role: PersonFactory(email=f"{role}@example.org", name=f"The {role}") for role in ROLES[1:]}
    DelegationFactory(organisation=organisation, person=people["delegate"], is_lead=True)
    assert Delegation.objects.in_force(date(2026, 11, 1)).count() == 1
    return people


def _give_roles(people: dict[str, Person], consultation: Consultation) -> None:
    for name, role in STAFF.items():
        scope = {"scope_type": ScopeType.CONSULTATION, "scope_id": consultation.public_id}
        scope = {"scope_type": ScopeType.SITE} if role == RoleName.ADMINISTRATOR else scope
        RoleGrantFactory(person=people[name], role=role, **scope)
    assert RoleGrant.objects.count() == len(STAFF)


def _session(consultation: Consultation) -> ConsultationSession:
    session = ConsultationSessionFactory(consultation=consultation, number=1)
    SessionTextFactory(
        session=session, title="Who is answerable", background="Goals are set *before* people are asked."
    )
    for number in (1, 2):
        QuestionTextFactory(question=GuidingQuestionFactory(session=session, number=number), text=f"Question {number}?")
    return session


def _digest(session: ConsultationSession, contribution: Contribution, moderator: Person) -> Digest:
    return Digest.objects.create(
        session=session,
        week_starts_on=date(2026, 10, 26),
        title="The board and the pump",
        text=f"Figures are read where they hang [{contribution.receipt_code}].",
        moderator=moderator,
        published_at=NOW - timedelta(hours=1),
    )


def _document(consultation: Consultation) -> ConsultationDocument:
    return ConsultationDocument.objects.create(
        consultation=consultation,
        title="Background paper",
        file=ContentFile(b"%PDF-1.4", name="paper.pdf"),
        media_type="application/pdf",
        size=8,
        sha256="e" * 64,
        added_at=NOW,
    )


def more_contributions(world: World, count: int) -> list[Contribution]:
    """Add public contributions by as many new people to the world's session."""
    return [
        ContributionFactory(session=world.session, questions=list(world.session.questions.all()[:1]))
        for _ in range(count)
    ]
