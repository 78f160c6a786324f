"""What every page of the account has around its own part."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.web.crumbs import Crumb, way_to


def account_frame(name: str, title: str) -> dict[str, Any]:
    """Return title, way and the list of the account's pages with the present one marked."""
    pages = [
        ("account", _("Contributions and drafts")),
        ("notices", _("Notices")),
        ("profile", _("Profile")),
        ("consents", _("What you agreed to")),
        ("own_data", _("Your data")),
    ]
    steps = [Crumb(title)] if name == "account" else [Crumb(_("Your account"), reverse("account")), Crumb(title)]
    return {
        "area": "account",
        "title": title,
        "crumbs": way_to(*steps),
        "sections": [(reverse(each), label, each == name) for each, label in pages],
    }
