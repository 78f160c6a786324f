"""How many queries the desk's pages take: few, and the same for one row and for three."""

import pytest
from django.urls import reverse

from answerable.consultations.models import Appeal, Contribution, ImportBatch, StatedReference
from answerable.consultations.states import ReferenceAxis
from answerable.people.states import RoleName, ScopeType
from answerable.reference.models import Country, Sector, StakeholderGroup
from answerable.synthesis.models import Disposition
from tests.factories.consultations import (
    NOW,
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    QuestionTextFactory,
    ReplyFactory,
    SessionTextFactory,
    StatedReferenceFactory,
)
from tests.factories.people import DelegationFactory, OrganisationFactory, RoleGrantFactory
from tests.factories.synthesis import (
    CitationFactory,
    CodingFactory,
    ContributionLabelFactory,
    DispositionFactory,
    FindingFactory,
    OutcomeReportFactory,
    RecommendationFactory,
    SynthesisRunFactory,
    ThemeFactory,
)
from tests.query_counts import queries_of
from tests.web.desk.test_opinions import figure
from tests.web.desk.test_opinions import found as found_map
from tests.web.routes_desk import ROUTES

MOST_QUERIES = 15


def at(name, **kwargs):
    return reverse(f"desk:{name}", kwargs={"slug": "water", **kwargs})


def another_consultation(world):
    row = ConsultationFactory()
    ConsultationTextFactory(consultation=row)
    ContributionFactory(session=ConsultationSessionFactory(consultation=row), state="waiting")


def another_session(world):
    session = ConsultationSessionFactory(consultation=world.consultation, number=world.session.number + 10)
    session.number = world.consultation.sessions.count()
    session.save()
    SessionTextFactory(session=session)
    QuestionTextFactory(question=GuidingQuestionFactory(session=session))


def another_waiting(world):
    ContributionFactory(session=world.session, state="waiting")


def another_waiting_reply(world):
    ReplyFactory(contribution=world.contribution, state="waiting")


def another_appeal(world):
    act = world.act
    act.pk, act.public_id = None, f"act{Appeal.objects.count()}"
    act.save()
    Appeal.objects.create(act=act, text="I sell nothing.", filed_by=world.people["author"], filed_at=NOW)


def another_import(world):
    ImportBatch.objects.create(
        consultation=world.consultation, file_name="a.csv", brought_at=NOW, brought_by=world.people["convener"]
    )


def another_role(world):
    RoleGrantFactory(
        role=RoleName.FACILITATOR, scope_type=ScopeType.CONSULTATION, scope_id=world.consultation.public_id
    )


def another_undecided(world):
    contribution = ContributionFactory(session=world.session)
    CodingFactory(contribution=contribution, theme=ThemeFactory(session=world.session))
    ContributionLabelFactory(contribution=contribution)


def another_in_the_theme(world):
    theme = world.session.themes.first() or ThemeFactory(session=world.session, public_id="onetheme")
    contribution = ContributionFactory(session=world.session)
    CodingFactory(contribution=contribution, theme=theme)
    DispositionFactory(contribution=contribution)


def another_aside(world):
    DispositionFactory(contribution=ContributionFactory(session=world.session))


def another_finding(world):
    finding = FindingFactory(session=world.session)
    finding.themes.add(ThemeFactory(session=world.session))
    contribution = ContributionFactory(session=world.session)
    CitationFactory(finding=finding, contribution=contribution)
    Disposition.objects.create(contribution=contribution, kind="cited", finding=finding, decided_at=NOW)


def another_quote(world):
    finding = world.session.findings.first() or FindingFactory(session=world.session, public_id="onefinding")
    CitationFactory(finding=finding, contribution=ContributionFactory(session=world.session))
    merged = ContributionFactory(session=world.session)
    Disposition.objects.create(contribution=merged, kind="merged", finding=finding, decided_at=NOW)


def another_recommendation(world):
    RecommendationFactory(consultation=world.consultation).findings.add(FindingFactory(session=world.session))


def another_run(world):
    SynthesisRunFactory(consultation=world.consultation, requested_by=world.people["rapporteur"])


def another_version(world):
    OutcomeReportFactory(consultation=world.consultation, state="superseded", content={}, published_at=NOW)


def another_drafted_finding(world):
    if not world.consultation.reports.exists():
        OutcomeReportFactory(consultation=world.consultation)
    another_finding(world)


def another_theme_of_one_contribution(world):
    CodingFactory(contribution=world.contribution, theme=ThemeFactory(session=world.session, key_phrases=["pump"]))
    ContributionLabelFactory(contribution=world.contribution)


def another_on_the_map(world):
    another_undecided(world)
    figures = [
        figure(row.receipt_code, over_groups=0.6, over_sectors=None, least=0.5)
        for row in Contribution.objects.filter(state="public")
    ]
    another_done_run(world, opinions={"of_0": found_map(world.contribution) | {"consensus": figures}})


def another_place_on_the_axes(world):
    place = Contribution.objects.count()
    ContributionFactory(
        session=world.session,
        sector=Sector.objects.order_by("pk")[place],
        stakeholder_group=StakeholderGroup.objects.order_by("pk")[place],
        country=Country.objects.order_by("pk")[place],
    )
    StatedReference.objects.all().delete()
    for axis in ReferenceAxis.values:
        values = Contribution.objects.exclude(**{axis: None}).values_list(axis, flat=True)
        StatedReferenceFactory(consultation=world.consultation, axis=axis, shares=dict.fromkeys(values, 1))


def another_done_run(world, **fields):
    number = world.consultation.synthesis_runs.count() + 1
    person = world.people["rapporteur"]
    SynthesisRunFactory(
        consultation=world.consultation, number=number, state="done", requested_by=person, finished_at=NOW, **fields
    )


LISTS = [
    (reverse("desk:overview"), "administrator", another_consultation),
    (reverse("desk:consultations"), "administrator", another_consultation),
    (reverse("desk:organisations"), "administrator", lambda world: OrganisationFactory()),
    (
        reverse("desk:organisation", kwargs={"slug": "well-users"}),
        "administrator",
        lambda world: DelegationFactory(organisation=world.organisation),
    ),
    (at("sessions"), "convener", another_session),
    (at("roles"), "convener", another_role),
    (at("moderation"), "moderator", another_waiting),
    (at("moderation") + "?of=replies", "moderator", another_waiting_reply),
    (at("appeals"), "moderator", another_appeal),
    (at("summaries"), "moderator", another_session),
    (at("summary", number=1), "moderator", another_undecided),
    (at("imports"), "convener", another_import),
    (at("workbench"), "rapporteur", another_undecided),
    (at("workbench") + "?theme=onetheme", "rapporteur", another_in_the_theme),
    (at("workbench") + "?list=aside", "rapporteur", another_aside),
    (at("many"), "rapporteur", another_undecided),
    (at("many") + "?theme=onetheme", "rapporteur", another_in_the_theme),
    (at("many") + "?list=aside", "rapporteur", another_aside),
    (at("themes"), "rapporteur", another_undecided),
    (at("theme", theme_id="onetheme"), "rapporteur", another_in_the_theme),
    (at("opinions"), "rapporteur", another_on_the_map),
    (at("balance"), "convener", another_place_on_the_axes),
    (at("reference", axis="sector"), "convener", another_place_on_the_axes),
    (at("run", number=1), "rapporteur", another_done_run),
    (at("findings"), "rapporteur", another_finding),
    (at("finding", finding_id="onefinding"), "rapporteur", another_quote),
    (at("recommendations"), "rapporteur", another_recommendation),
    (at("runs"), "rapporteur", another_run),
    (at("report"), "rapporteur", another_version),
    (at("report_preview"), "rapporteur", another_drafted_finding),
    (at("publish_report"), "rapporteur", another_drafted_finding),
]


@pytest.mark.parametrize(("address", "role", "add"), LISTS)
def test_list_takes_as_many_queries_for_three_rows_as_for_one(world, address, role, add):
    client = world.client(role)
    add(world)
    for_one = queries_of(client, address)
    add(world)
    add(world)
    assert queries_of(client, address) == for_one <= MOST_QUERIES


def test_why_a_contribution_lies_where_it_does_costs_the_same_for_one_theme_and_for_three(world):
    address = at("workbench") + f"?c={world.contribution.receipt_code}"
    client = world.client("rapporteur")
    another_theme_of_one_contribution(world)
    for_one = queries_of(client, address)
    another_theme_of_one_contribution(world)
    another_theme_of_one_contribution(world)
    assert queries_of(client, address) == for_one <= MOST_QUERIES


def test_no_page_of_the_desk_takes_more_than_fifteen_queries(world):
    another_undecided(world)
    another_quote(world)
    client = world.client("administrator")
    counted = {}
    for route in ROUTES:
        address = reverse(route.name, kwargs=route.kwargs(world))
        if route.expected["administrator"] == 200 and (count := queries_of(client, address)) > MOST_QUERIES:
            counted[route.name] = count
    assert counted == {}
