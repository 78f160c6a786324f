"""The quotes of a report and who is named beside them."""

from collections.abc import Sequence
from typing import Any

from answerable.consultations.models import Contribution, ContributionRevision
from answerable.consultations.states import Capacity
from answerable.people.states import ConsentKind
from answerable.synthesis.models import Citation
from answerable.synthesis.queries.findings import FindingView
from answerable.synthesis.rules import people_who_took_back


def quotes_of(views: Sequence[FindingView], *, language: str) -> dict[int, list[dict[str, Any]]]:
    """
    Return the quotes of each finding as JSON, by the finding's key; two queries.

    A name stands beside a quote unless the author hid it or took back the consent to be named. The language is that
    of the quoted revision.
    """
    found: dict[int, list[dict[str, Any]]] = {view.finding.pk: [] for view in views}
    rows = [citation for view in views for citation in view.citations]
    unnamed = people_who_took_back(ConsentKind.NAME, {row.contribution.author_id for row in rows})
    languages = _languages(rows)
    for row in rows:
        said = row.contribution
        found[row.finding_id].append(
            {
                "receipt": said.receipt_code,
                "revision": row.revision_number,
                "start": row.start,
                "end": row.end,
                "quote": row.quote,
                "text_digest": row.text_digest,
                "language": languages.get((said.pk, row.revision_number), said.language),
                "name": "" if said.author_id in unnamed else _name(said),
                "person": said.author.public_id if said.author and not said.is_name_hidden else "",
                "organisation": _organisation(said),
                "country": str(said.country.label(language)) if said.country else "",
            }
        )
    return found


def _languages(rows: Sequence[Citation]) -> dict[tuple[int, int], str]:
    revisions = ContributionRevision.objects.filter(contribution__in={row.contribution_id for row in rows})
    return {
        (pk, number): language for pk, number, language in revisions.values_list("contribution", "number", "language")
    }


def _name(said: Contribution) -> str:
    if said.is_name_hidden:
        return ""
    return said.author.public_name if said.author else said.attributed_name


def _organisation(said: Contribution) -> str:
    return said.organisation.name if said.organisation and said.capacity == Capacity.ORGANISATION else ""
