"""Where a document may lead."""

import pytest

from answerable.documents.links import absolute_href, safe_href
from tests.documents.hostile import BAD_ADDRESSES


@pytest.mark.parametrize("href", BAD_ADDRESSES)
def test_safe_href_of_an_address_that_could_do_harm(href):
    assert safe_href(href) == ""


@pytest.mark.parametrize(
    "href",
    [
        "https://a.example/b?c=d#e",
        "http://a.example",
        "mailto:a@b.example",
        "/receipts/R-1",
        "receipts/R-1?a=b:c",
        "#anchor",
        "?page=2",
    ],
)
def test_safe_href_of_an_address_that_may_stay(href):
    assert safe_href(href) == href


def test_absolute_href_beside_an_address():
    where = "https://a.example/reports/7"
    hrefs = ("/receipts/1", "8", "#x", "https://b.example/", "javascript:x", "mailto:a@b.example")
    expected = [
        "https://a.example/receipts/1",
        "https://a.example/reports/8",
        "#x",
        "https://b.example/",
        "",
        "mailto:a@b.example",
    ]
    assert [absolute_href(href, address=where) for href in hrefs] == expected


@pytest.mark.parametrize("address", ["", "/reports/7", "mailto:a@b.example"])
def test_absolute_href_without_a_place_to_start_from(address):
    assert absolute_href("/receipts/1", address=address) == ""
