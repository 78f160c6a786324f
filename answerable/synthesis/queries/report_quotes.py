"""The quotes of a report and who is named beside them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from answerable.consultations.models import Consultation, Contribution, ContributionRevision
from answerable.consultations.states import Capacity
from answerable.people.models import Consent
from answerable.people.states import ConsentKind
from answerable.synthesis.models import Citation
from answerable.synthesis.queries.findings import FindingView


def quoted_citations(consultation: Consultation) -> list[Citation]:
    """
    Return the citations of all findings in the order in which each finding shows them; one query.

    Each comes with who said it, the language of the quoted revision (``revision_language``, None for a revision that
    is not there) and whether the author took back the consent to be named (``is_unnamed``).
    """
    revisions = ContributionRevision.objects.filter(
        contribution=OuterRef("contribution"), number=OuterRef("revision_number")
    )
    named = Consent.objects.filter(kind=ConsentKind.NAME, person=OuterRef("contribution__author"))
    gave, took_back = named.filter(withdrawn_at__isnull=True), named.filter(withdrawn_at__isnull=False)
    rows = Citation.objects.filter(finding__consultation=consultation).annotate(
        revision_language=Subquery(revisions.values("language")[:1]),
        is_unnamed=Exists(took_back) & ~Exists(gave),
    )
    said_by = ("contribution__author", "contribution__organisation", "contribution__country")
    return list(rows.select_related(*said_by).order_by("order", "pk"))


def quotes_of(views: Sequence[FindingView], *, language: str) -> dict[int, list[dict[str, Any]]]:
    """
    Return the quotes of each finding as JSON, by the finding's key, from what ``quoted_citations`` gave; no query.

    A name stands beside a quote unless the author hid it or took back the consent to be named. The language is that
    of the quoted revision.
    """
    return {view.finding.pk: [_quote(row, language) for row in view.citations] for view in views}


def _quote(row: Citation, language: str) -> dict[str, Any]:
    said = row.contribution
    return {
        "receipt": said.receipt_code,
        "revision": row.revision_number,
        "start": row.start,
        "end": row.end,
        "quote": row.quote,
        "text_digest": row.text_digest,
        "language": getattr(row, "revision_language", None) or said.language,
        "name": "" if getattr(row, "is_unnamed", True) else _name(said),
        "person": said.author.public_id if said.author and not said.is_name_hidden else "",
        "organisation": _organisation(said),
        "country": str(said.country.label(language)) if said.country else "",
    }


def _name(said: Contribution) -> str:
    if said.is_name_hidden:
        return ""
    return said.author.public_name if said.author else said.attributed_name


def _organisation(said: Contribution) -> str:
    return said.organisation.name if said.organisation and said.capacity == Capacity.ORGANISATION else ""
