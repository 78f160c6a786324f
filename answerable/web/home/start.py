"""The start page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from answerable.consultations.queries import consultations_by_phase
from answerable.consultations.queries.everywhere import heard_everywhere
from answerable.consultations.states import Phase
from answerable.synthesis.queries.coverage import answered_everywhere
from answerable.synthesis.queries.everywhere import PublishedFinding, newest_findings
from answerable.web.chain import Link, heard_and_answered
from answerable.web.reader import language_of_page, moment_of

_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """One contribution that was followed to its answer, told on the start page."""

    finding: PublishedFinding
    receipt_address: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is, what is open, and what came of it so far."""
    by_phase = consultations_by_phase(moment_of(request), language=language_of_page())
    findings = newest_findings(limit=_FINDINGS + 1)
    context = {
        "area": "home",
        "case": _case(findings),
        "chain": _chain(),
        "open": by_phase[Phase.OPEN],
        "announced": by_phase[Phase.ANNOUNCED],
        "findings": findings[:_FINDINGS],
    }
    return render(request, "home/home.html", context)


def _case(findings: Sequence[PublishedFinding]) -> Case | None:
    quoted = next((finding for finding in findings if finding.quote_receipt and len(finding.quote) < 240), None)  # noqa: PLR2004
    return Case(quoted, reverse("receipt", kwargs={"code": quoted.quote_receipt})) if quoted else None


def _chain() -> list[Link]:
    heard, answered = heard_everywhere(), answered_everywhere()
    countries = ngettext(
        "contributions published, from %(count)s country",
        "contributions published, from %(count)s countries",
        heard.countries,
    ) % {"count": heard.countries}
    return heard_and_answered(
        heard=heard.contributions,
        answered=answered.decided,
        heard_meaning=countries,
        answered_meaning=_("cited, merged or set aside with a published reason"),
    )
