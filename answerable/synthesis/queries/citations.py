"""Whether each quote is still what was said, and each number what the citations support."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, Contribution, ContributionRevision
from answerable.consultations.states import PostState
from answerable.foundation.hashing import text_digest
from answerable.people.states import ConsentKind
from answerable.synthesis.models import Citation, Disposition, Finding
from answerable.synthesis.rules import people_who_took_back, public_contributions
from answerable.synthesis.states import DispositionKind
from answerable.synthesis.validators import unsupported_numbers


@dataclass(frozen=True, slots=True)
class CitationProblem:
    """One citation that does not hold, with a whole sentence that says why."""

    citation: Citation
    sentence: str


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands in a text: ``text[start:end]``, counted in characters."""

    start: int
    end: int


def find_quote(text: str, quote: str) -> Span | None:
    """
    Return where a quote stands in a text, the first place if there are several; None when it is not there.

    Only the white space may differ, as it does when a reader copies from a page.
    """
    words = quote.split()
    if not words:
        return None
    exact = text.find(quote.strip())
    if exact >= 0:
        return Span(exact, exact + len(quote.strip()))
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return Span(*found.span()) if found else None


def citation_problems(consultation: Consultation) -> list[CitationProblem]:
    """
    Return every citation of a consultation's findings that does not hold, in the order of the findings.

    A citation holds when its revision exists and is unaltered, the quote is exactly the characters it names, and the
    contribution is public, not withdrawn, and its author still agrees to be quoted. Three queries.
    """
    rows = Citation.objects.filter(finding__consultation=consultation)
    return _checked(
        rows.select_related("finding__session", "contribution").order_by(
            "finding__session__number", "finding__order", "order", "pk"
        )
    )


def problems_of_finding(finding: Finding) -> list[CitationProblem]:
    """Return the citations of one finding that do not hold."""
    return _checked(finding.citations.select_related("finding__session", "contribution"))


def _checked(rows: Iterable[Citation]) -> list[CitationProblem]:
    citations = list(rows)
    numbered = ContributionRevision.objects.filter(contribution__in={c.contribution_id for c in citations})
    revisions = {(r.contribution_id, r.number): r for r in numbered}
    silent = people_who_took_back(ConsentKind.QUOTE, {c.contribution.author_id for c in citations})
    found = []
    for citation in citations:
        revision = revisions.get((citation.contribution_id, citation.revision_number))
        sentence = _what_is_wrong(citation, revision) or _why_not_shown(citation.contribution, silent)
        if sentence:
            found.append(CitationProblem(citation, sentence))
    return found


def _what_is_wrong(citation: Citation, revision: ContributionRevision | None) -> str:
    code = {"code": citation.contribution.receipt_code, "number": citation.revision_number}
    if revision is None:
        return _("Revision %(number)s of %(code)s, which is quoted, does not exist.") % code
    if text_digest(revision.text) != citation.text_digest:
        return _("The text of %(code)s is not the text that was quoted: its digest differs.") % code
    if revision.text[citation.start : citation.end] != citation.quote:
        return _("The quote from %(code)s does not stand in its text at the place it names.") % code
    return ""


def _why_not_shown(contribution: Contribution, silent: set[int | None]) -> str:
    code = {"code": contribution.receipt_code}
    if contribution.state == PostState.WITHDRAWN:
        return _("%(code)s was withdrawn by its author.") % code
    if contribution.state != PostState.PUBLIC:
        return _("%(code)s is not public.") % code
    if contribution.author_id in silent:
        return _("The author of %(code)s has taken back the consent to be quoted.") % code
    return ""


def counts_of_findings(consultation: Consultation, findings: Sequence[Finding]) -> dict[int, dict[str, int]]:
    """
    Return, by the finding's key, the numbers its text may use: cited, merged, total, session and consultation.

    ``cited`` are the contributions it quotes, ``merged`` those merged into it, ``total`` both; ``session`` and
    ``consultation`` all public contributions there. Three queries.
    """
    cited = dict(
        Citation.objects.filter(finding__in=findings)
        .order_by()
        .values_list("finding_id")
        .annotate(Count("contribution", distinct=True))
    )
    merged_rows = Disposition.objects.filter(
        finding__in=findings, kind=DispositionKind.MERGED, contribution__state=PostState.PUBLIC
    )
    merged = dict(merged_rows.order_by().values_list("finding_id").annotate(Count("pk")))
    sessions = dict(public_contributions(consultation).order_by().values_list("session_id").annotate(Count("pk")))
    return {
        finding.pk: {
            "cited": cited.get(finding.pk, 0),
            "merged": merged.get(finding.pk, 0),
            "total": cited.get(finding.pk, 0) + merged.get(finding.pk, 0),
            "session": sessions.get(finding.session_id, 0),
            "consultation": sum(sessions.values()),
        }
        for finding in findings
    }


def number_problems(finding: Finding, counts: dict[str, int]) -> list[str]:
    """Return a sentence for each number before "contributions" in a finding that its citations do not support."""
    sentence = _(
        "“%(title)s” speaks of %(number)s contributions, but cites %(cited)s and merges %(merged)s, %(total)s together."
    )
    return [
        sentence % {"title": finding.title, "number": number, **counts}
        for number in unsupported_numbers(f"{finding.title}\n{finding.statement}", counts)
    ]
