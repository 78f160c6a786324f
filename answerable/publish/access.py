"""What everybody may read, found by its public name; and the address of the next page."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from answerable.consultations import rules
from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.queries.contributions import contribution_with_code
from answerable.foundation.verdicts import require


def public_consultation(slug: str) -> Consultation:
    """Return a published consultation; raises Http404, and NotAllowed for a draft."""
    consultation = Consultation.objects.filter(slug=slug).first()
    if consultation is None:
        raise Http404
    require_public(consultation)
    return consultation


def require_public(consultation: Consultation) -> None:
    """Raise NotAllowed for a consultation that is not published."""
    require(rules.may_see_consultation(None, consultation, at=timezone.now()))


def public_contribution(code: str) -> Contribution:
    """Return a public contribution by its receipt code; raises Http404, and NotAllowed for one that is not public."""
    row = contribution_with_code(code)
    if row is None:
        raise Http404
    require(rules.may_read(None, row, at=timezone.now()))
    return row


def next_address(request: HttpRequest, cursor: str) -> str | None:
    """Return the address of the page that begins at a cursor, None where nothing follows."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
