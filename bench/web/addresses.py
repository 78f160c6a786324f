"""The site's addresses and, before them, the bare view that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from answerable.config.urls import handler400, handler403, handler404, handler500
from answerable.config.urls import urlpatterns as pages
from answerable.consultations.models import Contribution

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

BARE = "/bare/"
_BYTES = 2_048


def bare(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer one row's text in 2 KiB of HTML, without a template."""
    row = Contribution.objects.get(receipt_code=code)
    said = f"<!doctype html><title>{row.receipt_code}</title><p>{row.text}</p>"
    return HttpResponse(said.encode()[:_BYTES].ljust(_BYTES))


urlpatterns = [path("bare/<str:code>/", bare), *pages]
