"""Runs, themes, findings and reports; each row is the least that is valid."""

import factory
from factory.django import DjangoModelFactory

from answerable.synthesis.models import (
    Citation,
    Coding,
    ContributionLabel,
    Disposition,
    Finding,
    OutcomeReport,
    Recommendation,
    ReportFile,
    SynthesisRun,
    Theme,
)
from answerable.synthesis.states import DispositionKind, FindingKind, LabelKind, SetAsideReason
from tests.factories.consultations import NOW, ConsultationFactory, ConsultationSessionFactory, ContributionFactory


class SynthesisRunFactory(DjangoModelFactory):
    class Meta:
        model = SynthesisRun

    consultation = factory.SubFactory(ConsultationFactory)
    number = factory.Sequence(lambda number: number + 1)
    requested_at = NOW


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    session = factory.SubFactory(ConsultationSessionFactory)
    consultation = factory.SelfAttribute("session.consultation")
    label = factory.Sequence("Theme {}".format)


class CodingFactory(DjangoModelFactory):
    """A contribution coded by the program to a theme of its session."""

    class Meta:
        model = Coding

    contribution = factory.SubFactory(ContributionFactory)
    theme = factory.SubFactory(ThemeFactory, session=factory.SelfAttribute("..contribution.session"))
    end = factory.LazyAttribute(lambda row: len(row.contribution.text))


class FindingFactory(DjangoModelFactory):
    """A finding without citations; it has no entry in the record."""

    class Meta:
        model = Finding

    session = factory.SubFactory(ConsultationSessionFactory)
    consultation = factory.SelfAttribute("session.consultation")
    kind = FindingKind.COMMON_GROUND
    title = factory.Sequence("What was found, number {}".format)
    statement = "Those who use a service want to see its figures where they are."
    written_at = NOW
    changed_at = NOW


class CitationFactory(DjangoModelFactory):
    """A citation of the whole text; it makes no disposition and has no entry in the record."""

    class Meta:
        model = Citation

    contribution = factory.SubFactory(ContributionFactory)
    finding = factory.SubFactory(FindingFactory, session=factory.SelfAttribute("..contribution.session"))
    revision_number = 1
    start = 0
    end = factory.LazyAttribute(lambda row: len(row.contribution.text))
    quote = factory.SelfAttribute("contribution.text")
    text_digest = factory.SelfAttribute("contribution.text_digest")


class DispositionFactory(DjangoModelFactory):
    """A contribution set aside; it has no entry in the record."""

    class Meta:
        model = Disposition

    contribution = factory.SubFactory(ContributionFactory)
    kind = DispositionKind.SET_ASIDE
    reason_code = SetAsideReason.OFF_TOPIC
    decided_at = NOW


class ContributionLabelFactory(DjangoModelFactory):
    class Meta:
        model = ContributionLabel

    contribution = factory.SubFactory(ContributionFactory)
    consultation = factory.SelfAttribute("contribution.session.consultation")
    run = factory.SubFactory(SynthesisRunFactory, consultation=factory.SelfAttribute("..consultation"))
    kind = LabelKind.EXACT
    group_key = factory.SelfAttribute("contribution.receipt_code")


class RecommendationFactory(DjangoModelFactory):
    """A recommendation that rests on nothing; it has no entry in the record."""

    class Meta:
        model = Recommendation

    consultation = factory.SubFactory(ConsultationFactory)
    title = factory.Sequence("What ought to be done, number {}".format)
    text = "Publish the figures at the place they speak of."
    written_at = NOW


class OutcomeReportFactory(DjangoModelFactory):
    class Meta:
        model = OutcomeReport

    consultation = factory.SubFactory(ConsultationFactory)
    version = factory.Sequence(lambda number: number + 1)
    drafted_at = NOW


class ReportFileFactory(DjangoModelFactory):
    class Meta:
        model = ReportFile

    report = factory.SubFactory(OutcomeReportFactory)
    format = "html"
    media_type = "text/html; charset=utf-8"
    size = 0
    sha256 = ""
