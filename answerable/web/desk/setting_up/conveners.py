"""The organisations that convene a consultation, in the order in which they are named."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import change_consultation
from answerable.foundation.verdicts import Unacceptable, require
from answerable.people.models import Organisation
from answerable.web.chain import place
from answerable.web.desk.acts import leads_to, moved, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.fields import Field, form_of


@consultation_desk
def conveners(desk: Desk) -> HttpResponse:
    """Show the conveners; add one by its name, move or remove one."""
    require(rules.may_edit_consultation(desk.person, desk.consultation, at=desk.at))
    ties = desk.consultation.convening.select_related("organisation")
    present = [tie.organisation for tie in ties]
    ids = [row.public_id for row in present]
    typed = desk.request.POST
    named = typed.get("organisation", "")

    def keep(wanted: Sequence[str]) -> str:
        changes: dict[str, object] = {"conveners": list(wanted)}
        change_consultation(desk.consultation, by=desk.person, changes=changes, at=desk.at)
        return _("The conveners are saved.")

    acts = {
        "add": lambda: keep([*ids, _organisation_named(typed.get("name", "")).public_id]),
        "remove": lambda: keep([each for each in ids if each != named]),
        "up": lambda: keep(moved(ids, named, up=True)),
        "down": lambda: keep(moved(ids, named, up=False)),
    }
    came = tried(desk.request, acts)
    if came.is_done:
        return leads_to(desk.request, desk.address("conveners"), said=came.said)
    hint = _("Its name as it is kept here.")
    fields = [Field("name", _("Organisation"), value=typed.get("name", ""), hint=hint, is_required=True)]
    context = {
        "place": place("heard"),
        "conveners": present,
        "form": form_of(fields, problems=came.problems),
        "names": Organisation.objects.order_by("name").values_list("name", flat=True)[:1_000],
    }
    title = _("Convening organisations")
    return shown_at(desk, "desk/conveners.html", here="conveners", title=title, context=context, status=came.status)


def _organisation_named(name: str) -> Organisation:
    found = Organisation.objects.filter(name__iexact=" ".join(name.split())).order_by("pk").first()
    if found is None:
        raise Unacceptable(
            {"name": [_("No organisation of this name is kept here. Add it under Organisations first.")]}
        )
    return found
