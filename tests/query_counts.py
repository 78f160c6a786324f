"""Counting the queries of a page."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> int:
    """Get a page that must answer 200, twice, and return how many queries the second time took."""
    first = client.get(address)
    assert first.status_code == 200, f"{address}: {first.status_code}"
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len([query for query in caught.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])
