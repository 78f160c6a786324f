"""What a form at the rapporteur's desk offers."""

from django.db.models import Count, QuerySet

from answerable.consultations.models import Consultation, Contribution
from answerable.synthesis.models import Citation, Disposition, Finding
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import DispositionKind


def findings_to_choose(consultation: Consultation) -> QuerySet[Finding]:
    """Return the findings of a consultation in order, each with ``quote_count`` and its session; one query."""
    rows = Finding.objects.filter(consultation=consultation).select_related("session")
    return rows.annotate(quote_count=Count("citations")).order_by("session__number", "order", "pk")


def contributions_with_codes(consultation: Consultation, codes: list[str]) -> list[Contribution]:
    """Return the public contributions of a consultation among receipt codes, oldest first; one query."""
    rows = public_contributions(consultation).filter(receipt_code__in=codes)
    return list(rows.select_related("session__consultation").order_by("published_at", "pk"))


def weighed_contribution(consultation: Consultation, code: str) -> Contribution | None:
    """Return a public contribution with what became of it, or None; one query."""
    rows = public_contributions(consultation).filter(receipt_code=code)
    shown = ("session", "author", "organisation", "sector", "country", "disposition__finding")
    return rows.select_related(*shown).first()


def quotes_from(contribution: Contribution) -> list[Citation]:
    """Return the places where findings quote a contribution, in order of the text; one query."""
    return list(contribution.citations.select_related("finding").order_by("start", "pk"))


def merged_into(finding: Finding) -> list[Disposition]:
    """Return the dispositions that merged contributions into a finding, by receipt code; one query."""
    rows = finding.dispositions.filter(kind=DispositionKind.MERGED).select_related("contribution")
    return list(rows.order_by("contribution__receipt_code"))


def citations_of(finding: Finding) -> list[Citation]:
    """Return the quotes a finding rests on, with their contributions, in order; one query."""
    rows = finding.citations.select_related("contribution__author", "contribution__organisation")
    return list(rows.order_by("order", "pk"))
