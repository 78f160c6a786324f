"""Every page, in both themes and two widths: axe finds nothing, nothing overflows; light in weight; whole without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import public_addresses, staff_addresses
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
MOST_BYTES = 60_000
THEMES_AND_WIDTHS = [("light", 320), ("light", 1280), ("dark", 320), ("dark", 1280)]


def problems_of(page, site, addresses, ways=tuple(THEMES_AND_WIDTHS)):
    found = []
    axe = Axe()
    for address in addresses:
        for theme, width in ways:
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(site.address + address)
            assert answer.status == 200, f"{address}: {answer.status}"
            result = axe.run(page)
            found += [
                f"{address} {theme} {width}: {v['id']} {v['nodes'][0]['html'][:120]}"
                for v in result.response["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{address} {theme} {width}: wider than the window")
    return found


def test_public_pages_are_accessible_in_both_themes_and_widths(page, site):
    assert problems_of(page, site, public_addresses(site)) == []


def test_public_pages_are_accessible_in_arabic(page, site):
    page.context.add_cookies([{"name": "language", "value": "ar", "url": site.address}])
    assert problems_of(page, site, public_addresses(site)[:8]) == []
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_staff_pages_are_accessible_in_both_themes_and_widths(page, site):
    sign_in(page, site, "convener@demo.example")
    assert problems_of(page, site, staff_addresses(site)) == []


def test_desk_of_the_rapporteur_is_accessible_in_arabic(page, site):
    sign_in(page, site, "convener@demo.example")
    page.context.add_cookies([{"name": "language", "value": "ar", "url": site.address}])
    synthesis = [address for address in staff_addresses(site) if "/synthesis/" in address]
    assert problems_of(page, site, synthesis, ways=[("light", 320), ("dark", 1280)]) == []
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_every_public_page_weighs_at_most_60_kb_on_first_view(browser, site):
    heavy = {}
    for address in public_addresses(site):
        context = browser.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        weights = []
        session.on("Network.loadingFinished", lambda event, weights=weights: weights.append(event["encodedDataLength"]))
        page.goto(site.address + address, wait_until="networkidle")
        assert weights
        if sum(weights) > MOST_BYTES:
            heavy[address] = sum(weights)
        context.close()
    assert heavy == {}


def test_every_public_page_is_whole_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in public_addresses(site):
        assert page.goto(site.address + address).status == 200
        assert page.get_by_role("heading", level=1).count() == 1, address
        assert page.locator("noscript").count() == 0, address
    context.close()
