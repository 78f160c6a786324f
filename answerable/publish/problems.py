"""What went wrong, as problem documents (RFC 9457)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from answerable.foundation.verdicts import NotAllowed, Unacceptable


def problem(request: HttpRequest, *, status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """Return a problem document: ``title`` is the same for each problem of its kind, ``detail`` speaks of this one."""
    content = {"type": "about:blank", "title": title, "status": status, "instance": request.path, **more}
    if detail:
        content["detail"] = detail
    return JsonResponse(content, status=status, content_type="application/problem+json")


def add_handlers(api: NinjaAPI) -> None:
    """Have every refusal and every wrong request answered with a problem document."""

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, _found: Exception) -> HttpResponse:
        return problem(request, status=404, title="There is nothing at this address")

    @api.exception_handler(NotAllowed)
    def refused(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
        denied = refusal.denied
        return problem(request, status=403, title="Not allowed", detail=denied.reason, code=denied.code)

    @api.exception_handler(Unacceptable)
    def unacceptable(request: HttpRequest, found: Unacceptable) -> HttpResponse:
        errors = [{"field": field, "detail": said} for field, sentences in found.problems.items() for said in sentences]
        return problem(request, status=422, title="This cannot be taken as it is", errors=errors)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, found: ValidationError) -> HttpResponse:
        errors = [{"field": ".".join(map(str, error["loc"][1:])), "detail": error["msg"]} for error in found.errors]
        return problem(request, status=422, title="The request has parameters that cannot be used", errors=errors)
