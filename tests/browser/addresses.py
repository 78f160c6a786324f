"""The pages that are looked at in the browser, each kind once."""

import json
import urllib.request
from functools import cache

from tests.browser.site import Site

CONSULTATION = "/consultations/partnerships-asia-pacific/"
DESK = "/desk/consultations/partnerships-asia-pacific/"


@cache
def some_receipt(site: Site) -> str:
    """Return the receipt code of the newest contribution that has replies."""
    address = f"{site.address}/api/v1{CONSULTATION}sessions/2/contributions/?sort=discussed"
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)["items"][0]["receipt_code"]


def public_addresses(site: Site) -> list[str]:
    """Return the addresses that anybody may open."""
    return [
        "/",
        "/consultations/",
        CONSULTATION,
        f"{CONSULTATION}2/",
        f"{CONSULTATION}2/contribute/",
        f"{CONSULTATION}2/summaries/",
        f"{CONSULTATION}outcome/",
        f"/c/{some_receipt(site)}/",
        f"{CONSULTATION}moderation/",
        "/c/",
        "/goals/",
        "/goals/17/",
        "/organisations/nam-khan-water-users-union/",
        "/search/?q=water",
        "/record/",
        "/how-it-works/",
        "/rules/",
        "/privacy/",
        "/accessibility/",
        "/data/",
        "/account/sign-in/",
    ]


def staff_addresses(site: Site) -> list[str]:
    """Return the addresses of the desk and of the account."""
    desk = [
        "",
        "conveners/",
        "texts/",
        "texts/fr/",
        "sessions/",
        "sessions/2/",
        "sessions/2/texts/ar/",
        "documents/",
        "roles/",
        "moderation/",
        "moderation/objections/",
        "moderation/figures/",
        "summaries/",
        "summaries/2/",
        "imports/",
        "synthesis/",
        "synthesis/themes/",
        "synthesis/findings/",
        "synthesis/findings/new/",
        "synthesis/recommendations/",
        "synthesis/opinions/",
        "synthesis/balance/",
        "synthesis/balance/reference/sector/",
        "synthesis/balance/reference/country/",
        "synthesis/runs/",
        "synthesis/runs/1/",
        "synthesis/report/",
    ]
    account = ["/account/", "/account/profile/", "/account/notices/", "/account/data/"]
    site_wide = ["/desk/", "/desk/people/", "/desk/organisations/", "/desk/consultations/", "/desk/consultations/new/"]
    return [*account, *site_wide, *(DESK + part for part in desk)]
