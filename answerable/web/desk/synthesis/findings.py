"""All findings in the order of the report."""

from collections import defaultdict

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.actions.findings import reorder_findings
from answerable.synthesis.models import Finding
from answerable.synthesis.queries.findings import FindingView, findings_of
from answerable.web.desk.acts import leads_to, moved, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.fields import form_of


@consultation_desk
def findings(desk: Desk) -> HttpResponse:
    """Show the findings by session with their numbers; move one up or down."""
    require_board(desk)
    views = findings_of(desk.consultation)
    named = desk.request.POST.get("finding", "")

    def reorder(*, up: bool) -> str:
        session = _session_of(views, named).session
        session.consultation = desk.consultation
        ids = [view.finding.public_id for view in views if view.finding.session_id == session.pk]
        reorder_findings(session, public_ids=moved(ids, named, up=up), by=desk.person, at=desk.at)
        return _("The findings are in their new order.")

    came = tried(desk.request, {"up": lambda: reorder(up=True), "down": lambda: reorder(up=False)})
    if came.is_done:
        return leads_to(desk.request, desk.address("findings"), said=came.said)
    groups: dict[int, list[FindingView]] = defaultdict(list)
    for view in views:
        groups[view.finding.session.number].append(view)
    context = {"groups": sorted(groups.items()), "refusal": form_of([], problems=came.problems)}
    title = _("Findings")
    return shown_on_board(desk, "desk/findings.html", here="findings", title=title, context=context, came=came)


def _session_of(views: list[FindingView], public_id: str) -> Finding:
    for view in views:
        if view.finding.public_id == public_id:
            return view.finding
    raise Unacceptable({"": [_("This finding is no longer there.")]})
