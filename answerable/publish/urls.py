"""Addresses of the interface for programs, under ``/api/v1/``; whatever goes wrong there is a problem document."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from answerable.publish.api import api
from answerable.publish.problems import nothing_here, problem

METHODS = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def reading_only(view: View) -> View:
    """Have a view answer to GET and HEAD, and any other method be told so."""

    @wraps(view, updated=())
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        if asked not in METHODS:
            return _wrong_method(request)
        request.method = "GET"  # whoever asks for the head gets that of the same answer
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return nothing_here(request)
        finally:
            request.method = asked

    return csrf_exempt(read)


def _wrong_method(request: HttpRequest) -> HttpResponse:
    said = f"{request.method} is not taken here, only {' and '.join(METHODS)}."
    response = problem(request, status=405, title="This address is only for reading", detail=said)
    response.headers["Allow"] = ", ".join(METHODS)
    return response


def _read_only(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern]:
    found = [pattern for pattern in patterns if isinstance(pattern, URLPattern)]
    for pattern in found:
        pattern.callback = reading_only(pattern.callback)
    return found


_patterns, _app_name, _namespace = api.urls
# The last address takes only what ends in a slash, so that a forgotten slash still leads where it belongs.
urlpatterns = [
    path("", include((_read_only(_patterns), _app_name), namespace=_namespace)),
    re_path(r"^.*/$", csrf_exempt(nothing_here)),
]
