"""Every route, for every role."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.web.routes import ROUTES, Route
from tests.web.world import ROLES


def all_routes() -> list[Route]:
    desk = import_module("tests.web.routes_desk").ROUTES if find_spec("tests.web.routes_desk") else []
    return [*ROUTES, *desk]


def names_under(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or str(pattern.pattern))
        elif isinstance(pattern, URLResolver) and not str(pattern.pattern).startswith("api/"):
            yield from names_under(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))


def test_every_route_is_in_the_table():
    assert set(names_under(get_resolver())) == {route.name for route in all_routes()}


@pytest.mark.parametrize("role", ROLES)
def test_every_public_page_answers_each_role_as_the_table_says(world, role):
    client = world.client(role)
    found = {}
    for place, route in enumerate(ROUTES):
        response = client.get(reverse(route.name, kwargs=route.kwargs(world)))
        if response.streaming:
            assert b"".join(response.streaming_content)
        if response.status_code != route.expected[role]:
            found[place, route.name] = response.status_code
    assert found == {}
